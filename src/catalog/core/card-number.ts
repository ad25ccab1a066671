import { isGtin } from "./gtin.ts";

/** 13 to 19 digits, single blanks or dashes between them: what a card number looks like (ISO/IEC 7812-1). */
const CARD_NUMBER_LIKE = /(?<![0-9])[0-9](?:[ -]?[0-9]){12,18}(?![0-9])/g;

/** The check digit of card numbers (ISO/IEC 7812-1 annex B, "Luhn"). */
const passesLuhn = (digits: string): boolean => {
	let total = 0;
	for (let index = 0; index < digits.length; index += 1) {
		const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
		const doubled = index % 2 === 0 ? digit : digit * 2;
		total += doubled > 9 ? doubled - 9 : doubled;
	}
	return total % 10 === 0;
};

/** A text with something else in the place of each number that looks like a card's; `instead` is given its digits. */
export const replaceCardNumbers = (text: string, instead: (digits: string) => string): string =>
	text.replaceAll(CARD_NUMBER_LIKE, (found) => {
		const digits = found.replaceAll(/[ -]/g, "");
		return passesLuhn(digits) ? instead(digits) : found;
	});

/** How many digits the first number in a text has that looks like a card's and is no GTIN; undefined when there is none. */
export const cardNumberLength = (text: string): number | undefined => {
	let length: number | undefined;
	replaceCardNumbers(text, (digits) => {
		if (!isGtin(digits)) length ??= digits.length;
		return digits;
	});
	return length;
};

/** A text that was read or typed, as it may be shown: of what looks like a card number nothing but its length. */
export const withoutCardDigits = (text: string): string =>
	replaceCardNumbers(text, (digits) => (isGtin(digits) ? digits : `(${digits.length} digits)`));
