import { amountText } from "../../money/currency.ts";
import { type ExactJsonObject, JsonNumber, writeExactJson } from "./exact-json.ts";
import type { CashVoucher, LineTarget } from "./voucher.ts";

/** The ids that a client gave to what a voucher names; decimal text, because ids are int64 (poweroffice.md section 1.5). */
export interface VoucherIds {
	/** Key by {@link targetKey}: the account's id, or the customer's SubledgerAccountId (section 2.1). */
	readonly targets: ReadonlyMap<string, string>;
	/** VAT code -> id. */
	readonly vatCodes: ReadonlyMap<string, string>;
	readonly departmentId: string | null;
	readonly locationId: string | null;
}

/** The key of a target in {@link VoucherIds}. */
export const targetKey = (target: LineTarget): string =>
	target.kind === "account" ? `account ${target.accountNo}` : `customer ${target.customerNo}`;

/**
 * The body of `POST /Vouchers/CashJournals` (poweroffice.md sections 2.1 and 5.1) as JSON text: amounts are written from
 * the integer as exact decimal text, `12500.00` (DESIGN section 5). Throws a RangeError when an id is missing: the ids
 * are looked up before.
 */
export const voucherBody = (voucher: CashVoucher, ids: VoucherIds): string => {
	const dimensions = {
		DepartmentId: ids.departmentId === null ? undefined : new JsonNumber(ids.departmentId),
		LocationId: ids.locationId === null ? undefined : new JsonNumber(ids.locationId),
	};
	const lines = voucher.lines.map(
		(line): ExactJsonObject => ({
			AccountId: idOf(ids.targets, targetKey(line.target)),
			VatId: idOf(ids.vatCodes, line.vatCode),
			CurrencyAmount: new JsonNumber(amountText(line.amount, voucher.currency)),
			PostingDate: voucher.businessDate,
			Description: line.description,
			CustomMatchingReference: line.customMatchingReference ?? undefined,
			...dimensions,
		}),
	);
	return writeExactJson({
		VoucherDate: voucher.businessDate,
		CurrencyCode: voucher.currency,
		Description: voucher.description,
		ExternalImportReference: voucher.externalImportReference,
		ImportedVoucherNo: new JsonNumber(voucher.z.toString()),
		SaftSourceId: voucher.saftSourceId,
		SaftBatchId: voucher.saftBatchId,
		VoucherLines: lines,
	});
};

const idOf = (ids: ReadonlyMap<string, string>, key: string): JsonNumber => {
	const id = ids.get(key);
	if (id === undefined) throw new RangeError(`no id of ${key} was looked up`);
	return new JsonNumber(id);
};
