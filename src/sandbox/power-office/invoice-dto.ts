import type { JsonObjectOut } from "./json.ts";
import { momentText } from "./master-data-dto.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import { decimalOrNull, money } from "./transaction-dto.ts";
import type { Voucher, VoucherLine } from "./voucher.ts";

/** OutgoingInvoiceVoucherDto, amounts in the signs they were posted with (section 2.2). */
export function invoiceDto(
	voucher: Voucher,
	voucherNo: bigint | undefined,
	isReversed: boolean,
	switches: PowerOfficeSwitches,
): JsonObjectOut {
	const { invoice } = voucher;
	const [customerLine, ...lines] = voucher.lines;
	const sign = voucher.type === "OutgoingCreditNote" && switches.creditNoteAmounts === "positive" ? 1n : -1n;
	return {
		...invoice?.memo,
		Cid: invoice?.cid ?? null,
		CreatedDateTimeOffset: momentText(voucher.createdAtMs),
		CurrencyAmount: money(-sign * (customerLine?.amountMinor ?? 0n), switches),
		CurrencyCode: voucher.currencyCode,
		CurrencyExchangeRate: null,
		CustomMatchingReference: invoice?.customMatchingReference ?? null,
		CustomerAccountId: invoice?.customer.subledgerAccountId ?? null,
		DepartmentId: customerLine?.department?.id ?? null,
		Description: voucher.description,
		DeliveryTermId: null,
		Dim1Id: null,
		Dim2Id: null,
		Dim3Id: null,
		DueDate: invoice?.dueDate ?? null,
		ExternalImportReference: voucher.externalImportReference,
		Id: voucher.id,
		ImportedVoucherNo: voucher.importedVoucherNo,
		InvoiceNo: invoice?.invoiceNo ?? null,
		IsReversed: isReversed,
		LocationId: customerLine?.location?.id ?? null,
		OutgoingInvoiceLines: lines.map((line) => invoiceLineDto(line, sign, switches)),
		ProjectId: null,
		SaftSourceId: voucher.saftSourceId,
		SalesPersonEmployeeId: null,
		VoucherDate: voucher.voucherDate,
		VoucherNo: voucherNo,
	};
}

function invoiceLineDto(line: VoucherLine, sign: bigint, switches: PowerOfficeSwitches): JsonObjectOut {
	return {
		AccountId: line.account.id,
		CurrencyAmount: money(sign * line.amountMinor, switches),
		Accrual: null,
		DepartmentId: line.department?.id ?? null,
		Description: line.description,
		Dim1Id: null,
		Dim2Id: null,
		Dim3Id: null,
		LocationId: line.location?.id ?? null,
		ProductId: null,
		ProjectId: null,
		Quantity: decimalOrNull(line.quantity),
		QuantityOrdered: null,
		UnitOfMeasureType: null,
		VatId: line.vat.id,
		VatReturnSpecification: line.vatReturnSpecification,
	};
}
