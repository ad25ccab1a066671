import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import { type CodePage, encodingTable } from "../text/code-page.ts";
import { encodeText } from "../text/encode-text.ts";
import { printable } from "../text/printable.ts";
import { transliterate } from "../text/transliterate.ts";
import { inSet } from "./international-set.ts";

const SPACE = 0x20;
const QUESTION_MARK = 0x3f;

/** The cells of a display, a byte each, and the code page they are in. */
export interface Cells {
	readonly page: CodePage;
	/** As many rows as the display has, each as wide as it. */
	readonly rows: readonly Buffer[];
}

const lackedBy = (page: CodePage, text: string): number => {
	const { byteOf } = encodingTable(page.encoding);
	let count = 0;
	for (let at = 0; at < text.length; at += 1) if (byteOf[text.charCodeAt(at)] === 0) count += 1;
	return count;
};

/** One page for the whole text, the first of those that lack the least of it: the rest of the display keeps what it shows. */
const pageFor = (text: string, pages: DisplayProfile["codePages"]): CodePage => {
	const [first, ...others] = pages;
	if (first === undefined) throw new RangeError("a display profile without a code page");
	let best = first;
	let fewest = lackedBy(first, text);
	for (const page of others) {
		if (fewest === 0) break;
		const lacked = lackedBy(page, text);
		if (lacked >= fewest) continue;
		best = page;
		fewest = lacked;
	}
	return best;
};

/** One cell for a character that the page lacks. Never a digit: "½" must not read as 1. */
const narrowByte = (char: string): number => {
	const replacement = transliterate(char).charAt(0);
	return /[0-9]/.test(replacement) ? QUESTION_MARK : replacement.charCodeAt(0);
};

/** The bytes of a row in which every character keeps its one cell. */
const narrowBytes = (text: string, page: CodePage): Buffer => {
	const { byteOf } = encodingTable(page.encoding);
	return Buffer.from([...text].map((char) => (char.length === 1 && byteOf[char.charCodeAt(0)]) || narrowByte(char)));
};

const fitRow = (text: string, columns: number, page: CodePage): Buffer => {
	const wide = Buffer.concat(encodeText(text, [page], page).map(({ bytes }) => bytes));
	// The amount stands at the end of a row: "ø" written "oe" must not push its last digit off the display.
	const bytes = wide.length > columns ? narrowBytes(text, page) : wide;
	const cells = Buffer.alloc(columns, SPACE);
	bytes.copy(cells);
	return cells;
};

/**
 * The cells of all rows of the display: cut to its columns, filled up with spaces because a cell that is not written keeps
 * what it showed, without control characters, and in one code page; characters that no page has are transliterated.
 */
export const cellsOf = (rows: readonly string[], profile: DisplayProfile): Cells => {
	const { deviceRows, deviceColumns, codePages, internationalSet } = profile;
	const texts = Array.from({ length: deviceRows }, (_, row) =>
		inSet([...printable(rows[row] ?? "")].slice(0, deviceColumns).join(""), internationalSet),
	);
	const page = pageFor(texts.join(""), codePages);
	return { page, rows: texts.map((text) => fitRow(text, deviceColumns, page)) };
};
