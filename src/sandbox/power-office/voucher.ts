import type { VoucherType } from "./dto-fields.ts";
import type { JsonObjectOut } from "./json.ts";
import type { Account, Customer, Dimension, VatCode } from "./master-data.ts";

/** What a voucher line says, after the ids are resolved. Amounts in minor units, positive is debit (section 2.1). */
export type VoucherLine = {
	readonly account: Account;
	/** Set when the line names a customer's sub-ledger account; `account` is then the control account. */
	readonly customer: Customer | null;
	readonly vat: VatCode;
	/** Gross. */
	readonly amountMinor: bigint;
	readonly postingDate: string;
	readonly description: string | null;
	readonly customMatchingReference: string | null;
	readonly externalLineReference: string | null;
	readonly cid: string | null;
	readonly invoiceNo: string | null;
	readonly department: Dimension | null;
	readonly location: Dimension | null;
	/** Decimal text. */
	readonly quantity: string | null;
	readonly quantity2: string | null;
	readonly exchangeRate: string | null;
	readonly vatReturnSpecification: string;
};

/** What an outgoing invoice's header says beyond a journal's (section 2.2). */
export type InvoiceContent = {
	readonly customer: Customer;
	readonly invoiceNo: string;
	readonly dueDate: string | null;
	readonly cid: string | null;
	readonly customMatchingReference: string | null;
	/** The rest of the header as it came, by the DTO's names; nothing is derived from it. */
	readonly memo: JsonObjectOut;
};

/** A voucher before it is booked. */
export type VoucherContent = {
	readonly type: VoucherType;
	/** Made by this integration; others cannot be read by GUID or reversed (section 2.1). */
	readonly own: boolean;
	readonly voucherDate: string;
	readonly currencyCode: string;
	readonly description: string | null;
	readonly externalImportReference: string | null;
	readonly importedVoucherNo: bigint | null;
	readonly saftSourceId: string | null;
	readonly saftBatchId: string | null;
	/** For invoices only. */
	readonly invoice: InvoiceContent | null;
	readonly lines: readonly VoucherLine[];
};

/** A booked voucher. */
export type Voucher = VoucherContent & {
	/** GUID. */
	readonly id: string;
	readonly voucherNo: bigint;
	readonly createdAtMs: number;
	/** The client's list reads when it was booked, for the replica lag. */
	readonly listReadsBefore: number;
	readonly lineIds: readonly bigint[];
	/** The voucher that this one reverses. */
	readonly reverses: Voucher | null;
	reversedBy: Voucher | null;
};

/** One posted amount on a general ledger account. */
export type AccountTransaction = {
	readonly id: bigint;
	readonly voucher: Voucher;
	/** Null on a VAT transaction that Go books by itself. */
	readonly line: VoucherLine | null;
	readonly account: Account;
	readonly vat: VatCode;
	readonly amountMinor: bigint;
	readonly vatAmountMinor: bigint;
	readonly postingDate: string;
	readonly subLedgerEntryId: bigint | null;
};
