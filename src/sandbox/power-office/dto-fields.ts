/**
 * The properties of PowerOffice Go's request and response objects, from the OpenAPI document of April 2025
 * (poweroffice.md, source OAS; `v2_schema_fields.json`). All are `additionalProperties: false`.
 */

/** The JSON types of the request properties. `lines` is the nested array, `vatReturn` the enum. */
export type FieldType = "int64" | "int32" | "double" | "string" | "date" | "vatReturn" | "lines";

/** One property of a request object. */
export type FieldFact = { readonly type: FieldType; readonly required: boolean; readonly nullable: boolean };

/** The properties of a request object by name. */
export type FieldFacts = { readonly [name: string]: FieldFact };

/** The names of a response object's properties. */
export type FieldNames = readonly string[];

/** CashVoucherPostDto, BankVoucherPostDto and ManualVoucherPostDto: the same properties (section 2.1). */
export const VOUCHER_POST_FIELDS = {
	CurrencyCode: { type: "string", required: true, nullable: true },
	Description: { type: "string", required: false, nullable: true },
	ExternalImportReference: { type: "string", required: false, nullable: true },
	ImportedVoucherNo: { type: "int64", required: false, nullable: true },
	SaftBatchId: { type: "string", required: false, nullable: true },
	SaftSourceId: { type: "string", required: false, nullable: true },
	VoucherDate: { type: "date", required: true, nullable: false },
	VoucherLines: { type: "lines", required: false, nullable: true },
} as const satisfies FieldFacts;

/** CashVoucherLinePostDto and ManualVoucherLinePostDto. */
export const VOUCHER_LINE_POST_FIELDS = {
	AccountId: { type: "int64", required: true, nullable: true },
	CurrencyAmount: { type: "double", required: false, nullable: false },
	CurrencyCode: { type: "string", required: false, nullable: true },
	CurrencyExchangeRate: { type: "double", required: false, nullable: true },
	CustomMatchingReference: { type: "string", required: false, nullable: true },
	DepartmentId: { type: "int64", required: false, nullable: true },
	Description: { type: "string", required: false, nullable: true },
	Dim1Id: { type: "int64", required: false, nullable: true },
	Dim2Id: { type: "int64", required: false, nullable: true },
	Dim3Id: { type: "int64", required: false, nullable: true },
	ExternalLineReference: { type: "string", required: false, nullable: true },
	LocationId: { type: "int64", required: false, nullable: true },
	PostingDate: { type: "date", required: true, nullable: false },
	ProductId: { type: "int64", required: false, nullable: true },
	ProjectId: { type: "int64", required: false, nullable: true },
	Quantity: { type: "double", required: false, nullable: true },
	Quantity2: { type: "double", required: false, nullable: true },
	VatId: { type: "int32", required: true, nullable: true },
	VatReturnSpecification: { type: "vatReturn", required: false, nullable: false },
} as const satisfies FieldFacts;

/** BankVoucherLinePostDto: the cash line plus Cid and InvoiceNo, which the others lack (section 2.1). */
export const BANK_VOUCHER_LINE_POST_FIELDS = {
	...VOUCHER_LINE_POST_FIELDS,
	Cid: { type: "string", required: false, nullable: true },
	InvoiceNo: { type: "string", required: false, nullable: true },
} as const satisfies FieldFacts;

/** AccountTransactionDto. */
export const ACCOUNT_TRANSACTION_FIELDS = [
	"AccountId",
	"AccountNo",
	"AgricultureDepartment",
	"Amount",
	"BankTransferId",
	"ContactId",
	"CorrectionOfVoucherId",
	"CorrectionOfVoucherNo",
	"CreatedDateTimeOffset",
	"CreatedFromImportJournalId",
	"CurrencyAmount",
	"CurrencyCode",
	"CustomerAccountNo",
	"DepartmentCode",
	"DepartmentId",
	"Description",
	"Dim1Code",
	"Dim1Id",
	"Dim2Code",
	"Dim2Id",
	"Dim3Code",
	"Dim3Id",
	"EmployeeAccountNo",
	"ExternalImportReference",
	"Id",
	"ImportedVoucherNo",
	"IsNoteMainEntry",
	"IsReversed",
	"LastChangedDateTimeOffset",
	"LocationCode",
	"LocationId",
	"PostingDate",
	"ProductCode",
	"ProductId",
	"ProjectCode",
	"ProjectId",
	"Quantity",
	"Quantity2",
	"ReversedVoucherId",
	"ReversedVoucherNo",
	"SubLedgerEntryId",
	"SupplierAccountNo",
	"VatAmount",
	"VatCode",
	"VatId",
	"VatRate",
	"VatReturnSpecification",
	"VoucherDate",
	"VoucherDescription",
	"VoucherId",
	"VoucherNo",
	"VoucherType",
] as const;

/** CustomerLedgerEntryDto. */
export const LEDGER_ENTRY_FIELDS = [
	"Amount",
	"Balance",
	"Cid",
	"CreatedDateTimeOffset",
	"CreatedFromImportJournalId",
	"CurrencyAmount",
	"CurrencyCode",
	"CustomMatchingReference",
	"CustomerAccountNo",
	"CustomerExternalNo",
	"CustomerId",
	"CustomerName",
	"DepartmentCode",
	"DepartmentId",
	"Dim1Code",
	"Dim1Id",
	"Dim2Code",
	"Dim2Id",
	"Dim3Code",
	"Dim3Id",
	"DueDate",
	"ExternalImportReference",
	"Id",
	"InvoiceNo",
	"IsCreatedByCurrentIntegration",
	"IsWriteOff",
	"LastChangedDateTimeOffset",
	"LocationCode",
	"LocationId",
	"MatchId",
	"PaidFromBankAccount",
	"PostingDate",
	"ProjectCode",
	"ProjectId",
	"VoucherDate",
	"VoucherId",
	"VoucherNo",
	"VoucherType",
] as const;

