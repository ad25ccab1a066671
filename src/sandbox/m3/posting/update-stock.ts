import { type Decimal, formatDecimal, ZERO } from "../decimal.ts";
import type { M3State } from "../state.ts";
import { type Row, textOf } from "../tables/table.ts";
import { recordType } from "./record-types.ts";
import { issuedQuantity, numberOf } from "./row-amounts.ts";
import { addToBalance } from "./stock-balance.ts";
import { statusAfterStock } from "./transfer.ts";

/** Stock transaction type of a customer order issue; which one POS tickets carry is unknown [U]. */
const ISSUE = "31";

/**
 * Updates stock for the OPSALE rows with status 40: MITBAL, a MITTRA row and the month's MITSTA (SEED, "The following files
 * are updated"); the rows go on to 60 or 80. Accounting event OP10 for a sale, OP05 for a return (m3.md section 1: two of
 * three pages). Returns the number of rows updated.
 */
export function updateStock(state: M3State, rows: readonly Row[]): number {
	let count = 0;
	for (const row of rows) {
		const type = recordType(textOf(row, "XRCD"));
		if (textOf(row, "STAT") !== "40" || type === undefined) continue;
		const issued = issuedQuantity(row, type, state.switches, state.book) ?? ZERO;
		const [cono, whlo, itno] = [textOf(row, "CONO"), textOf(row, "WHLO"), textOf(row, "ITNO")];
		const balance = addToBalance(state.balances, cono, whlo, itno, -issued);
		state.tables.MITTRA.rows.push({
			CONO: cono,
			WHLO: whlo,
			ITNO: itno,
			TRDT: textOf(row, "TRDT"),
			TRTM: textOf(row, "TRTM"),
			TTYP: ISSUE,
			RIDN: textOf(row, "ORNO"),
			RIDL: textOf(row, "PONR"),
			RIDI: textOf(row, "DLIX"),
			TRQT: formatDecimal(-issued, 0),
			NSTQ: formatDecimal(balance, 0),
			EVEN: type.xrcd === "1200" ? "OP05" : "OP10",
			ACDT: textOf(row, "ACDT"),
			RESP: textOf(row, "RESP"),
		});
		addToItemStatistics(state, row, issued);
		row["STAT"] = statusAfterStock(state, row);
		count += 1;
	}
	return count;
}

function addToItemStatistics(state: M3State, row: Row, issued: Decimal): void {
	const period = textOf(row, "TRDT").slice(0, 6);
	const [cono, whlo, itno] = [textOf(row, "CONO"), textOf(row, "WHLO"), textOf(row, "ITNO")];
	const key = JSON.stringify([cono, whlo, itno, period]);
	let statistics = state.itemStatistics.get(key);
	if (statistics === undefined) {
		statistics = { CONO: cono, WHLO: whlo, ITNO: itno, CYP6: period, SOQT: "0", NOTR: "0" };
		state.itemStatistics.set(key, statistics);
		state.tables.MITSTA.rows.push(statistics);
	}
	statistics["SOQT"] = formatDecimal(numberOf(statistics, "SOQT") + issued, 0);
	statistics["NOTR"] = String(Number(textOf(statistics, "NOTR")) + 1);
}
