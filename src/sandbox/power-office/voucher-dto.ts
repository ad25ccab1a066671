import type { JsonObjectOut, JsonOut } from "./json.ts";
import { momentText } from "./master-data-dto.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import { decimalOrNull, money } from "./transaction-dto.ts";
import type { Voucher, VoucherLine } from "./voucher.ts";

/**
 * CashVoucherDto, BankVoucherDto or ManualVoucherDto: the posted header and lines plus what Go added (section 2.1).
 * `voucherNo` is the number to show, undefined to leave it out.
 */
export function voucherDto(
	voucher: Voucher,
	voucherNo: bigint | undefined,
	isReversed: boolean,
	switches: PowerOfficeSwitches,
): JsonObjectOut {
	const created = momentText(voucher.createdAtMs);
	return {
		CreatedDateTimeOffset: created,
		CurrencyCode: voucher.currencyCode,
		Description: voucher.description,
		ExternalImportReference: voucher.externalImportReference,
		Id: voucher.id,
		ImportedVoucherNo: voucher.importedVoucherNo,
		IsReversed: isReversed,
		SaftBatchId: voucher.saftBatchId,
		SaftSourceId: voucher.saftSourceId,
		VoucherDate: voucher.voucherDate,
		VoucherLines: voucher.lines.map((line, index) => ({
			...lineDto(line, switches),
			...(voucher.type === "BankJournal" ? { Cid: line.cid, InvoiceNo: line.invoiceNo } : {}),
			Id: voucher.lineIds[index] ?? null,
			CreatedDateTimeOffset: created,
			PostingDate: line.postingDate,
		})),
		VoucherNo: voucherNo,
	};
}

/** What the lines of the three journals have in common. AccountId is the id that was posted. */
function lineDto(line: VoucherLine, switches: PowerOfficeSwitches): { readonly [name: string]: JsonOut } {
	return {
		AccountId: line.customer?.subledgerAccountId ?? line.account.id,
		CurrencyAmount: money(line.amountMinor, switches),
		CurrencyCode: "NOK",
		CurrencyExchangeRate: decimalOrNull(line.exchangeRate),
		CustomMatchingReference: line.customMatchingReference,
		DepartmentId: line.department?.id ?? null,
		Description: line.description,
		Dim1Id: null,
		Dim2Id: null,
		Dim3Id: null,
		ExternalLineReference: line.externalLineReference,
		LocationId: line.location?.id ?? null,
		ProductId: null,
		ProjectId: null,
		Quantity: decimalOrNull(line.quantity),
		Quantity2: decimalOrNull(line.quantity2),
		VatId: line.vat.id,
		VatReturnSpecification: line.vatReturnSpecification,
	};
}
