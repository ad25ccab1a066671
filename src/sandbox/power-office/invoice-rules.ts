import { type ClientBook, customerControlAccount, NO_VAT_CODE } from "./book.ts";
import { parseDecimal, toMinor } from "./decimal.ts";
import { BASE_CURRENCY, emptyToNull, judgeCurrency, judgeLength } from "./field-rules.ts";
import type { InvoiceDraft, InvoiceLineDraft } from "./invoice-draft.ts";
import { judgeExchangeRate, resolveDimension, resolveLine, unresolved } from "./line-rules.ts";
import { type Customer, codeOf } from "./master-data.ts";
import { accepted, type Outcome, type Problem, refused, voucherProblem } from "./problem.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import type { VoucherContent, VoucherLine } from "./voucher.ts";
import { judgeDates, judgeReference, SAFT_ID_MAX_LENGTH } from "./voucher-rules.ts";

/** Cid, maxLength 25 (section 2.2). */
const CID_MAX_LENGTH = 25;

/** Header ids of things the sandbox keeps none of: every id of them is unknown. */
const UNKEPT_REFERENCES = {
	ProjectId: "Project",
	Dim1Id: "Dimension 1",
	Dim2Id: "Dimension 2",
	Dim3Id: "Dimension 3",
	DeliveryTermId: "Delivery term",
	SalesPersonEmployeeId: "Employee",
} as const;

/**
 * Judges an invoice voucher (section 2.2) and works out its lines: an invoice's positive amounts are posted credit and
 * Go adds the customer's debit itself [I, confirmed for v1]; a credit note the other way round.
 */
export function judgeInvoice(
	draft: InvoiceDraft,
	book: ClientBook,
	switches: PowerOfficeSwitches,
): Outcome<VoucherContent> {
	const { header } = draft;
	const customer = book.customers.find((candidate) => candidate.subledgerAccountId === header.CustomerAccountId);
	if (customer === undefined) return refused(unresolved("Account", header.CustomerAccountId, switches));
	const headerProblem = judgeHeader(draft, book, switches);
	if (headerProblem !== null) return refused(headerProblem);
	const lines: VoucherLine[] = [];
	for (const [index, line] of draft.lines.entries()) {
		const where = `OutgoingInvoiceLines[${index}]`;
		const resolved = resolveLine(asVoucherLine(line, header.VoucherDate), where, book, switches);
		if (!resolved.ok) return resolved;
		lines.push(resolved.value);
	}
	const total = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
	const totalProblem = judgeTotal(draft, total, switches) ?? judgeDates(lines, book);
	if (totalProblem !== null) return refused(totalProblem);
	const customerLine = customerSide(draft, customer, book, switches);
	if (!customerLine.ok) return customerLine;
	// In the invoice's own terms positive is credit; in the ledger's, debit.
	const sign = draft.kind === "OutgoingCreditNote" && switches.creditNoteAmounts === "positive" ? 1n : -1n;
	const posted = lines.map((line) => ({ ...line, amountMinor: sign * line.amountMinor }));
	return accepted(content(draft, customer, [{ ...customerLine.value, amountMinor: -sign * total }, ...posted]));
}

function judgeHeader(draft: InvoiceDraft, book: ClientBook, switches: PowerOfficeSwitches): Problem | null {
	const { header, lines } = draft;
	const invoiceNo = emptyToNull(header.InvoiceNo);
	if (invoiceNo === null) return voucherProblem("InvoiceNo is required.");
	if (lines.length === 0) return voucherProblem("The invoice has no lines.");
	for (const [property, kind] of Object.entries(UNKEPT_REFERENCES)) {
		const id = header[property as keyof typeof UNKEPT_REFERENCES];
		if (id !== null) return unresolved(kind, id, switches);
	}
	const reference = header.ExternalImportReference;
	return (
		judgeCurrency(header.CurrencyCode) ??
		judgeExchangeRate(header.CurrencyExchangeRate) ??
		judgeLength("SaftSourceId", header.SaftSourceId, SAFT_ID_MAX_LENGTH) ??
		judgeLength("Cid", header.Cid, CID_MAX_LENGTH) ??
		judgeLength("Description", header.Description, switches.descriptionMaxLength) ??
		judgeLength("CustomMatchingReference", header.CustomMatchingReference, switches.customMatchingReferenceMaxLength) ??
		judgeLength("ExternalImportReference", reference, switches.externalImportReferenceMaxLength) ??
		judgeReference(reference, book, switches) ??
		judgeInvoiceNo(invoiceNo, book, switches)
	);
}

