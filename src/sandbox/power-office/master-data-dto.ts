import { type ClientBook, CURRENCY_GAINS_ACCOUNT_NO, CURRENCY_LOSS_ACCOUNT_NO } from "./book.ts";
import { rateText } from "./decimal.ts";
import type {
	ACCOUNT_FIELDS,
	CUSTOMER_FIELDS,
	DEPARTMENT_FIELDS,
	FINANCIAL_SETTINGS_FIELDS,
	FieldNames,
	LOCATION_FIELDS,
	VAT_CODE_FIELDS,
} from "./dto-fields.ts";
import { exactNumber, type JsonOut } from "./json.ts";
import { type Account, accountOf, type Customer, type Dimension, type VatCode } from "./master-data.ts";

/** An object with exactly the properties of a DTO. */
export type Dto<Fields extends FieldNames> = { readonly [Name in Fields[number]]: JsonOut };

/** A moment as PowerOffice writes it: ISO 8601 with offset (section 1.5). */
export function momentText(ms: number): string {
	return new Date(ms).toISOString().replace("Z", "+00:00");
}

/** GeneralLedgerAccountDto. */
export function accountDto(account: Account, createdAtMs: number): Dto<typeof ACCOUNT_FIELDS> {
	return {
		AccountNo: account.accountNo,
		AgricultureDepartment: null,
		CurrencyCode: "NOK",
		DepartmentCode: null,
		DepartmentId: null,
		GeneralLedgerAccountType: account.type,
		Id: account.id,
		IsActive: account.active,
		IsDepartmentRequired: account.departmentRequired,
		IsProjectRequired: account.projectRequired,
		IsVatCodeLocked: account.vatCodeLocked,
		LastChangedDateTimeOffset: momentText(createdAtMs),
		Name: account.name,
		Unit1: null,
		Unit2: null,
		VatCode: account.vatCode.code,
		VatCodeId: account.vatCode.id,
		VatReturnSpecification: "None",
	};
}

/** VatCodeDto. Rate is between 0 and 1 (section 2.5). */
export function vatCodeDto(vat: VatCode): Dto<typeof VAT_CODE_FIELDS> {
	return {
		BaseVatCodeId: null,
		Code: vat.code,
		Description: vat.name,
		Id: vat.id,
		IsActive: vat.active,
		IsCustom: false,
		Name: vat.name,
		Rate: exactNumber(rateText(vat.rateMillionths)),
		ValidFrom: vat.validFrom,
		ValidTo: vat.validTo,
		VatBasisRatio: null,
		VatBasisRatioValidFrom: null,
		VatBasisRatios: null,
	};
}

/** CustomerDto. */
export function customerDto(customer: Customer, createdAtMs: number): Dto<typeof CUSTOMER_FIELDS> {
	const created = momentText(createdAtMs);
	return {
		Allowance: null,
		BillableRate: null,
		ContactCreatedDateTimeOffset: created,
		ContactGroupIds: null,
		CreatedFromImportJournalId: null,
		CurrencyCode: "NOK",
		CustomerCreatedDateTimeOffset: created,
		CustomerSince: null,
		DateOfBirth: null,
		DeliveryTerm: null,
		DeliveryTermId: null,
		DepartmentCode: null,
		DepartmentId: null,
		DoNotAddLatePaymentFees: null,
		DoNotAddLatePaymentInterest: null,
		DoNotAutomatePaymentNotifications: null,
		EmailAddress: customer.emailAddress,
		ExternalImportReference: customer.externalImportReference,
		ExternalNumber: customer.externalNumber,
		FirstName: null,
		Id: customer.id,
		InvoiceBrandingThemeCode: null,
		InvoiceBrandingThemeId: null,
		InvoiceDeliveryType: "PdfByEmail",
		InvoiceEmailAddress: customer.emailAddress,
		InvoiceEmailAddressCC: null,
		IsActive: customer.active,
		IsArchived: !customer.active,
		IsPerson: false,
		IsVatFree: false,
		LastChangedDateTimeOffset: created,
		LastName: null,
		LegalName: customer.name,
		MailAddress: null,
		Name: customer.name,
		NationalIdNumber: null,
		NoticeOfDebtCollectionDeliveryType: null,
		Number: customer.number,
		OrganizationNumber: customer.organizationNumber,
		PaymentReminderEmailAddress: null,
		PaymentTerm: 14n,
		PaymentTermId: null,
		PhoneNumber: null,
		ReminderDeliveryType: null,
		SalesPersonEmployeeId: null,
		SalesPersonEmployeeNumber: null,
		SendPaymentReminders: null,
		SubledgerAccountId: customer.subledgerAccountId,
		TransferToDebtCollectionAgency: null,
		UseInvoiceFee: null,
		WebsiteUrl: null,
	};
}

/** LocationDto. */
export function locationDto(location: Dimension, createdAtMs: number): Dto<typeof LOCATION_FIELDS> {
	return {
		Code: location.code,
		CreatedDateTimeOffset: momentText(createdAtMs),
		Id: location.id,
		IsActive: location.active,
		LastChangedDateTimeOffset: momentText(createdAtMs),
		Name: location.name,
	};
}

/** DepartmentDto. */
export function departmentDto(department: Dimension, createdAtMs: number): Dto<typeof DEPARTMENT_FIELDS> {
	return {
		...locationDto(department, createdAtMs),
		CreatedFromImportJournalId: null,
		ManagerEmployeeId: null,
		ManagerEmployeeNo: null,
	};
}

/** FinancialSettingsDto. The base currency is always NOK (section 2.1). */
export function financialSettingsDto(book: ClientBook): Dto<typeof FINANCIAL_SETTINGS_FIELDS> {
	const gains = accountOf(book.accounts, CURRENCY_GAINS_ACCOUNT_NO);
	const losses = accountOf(book.accounts, CURRENCY_LOSS_ACCOUNT_NO);
	return {
		ConversionDate: book.conversionDate,
		CurrencyCode: "NOK",
		CurrencyGainsAccountId: gains.id,
		CurrencyGainsAccountNo: gains.accountNo,
		CurrencyLossAccountId: losses.id,
		CurrencyLossAccountNo: losses.accountNo,
		FinancialYearEndMonth: "December",
		LastChangedDateTimeOffset: momentText(book.createdAtMs),
		UseTrustAccountManagement: false,
	};
}
