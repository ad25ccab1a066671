import { fitsDecimals, parseDecimal, ZERO } from "../decimal.ts";
import { unitFactor } from "../master-data/master-data-book.ts";
import type { M3State } from "../state.ts";
import { type Row, textOf } from "../tables/table.ts";
import { type RecordType, recordType } from "./record-types.ts";
import { numberOf, uploadedAmounts } from "./row-amounts.ts";

/** Why a ticket row cannot be transferred: message id (the stand-in's own [U]), the field and a sentence. */
export interface RowProblem {
	readonly code: string;
	readonly field: string;
	readonly message: string;
}

/** Amount fields of a ticket row; they may have no more decimals than the currency. */
const AMOUNTS = ["CUAM", "FVT1", "FVT2"] as const;

/**
 * Checks one uploaded row against master data ("OXSALE -> validated/transferred to OPSALE", m3.md section 1, "Flow and
 * statuses"). Which checks M3 makes at this point is known only in outline: these are the ones without which a row could
 * not be posted. Undefined when the row is good.
 */
export function checkRow(state: M3State, row: Row): RowProblem | undefined {
	const type = recordType(textOf(row, "XRCD"));
	if (type === undefined) return problem("OPX1001", "XRCD", `Record type ${textOf(row, "XRCD")} is not used`);
	return (
		checkPlace(state, row) ?? checkMoney(state, row, type) ?? (type.goods ? checkGoods(state, row, type) : undefined)
	);
}

/** Warehouse, division and customer. */
function checkPlace({ book }: M3State, row: Row): RowProblem | undefined {
	const [cono, divi, whlo, cuno] = [textOf(row, "CONO"), textOf(row, "DIVI"), textOf(row, "WHLO"), textOf(row, "CUNO")];
	const shop = book.shop(cono, whlo);
	// OPS500: the shop is a warehouse with 'Shop information' (m3.md section 1, "Programs").
	if (shop === undefined) return problem("OPX1002", "WHLO", `Warehouse ${whlo} is not a shop of company ${cono}`);
	if (shop.divi !== divi) return problem("OPX1003", "DIVI", `Warehouse ${whlo} does not belong to division ${divi}`);
	// XIM0002 "Customer number is invalid" is a code seen in the field (m3.md section 4).
	if (cuno !== "" && book.customer(cuno) === undefined) return problem("XIM0002", "CUNO", "Customer number is invalid");
	return undefined;
}

/** Currency, decimals, payment method and VAT. */
function checkMoney(state: M3State, row: Row, type: RecordType): RowProblem | undefined {
	const { book, switches } = state;
	const [cucd, pycd, vtcd] = [textOf(row, "CUCD"), textOf(row, "PYCD"), textOf(row, "VTCD")];
	const currency = book.currency(cucd);
	if (currency === undefined) return problem("OPX1004", "CUCD", `Currency ${cucd} does not exist`);
	for (const field of AMOUNTS) {
		if (!fitsDecimals(numberOf(row, field), currency.decimals)) {
			return problem("OPX1005", field, `${field} has more than ${currency.decimals} decimals`);
		}
	}
	const division = book.division(textOf(row, "CONO"), textOf(row, "DIVI"));
	if (division !== undefined && division.currency !== cucd && !((parseDecimal(textOf(row, "ARAT")) ?? ZERO) > ZERO)) {
		return problem("OPX1006", "ARAT", `An exchange rate is needed from ${cucd} to ${division.currency}`);
	}
	// The bank operation comes from the payment method (SEED, step 6), so a payment without a known one cannot be posted.
	if (pycd === "" ? type.row === "payment" : book.paymentMethod(pycd) === undefined) {
		return problem("OPX1007", "PYCD", `Payment method ${pycd} does not exist`);
	}
	if (vtcd !== "" && book.vatCode(vtcd) === undefined)
		return problem("OPX1008", "VTCD", `VAT code ${vtcd} does not exist`);
	if (type.goods && textOf(row, "FVT1") === "" && switches.fvt1 === "required") {
		return problem("OPX1009", "FVT1", "Calculated VAT amount 1 must be entered");
	}
	if (uploadedAmounts(row, type, switches, book) === undefined) {
		return problem("OPX1010", "VTCD", "The VAT amount cannot be computed: no VAT rate");
	}
	for (const field of ["FVT3", "FVT4"]) {
		// Accounting types are known for two VAT amounts only, 111 and 112 (m3.md section 1, 1000).
		if (numberOf(row, field) !== ZERO) return problem("OPX1011", field, `${field} has no accounting type`);
	}
	return undefined;
}

/** Item, unit, quantity and sign. */
function checkGoods({ book, switches }: M3State, row: Row, type: RecordType): RowProblem | undefined {
	const [itno, alun] = [textOf(row, "ITNO"), textOf(row, "ALUN")];
	const item = book.item(itno);
	if (item === undefined) return problem("OPX1012", "ITNO", `Item number ${itno} does not exist`);
	if (unitFactor(item, alun) === undefined) return problem("OPX1013", "ALUN", `Unit ${alun} is not a unit of ${itno}`);
	// Returns are a record type of their own (1200); how that one is signed is a switch (m3.md section 6, question 4).
	const expected = type.xrcd === "1200" && switches.returnSign === "negative" ? "negative" : "positive";
	const quantity = numberOf(row, "IVQA");
	if (quantity === ZERO) return problem("OPX1014", "IVQA", "Invoiced quantity must be entered");
	for (const field of ["IVQA", ...AMOUNTS]) {
		const value = numberOf(row, field);
		if (expected === "positive" ? value < ZERO : value > ZERO) {
			return problem("OPX1015", field, `${field} of record type ${type.xrcd} must be ${expected}`);
		}
	}
	return undefined;
}

function problem(code: string, field: string, message: string): RowProblem {
	return { code, field, message };
}
