/** The longest field that is read; a quote that is never closed ends here instead of swallowing the file. */
export const CSV_FIELD_LENGTH_MAX = 4_000;

/** The longest line outside quotes. */
export const CSV_LINE_LENGTH_MAX = 100_000;

/** One row of a CSV file. */
export interface CsvRow {
	/** The line it begins on, from 1. */
	readonly line: number;
	readonly fields: readonly string[];
}

/** Where the bytes are no CSV. */
export interface CsvFault {
	readonly line: number;
	readonly words: string;
}

/** Rows so far, and the fault that ended the reading; after a fault nothing more is read. */
export interface CsvRead {
	readonly rows: readonly CsvRow[];
	readonly fault: CsvFault | undefined;
}

/** start: at the first letter of a field. quoteEnd: behind a quote that ends the field, or is the first of two. */
type Place = "start" | "plain" | "quoted" | "quoteEnd";

/**
 * Reads CSV text piece by piece (RFC 4180): fields in quotes may hold separators, line ends and doubled quotes; lines end
 * in LF or CRLF; the last one may do without. Lines with nothing on them are left out, a byte order mark too.
 */
export class CsvReader {
	readonly #separator: "," | ";";
	/** Text after the last line end. */
	#rest = "";
	#place: Place = "start";
	#field = "";
	#fields: string[] = [];
	#line = 0;
	#rowLine = 1;
	#fault: CsvFault | undefined;

	constructor(separator: "," | ";") {
		this.#separator = separator;
	}

	/** Takes the next piece of the text; pieces may end anywhere. */
	push(text: string): CsvRead {
		const rows: CsvRow[] = [];
		this.#rest += text;
		let from = 0;
		for (
			let end = this.#rest.indexOf("\n");
			end >= 0 && this.#fault === undefined;
			end = this.#rest.indexOf("\n", from)
		) {
			this.#takeLine(this.#rest.slice(from, end), rows);
			from = end + 1;
		}
		this.#rest = this.#rest.slice(from);
		if (this.#rest.length > CSV_LINE_LENGTH_MAX) this.#fail("a line without an end");
		return { rows, fault: this.#fault };
	}

	/** The text is over: answers the row that had no line end. */
	end(): CsvRead {
		const rows: CsvRow[] = [];
		if (this.#fault === undefined && this.#rest !== "") this.#takeLine(this.#rest, rows);
		if (this.#place === "quoted") this.#fail("a quote is opened and never closed");
		return { rows, fault: this.#fault };
	}

	/** Takes one line without its LF. Most hold no quote and are split in one go. */
	#takeLine(line: string, rows: CsvRow[]): void {
		this.#line += 1;
		const text = this.#line === 1 && line.startsWith("\uFEFF") ? line.slice(1) : line;
		if (this.#place === "start" && !text.includes('"')) {
			const fields = (text.endsWith("\r") ? text.slice(0, -1) : text).split(this.#separator);
			this.#endRow(fields, rows);
			return;
		}
		for (const letter of text) this.#take(letter);
		if (this.#place === "quoted") {
			this.#add("\n");
			return;
		}
		if (this.#place === "plain" && this.#field.endsWith("\r")) this.#field = this.#field.slice(0, -1);
		this.#endField();
		this.#endRow(this.#fields, rows);
		this.#fields = [];
	}

	#take(letter: string): void {
		if (this.#place === "quoted") {
			if (letter === '"') this.#place = "quoteEnd";
			else this.#add(letter);
		} else if (letter === this.#separator) {
			this.#endField();
		} else if (letter === '"' && this.#place !== "plain") {
			if (this.#place === "quoteEnd") this.#add(letter);
			this.#place = "quoted";
		} else if (this.#place !== "quoteEnd") {
			this.#place = "plain";
			this.#add(letter);
		} else if (letter !== "\r") {
			this.#fail("text follows a closing quote; a quote inside quotes is written twice");
		}
	}

	#add(letter: string): void {
		this.#field += letter;
		if (this.#field.length > CSV_FIELD_LENGTH_MAX) this.#fail("a field without an end; is a quote not closed?");
	}

	#endField(): void {
		this.#fields.push(this.#field);
		this.#field = "";
		this.#place = "start";
	}

	#endRow(fields: readonly string[], rows: CsvRow[]): void {
		if (this.#fault === undefined && fields.some((field) => field !== "")) rows.push({ line: this.#rowLine, fields });
		this.#rowLine = this.#line + 1;
	}

	/** Notes the first fault only. */
	#fail(words: string): void {
		this.#fault ??= { line: this.#rowLine, words };
	}
}

/** The separator of a file by its first line: the semicolon that spreadsheets write where the comma is the decimal sign, or the comma. */
export const separatorOf = (firstLine: string): "," | ";" => (firstLine.includes(";") ? ";" : ",");
