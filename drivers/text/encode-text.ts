import { type CodePage, type EncodingTable, encodingTable } from "./code-page.ts";
import { printable } from "./printable.ts";
import { transliterate } from "./transliterate.ts";

/** A stretch of text in one code page. */
export interface EncodedRun {
	readonly page: CodePage;
	readonly bytes: Buffer;
}

const has = (table: EncodingTable, char: string): boolean =>
	char.length === 1 && table.byteOf[char.charCodeAt(0)] !== 0;

/** The bytes of text that one encoding holds whole; null as soon as it lacks a character. */
const encodeWhole = (text: string, { byteOf }: EncodingTable): Buffer | null => {
	const bytes = Buffer.allocUnsafe(text.length);
	for (let at = 0; at < text.length; at += 1) {
		const byte = byteOf[text.charCodeAt(at)];
		if (byte === undefined || byte === 0) return null;
		bytes[at] = byte;
	}
	return bytes;
};

/** The bytes of text, a question mark for each character the encoding lacks. */
const encodeWhat = (text: string, { byteOf }: EncodingTable): Buffer =>
	Buffer.from(text.split("").map((char) => byteOf[char.charCodeAt(0)] || 0x3f));

/** Takes back the columns that longer replacements took, from the widest gaps first, so that amounts stay in their column. */
const narrow = (text: string, columns: number): string => {
	let line = text;
	for (let excess = [...line].length - columns; excess > 0; excess -= 1) {
		const gap = [...line.matchAll(/ {2,}/g)].reduce<RegExpExecArray | null>(
			(widest, match) => (widest === null || match[0].length > widest[0].length ? match : widest),
			null,
		);
		if (gap === null) break;
		line = line.slice(0, gap.index) + line.slice(gap.index + 1);
	}
	return line;
};

/** Replaces what none of the pages has. */
const representable = (text: string, tables: readonly EncodingTable[]): string => {
	const chars = [...text];
	const replaced = chars
		.map((char) => (tables.some((table) => has(table, char)) ? char : transliterate(char)))
		.join("");
	return narrow(replaced, chars.length);
};

/**
 * Text in a device's code pages, in the profile's order of preference: one page for the whole text where one has it all,
 * else a switch of page where a character needs it, else a transliteration that keeps the columns. `current` is the page
 * in force; it is kept while it serves. Never fails and never sends a control character.
 */
export const encodeText = (text: string, pages: readonly CodePage[], current: CodePage): readonly EncodedRun[] => {
	// Nearly every line is one that the page in force has as it stands; no table holds a control character.
	const asItIs = encodeWhole(text, encodingTable(current.encoding));
	if (asItIs !== null) return asItIs.length === 0 ? [] : [{ page: current, bytes: asItIs }];
	const clean = printable(text);
	for (const page of [current, ...pages]) {
		const bytes = encodeWhole(clean, encodingTable(page.encoding));
		if (bytes !== null) return bytes.length === 0 ? [] : [{ page, bytes }];
	}
	const tables = pages.map((page) => ({ page, table: encodingTable(page.encoding) }));
	const wanted = representable(
		clean,
		tables.map(({ table }) => table),
	);
	const runs: EncodedRun[] = [];
	let page = current;
	let table = encodingTable(page.encoding);
	let start = 0;
	const flush = (end: number): void => {
		if (end > start) runs.push({ page, bytes: encodeWhat(wanted.slice(start, end), table) });
		start = end;
	};
	for (let at = 0; at < wanted.length; at += 1) {
		const char = wanted.charAt(at);
		if (has(table, char)) continue;
		const other = tables.find((candidate) => has(candidate.table, char));
		if (other === undefined) continue;
		flush(at);
		({ page, table } = other);
	}
	flush(wanted.length);
	return runs;
};
