import { type ImportProblem, problemText } from "./catalog-columns.ts";
import { CsvReader, type CsvRow, separatorOf } from "./csv.ts";
import { isGtin, looksLikeGtin } from "./gtin.ts";
import type { Recall } from "./item.ts";
import { CODE_LENGTH_MAX, codeKey } from "./scan-code.ts";

/** Recalls that a list can hold. */
export const RECALLS_MAX = 10_000;

/** Longest batch (AI 10: 20 letters) and reason. */
const BATCH_LENGTH_MAX = 20;
const REASON_LENGTH_MAX = 60;

const COLUMNS = ["code", "batch", "reason"] as const;

type RecallColumn = (typeof COLUMNS)[number];

const CONTROL = /\p{Cc}/u;

/** What a list says, or everything that is wrong with it. */
export interface RecallListRead {
	readonly recalls: readonly Recall[];
	readonly problems: readonly string[];
}

/** Batches are compared without regard to case: one recalled too many is put right at the shelf. */
export const batchKey = (batch: string): string => batch.trim().toUpperCase();

/**
 * Reads a list of recalls, a CSV file like a catalog's: `code` (a GTIN, or an item's own number), `batch` (left empty: all
 * of it), `reason` (what the cashier is told). A list with a header alone is right: nothing is recalled any more.
 */
export const readRecallList = (text: string): RecallListRead => {
	const csv = new CsvReader(separatorOf(text.split("\n", 1)[0] ?? ""));
	const pushed = csv.push(text);
	const ended = csv.end();
	const [header, ...rows] = [...pushed.rows, ...ended.rows];
	const fault = pushed.fault ?? ended.fault;
	if (header === undefined) return { recalls: [], problems: ["line 1: there is no header"] };
	const problems: ImportProblem[] = headerProblems(header);
	const recalls = new Map<string, Recall>();
	for (const row of problems.length > 0 ? [] : rows) {
		const read = recallOf(row, header);
		if ("key" in read) recalls.set(`${read.key} ${read.batch ?? ""}`, read);
		else problems.push(...read);
	}
	if (fault !== undefined) problems.push({ ...fault, column: "" });
	if (recalls.size > RECALLS_MAX) {
		problems.push({ line: header.line, column: "", words: `more than ${RECALLS_MAX} recalls` });
	}
	return { recalls: [...recalls.values()], problems: problems.map(problemText) };
};

const columnOf = (field: string): RecallColumn | undefined =>
	COLUMNS.find((column) => column === field.trim().toLowerCase());

const headerProblems = ({ line, fields }: CsvRow): ImportProblem[] => {
	const columns = fields.map(columnOf);
	const problems = fields.flatMap((field, index): ImportProblem[] => {
		const column = columns[index];
		if (column === undefined)
			return [{ line, column: field.trim().slice(0, 40), words: "is no column of a recall list" }];
		return columns.indexOf(column) === index ? [] : [{ line, column, words: "stands twice" }];
	});
	return columns.includes("code") ? problems : [...problems, { line, column: "code", words: "is missing" }];
};

const recallOf = ({ line, fields }: CsvRow, header: CsvRow): Recall | ImportProblem[] => {
	if (fields.length !== header.fields.length) {
		return [{ line, column: "", words: `${fields.length} fields, the header has ${header.fields.length}` }];
	}
	const cell = (column: RecallColumn): string =>
		fields[header.fields.findIndex((field) => columnOf(field) === column)]?.trim() ?? "";
	const [code, batch, reason] = [cell("code"), cell("batch"), cell("reason")];
	const problems: ImportProblem[] = [];
	const expect = (holds: boolean, column: RecallColumn, words: string): void => {
		if (!holds) problems.push({ line, column, words });
	};
	expect(code !== "", "code", "is empty");
	expect(code.length <= CODE_LENGTH_MAX, "code", `is longer than ${CODE_LENGTH_MAX} letters`);
	expect(!looksLikeGtin(code) || isGtin(code), "code", "has a wrong check digit");
	expect(batch.length <= BATCH_LENGTH_MAX, "batch", `is longer than ${BATCH_LENGTH_MAX} letters`);
	expect([...reason].length <= REASON_LENGTH_MAX, "reason", `is longer than ${REASON_LENGTH_MAX} letters`);
	for (const column of COLUMNS) expect(!CONTROL.test(cell(column)), column, "holds a control character");
	if (problems.length > 0) return problems;
	return { key: codeKey(code), batch: batch === "" ? undefined : batchKey(batch), reason };
};
