/** One column of an M3 table without the table's prefix, with its width in EXPORTMI SelectPad. */
export interface Column {
	readonly name: string;
	readonly width: number;
}

/** One record: column name without prefix to text, the way every M3 interface hands values out. */
export type Row = Record<string, string>;

/** A table of the stand-in. Rows keep the order in which they were written. */
export interface Table {
	readonly name: string;
	/** What M3 puts before every column name: OPSALE's CUAM is OPCUAM. */
	readonly prefix: string;
	readonly columns: readonly Column[];
	rows: Row[];
}

/** The value of a column, empty where the row has none. */
export function textOf(row: Row, column: string): string {
	return row[column] ?? "";
}

/** Reads `NAME WIDTH` pairs, comma-separated, into columns. */
export function columnsOf(list: string): readonly Column[] {
	return list.split(",").map((pair) => {
		const [name = "", width = ""] = pair.trim().split(" ");
		return { name, width: Number(width) };
	});
}
