import type { Amount } from "../../money/amount.ts";
import type { CurrencyCode } from "../../money/currency.ts";
import type { PowerOfficeCode } from "../codes.ts";

/** What a voucher line books. */
export type LinePurpose = "sale" | "tender" | "rounding" | "invoicePayment";

/** Where a line goes: a general ledger account by its number, or a customer's sub-ledger account by the customer's number. */
export type LineTarget =
	| { readonly kind: "account"; readonly accountNo: number }
	| { readonly kind: "customer"; readonly customerNo: string };

/** One line of a cash voucher in the client's own words: numbers and codes, ids are looked up when it is sent. */
export interface VoucherLine {
	readonly purpose: LinePurpose;
	/** The item group, tender type or invoice the line sums; null for the rounding. */
	readonly subject: string | null;
	readonly target: LineTarget;
	readonly vatCode: string;
	/** Gross, VAT included; positive is debit, negative credit (poweroffice.md section 2.1). Never zero. */
	readonly amount: Amount;
	readonly description: string;
	/** Matches the invoice in the customer ledger at once (section 2.7); null on any other line. */
	readonly customMatchingReference: string | null;
}

/** The cash voucher of one till and Z (`POST /Vouchers/CashJournals`, section 5.1). Invariant: the lines sum to zero. */
export interface CashVoucher {
	readonly store: string;
	readonly till: string;
	readonly z: number;
	/** Key of the mapping's companies: the Go client that has the voucher, also when its store belongs to another one later. */
	readonly company: string;
	/** VoucherDate, and PostingDate of every line. */
	readonly businessDate: string;
	readonly currency: CurrencyCode;
	readonly description: string;
	readonly externalImportReference: string;
	/** 1, and one more after each reversal. */
	readonly revision: number;
	/** The till in the SAF-T audit trail (section 2.1, at most 35 characters). */
	readonly saftSourceId: string;
	/** The Z in the SAF-T audit trail (at most 35 characters). */
	readonly saftBatchId: string;
	/** Dimensions of every line, by code; null for none. */
	readonly departmentCode: string | null;
	readonly locationCode: string | null;
	readonly lines: readonly VoucherLine[];
}

/** Why a Z cannot be posted: a code and what it is about here. */
export interface Reason {
	readonly code: PowerOfficeCode;
	readonly detail: string;
}

/** What a Z comes to: a voucher, nothing to post at all, or held with every reason there is. */
export type VoucherOutcome =
	| { readonly kind: "voucher"; readonly voucher: CashVoucher }
	| { readonly kind: "nothing" }
	| { readonly kind: "held"; readonly reasons: readonly Reason[] };
