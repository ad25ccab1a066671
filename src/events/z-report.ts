import type { Amount } from "../money/amount.ts";
import type { CurrencyCode } from "../money/currency.ts";
import type { Stamp } from "./stamp.ts";
import type { VatTotal } from "./ticket-document.ts";

/** Sums of one tender type over a period, change taken off: what the drawer or the card company holds of it. */
export interface TenderTotal {
	readonly tenderType: string;
	readonly description: string;
	readonly safTCode: string;
	readonly amount: Amount;
	readonly count: number;
}

/** Sums of one item group and VAT code over a period. */
export interface ItemGroupTotal {
	readonly itemGroup: string;
	readonly vatCode: string;
	readonly gross: Amount;
	readonly lineCount: number;
}

/** Accumulated per till from the start of its first journal; never reset (X report items x, y, z). */
export interface GrandTotals {
	readonly sales: Amount;
	/** Positive. */
	readonly returns: Amount;
	/** sales - returns. */
	readonly net: Amount;
}

/** The control totals of a period, computed from the records: "journal" in a reconciliation (DESIGN section 8). */
export interface ControlTotals {
	/** Feed numbers of the first and last message of the period; null when it has none. */
	readonly feedSeqFirst: number | null;
	readonly feedSeqLast: number | null;
	readonly ticketCount: number;
	readonly lineCount: number;
	readonly gross: Amount;
	readonly net: Amount;
	readonly vat: Amount;
	readonly rounding: Amount;
	readonly vatTotals: readonly VatTotal[];
	readonly itemGroups: readonly ItemGroupTotal[];
	readonly tenders: readonly TenderTotal[];
}

/** A Z report, version 1: numbered, journalled, sent. After it the period's registrations are in no other Z (norway-fiscal.md 1.9). */
export interface ZReport {
	readonly version: 1;
	readonly store: string;
	readonly till: string;
	readonly z: number;
	readonly businessDate: string;
	readonly currency: CurrencyCode;
	readonly openedAt: Stamp;
	readonly closedAt: Stamp;
	readonly operatorId: string;
	readonly receiptNumberFirst: number | null;
	readonly receiptNumberLast: number | null;
	readonly totals: ControlTotals;
	readonly grandTotals: GrandTotals;
	/** Head of the record chain when the Z was taken. */
	readonly head: { readonly seq: number; readonly sha256: string };
}
