import { formatDecimal, ZERO } from "../decimal.ts";
import type { M3State } from "../state.ts";
import { type Row, textOf } from "../tables/table.ts";
import { recordType } from "./record-types.ts";
import { issuedQuantity, storedAmounts } from "./row-amounts.ts";

/** "Statistics records from POS carry origin code 8 in OSBSTD" (m3.md section 1, c001811). */
const ORIGIN_POS = "8";

/**
 * Writes OSBSTD for the sales and returns that are not there yet: quantity in the basic unit and net amount, a return
 * negative. Returns the number of rows written.
 */
export function updateStatistics(state: M3State, rows: readonly Row[]): number {
	let count = 0;
	for (const row of rows) {
		const type = recordType(textOf(row, "XRCD"));
		if (type?.goods !== true || state.statisticsPosted.has(row)) continue;
		const quantity = issuedQuantity(row, type, state.switches, state.book) ?? ZERO;
		const { net } = storedAmounts(row);
		const amount = type.xrcd === "1200" && state.switches.returnSign === "positive" ? -net : net;
		const record: Row = { IVDT: textOf(row, "TRDT"), IVQT: formatDecimal(quantity, 0), ORIG: ORIGIN_POS };
		for (const column of ["CONO", "DIVI", "WHLO", "ORNO", "DLIX", "PONR", "POSX", "XRCD", "ITNO", "CUNO", "CUCD"]) {
			record[column] = textOf(row, column);
		}
		record["SAAM"] = formatDecimal(amount, 2);
		state.tables.OSBSTD.rows.push(record);
		state.statisticsPosted.add(row);
		count += 1;
	}
	return count;
}
