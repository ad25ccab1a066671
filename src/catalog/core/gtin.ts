/** Lengths a GTIN can have: EAN-8, UPC-A, EAN-13, GTIN-14. */
const GTIN_LENGTHS = [8, 12, 13, 14];

/** The check digit behind `digits`: weights 3, 1 alternating from the right, 3 next to the check digit (GS1 General Specifications 7.9). */
export const checkDigit = (digits: string): number => {
	let total = 0;
	for (let index = 0; index < digits.length; index += 1) {
		const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
		total += index % 2 === 0 ? digit * 3 : digit;
	}
	return (10 - (total % 10)) % 10;
};

/** Whether a text has a GTIN's length, digits only, whatever its check digit. */
export const looksLikeGtin = (text: string): boolean => GTIN_LENGTHS.includes(text.length) && /^[0-9]+$/.test(text);

/** Whether a text is a GTIN with a right check digit. */
export const isGtin = (text: string): boolean =>
	looksLikeGtin(text) && checkDigit(text.slice(0, -1)) === text.charCodeAt(text.length - 1) - 48;

/** A GTIN left-padded to 14 digits: the one form all lengths compare in. */
export const gtin14 = (gtin: string): string => gtin.padStart(14, "0");
