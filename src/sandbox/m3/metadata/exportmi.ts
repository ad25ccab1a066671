import { fields, type MiProgram } from "./field-table.ts";

const QUERY = fields(`
SEPC A1 Separator
HDRS N1 Header line
QERY A2000 Query
`);

const REPLY = fields("REPL A9999 Reply");

/**
 * EXPORTMI "Data export" (m3.md section 7). The metadata was not found: field names are the reference's, lengths and the
 * mandatory marks are the stand-in's own [U].
 */
export const EXPORTMI: MiProgram = {
	name: "EXPORTMI",
	description: "Data export",
	transactions: [
		{ name: "Select", summary: "Select from one table, values joined by a separator", input: QUERY, output: REPLY },
		{ name: "SelectPad", summary: "Select from one table, values in fixed width", input: QUERY, output: REPLY },
	],
};