/** GeneralLedgerAccountDto. */
export const ACCOUNT_FIELDS = [
	"AccountNo",
	"AgricultureDepartment",
	"CurrencyCode",
	"DepartmentCode",
	"DepartmentId",
	"GeneralLedgerAccountType",
	"Id",
	"IsActive",
	"IsDepartmentRequired",
	"IsProjectRequired",
	"IsVatCodeLocked",
	"LastChangedDateTimeOffset",
	"Name",
	"Unit1",
	"Unit2",
	"VatCode",
	"VatCodeId",
	"VatReturnSpecification",
] as const;

/** VatCodeDto. */
export const VAT_CODE_FIELDS = [
	"BaseVatCodeId",
	"Code",
	"Description",
	"Id",
	"IsActive",
	"IsCustom",
	"Name",
	"Rate",
	"ValidFrom",
	"ValidTo",
	"VatBasisRatio",
	"VatBasisRatioValidFrom",
	"VatBasisRatios",
] as const;

/** CustomerDto. */
export const CUSTOMER_FIELDS = [
	"Allowance",
	"BillableRate",
	"ContactCreatedDateTimeOffset",
	"ContactGroupIds",
	"CreatedFromImportJournalId",
	"CurrencyCode",
	"CustomerCreatedDateTimeOffset",
	"CustomerSince",
	"DateOfBirth",
	"DeliveryTerm",
	"DeliveryTermId",
	"DepartmentCode",
	"DepartmentId",
	"DoNotAddLatePaymentFees",
	"DoNotAddLatePaymentInterest",
	"DoNotAutomatePaymentNotifications",
	"EmailAddress",
	"ExternalImportReference",
	"ExternalNumber",
	"FirstName",
	"Id",
	"InvoiceBrandingThemeCode",
	"InvoiceBrandingThemeId",
	"InvoiceDeliveryType",
	"InvoiceEmailAddress",
	"InvoiceEmailAddressCC",
	"IsActive",
	"IsArchived",
	"IsPerson",
	"IsVatFree",
	"LastChangedDateTimeOffset",
	"LastName",
	"LegalName",
	"MailAddress",
	"Name",
	"NationalIdNumber",
	"NoticeOfDebtCollectionDeliveryType",
	"Number",
	"OrganizationNumber",
	"PaymentReminderEmailAddress",
	"PaymentTerm",
	"PaymentTermId",
	"PhoneNumber",
	"ReminderDeliveryType",
	"SalesPersonEmployeeId",
	"SalesPersonEmployeeNumber",
	"SendPaymentReminders",
	"SubledgerAccountId",
	"TransferToDebtCollectionAgency",
	"UseInvoiceFee",
	"WebsiteUrl",
] as const;

/** DepartmentDto. */
export const DEPARTMENT_FIELDS = [
	"Code",
	"CreatedDateTimeOffset",
	"CreatedFromImportJournalId",
	"Id",
	"IsActive",
	"LastChangedDateTimeOffset",
	"ManagerEmployeeId",
	"ManagerEmployeeNo",
	"Name",
] as const;

/** LocationDto. */
export const LOCATION_FIELDS = [
	"Code",
	"CreatedDateTimeOffset",
	"Id",
	"IsActive",
	"LastChangedDateTimeOffset",
	"Name",
] as const;

/** FinancialSettingsDto. */
export const FINANCIAL_SETTINGS_FIELDS = [
	"ConversionDate",
	"CurrencyCode",
	"CurrencyGainsAccountId",
	"CurrencyGainsAccountNo",
	"CurrencyLossAccountId",
	"CurrencyLossAccountNo",
	"FinancialYearEndMonth",
	"LastChangedDateTimeOffset",
	"UseTrustAccountManagement",
] as const;

/** VatReturnSpecification as a request may carry it; PurchasesEligibleForCompensation is read-only (section 2.1). */
export const VAT_RETURN_SPECIFICATIONS = [
	"None",
	"Adjustment",
	"LossesOnClaims",
	"ReversalOfInputValueAddedTax",
	"Withdrawals",
	"AdjustmentVatCompensationRealProperty",
] as const;

/** VoucherType, as read (section 2.8). */
export const VOUCHER_TYPES = [
	"Unknown",
	"IncomingInvoice",
	"IncomingCreditNote",
	"OutgoingInvoice",
	"OutgoingCreditNote",
	"IncomingBankRemittance",
	"IncomingOcrGiro",
	"ManualJournal",
	"Expense",
	"CashJournal",
	"IncomingPayments",
	"OutgoingPayments",
	"YearEndJournal",
	"BankJournal",
	"VatReturns",
	"PayrollJournal",
	"OutgoingPaymentReminder",
	"OutgoingNoticeOfDebtCollection",
	"OutgoingPaymentDemand",
	"OutgoingWarrantOfExecution",
	"CorrectionVoucher",
	"ReversalVoucher",
	"DepreciationJournal",
	"TravelExpense",
	"Settlement",
	"NegativeSettlement",
	"SystemGeneratedDocumentationVoucher",
] as const;

/** One of {@link VOUCHER_TYPES}. */
export type VoucherType = (typeof VOUCHER_TYPES)[number];
