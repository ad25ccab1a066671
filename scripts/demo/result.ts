/** A row of OPSALE. */
export interface OpsaleRow {
	readonly till: string;
	readonly receipt: number;
	readonly transactionType: string;
	readonly item: string | null;
	readonly quantity: string | null;
	readonly unit: string | null;
	readonly paymentMethod: string | null;
	readonly vat: string | null;
	readonly amount: string;
}

/** A row of FGLEDG. */
export interface FgledgRow {
	readonly till: string;
	readonly receipt: number;
	readonly accountingEvent: string;
	readonly accountingType: string;
	readonly amount: string;
	readonly bankOperation: string | null;
}

/** Stock of an item before and after, with the sums of its stock transactions and statistics. */
export interface StockRow {
	readonly item: string;
	readonly warehouse: string;
	readonly mitbalBefore: string;
	readonly mitbalAfter: string;
	/** Sum of the MITTRA rows: negative, because goods left. */
	readonly mittra: string;
	readonly mitsta: string;
}

/** A row of OSBSTD. */
export interface OsbstdRow {
	readonly till: string;
	readonly receipt: number;
	readonly item: string;
	readonly quantity: string;
	readonly amount: string;
}

/** A cash voucher as PowerOffice holds it. */
export interface VoucherRow {
	readonly till: string;
	readonly businessDate: string;
	readonly z: number;
	readonly externalImportReference: string;
	readonly voucherNo: number;
	/** Debit positive, credit negative; the sum is 0.00. */
	readonly lines: readonly {
		readonly account: string;
		readonly name: string;
		readonly vatCode: string;
		readonly amount: string;
	}[];
}

/** A figure at each place it was booked; null where it is not known. */
export interface FourFigures {
	readonly journal: string | null;
	readonly feed: string | null;
	readonly m3: string | null;
	readonly powerOffice: string | null;
}

/** A till's day at all four places. */
export interface ReconciliationRow {
	readonly till: string;
	readonly businessDate: string;
	readonly z: number;
	readonly currency: string;
	readonly gross: FourFigures;
	/** By tender type. */
	readonly tenders: Readonly<Record<string, FourFigures>>;
	readonly evidence: { readonly m3: string | null; readonly powerOffice: string | null };
	readonly vatDifference: string | null;
	readonly equal: boolean;
}

/** A paper that came out of a printer. */
export interface ReceiptPaper {
	readonly till: string;
	readonly receipt: number;
	readonly columns: number;
	readonly lines: readonly string[];
}

/** What `npm run demo -- --json FILE` writes. */
export interface DemoResult {
	readonly ok: boolean;
	/** Why it is not ok, in words; empty when it is. */
	readonly differences: readonly string[];
	readonly m3: {
		readonly opsale: readonly OpsaleRow[];
		readonly fgledg: readonly FgledgRow[];
		readonly stock: readonly StockRow[];
		readonly osbstd: readonly OsbstdRow[];
	};
	readonly powerOffice: { readonly vouchers: readonly VoucherRow[] };
	readonly reconciliation: readonly ReconciliationRow[];
	readonly receipts: readonly ReceiptPaper[];
}

/** A result without anything in it: what is written when the demo fails before it has read the books. */
export const emptyResult = (differences: readonly string[]): DemoResult => ({
	ok: false,
	differences,
	m3: { opsale: [], fgledg: [], stock: [], osbstd: [] },
	powerOffice: { vouchers: [] },
	reconciliation: [],
	receipts: [],
});
