/** 13 to 19 digits, single blanks or dashes between them: what a card number looks like (ISO/IEC 7812-1). */
const CARD_NUMBER_LIKE = /(?<![0-9])[0-9](?:[ -]?[0-9]){12,18}(?![0-9])/g;

/** Numbers below have 13 digits at most: moments in milliseconds, not cards, which have 14 to 19 today. */
const CARD_NUMBER_MIN = 10_000_000_000_000;

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

/** A text with nothing left of a card number but its first six and last four digits (DESIGN section 6). */
export const withoutCardNumbers = (text: string): string =>
	text.replace(CARD_NUMBER_LIKE, (found) => {
		const digits = found.replace(/[ -]/g, "");
		return passesLuhn(digits) ? `${digits.slice(0, 6)}...${digits.slice(-4)}` : found;
	});

/** A field's value likewise. */
export const fieldWithoutCardNumbers = <T>(value: T): T | string => {
	if (typeof value === "string") return withoutCardNumbers(value);
	if (typeof value !== "number" || value < CARD_NUMBER_MIN || !Number.isSafeInteger(value)) return value;
	const text = value.toString();
	const clean = withoutCardNumbers(text);
	return clean === text ? value : clean;
};
