import type { Amount } from "../../money/amount.ts";
import type { AccountFigures, Evidence, Finding } from "./reconciliation.ts";

/** What an ERP holds of a Z, in the words of the till. A map without a key holds nothing of it that can be told apart. */
export interface ErpFigures {
	readonly evidence: Evidence | null;
	/** Null while nothing was sent. */
	readonly sums: ErpSums | null;
	/** Findings of the ERP's own: not booked yet, out of balance. */
	readonly findings: readonly Finding[];
	/** PowerOffice only. */
	readonly accounts: readonly AccountFigures[];
}

/** Sums with the till's signs: sales positive. */
export interface ErpSums {
	readonly gross: Amount;
	/** Null where the ERP works VAT out itself and was not read back. */
	readonly net: Amount | null;
	readonly vat: Amount | null;
	readonly rounding: Amount;
	/** Per tender type, change taken off. */
	readonly tenders: ReadonlyMap<string, Amount>;
	/** Tender types that the ERP cannot tell apart, with their sum. */
	readonly jointTenders: readonly { readonly tenderTypes: readonly string[]; readonly amount: Amount }[];
	/** Gross and VAT per SAF-T tax code. */
	readonly vatCodes: ReadonlyMap<string, { readonly gross: Amount | null; readonly vat: Amount | null }>;
	/** Tickets; null where the ERP holds sums only. */
	readonly ticketCount: number | null;
	readonly lineCount: number | null;
}
