import type { BookedVoucher } from "./booked-voucher.ts";
import { bookedVouchers } from "./booked-voucher.ts";
import { type CallResult, mapResult } from "./call-result.ts";
import type { Client } from "./client.ts";
import type { VoucherReading } from "./delivery-next.ts";
import { type ExactJson, type ExactJsonObject, numberTextOf, objectOf, textOf } from "./exact-json.ts";

/** A VAT code of a client (poweroffice.md section 2.5); one code may have several rows, each valid for some time. */
export interface GoVatCode {
	readonly id: string;
	readonly code: string;
	readonly validFrom: string;
	readonly validTo: string | null;
}

/** The calls that the delivery makes, each answering only what it needs. */
export interface GoClient {
	/** Account number -> id, of the numbers asked for (`/GeneralLedgerAccounts?accountNos=`). */
	accounts(accountNos: readonly number[]): Promise<CallResult<ReadonlyMap<string, string>>>;
	/** Customer number -> SubledgerAccountId (`/Customers?customerNos=`). */
	customers(customerNos: readonly string[]): Promise<CallResult<ReadonlyMap<string, string>>>;
	vatCodes(): Promise<CallResult<readonly GoVatCode[]>>;
	/** Code -> id of a dimension. */
	dimension(kind: "Departments" | "Locations", code: string): Promise<CallResult<ReadonlyMap<string, string>>>;
	/** `POST /Vouchers/CashJournals`. The VoucherNo in its answer is provisional (section 2.1) and left alone. */
	postCashJournal(body: string): Promise<CallResult<{ readonly voucherId: string }>>;
	readCashJournal(voucherId: string): Promise<CallResult<VoucherReading>>;
	/** `POST /Vouchers/Reverse/{guid}`. */
	reverse(voucherId: string): Promise<CallResult<null>>;
	/** What AccountTransactions shows of a reference on a day: the way to find a voucher again (section 1.8). */
	findCashJournals(reference: string, postingDate: string): Promise<CallResult<readonly BookedVoucher[]>>;
	/** All that AccountTransactions shows of a day. Its function answers for one reference, undefined when that cannot be read. */
	cashJournalsOf(postingDate: string): Promise<CallResult<(reference: string) => readonly BookedVoucher[] | undefined>>;
}

/** Rows of a list as objects; undefined when one is none. */
const objects = (rows: readonly ExactJson[]): readonly ExactJsonObject[] | undefined => {
	const read = rows.map(objectOf);
	return read.some((row) => row === undefined) ? undefined : read.filter((row) => row !== undefined);
};

/** Key -> id; undefined when a row lacks either. */
const idsBy = (
	rows: readonly ExactJson[],
	keyOf: (row: ExactJsonObject) => string | undefined,
	idName: string,
): ReadonlyMap<string, string> | undefined => {
	const ids = new Map<string, string>();
	for (const row of objects(rows) ?? [{}]) {
		const [key, id] = [keyOf(row), numberTextOf(row[idName])];
		if (key === undefined || id === undefined) return undefined;
		ids.set(key, id);
	}
	return ids;
};

const vatCodeOf = (row: ExactJsonObject): GoVatCode | undefined => {
	const [id, code] = [numberTextOf(row["Id"]), textOf(row["Code"])];
	if (id === undefined || code === undefined) return undefined;
	return {
		id,
		code,
		validFrom: textOf(row["ValidFrom"])?.slice(0, 10) ?? "0001-01-01",
		validTo: textOf(row["ValidTo"])?.slice(0, 10) ?? null,
	};
};

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const transactionsOf = (client: Client, postingDate: string): Promise<CallResult<readonly ExactJson[]>> =>
	client.list("/AccountTransactions", { fromDate: postingDate, toDate: postingDate, voucherTypes: "CashJournal" });

/** A client's calls over the wire. */
export const goClient = (client: Client): GoClient => ({
	accounts: async (accountNos) =>
		mapResult(await client.list("/GeneralLedgerAccounts", { accountNos: accountNos.join(",") }), (rows) =>
			idsBy(rows, (row) => numberTextOf(row["AccountNo"]), "Id"),
		),
	customers: async (customerNos) =>
		mapResult(await client.list("/Customers", { customerNos: customerNos.join(",") }), (rows) =>
			idsBy(rows, (row) => numberTextOf(row["Number"]), "SubledgerAccountId"),
		),
	vatCodes: async () =>
		mapResult(await client.list("/VatCodes", { isActive: "true", includeExpired: "true" }), (rows) => {
			const codes = (objects(rows) ?? [{}]).map(vatCodeOf);
			return codes.some((code) => code === undefined) ? undefined : codes.filter((code) => code !== undefined);
		}),
	dimension: async (kind, code) =>
		mapResult(await client.list(`/${kind}`, { codes: code }), (rows) =>
			idsBy(rows, (row) => textOf(row["Code"]), "Id"),
		),
	postCashJournal: async (body) =>
		mapResult(await client.post("/Vouchers/CashJournals", body), (answer) => {
			const voucherId = textOf(objectOf(answer)?.["Id"])?.toLowerCase();
			return voucherId !== undefined && GUID.test(voucherId) ? { voucherId } : undefined;
		}),
	readCashJournal: async (voucherId) =>
		mapResult(await client.get(`/Vouchers/CashJournals/${voucherId}`), (answer) => {
			const dto = objectOf(answer);
			if (textOf(dto?.["Id"])?.toLowerCase() !== voucherId) return undefined;
			const voucherNo = numberTextOf(dto?.["VoucherNo"]);
			return {
				voucherNo: voucherNo === undefined || voucherNo === "0" ? null : voucherNo,
				isReversed: dto?.["IsReversed"] === true,
			};
		}),
	reverse: async (voucherId) => mapResult(await client.post(`/Vouchers/Reverse/${voucherId}`, null), () => null),
	findCashJournals: async (reference, postingDate) =>
		mapResult(await transactionsOf(client, postingDate), (rows) => bookedVouchers(rows, reference)),
	cashJournalsOf: async (postingDate) =>
		mapResult(
			await transactionsOf(client, postingDate),
			(rows) => (reference: string) => bookedVouchers(rows, reference),
		),
});
