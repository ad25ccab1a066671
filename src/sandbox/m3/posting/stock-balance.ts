import { type Decimal, formatDecimal, parseDecimal, ZERO } from "../decimal.ts";
import { type Row, type Table, textOf } from "../tables/table.ts";

/** The on-hand balances: the MITBAL table with its rows by key. */
export interface Balances {
	readonly table: Table;
	readonly byKey: Map<string, Row>;
}

/** Changes an on-hand balance (MITBAL STQT) and returns the new one; a first movement makes the row. */
export function addToBalance(balances: Balances, cono: string, whlo: string, itno: string, quantity: Decimal): Decimal {
	const key = JSON.stringify([cono, whlo, itno]);
	let row = balances.byKey.get(key);
	if (row === undefined) {
		row = { CONO: cono, WHLO: whlo, ITNO: itno, STQT: "0" };
		balances.byKey.set(key, row);
		balances.table.rows.push(row);
	}
	const balance = (parseDecimal(textOf(row, "STQT")) ?? ZERO) + quantity;
	row["STQT"] = formatDecimal(balance, 0);
	return balance;
}
