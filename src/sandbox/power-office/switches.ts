import type { AmountText } from "./decimal.ts";

/**
 * What the reference leaves open ([U] unknown, [I] inferred in poweroffice.md), one switch a question, so that a
 * client can be tried against every answer. The default of each is the stricter or better witnessed one.
 */
export type PowerOfficeSwitches = {
	/** Rounding of VAT: section 6 item 6 [U]. Per voucher line, or on the sum of one VAT code in the voucher. */
	readonly vatRounding: "perLine" | "perVoucherPerCode";
	/** Which VAT code a 27xx transaction carries when read back: not in the reference. */
	readonly vatTransactionCode: "codeZero" | "lineCode";
	/** VoucherNo in the 201: section 2.1, section 6 item 5 [U]. It is final when the voucher is read. */
	readonly voucherNoInPost: "zero" | "missing" | "final";
	/** Status for an ExternalImportReference in use: section 1.7, section 6 item 2 [U]. */
	readonly duplicateStatus: 400 | 409;
	/** Status for a reference to an unknown id in a POST: section 1.7 (404 by the OAS example, 400 seen for others). */
	readonly unresolvedStatus: 404 | 400;
	/** An amount with more than two decimals: not in the reference. Refused, or rounded half away from zero. */
	readonly extraDecimals: "refuse" | "round";
	/** A property outside the DTO: section 1.5, "may be rejected" [I]. */
	readonly unknownProperty: "refuse" | "ignore";
	/** A query parameter outside the specification: not in the reference (OData ones are refused either way). */
	readonly unknownQueryParameter: "refuse" | "ignore";
	/** A model-binding error names its fields in `errors`, or only in `detail`: section 1.7 [I]. */
	readonly modelBindingErrors: "perField" | "detailOnly";
	/** Body of 401 and 403: section 1.7, no schema, "often empty body". */
	readonly accessRefusalBody: "empty" | "problem";
	/** Calls a second and subscription key before 429 (section 1.3: 10), or null for no limit. */
	readonly callsPerSecond: number | null;
	/** Whether a 429 carries Retry-After: section 1.3, section 6 item 4 [I]. */
	readonly retryAfter: boolean;
	/** nextPageLink on the last page: section 1.6, "absent/empty". */
	readonly lastPageLink: "absent" | "empty";
	/** The other members of X-Pagination: section 1.6 [U]. */
	readonly paginationMembers: "linkOnly" | "withTotals";
	/** How amounts are written: JSON numbers either way (section 1.5). */
	readonly amountText: AmountText;
	/** Longest ExternalImportReference on a voucher, null for none: section 1.8, 50 [I]. */
	readonly externalImportReferenceMaxLength: number | null;
	/** Longest Description (header and line), null for none: section 6 item 3 [U]. */
	readonly descriptionMaxLength: number | null;
	/** Longest CustomMatchingReference, null for none: section 2.7, section 6 item 3 [U]. */
	readonly customMatchingReferenceMaxLength: number | null;
	/** Most lines in a voucher, null for none: section 6 item 3 [U]. */
	readonly maxVoucherLines: number | null;
	/** Status of a reversal: section 2.1, 200 or 202. */
	readonly reverseStatus: 200 | 202;
	/** Role needed to reverse: section 6 item 8 [U]. The one the specification names, or that of the voucher's own type. */
	readonly reverseRole: "YearEndVoucher_Full" | "voucherType";
	/** Reversal of a voucher whose dates are locked meanwhile: not in the reference. */
	readonly reversalInLockedPeriod: "refuse" | "accept";
	/** Whether transactions of a reversed voucher still show the freed ExternalImportReference: not in the reference. */
	readonly reversedReference: "kept" | "cleared";
	/** A CustomMatchingReference with another amount: section 6 item 7 [U]. Nothing happens, or the smaller one is applied. */
	readonly partialMatching: "none" | "apply";
	/** A CustomMatchingReference on another customer's entry: section 6 item 7 [U]. */
	readonly matchAcrossCustomers: boolean;
	/** A line on a 27xx VAT account: section 2.1 says not to post one; what Go answers is not said. */
	readonly directVatAccountPosting: "refuse" | "accept";
	/** LockDate of a client without one: the specification has no null; not in the reference. */
	readonly noLockDate: "null" | "minDate";
	/** Lag of the read replica behind a write: section 1.6 [I]. */
	readonly readLag: ReadLag;
	/**
	 * Whether POST /Vouchers/OutgoingInvoiceJournals and /Vouchers/OutgoingCreditNoteJournals exist: section 2.1
	 * [I, strong], absent from the 2025 documents.
	 */
	readonly outgoingInvoicePosting: "absent" | "present";
	/** Sign of a credit note's amounts: section 5.2 [U]. */
	readonly creditNoteAmounts: "positive" | "negative";
	/** An invoice's CurrencyAmount other than the sum of its lines: section 2.2 [I]. */
	readonly invoiceTotal: "mustEqualLines" | "ignored";
	/** ClientIntegrationInformation of 2025, or with AllowSendInvoice as in 2026: section 1.9. */
	readonly clientInformation: "2025" | "2026";
};

/** How long a read does not show a write. Both may be given; then both must have passed. */
export type ReadLag = {
	/** So many list reads of this client after the write do not show it. */
	readonly requests?: number;
	/** For so many milliseconds of the injected clock no list read shows it. */
	readonly ms?: number;
	/** Whether reading a voucher by its GUID lags too (404 meanwhile); default false. */
	readonly vouchersById?: boolean;
};

/** The positions a sandbox has unless told otherwise. */
export const DEFAULT_SWITCHES: PowerOfficeSwitches = {
	vatRounding: "perLine",
	vatTransactionCode: "codeZero",
	voucherNoInPost: "zero",
	duplicateStatus: 400,
	unresolvedStatus: 404,
	extraDecimals: "refuse",
	unknownProperty: "refuse",
	unknownQueryParameter: "refuse",
	modelBindingErrors: "perField",
	accessRefusalBody: "empty",
	callsPerSecond: 10,
	retryAfter: true,
	lastPageLink: "absent",
	paginationMembers: "linkOnly",
	amountText: "minimal",
	externalImportReferenceMaxLength: 50,
	descriptionMaxLength: null,
	customMatchingReferenceMaxLength: null,
	maxVoucherLines: null,
	reverseStatus: 200,
	reverseRole: "YearEndVoucher_Full",
	reversalInLockedPeriod: "refuse",
	reversedReference: "kept",
	partialMatching: "none",
	matchAcrossCustomers: false,
	directVatAccountPosting: "refuse",
	noLockDate: "null",
	readLag: {},
	outgoingInvoicePosting: "absent",
	creditNoteAmounts: "positive",
	invoiceTotal: "mustEqualLines",
	clientInformation: "2025",
};
