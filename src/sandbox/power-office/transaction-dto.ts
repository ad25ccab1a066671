import { amountText, rateText } from "./decimal.ts";
import type { ACCOUNT_TRANSACTION_FIELDS, LEDGER_ENTRY_FIELDS } from "./dto-fields.ts";
import { exactNumber, type JsonNumber } from "./json.ts";
import type { LedgerEntry } from "./ledger-entry.ts";
import { type Dto, momentText } from "./master-data-dto.ts";
import type { PowerOfficeSwitches } from "./switches.ts";
import { entryState, shownReversal, type Visibility } from "./visibility.ts";
import type { AccountTransaction, Voucher } from "./voucher.ts";

/** AccountTransactionDto: "a single posted amount on a general ledger account". */
export function transactionDto(
	transaction: AccountTransaction,
	isShown: Visibility,
	switches: PowerOfficeSwitches,
): Dto<typeof ACCOUNT_TRANSACTION_FIELDS> {
	const { voucher, line, account, vat } = transaction;
	const created = momentText(voucher.createdAtMs);
	const amount = money(transaction.amountMinor, switches);
	return {
		AccountId: account.id,
		AccountNo: account.accountNo,
		AgricultureDepartment: null,
		Amount: amount,
		BankTransferId: null,
		ContactId: line?.customer?.id ?? null,
		CorrectionOfVoucherId: null,
		CorrectionOfVoucherNo: null,
		CreatedDateTimeOffset: created,
		CreatedFromImportJournalId: null,
		CurrencyAmount: amount,
		CurrencyCode: voucher.currencyCode,
		CustomerAccountNo: line?.customer?.number ?? null,
		DepartmentCode: line?.department?.code ?? null,
		DepartmentId: line?.department?.id ?? null,
		Description: line?.description ?? null,
		Dim1Code: null,
		Dim1Id: null,
		Dim2Code: null,
		Dim2Id: null,
		Dim3Code: null,
		Dim3Id: null,
		EmployeeAccountNo: null,
		ExternalImportReference: shownReference(voucher, isShown, switches),
		Id: transaction.id,
		ImportedVoucherNo: voucher.importedVoucherNo,
		IsNoteMainEntry: voucher.invoice !== null && line !== null && line.customer !== null,
		IsReversed: shownReversal(voucher, isShown) !== null,
		LastChangedDateTimeOffset: created,
		LocationCode: line?.location?.code ?? null,
		LocationId: line?.location?.id ?? null,
		PostingDate: transaction.postingDate,
		ProductCode: null,
		ProductId: null,
		ProjectCode: null,
		ProjectId: null,
		Quantity: decimalOrNull(line?.quantity ?? null),
		Quantity2: decimalOrNull(line?.quantity2 ?? null),
		ReversedVoucherId: voucher.reverses?.id ?? null,
		ReversedVoucherNo: voucher.reverses?.voucherNo ?? null,
		SubLedgerEntryId: transaction.subLedgerEntryId,
		SupplierAccountNo: null,
		VatAmount: money(transaction.vatAmountMinor, switches),
		VatCode: vat.code,
		VatId: vat.id,
		VatRate: exactNumber(rateText(vat.rateMillionths)),
		VatReturnSpecification: line?.vatReturnSpecification ?? "None",
		VoucherDate: voucher.voucherDate,
		VoucherDescription: voucher.description,
		VoucherId: voucher.id,
		VoucherNo: voucher.voucherNo,
		VoucherType: voucher.type,
	};
}

/** CustomerLedgerEntryDto with the balance as of a date (section 2.7). */
export function ledgerEntryDto(
	entry: LedgerEntry,
	asOf: string,
	isShown: Visibility,
	switches: PowerOfficeSwitches,
): Dto<typeof LEDGER_ENTRY_FIELDS> {
	const { voucher, line, customer } = entry;
	const { balanceMinor, matchId } = entryState(entry, asOf, isShown);
	const amount = money(entry.amountMinor, switches);
	return {
		Amount: amount,
		Balance: money(balanceMinor, switches),
		Cid: line.cid,
		CreatedDateTimeOffset: momentText(voucher.createdAtMs),
		CreatedFromImportJournalId: null,
		CurrencyAmount: amount,
		CurrencyCode: voucher.currencyCode,
		CustomMatchingReference: line.customMatchingReference,
		CustomerAccountNo: customer.number,
		CustomerExternalNo: customer.externalNumber,
		CustomerId: customer.id,
		CustomerName: customer.name,
		DepartmentCode: line.department?.code ?? null,
		DepartmentId: line.department?.id ?? null,
		Dim1Code: null,
		Dim1Id: null,
		Dim2Code: null,
		Dim2Id: null,
		Dim3Code: null,
		Dim3Id: null,
		DueDate: voucher.invoice?.dueDate ?? null,
		ExternalImportReference: shownReference(voucher, isShown, switches),
		Id: entry.id,
		InvoiceNo: voucher.invoice?.invoiceNo ?? null,
		IsCreatedByCurrentIntegration: voucher.own,
		IsWriteOff: false,
		LastChangedDateTimeOffset: momentText(entry.lastChangedAtMs),
		LocationCode: line.location?.code ?? null,
		LocationId: line.location?.id ?? null,
		MatchId: matchId,
		PaidFromBankAccount: null,
		PostingDate: line.postingDate,
		ProjectCode: null,
		ProjectId: null,
		VoucherDate: voucher.voucherDate,
		VoucherId: voucher.id,
		VoucherNo: voucher.voucherNo,
		VoucherType: voucher.type,
	};
}

/** An amount as a JSON number with exact decimals (DESIGN section 5). */
export function money(minor: bigint, switches: PowerOfficeSwitches): JsonNumber {
	return exactNumber(amountText(minor, switches.amountText));
}

/** A decimal as it came, or null. */
export function decimalOrNull(text: string | null): JsonNumber | null {
	return text === null ? null : exactNumber(text);
}

/** Section 1.8: a reversal frees the reference; whether the transactions go on showing it is not said, a switch. */
function shownReference(voucher: Voucher, isShown: Visibility, switches: PowerOfficeSwitches): string | null {
	const isFreed = shownReversal(voucher, isShown) !== null;
	return isFreed && switches.reversedReference === "cleared" ? null : voucher.externalImportReference;
}
