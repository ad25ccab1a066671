import { type Amount, amountOf, isAmountMinor, sum, ZERO } from "../../money/amount.ts";
import { type ExactJson, minorOf, numberTextOf, objectOf, textOf } from "./exact-json.ts";
import type { CashVoucher } from "./voucher.ts";
import { targetKey } from "./voucher-body.ts";

/** PowerOffice's base currency is always NOK: two decimals (poweroffice.md section 2.1). */
const BASE_DIGITS = 2;

/** One posted amount of a voucher as PowerOffice shows it (AccountTransactionDto). */
export interface BookedRow {
	/** The general ledger account; for a customer's entry the control account. */
	readonly accountNo: string;
	/** The customer's number on an entry of the customer ledger. */
	readonly customerAccountNo: string | null;
	readonly vatCode: string | null;
	/** Without VAT, positive is debit. */
	readonly amount: Amount;
	/** The VAT that PowerOffice worked out for this line and booked on its VAT account. */
	readonly vatAmount: Amount;
}

/** A voucher as read back through AccountTransactions: the evidence "booked". */
export interface BookedVoucher {
	readonly voucherId: string;
	readonly voucherNo: string | null;
	readonly isReversed: boolean;
	readonly rows: readonly BookedRow[];
}

/**
 * The vouchers among account transactions that carry an ExternalImportReference, in the order first met. Undefined when
 * one of their rows cannot be read: then nothing may be concluded from the list.
 */
export const bookedVouchers = (rows: readonly ExactJson[], reference: string): readonly BookedVoucher[] | undefined => {
	const vouchers = new Map<string, { voucherNo: string | null; isReversed: boolean; rows: BookedRow[] }>();
	for (const row of rows) {
		const dto = objectOf(row);
		if (dto === undefined) return undefined;
		if (textOf(dto["ExternalImportReference"])?.toLowerCase() !== reference.toLowerCase()) continue;
		const voucherId = textOf(dto["VoucherId"])?.toLowerCase();
		const accountNo = numberTextOf(dto["AccountNo"]);
		const amount = amountIn(dto["Amount"]);
		const vatAmount = dto["VatAmount"] === null ? ZERO : amountIn(dto["VatAmount"]);
		if (voucherId === undefined || accountNo === undefined || amount === undefined || vatAmount === undefined) {
			return undefined;
		}
		const voucher = vouchers.get(voucherId) ?? {
			voucherNo: numberTextOf(dto["VoucherNo"]) ?? null,
			isReversed: dto["IsReversed"] === true,
			rows: [],
		};
		voucher.rows.push({
			accountNo,
			customerAccountNo: numberTextOf(dto["CustomerAccountNo"]) ?? null,
			vatCode: textOf(dto["VatCode"]) ?? null,
			amount,
			vatAmount,
		});
		vouchers.set(voucherId, voucher);
	}
	return [...vouchers].map(([voucherId, voucher]) => ({ voucherId, ...voucher }));
};

const amountIn = (value: ExactJson | undefined): Amount | undefined => {
	const minor = minorOf(value, BASE_DIGITS);
	return minor === undefined || !isAmountMinor(minor) ? undefined : amountOf(minor);
};

/** One account (or customer) and VAT code with its gross, posted and booked. */
export interface AccountComparison {
	/** "account 3000" or "customer 10000". */
	readonly target: string;
	readonly vatCode: string;
	/** Gross of the voucher's lines. */
	readonly posted: Amount;
	/** Gross of PowerOffice's transactions: amount + VAT. */
	readonly booked: Amount;
	/** The VAT in `booked`. */
	readonly bookedVat: Amount;
}

/** Every account and VAT code of a voucher as posted and as booked. */
export const compareAccounts = (voucher: CashVoucher, booked: BookedVoucher): readonly AccountComparison[] => {
	const keys = new Map(
		voucher.lines.map((line) => [
			`${targetKey(line.target)} ${line.vatCode}`,
			{ target: targetKey(line.target), vatCode: line.vatCode },
		]),
	);
	return [...keys.values()].map(({ target, vatCode }) => {
		const lines = voucher.lines.filter((line) => targetKey(line.target) === target && line.vatCode === vatCode);
		const rows = booked.rows.filter((row) => rowTarget(row) === target && row.vatCode === vatCode);
		const bookedVat = sum(rows.map((row) => row.vatAmount));
		return {
			target,
			vatCode,
			posted: sum(lines.map((line) => line.amount)),
			booked: sum([...rows.map((row) => row.amount), bookedVat]),
			bookedVat,
		};
	});
};

const rowTarget = (row: BookedRow): string =>
	row.customerAccountNo === null ? `account ${row.accountNo}` : `customer ${row.customerAccountNo}`;

/** What is left over when all transactions are summed; zero in double entry. */
export const imbalance = (booked: BookedVoucher): Amount => sum(booked.rows.map((row) => row.amount));

/** Whether PowerOffice holds what the voucher says: the same gross on each account and VAT code, and nothing besides. */
export const isSameVoucher = (voucher: CashVoucher, booked: BookedVoucher): boolean =>
	imbalance(booked) === 0n && compareAccounts(voucher, booked).every((one) => one.posted === one.booked);
