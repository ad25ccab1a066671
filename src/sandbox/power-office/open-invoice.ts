import { customerControlAccount } from "./book.ts";
import { type BookingContext, bookVoucher } from "./booking.ts";
import type { OpenInvoiceSpec } from "./client-spec.ts";
import { accountOf, codeOf } from "./master-data.ts";
import type { Voucher, VoucherLine } from "./voucher.ts";

const DEFAULT_INCOME_ACCOUNT_NO = 3000n;
const DEFAULT_VAT_CODE = "3";

/**
 * Books an invoice that stood in the ledger before the sandbox started: made outside this integration, so it can be
 * matched and listed but neither read by GUID nor reversed (section 2.1). Throws `RangeError` for an unknown customer.
 */
export function bookOpenInvoice(spec: OpenInvoiceSpec, context: BookingContext): Voucher {
	const { book } = context;
	const customer = book.customers.find((candidate) => candidate.number === spec.customerNumber);
	if (customer === undefined) throw new RangeError(`there is no customer ${spec.customerNumber}`);
	const plain = {
		postingDate: spec.voucherDate,
		description: `Invoice ${spec.invoiceNo}`,
		externalLineReference: null,
		invoiceNo: null,
		department: null,
		location: null,
		quantity: null,
		quantity2: null,
		exchangeRate: null,
		vatReturnSpecification: "None",
	};
	const customMatchingReference = spec.customMatchingReference ?? null;
	const cid = spec.cid ?? null;
	const lines: VoucherLine[] = [
		{
			...plain,
			account: customerControlAccount(book),
			customer,
			vat: codeOf(book.vatCodes, "0"),
			amountMinor: spec.amountMinor,
			customMatchingReference,
			cid,
		},
		{
			...plain,
			account: accountOf(book.accounts, spec.accountNo ?? DEFAULT_INCOME_ACCOUNT_NO),
			customer: null,
			vat: codeOf(book.vatCodes, spec.vatCode ?? DEFAULT_VAT_CODE),
			amountMinor: -spec.amountMinor,
			customMatchingReference: null,
			cid: null,
		},
	];
	return bookVoucher(
		{
			type: spec.amountMinor < 0n ? "OutgoingCreditNote" : "OutgoingInvoice",
			own: false,
			voucherDate: spec.voucherDate,
			currencyCode: "NOK",
			description: plain.description,
			externalImportReference: spec.externalImportReference ?? null,
			importedVoucherNo: null,
			saftSourceId: null,
			saftBatchId: null,
			invoice: {
				customer,
				invoiceNo: spec.invoiceNo,
				dueDate: spec.dueDate,
				cid,
				customMatchingReference,
				memo: {},
			},
			lines,
		},
		context,
		null,
	);
}
