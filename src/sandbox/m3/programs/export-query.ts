import { parseDecimal } from "../decimal.ts";
import { type Column, type Row, type Table, textOf } from "../tables/table.ts";

/** A parsed EXPORTMI query: the columns asked for, the table, and the condition as a test of a row. */
export interface ExportQuery {
	readonly table: Table;
	readonly columns: readonly Column[];
	/** Columns that the condition names, without prefix. */
	readonly filteredBy: readonly string[];
	readonly matches: (row: Row) => boolean;
}

/** Why a query was not understood. */
export interface ExportQueryError {
	readonly error: string;
}

interface Comparison {
	readonly column: string;
	readonly matches: (row: Row) => boolean;
}

const TOKEN = /\s*(?:('(?:[^']|'')*')|([A-Za-z][A-Za-z0-9]*)|(-?\d+(?:\.\d+)?)|(<>|<=|>=|=|<|>)|(,))/y;

/**
 * Reads `COL,COL from TABLE where COL = 'x' and COL > 5 or ...` (m3.md section 7). Keywords in small letters, only `and` and
 * `or`, one table (Infor's help on EXPORTMI); anything else is an error, so that nothing is answered that was not asked.
 * A quoted value is compared as text, a bare number as a number.
 */
export function parseExportQuery(text: string, tables: ReadonlyMap<string, Table>): ExportQuery | ExportQueryError {
	const tokens = tokensOf(text);
	const from = tokens?.indexOf("from") ?? -1;
	if (tokens === undefined || from < 1) return { error: "the query is not 'columns from table [where condition]'" };
	const [name = "", where, ...condition] = tokens.slice(from + 1);
	const table = tables.get(name);
	if (table === undefined) return { error: `table ${name} does not exist` };
	const columns = columnList(tokens.slice(0, from), table);
	if ("error" in columns) return columns;
	if (where === undefined) return { table, columns: columns.columns, filteredBy: [], matches: () => true };
	if (where !== "where") return { error: `"${where}" is not where` };
	const parsed = parseCondition(condition, table);
	return "error" in parsed ? parsed : { table, columns: columns.columns, ...parsed };
}

function tokensOf(text: string): readonly string[] | undefined {
	const tokens: string[] = [];
	const source = text.trim();
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < source.length) {
		const match = TOKEN.exec(source);
		if (match === null) return undefined;
		tokens.push(match[0].trim());
	}
	return tokens;
}

function columnList(tokens: readonly string[], table: Table): { columns: readonly Column[] } | ExportQueryError {
	const columns: Column[] = [];
	for (const [index, token] of tokens.entries()) {
		if (index % 2 === 1) {
			if (token !== ",") return { error: `"${token}" is not a comma` };
			continue;
		}
		const column = findColumn(table, token);
		if (column === undefined) return { error: `column ${token} is not in ${table.name}` };
		columns.push(column);
	}
	return tokens.length % 2 === 1 ? { columns } : { error: "a column is missing" };
}

/** `and` binds closer than `or`. */
function parseCondition(
	tokens: readonly string[],
	table: Table,
): Omit<ExportQuery, "table" | "columns"> | ExportQueryError {
	if (tokens.length % 4 !== 3) return { error: "the condition is not complete" };
	const alternatives: Comparison[][] = [[]];
	for (let at = 0; at < tokens.length; at += 4) {
		const [name = "", operator = "", value = "", joint] = tokens.slice(at, at + 4);
		const comparison = parseComparison(name, operator, value, table);
		if ("error" in comparison) return comparison;
		alternatives.at(-1)?.push(comparison);
		if (joint === "or") alternatives.push([]);
		else if (joint !== undefined && joint !== "and") return { error: `"${joint}" is neither and nor or` };
	}
	return {
		filteredBy: alternatives.flat().map((comparison) => comparison.column),
		matches: (row) => alternatives.some((all) => all.every((comparison) => comparison.matches(row))),
	};
}

function parseComparison(name: string, operator: string, value: string, table: Table): Comparison | ExportQueryError {
	const column = findColumn(table, name);
	if (column === undefined) return { error: `column ${name} is not in ${table.name}` };
	const accepts = OPERATORS.get(operator);
	if (accepts === undefined) return { error: `"${operator}" is not a comparison` };
	const quoted = /^'(.*)'$/s.exec(value)?.[1]?.replaceAll("''", "'");
	const number = parseDecimal(value);
	if (quoted !== undefined) {
		return { column: column.name, matches: (row) => accepts(compareText(textOf(row, column.name), quoted)) };
	}
	if (number === undefined) return { error: `"${value}" is neither a quoted value nor a number` };
	const matches = (row: Row): boolean => {
		const held = parseDecimal(textOf(row, column.name)) ?? 0n;
		return accepts(held === number ? 0 : held < number ? -1 : 1);
	};
	return { column: column.name, matches };
}

const OPERATORS: ReadonlyMap<string, (order: number) => boolean> = new Map([
	["=", (order: number) => order === 0],
	["<>", (order: number) => order !== 0],
	["<", (order: number) => order < 0],
	["<=", (order: number) => order <= 0],
	[">", (order: number) => order > 0],
	[">=", (order: number) => order >= 0],
]);

function compareText(held: string, wanted: string): number {
	const [a, b] = [held.trimEnd(), wanted.trimEnd()];
	return a === b ? 0 : a < b ? -1 : 1;
}

function findColumn(table: Table, name: string): Column | undefined {
	return table.columns.find((column) => table.prefix + column.name === name);
}
