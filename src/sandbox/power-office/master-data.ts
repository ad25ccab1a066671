import type { AccountSpec } from "./client-spec.ts";

/** A general ledger account of one client. */
export type Account = {
	readonly id: bigint;
	readonly accountNo: bigint;
	readonly name: string;
	readonly type: AccountSpec["type"];
	readonly vatCode: VatCode;
	readonly vatCodeLocked: boolean;
	readonly active: boolean;
	readonly departmentRequired: boolean;
	readonly projectRequired: boolean;
	readonly subLedger: "customer" | "supplier" | null;
	/** Go books VAT here by itself. */
	readonly isVatAccount: boolean;
};

/** A VAT code of one client. The id says nothing about the code (section 2.5). */
export type VatCode = {
	readonly id: bigint;
	readonly code: string;
	readonly name: string;
	readonly rateMillionths: bigint;
	readonly vatAccountNo: bigint | null;
	readonly validFrom: string;
	readonly validTo: string | null;
	readonly active: boolean;
};

/** A customer of one client; the sub-ledger account is what voucher lines name (section 2.1). */
export type Customer = {
	readonly id: bigint;
	readonly number: bigint;
	readonly subledgerAccountId: bigint;
	readonly name: string;
	readonly externalNumber: bigint | null;
	readonly externalImportReference: string | null;
	readonly organizationNumber: string | null;
	readonly emailAddress: string | null;
	readonly active: boolean;
};

/** A department or location of one client. */
export type Dimension = {
	readonly id: bigint;
	readonly code: string;
	readonly name: string;
	readonly active: boolean;
};

/** The VAT code with this code. Throws `RangeError` when the client has none. */
export function codeOf(vatCodes: readonly VatCode[], code: string): VatCode {
	const found = vatCodes.find((vat) => vat.code === code);
	if (found === undefined) throw new RangeError(`there is no VAT code ${code}`);
	return found;
}

/** The account with this number. Throws `RangeError` when the client has none. */
export function accountOf(accounts: readonly Account[], accountNo: bigint): Account {
	const found = accounts.find((account) => account.accountNo === accountNo);
	if (found === undefined) throw new RangeError(`there is no account ${accountNo}`);
	return found;
}
