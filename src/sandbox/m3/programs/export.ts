import { type MiCall, type MiOutcome, nok, ok } from "../execute/mi-call.ts";
import type { M3State } from "../state.ts";
import { type Row, type Table, textOf } from "../tables/table.ts";
import { parseExportQuery } from "./export-query.ts";
import { companyOf } from "./round-numbers.ts";

/**
 * EXPORTMI Select and SelectPad: one field REPL a row, values joined by SEPC and trimmed, or in fixed width where SEPC is
 * blank and always with SelectPad; HDRS=1 sends the column names first; SEPC `*` or `#` puts each column's name before its
 * value (m3.md section 7; docs.infor.com uof1644857333894). The company is the session's.
 */
export function exportSelect(state: M3State, call: MiCall): MiOutcome {
	if (state.switches.exportMi === "refused") return nok("OPX4001", "", `Not authorized to run ${call.program}`);
	const tables = new Map<string, Table>(Object.entries(state.tables));
	const query = parseExportQuery(call.record["QERY"] ?? "", tables);
	if ("error" in query) return nok("OPX4002", "QERY", `Query is not valid: ${query.error}`);
	if (state.switches.exportMiCompanyFilter === "refused" && query.filteredBy.includes("CONO")) {
		return nok("OPX4003", "QERY", "A filter on the company is not supported");
	}
	const { prefix } = query.table;
	const separator = call.transaction === "SelectPad" ? "" : (call.record["SEPC"] ?? "").trim();
	const join = (cell: (column: { readonly name: string }) => string): string => {
		if (separator === "") return query.columns.map((column) => cell(column).padEnd(column.width)).join("");
		return query.columns.map((column) => cell(column).trimEnd()).join(separator);
	};
	const cellOf = (row: Row, name: string): string =>
		separator === "*" || separator === "#" ? `${prefix}${name} ${textOf(row, name)}` : textOf(row, name);
	const lines = query.table.rows
		.filter((row) => textOf(row, "CONO") === companyOf(call) && query.matches(row))
		.map((row) => join((column) => cellOf(row, column.name)));
	if (call.record["HDRS"] === "1") lines.unshift(join((column) => prefix + column.name));
	return lines.length === 0 ? { kind: "ok", records: [] } : ok(...lines.map((line) => ({ REPL: line })));
}
