import { type Refusal, refuse } from "../../../events/refusal.ts";
import { hasCheckDigit } from "../gtin.ts";
import type { ApplicationIdentifier, Part, PartCheck } from "./application-identifiers.ts";
import { isYymmdd, isYyyymmdd } from "./gs1-date.ts";

/** One element of a GS1 code: an Application Identifier and what it says. */
export interface Element {
	readonly ai: string;
	readonly value: string;
}

/** What a part may be made of (GS1 General Specifications 7.11; dictionary: CSET 82, CSET 39, base64url). */
const LETTERS: Readonly<Record<Part["letters"], RegExp>> = {
	N: /^[0-9]*$/,
	X: /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/,
	Y: /^[#\-/0-9A-Z]*$/,
	Z: /^[-0-9A-Z_a-z=]*$/,
};

const isUpTo = (digits: string, max: number): boolean => Number.parseInt(digits, 10) <= max;

const CHECKS: Readonly<Record<Exclude<PartCheck, "csum">, (digits: string) => boolean>> = {
	yymmd0: (digits) => isYymmdd(digits, true),
	yymmdd: (digits) => isYymmdd(digits, false),
	yyyymmdd: isYyyymmdd,
	hhmi: (digits) => isUpTo(digits.slice(0, 2), 23) && isUpTo(digits.slice(2), 59),
	hh: (digits) => isUpTo(digits, 23),
	mi: (digits) => isUpTo(digits, 59),
	ss: (digits) => isUpTo(digits, 59),
};

/**
 * What is wrong with the value behind an AI: TILL-0421 where a check digit is, TILL-0426 for its length, letters, date or
 * time; undefined when nothing is.
 */
export const elementFault = ({ ai, parts }: ApplicationIdentifier, value: string): Refusal | undefined => {
	let place = 0;
	for (const part of parts) {
		const text = value.slice(place, place + part.lengthMax);
		if (text === "" && part.isOptional) break;
		if (text.length < part.lengthMin || !LETTERS[part.letters].test(text)) return refuse("TILL-0426", { ai });
		if (part.check === "csum" && !hasCheckDigit(text)) return refuse("TILL-0421", { ai });
		if (part.check !== undefined && part.check !== "csum" && !CHECKS[part.check](text)) {
			return refuse("TILL-0426", { ai });
		}
		place += text.length;
	}
	return place === value.length ? undefined : refuse("TILL-0426", { ai });
};

/** Elements in their order, each once. TILL-0426 where one AI says two things. */
export const distinct = (elements: readonly Element[]): readonly Element[] | Refusal => {
	const values = new Map<string, string>();
	for (const { ai, value } of elements) {
		if ((values.get(ai) ?? value) !== value) return refuse("TILL-0426", { ai });
		values.set(ai, value);
	}
	return [...values].map(([ai, value]) => ({ ai, value }));
};
