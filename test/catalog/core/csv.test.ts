import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	CSV_FIELD_LENGTH_MAX,
	CSV_LINE_LENGTH_MAX,
	CsvReader,
	type CsvRow,
	separatorOf,
} from "../../../src/catalog/core/csv.ts";

const readPieces = (pieces: readonly string[], separator: "," | ";" = ","): { rows: CsvRow[]; fault: unknown } => {
	const reader = new CsvReader(separator);
	const reads = [...pieces.map((piece) => reader.push(piece)), reader.end()];
	return { rows: reads.flatMap(({ rows }) => rows), fault: reads.at(-1)?.fault };
};
const fieldsOf = (text: string, separator?: "," | ";"): unknown =>
	readPieces([text], separator).rows.map(({ fields }) => fields);

describe("CSV text", () => {
	it.each<[string, string, string[][]]>([
		[
			"LF and CRLF, the last line with and without",
			"a,b\r\n1,2\n3,4",
			[
				["a", "b"],
				["1", "2"],
				["3", "4"],
			],
		],
		["a byte order mark", "\uFEFFa,b\n", [["a", "b"]]],
		["quotes around separators, line ends and quotes", '"a,1","b\nc","d ""x"""\n', [["a,1", "b\nc", 'd "x"']]],
		["quoted CRLF stays, the one behind the quote goes", '"a\r\nb","c"\r\n', [["a\r\nb", "c"]]],
		["a quote inside an unquoted field is a letter", 'pipe 3/4",x\n', [['pipe 3/4"', "x"]]],
		["empty fields and empty quotes", ',"",\na,b,c', [["a", "b", "c"]]],
		[
			"lines with nothing on them",
			"a,b\n\n,\n\r\n1,2\n\n",
			[
				["a", "b"],
				["1", "2"],
			],
		],
		["nothing at all", "", []],
	])("reads %s", (_name, text, fields) => {
		expect(fieldsOf(text)).toEqual(fields);
	});

	it("reads the semicolon where the header has one", () => {
		expect(separatorOf("item_id;price")).toBe(";");
		expect(separatorOf("item_id,price")).toBe(",");
		expect(fieldsOf("a;b\n1,5;2", ";")).toEqual([
			["a", "b"],
			["1,5", "2"],
		]);
	});

	it("numbers lines as an editor does, quoted line ends included", () => {
		const { rows } = readPieces(['h\n\n"two\nlines"\nlast\n']);
		expect(rows.map(({ line }) => line)).toEqual([1, 3, 5]);
	});

	it.each<[string, string, number]>([
		["a quote that is never closed", 'a\n"b\nc', 2],
		["text behind a closing quote", 'a\nb\n"c"d\n', 3],
		["a field without an end", `a\n"${"x\n".repeat(CSV_FIELD_LENGTH_MAX)}`, 2],
		["a line without an end", `a\n${"x".repeat(CSV_LINE_LENGTH_MAX + 1)}`, 2],
	])("stops at %s and says the line", (_name, text, line) => {
		const { rows, fault } = readPieces([text]);
		expect(fault).toMatchObject({ line });
		expect(rows.every((row) => row.line < line)).toBe(true);
	});

	it("gives back whatever was written, wherever the pieces end", () => {
		const field = fc.stringMatching(/^[a-cæ ,;"\n\r]{0,8}$/);
		const row = fc.array(field, { minLength: 1, maxLength: 4 }).filter((fields) => fields.some((text) => text !== ""));
		fc.assert(
			fc.property(
				fc.array(row, { minLength: 1, maxLength: 5 }),
				fc.constantFrom("\n", "\r\n"),
				fc.constantFrom("," as const, ";" as const),
				fc.array(fc.nat({ max: 40 }), { maxLength: 6 }),
				(rows, lineEnd, separator, cuts) => {
					const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
					const text = rows.map((fields) => fields.map(quoted).join(separator) + lineEnd).join("");
					const pieces: string[] = [];
					let rest = text;
					for (const cut of cuts) {
						pieces.push(rest.slice(0, cut));
						rest = rest.slice(cut);
					}
					const read = readPieces([...pieces, rest], separator);
					expect(read.fault).toBeUndefined();
					expect(read.rows.map(({ fields }) => fields)).toEqual(rows);
				},
			),
		);
	});
});