/** Section 2.2: InvoiceNo "must be unique for the client"; section 1.8: a reversal frees it. Text and status [U]. */
function judgeInvoiceNo(invoiceNo: string, book: ClientBook, switches: PowerOfficeSwitches): Problem | null {
	const holder = book.vouchers.find(
		(voucher) => voucher.invoice?.invoiceNo === invoiceNo && voucher.reversedBy === null,
	);
	if (holder === undefined) return null;
	const detail = `InvoiceNo is already in use. '${invoiceNo}' is used on (voucher) Id = ${holder.id}.`;
	return voucherProblem(detail, switches.duplicateStatus);
}

/** Section 2.2: the header's amount is the sum of the lines, positive [I]; of a credit note by the switch. */
function judgeTotal(draft: InvoiceDraft, total: bigint, switches: PowerOfficeSwitches): Problem | null {
	const isNegative = draft.kind === "OutgoingCreditNote" && switches.creditNoteAmounts === "negative";
	if (total === 0n || total < 0n !== isNegative) {
		return voucherProblem(`The lines of an ${draft.kind} sum to a ${isNegative ? "negative" : "positive"} amount.`);
	}
	if (switches.invoiceTotal === "ignored") return null;
	const stated = parseDecimal(draft.header.CurrencyAmount ?? "0");
	const equals = stated !== null && toMinor(stated).exact && toMinor(stated).minor === total;
	return equals ? null : voucherProblem("CurrencyAmount is not the sum of the lines.");
}

/** The customer's line that Go adds, its amount still open. Header dimensions stand on it (section 2.2). */
function customerSide(
	draft: InvoiceDraft,
	customer: Customer,
	book: ClientBook,
	switches: PowerOfficeSwitches,
): Outcome<VoucherLine> {
	const { header } = draft;
	const department = resolveDimension("Department", header.DepartmentId, book.departments, switches);
	if (!department.ok) return department;
	const location = resolveDimension("Location", header.LocationId, book.locations, switches);
	if (!location.ok) return location;
	return accepted({
		account: customerControlAccount(book),
		customer,
		vat: codeOf(book.vatCodes, NO_VAT_CODE),
		amountMinor: 0n,
		postingDate: header.VoucherDate ?? "",
		description: header.Description,
		customMatchingReference: header.CustomMatchingReference,
		externalLineReference: null,
		cid: header.Cid,
		invoiceNo: null,
		department: department.value,
		location: location.value,
		quantity: null,
		quantity2: null,
		exchangeRate: null,
		vatReturnSpecification: "None",
	});
}

/** An invoice line in the form that the line rules judge; its posting date is the voucher's (section 2.2). */
function asVoucherLine(line: InvoiceLineDraft, voucherDate: string | null): Parameters<typeof resolveLine>[0] {
	return {
		AccountId: line.AccountId,
		VatId: line.VatId,
		CurrencyAmount: line.CurrencyAmount,
		Description: line.Description,
		DepartmentId: line.DepartmentId,
		LocationId: line.LocationId,
		ProjectId: line.ProjectId,
		ProductId: line.ProductId,
		Dim1Id: line.Dim1Id,
		Dim2Id: line.Dim2Id,
		Dim3Id: line.Dim3Id,
		Quantity: line.Quantity,
		VatReturnSpecification: line.VatReturnSpecification,
		PostingDate: voucherDate,
		CurrencyCode: null,
		CurrencyExchangeRate: null,
		CustomMatchingReference: null,
		ExternalLineReference: null,
		Quantity2: null,
		Cid: null,
		InvoiceNo: null,
	};
}

function content(draft: InvoiceDraft, customer: Customer, lines: readonly VoucherLine[]): VoucherContent {
	const { header, kind } = draft;
	return {
		type: kind,
		own: true,
		voucherDate: header.VoucherDate ?? "",
		currencyCode: header.CurrencyCode ?? BASE_CURRENCY,
		description: header.Description,
		externalImportReference: emptyToNull(header.ExternalImportReference),
		importedVoucherNo: header.ImportedVoucherNo,
		saftSourceId: header.SaftSourceId,
		saftBatchId: null,
		invoice: {
			customer,
			invoiceNo: header.InvoiceNo ?? "",
			dueDate: header.DueDate,
			cid: header.Cid,
			customMatchingReference: header.CustomMatchingReference,
			memo: {
				ContractNo: header.ContractNo,
				CustomerReference: header.CustomerReference,
				DeliveryAddress1: header.DeliveryAddress1,
				DeliveryAddress2: header.DeliveryAddress2,
				DeliveryAddressCity: header.DeliveryAddressCity,
				DeliveryAddressCountryCode: header.DeliveryAddressCountryCode,
				DeliveryAddressZipCode: header.DeliveryAddressZipCode,
				DeliveryDate: header.DeliveryDate,
				ImportedOrderNo: header.ImportedOrderNo,
				PurchaseOrderReference: header.PurchaseOrderReference,
			},
		},
		lines,
	};
}
