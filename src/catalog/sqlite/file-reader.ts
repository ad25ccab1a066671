import { Fault } from "../../runtime/contract/fault.ts";
import { type CatalogHeader, type ImportProblem, problemText, readHeader } from "../core/catalog-columns.ts";
import { type CatalogEntry, ITEM_GROUPS_MAX, type RowContext, readRow } from "../core/catalog-row.ts";
import { CsvReader, type CsvRow, separatorOf } from "../core/csv.ts";
import { ownKey } from "../core/scan-code.ts";
import type { CatalogLoad, Clash } from "./catalog-load.ts";

/** Problems that are listed; more are counted. */
export const PROBLEMS_MAX = 200;

/** What reading a file came to. */
export interface FileTotals {
	/** The first {@link PROBLEMS_MAX}, each with its line and column. */
	readonly problems: readonly string[];
	readonly problemCount: number;
}

/** Takes the bytes of a catalog file piece by piece, checks them and puts the items into the load. */
export class FileReader {
	readonly #load: CatalogLoad;
	readonly #context: Omit<RowContext, "header">;
	readonly #itemsMax: number;
	readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
	#csv: CsvReader | undefined;
	#header: CatalogHeader | undefined;
	#lastLine = 1;
	#isOver = false;
	readonly #groups = new Set<string>();
	readonly #problems: string[] = [];
	#problemCount = 0;

	constructor(load: CatalogLoad, context: Omit<RowContext, "header">, itemsMax: number) {
		this.#load = load;
		this.#context = context;
		this.#itemsMax = itemsMax;
	}

	/** Takes the next bytes. Throws TILL-0502 when they are no UTF-8, TILL-0503 on too many items. */
	push(bytes: Uint8Array): void {
		this.#takeText(this.#decoded(bytes));
	}

	/** The file is over. */
	end(): FileTotals {
		this.#takeText(this.#decoded(undefined));
		if (this.#csv !== undefined && !this.#isOver) this.#takeRows(this.#csv.end());
		if (!this.#isOver && this.#problemCount === 0 && this.#load.itemCount === 0) {
			this.#note({ line: this.#lastLine, column: "", words: "there is no item in the file" });
		}
		return { problems: this.#problems, problemCount: this.#problemCount };
	}

	#decoded(bytes: Uint8Array | undefined): string {
		try {
			return bytes === undefined ? this.#decoder.decode() : this.#decoder.decode(bytes, { stream: true });
		} catch (thrown) {
			throw new Fault("TILL-0502", `the text after line ${this.#lastLine} is not UTF-8`, { cause: thrown });
		}
	}

	#takeText(text: string): void {
		if (text === "" || this.#isOver) return;
		this.#csv ??= new CsvReader(separatorOf(text.split("\n", 1)[0] ?? ""));
		this.#takeRows(this.#csv.push(text));
	}

	#takeRows({ rows, fault }: ReturnType<CsvReader["push"]>): void {
		this.#lastLine = rows.at(-1)?.line ?? this.#lastLine;
		const entries: CatalogEntry[] = [];
		for (const row of rows) {
			if (this.#isOver) return;
			const entry = this.#takeRow(row);
			if (entry !== undefined) entries.push(entry);
		}
		for (const { entry, clash } of this.#load.add(entries)) this.#note(clashProblem(entry, clash));
		if (this.#load.itemCount > this.#itemsMax) {
			throw new Fault("TILL-0503", `more than ${this.#itemsMax} items at line ${this.#lastLine}`);
		}
		if (fault !== undefined) this.#stop([{ ...fault, column: "" }]);
	}

	#takeRow(row: CsvRow): CatalogEntry | undefined {
		if (this.#header === undefined) {
			this.#header = readHeader(row.line, row.fields);
			if (this.#header.problems.length > 0) this.#stop(this.#header.problems);
			return undefined;
		}
		const entry = readRow(row, { header: this.#header, ...this.#context });
		if ("item" in entry) {
			this.#countGroup(entry);
			return entry;
		}
		for (const problem of entry) this.#note(problem);
		return undefined;
	}

	#countGroup({ line, item }: CatalogEntry): void {
		this.#groups.add(`${item.vatCode} ${item.itemGroup}`);
		if (this.#groups.size <= ITEM_GROUPS_MAX) return;
		const words = `there are more than ${ITEM_GROUPS_MAX} item groups; is this the number of the item?`;
		this.#stop([{ line, column: "item_group", words }]);
	}

	/** Nothing behind this can be understood. */
	#stop(problems: readonly ImportProblem[]): void {
		for (const problem of problems) this.#note(problem);
		this.#isOver = true;
	}

	#note(problem: ImportProblem): void {
		this.#problemCount += 1;
		if (this.#problems.length < PROBLEMS_MAX) this.#problems.push(problemText(problem));
	}
}

const clashProblem = ({ line, item }: CatalogEntry, clash: Clash): ImportProblem => {
	const isOwnNumber = clash.key === ownKey(item.itemId);
	return {
		line,
		column: isOwnNumber ? "item_id" : "codes",
		words: `"${isOwnNumber ? item.itemId : clash.key.replace(/^[a-z]+:/, "")}" stands on line ${clash.line} already`,
	};
};
