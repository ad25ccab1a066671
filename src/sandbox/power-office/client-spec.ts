/** What a caller says about a Go client (a legal entity) before the sandbox starts. Ids are never given: Go assigns them. */
export type PowerOfficeClientSpec = {
	/** The secret of the Basic authorization, one a client and integration (section 1.2). */
	readonly clientKey: string;
	/** The non-secret GUID shown by ClientIntegrationInformation. */
	readonly clientId: string;
	readonly clientName: string;
	/** First id this client's objects count from; by default it differs per client. Beyond 2^53 is lawful: ids are int64. */
	readonly idBase?: bigint;
	readonly accounts: readonly AccountSpec[];
	readonly vatCodes: readonly VatCodeSpec[];
	readonly customers: readonly CustomerSpec[];
	readonly departments: readonly DimensionSpec[];
	readonly locations: readonly DimensionSpec[];
	/** Invoices that stand in the customer ledger from the start, made outside this integration. */
	readonly openInvoices: readonly OpenInvoiceSpec[];
	/** `YYYY-MM-DD`; that day and earlier ones cannot be posted. Null: nothing is locked. */
	readonly lockDate: string | null;
	/** `YYYY-MM-DD`; earlier days cannot be posted. */
	readonly conversionDate: string;
	/** First number of the client's voucher sequence. */
	readonly firstVoucherNo: bigint;
	/** Roles granted (section 1.9). */
	readonly privileges: readonly string[];
	/** Roles that the integration has but the client's subscription does not carry. */
	readonly invalidPrivileges: readonly string[];
	readonly subscriptions: readonly string[];
};

/** A general ledger account (section 2.5). */
export type AccountSpec = {
	readonly accountNo: bigint;
	readonly name: string;
	readonly type: "Asset" | "Liability" | "Equity" | "Income" | "Expense";
	/** The account's VAT code, by its code. */
	readonly vatCode: string;
	/** Only `vatCode` may be used on the account. Default false. */
	readonly vatCodeLocked?: boolean;
	/** Default true. */
	readonly active?: boolean;
	/** Default false. */
	readonly departmentRequired?: boolean;
	/** Default false. The sandbox keeps no projects, so such an account takes no line. */
	readonly projectRequired?: boolean;
	/** Whose control account it is; it then takes no direct line (section 2.1). Default none. */
	readonly subLedger?: "customer" | "supplier";
};

/** A VAT code (sections 2.5 and 4.1). */
export type VatCodeSpec = {
	readonly code: string;
	readonly name: string;
	/** Decimal text between 0 and 1, `0.25`. */
	readonly rate: string;
	/** Where Go books the VAT of this code; needed when the rate is not 0. */
	readonly vatAccountNo?: bigint;
	/** `YYYY-MM-DD`, default 2010-01-01. */
	readonly validFrom?: string;
	/** `YYYY-MM-DD`, default open. */
	readonly validTo?: string;
	/** Default true. */
	readonly active?: boolean;
};

/** A customer with its sub-ledger account (section 2.4). */
export type CustomerSpec = {
	/** Customer number, which is the sub-ledger account's number. */
	readonly number: bigint;
	readonly name: string;
	readonly externalNumber?: bigint;
	readonly externalImportReference?: string;
	readonly organizationNumber?: string;
	readonly emailAddress?: string;
	/** Default true. */
	readonly active?: boolean;
};

/** A department or location (section 2.5). */
export type DimensionSpec = { readonly code: string; readonly name: string; readonly active?: boolean };

/** An invoice booked before the sandbox starts. */
export type OpenInvoiceSpec = {
	readonly customerNumber: bigint;
	readonly invoiceNo: string;
	/** Gross, in minor units; negative for a credit note. */
	readonly amountMinor: bigint;
	/** `YYYY-MM-DD`. */
	readonly voucherDate: string;
	readonly dueDate: string;
	readonly customMatchingReference?: string;
	readonly cid?: string;
	readonly externalImportReference?: string;
	/** Income account and its VAT code; default 3000 and "3". */
	readonly accountNo?: bigint;
	readonly vatCode?: string;
};
