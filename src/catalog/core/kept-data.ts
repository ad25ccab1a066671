import { cardNumberLength } from "./card-number.ts";
import type { Element } from "./gs1/element.ts";

/**
 * Most bytes of a read that a line of a ticket keeps, as JSON text in UTF-8. A ticket of 85 lines with the longest texts of
 * a catalog has 85,500 bytes without what was read, and its message may have 100,000: that leaves 170 a line, of which the
 * symbology's name, the words of a label's line and longer amounts take 30.
 */
export const KEPT_BYTES_MAX = 128;

/** What is kept of a code that is too long, the most wanted first; the longest of them together just fit. */
const KEPT_AIS = ["01", "02", "10", "17", "7003", "21", "310", "311", "314", "315", "316", "392", "393", "30", "37"];

/** Bytes of a letter in JSON: the escaped ones, then UTF-8. */
const bytesOf = (letter: string): number => {
	if (letter === '"' || letter === "\\") return 2;
	const point = letter.codePointAt(0) ?? 0;
	if (point < 0x20) return 6;
	if (point < 0x80) return 1;
	if (point < 0x800) return 2;
	return point < 0x10000 ? 3 : 4;
};

/** The beginning of a text that fits, whole letters only. */
const bounded = (text: string): string => {
	let bytes = 0;
	let kept = "";
	for (const letter of text) {
		// Half of a surrogate pair is written as \udXXX.
		bytes += /\p{Cs}/u.test(letter) ? 6 : bytesOf(letter);
		if (bytes > KEPT_BYTES_MAX) return kept;
		kept += letter;
	}
	return kept;
};

/**
 * What a line of a ticket keeps of a read: all of it where it fits {@link KEPT_BYTES_MAX}. Of a longer GS1 code the item,
 * batch, expiry, serial, measure and price in GS1's written form, "(01)07038010001659(10)A1"; of anything else its beginning.
 */
export const keptData = (data: string, elements: readonly Element[]): string => {
	const whole = bounded(data);
	return whole === data || elements.length === 0 ? whole : written(elements);
};

/**
 * As {@link keptData}, of a web address. Beside the item it may say anything, and a record cannot be erased: one with control
 * characters, or with a number that looks like a card's, is kept as its elements only.
 */
export const keptLink = (address: string, elements: readonly Element[]): string =>
	/\p{Cc}/u.test(address) || cardNumberLength(address) !== undefined ? written(elements) : keptData(address, elements);

/** The elements that are wanted, as far as they fit. */
const written = (elements: readonly Element[]): string => {
	let kept = "";
	for (const wanted of KEPT_AIS) {
		const element = elements.find(({ ai }) => ai === wanted || (ai.length === 4 && ai.slice(0, 3) === wanted));
		const longer = element === undefined ? kept : `${kept}(${element.ai})${element.value}`;
		if (bounded(longer) === longer) kept = longer;
	}
	return kept;
};
