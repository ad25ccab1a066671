import type { M3Config } from "../../config/schema/relay-config.ts";
import type { Mapping, StoreMapping } from "../../config/schema/relay-mapping.ts";
import type { RelayCode } from "../codes.ts";

/** Why a ticket cannot be mapped. */
export interface Finding {
	readonly code: RelayCode;
	readonly reason: string;
}

/** What the mapping to M3 is made with, beside the ticket. */
export interface RowSettings {
	readonly mapping: Mapping;
	readonly m3: Pick<M3Config, "cuam" | "returnSign" | "creditSales">;
}

/** The settings with the ticket's store found in them. */
export interface StoreSettings extends RowSettings {
	readonly store: StoreMapping;
}

/** The fields of one row that differ from row to row; what is undefined is left out. */
export interface RowFields {
	readonly transaction: "AddSlsTicketLin" | "AddSlsTicketPay";
	readonly fields: Readonly<Record<string, string | undefined>>;
}

/** A row's fields, or everything that is missing for it. */
export type RowDraft = RowFields | { readonly findings: readonly Finding[] };
