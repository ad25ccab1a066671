import type { DimensionSpec, PowerOfficeClientSpec } from "./client-spec.ts";
import { rateMillionths } from "./decimal.ts";
import type { LedgerEntry } from "./ledger-entry.ts";
import { type Account, accountOf, type Customer, codeOf, type Dimension, type VatCode } from "./master-data.ts";
import type { AccountTransaction, Voucher } from "./voucher.ts";

/** Everything that one Go client holds. Only booking and the test controls change it. */
export type ClientBook = {
	readonly clientKey: string;
	readonly clientId: string;
	readonly clientName: string;
	readonly accounts: readonly Account[];
	readonly vatCodes: readonly VatCode[];
	readonly customers: readonly Customer[];
	readonly departments: readonly Dimension[];
	readonly locations: readonly Dimension[];
	readonly conversionDate: string;
	readonly subscriptions: readonly string[];
	readonly invalidPrivileges: readonly string[];
	/** When the master data was made, in UTC milliseconds. */
	readonly createdAtMs: number;
	readonly vouchers: Voucher[];
	readonly transactions: AccountTransaction[];
	readonly entries: LedgerEntry[];
	privileges: readonly string[];
	lockDate: string | null;
	nextVoucherNo: bigint;
	nextId: bigint;
	/** List reads so far, for the replica lag. */
	listReads: number;
};

/** The VAT code of transactions that carry no VAT themselves (section 4.1). */
export const NO_VAT_CODE = "0";

/** The accounts that FinancialSettings names for gains and losses on currency (NS 4102). */
export const CURRENCY_GAINS_ACCOUNT_NO = 8060n;
/** See {@link CURRENCY_GAINS_ACCOUNT_NO}. */
export const CURRENCY_LOSS_ACCOUNT_NO = 8160n;

const ID_STRIDE = 1_000_000n;

/**
 * Makes a client's book from its description. Ids differ per client and are no codes (section 2.5). Throws
 * `RangeError` when the description names an account or VAT code that it does not define.
 */
export function openBook(spec: PowerOfficeClientSpec, clientIndex: number, nowMs: number): ClientBook {
	const base = spec.idBase ?? BigInt(clientIndex + 1) * ID_STRIDE;
	// VatId is int32 (section 1.5), so VAT codes have a small range of their own.
	const vatIdBase = BigInt(clientIndex + 1) * 1000n;
	const vatCodes = spec.vatCodes.map((vat, index): VatCode => {
		const rate = rateMillionths(vat.rate);
		if (rate > 0n && !spec.accounts.some((account) => account.accountNo === vat.vatAccountNo)) {
			throw new RangeError(`VAT code ${vat.code} has a rate but no account to book its VAT on`);
		}
		return {
			id: vatIdBase + BigInt(index) * 3n + 101n,
			code: vat.code,
			name: vat.name,
			rateMillionths: rate,
			vatAccountNo: rate > 0n ? (vat.vatAccountNo ?? null) : null,
			validFrom: vat.validFrom ?? "2010-01-01",
			validTo: vat.validTo ?? null,
			active: vat.active ?? true,
		};
	});
	const vatAccountNos = new Set(spec.vatCodes.map((vat) => vat.vatAccountNo));
	const book: ClientBook = {
		clientKey: spec.clientKey,
		clientId: spec.clientId,
		clientName: spec.clientName,
		accounts: spec.accounts.map((account, index) => ({
			id: base + BigInt(index) * 7n + 11n,
			accountNo: account.accountNo,
			name: account.name,
			type: account.type,
			vatCode: codeOf(vatCodes, account.vatCode),
			vatCodeLocked: account.vatCodeLocked ?? false,
			active: account.active ?? true,
			departmentRequired: account.departmentRequired ?? false,
			projectRequired: account.projectRequired ?? false,
			subLedger: account.subLedger ?? null,
			isVatAccount: vatAccountNos.has(account.accountNo),
		})),
		vatCodes,
		customers: spec.customers.map((customer, index) => ({
			id: base + 100_000n + BigInt(index) * 5n,
			number: customer.number,
			subledgerAccountId: base + 200_000n + BigInt(index) * 13n,
			name: customer.name,
			externalNumber: customer.externalNumber ?? null,
			externalImportReference: customer.externalImportReference ?? null,
			organizationNumber: customer.organizationNumber ?? null,
			emailAddress: customer.emailAddress ?? null,
			active: customer.active ?? true,
		})),
		departments: dimensions(spec.departments, base + 300_000n),
		locations: dimensions(spec.locations, base + 310_000n),
		conversionDate: spec.conversionDate,
		subscriptions: spec.subscriptions,
		invalidPrivileges: spec.invalidPrivileges,
		createdAtMs: nowMs,
		vouchers: [],
		transactions: [],
		entries: [],
		privileges: spec.privileges,
		lockDate: spec.lockDate,
		nextVoucherNo: spec.firstVoucherNo,
		nextId: base + 400_000n,
		listReads: 0,
	};
	checkBook(book);
	return book;
}

/** What answers need later is found out at the start. */
function checkBook(book: ClientBook): void {
	if (book.customers.length > 0) customerControlAccount(book);
	codeOf(book.vatCodes, NO_VAT_CODE);
	accountOf(book.accounts, CURRENCY_GAINS_ACCOUNT_NO);
	accountOf(book.accounts, CURRENCY_LOSS_ACCOUNT_NO);
}

/** The next id of a line, transaction, ledger entry or match; Go assigns them (section 2.1). */
export function takeId(book: ClientBook): bigint {
	const id = book.nextId;
	book.nextId += 1n;
	return id;
}

/** The control account of the customer sub-ledger (section 2.1: series 10000 to 19999 -> 1500). */
export function customerControlAccount(book: ClientBook): Account {
	const found = book.accounts.find((account) => account.subLedger === "customer");
	if (found === undefined) throw new RangeError("the client has customers but no customer control account");
	return found;
}

function dimensions(specs: readonly DimensionSpec[], base: bigint): Dimension[] {
	return specs.map((spec, index) => ({ id: base + BigInt(index), ...spec, active: spec.active ?? true }));
}
