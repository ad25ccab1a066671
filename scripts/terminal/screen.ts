import { clearLine, cursorTo, type Interface } from "node:readline";

/** A terminal that a person types at while devices do things: what is said meanwhile stands above the line being typed. */
export class Screen {
	readonly #output: NodeJS.WritableStream;
	#lines: Interface | undefined;

	constructor(output: NodeJS.WritableStream) {
		this.#output = output;
	}

	/** Says something; a line that is being typed is drawn again below it. */
	say(text: string): void {
		if (this.#lines === undefined) {
			this.#output.write(`${text}\n`);
			return;
		}
		cursorTo(this.#output, 0);
		clearLine(this.#output, 0);
		this.#output.write(`${text}\n`);
		this.#lines.prompt(true);
	}

	/** Asks for a line: until `heard`, the person may be typing. */
	ask(lines: Interface): void {
		this.#lines = lines;
		lines.prompt();
	}

	/** A line has come, or none will any more. */
	heard(): void {
		this.#lines = undefined;
	}
}

/** Paper in a frame, so that it looks like paper. */
export const paperText = (lines: readonly string[]): string => {
	const width = Math.max(...lines.map((line) => [...line].length));
	const edge = `  +${"-".repeat(width + 2)}+`;
	return [edge, ...lines.map((line) => `  | ${line}${" ".repeat(width - [...line].length)} |`), edge].join("\n");
};

/** Rows wider than this stand below each other. */
const DISPLAY_COLUMNS_BESIDE_MAX = 20;

/** What the customer display shows: two short rows beside each other, others as they stand on the glass. */
export const displayText = (rows: readonly string[]): string => {
	const isNarrow = rows.length <= 2 && rows.every((row) => [...row].length <= DISPLAY_COLUMNS_BESIDE_MAX);
	return `  display  ${rows.map((row) => `[${row}]`).join(isNarrow ? " " : `\n${" ".repeat(11)}`)}`;
};
