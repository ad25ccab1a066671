/** The columns of a catalog file, in the order of the documentation. */
export const CATALOG_COLUMNS = [
	"item_id",
	"description",
	"item_group",
	"price",
	"per",
	"includes_vat",
	"vat_code",
	"unit",
	"unit_text",
	"unit_decimals",
	"codes",
	"currency",
] as const;

/** One of {@link CATALOG_COLUMNS}. */
export type CatalogColumn = (typeof CATALOG_COLUMNS)[number];

const REQUIRED: readonly CatalogColumn[] = ["item_id", "description", "item_group", "price", "vat_code", "unit"];

/** One thing that is wrong with a catalog file. */
export interface ImportProblem {
	readonly line: number;
	/** The column's name; "" when it is the line as a whole. */
	readonly column: string;
	readonly words: string;
}

/** A problem as it is shown: `line 12, price: "9,955" has more than 2 decimals`. */
export const problemText = ({ line, column, words }: ImportProblem): string =>
	`line ${line}${column === "" ? "" : `, ${column}`}: ${words}`;

/** What a header says: where each column stands. */
export interface CatalogHeader {
	readonly index: ReadonlyMap<CatalogColumn, number>;
	readonly count: number;
	readonly problems: readonly ImportProblem[];
}

const isColumn = (name: string): name is CatalogColumn => (CATALOG_COLUMNS as readonly string[]).includes(name);

/** Reads the header line; columns may stand in any order, case and outer blanks do not count. */
export const readHeader = (line: number, fields: readonly string[]): CatalogHeader => {
	const index = new Map<CatalogColumn, number>();
	const problems: ImportProblem[] = [];
	fields.forEach((field, position) => {
		const name = field.trim().toLowerCase();
		if (!isColumn(name)) problems.push({ line, column: name.slice(0, 40), words: "is no column of a catalog" });
		else if (index.has(name)) problems.push({ line, column: name, words: "stands twice" });
		else index.set(name, position);
	});
	for (const column of REQUIRED) if (!index.has(column)) problems.push({ line, column, words: "is missing" });
	return { index, count: fields.length, problems };
};
