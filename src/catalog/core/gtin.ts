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

/** Whether the last of some digits is the check digit of those before it. */
export const hasCheckDigit = (digits: string): boolean =>
	checkDigit(digits.slice(0, -1)) === digits.charCodeAt(digits.length - 1) - 48;

/** Whether a text has a GTIN's length, digits only, whatever its check digit. */
export const looksLikeGtin = (text: string): boolean => GTIN_LENGTHS.includes(text.length) && /^[0-9]+$/.test(text);

/** Whether a text is a GTIN with a right check digit. */
export const isGtin = (text: string): boolean => looksLikeGtin(text) && hasCheckDigit(text);

/** A GTIN left-padded to 14 digits: the one form all lengths compare in. */
export const gtin14 = (gtin: string): string => gtin.padStart(14, "0");

/** Whether a GTIN of 14 digits is of a trade item whose quantity varies: it needs a weight, a count or a price beside it. */
export const isVariableMeasure = (gtin: string): boolean => gtin.startsWith("9");

/** Digits of a UPC-E code that are told apart by the last of its six: what they were shortened from (GS1 General Specifications 5.2.2.4.2). */
const expandSix = (six: string): string => {
	const last = six.charCodeAt(5) - 48;
	if (last <= 2) return `${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`;
	if (last === 3) return `${six.slice(0, 3)}00000${six.slice(3, 5)}`;
	if (last === 4) return `${six.slice(0, 4)}00000${six.slice(4, 5)}`;
	return `${six.slice(0, 5)}0000${last}`;
};

/**
 * The 12 digits of UPC-A that a UPC-E code stands for; undefined when it is none. Scanners send number system, six digits
 * and check digit, or leave the last or both ends away; a check digit that was sent is kept, right or wrong.
 */
export const expandUpcE = (text: string): string | undefined => {
	if (!/^(?:[0-9]{6}|[01][0-9]{6,7})$/.test(text)) return undefined;
	const system = text.length === 6 ? "0" : text.slice(0, 1);
	const digits = `${system}${expandSix(text.length === 6 ? text : text.slice(1, 7))}`;
	return `${digits}${text.length === 8 ? text.slice(7) : checkDigit(digits).toString()}`;
};
