import type { Amount } from "../../money/amount.ts";
import type { CurrencyCode } from "../../money/currency.ts";
import type { ReconciliationCode } from "../codes.ts";

/** How sure a figure of an ERP is: it was sent, the ERP said yes, or it was read back from the books (DESIGN section 8). */
export type Evidence = "sent" | "acknowledged" | "booked";

/**
 * One figure in its four places: the till's control totals, the relay's own sum over the tickets, and the two ERPs.
 * Null: that place does not have it (yet), or cannot tell it from another figure. A day closed at the relay has no journal.
 */
export interface FourFigures {
	readonly journal: Amount | null;
	readonly feed: Amount;
	readonly m3: Amount | null;
	readonly powerOffice: Amount | null;
}

/** One tender type, change taken off. */
export interface TenderFigures extends FourFigures {
	readonly tenderType: string;
	readonly description: string;
}

/** One VAT code. */
export interface VatFigures {
	/** SAF-T tax code. */
	readonly vatCode: string;
	readonly gross: FourFigures;
	readonly vat: FourFigures;
	/** Ticket lines of the code that PowerOffice books. */
	readonly lineCount: number;
	/** PowerOffice's own VAT minus the tickets'; null while it is not read back. */
	readonly difference: Amount | null;
	/** Whether rounding explains the difference: at most 0.005 for each line (DESIGN section 8). */
	readonly explained: boolean;
}

/** One account (or customer) and VAT code in PowerOffice Go; positive is debit. */
export interface AccountFigures {
	readonly target: string;
	readonly vatCode: string;
	readonly posted: Amount;
	/** Null while it is not read back. */
	readonly booked: Amount | null;
}

/** A count in three places; PowerOffice holds sums. */
export interface CountFigures {
	readonly journal: number | null;
	readonly feed: number;
	readonly m3: number | null;
}

/** Something that is not equal, not there yet, or to be known of the figures. */
export interface Finding {
	readonly code: ReconciliationCode;
	readonly detail: string;
}

/** What a till sold, what the feed carried and what both ERPs booked, for one Z. */
export interface Reconciliation {
	readonly store: string;
	readonly till: string;
	readonly z: number;
	readonly businessDate: string;
	readonly currency: CurrencyCode;
	readonly gross: FourFigures;
	readonly net: FourFigures;
	readonly vat: FourFigures;
	readonly rounding: FourFigures;
	readonly tenders: readonly TenderFigures[];
	readonly vatCodes: readonly VatFigures[];
	readonly accounts: readonly AccountFigures[];
	readonly counts: { readonly tickets: CountFigures; readonly lines: CountFigures };
	/** Gross of tickets settled on a customer's account: in journal and feed, not in the ERPs' figures. */
	readonly creditGross: Amount;
	/** Null: nothing was sent, or the ERP is not configured. */
	readonly evidence: { readonly m3: Evidence | null; readonly powerOffice: Evidence | null };
	/** PowerOffice's own VAT minus the tickets', over all codes; null while it is not read back. */
	readonly vatDifference: Amount | null;
	/** Whether every configured place has every figure and all are equal; `evidence` says how sure that is. */
	readonly equal: boolean;
	readonly findings: readonly Finding[];
}
