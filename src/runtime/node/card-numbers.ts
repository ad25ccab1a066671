import { replaceCardNumbers } from "../../catalog/core/card-number.ts";

/** Numbers below have 13 digits at most: moments in milliseconds, not cards, which have 14 to 19 today. */
const CARD_NUMBER_MIN = 10_000_000_000_000;

/** A text with nothing left of a card number but its first six and last four digits (DESIGN section 6). */
export const withoutCardNumbers = (text: string): string =>
	replaceCardNumbers(text, (digits) => `${digits.slice(0, 6)}...${digits.slice(-4)}`);

/** A field's value likewise. */
export const fieldWithoutCardNumbers = <T>(value: T): T | string => {
	if (typeof value === "string") return withoutCardNumbers(value);
	if (typeof value !== "number" || value < CARD_NUMBER_MIN || !Number.isSafeInteger(value)) return value;
	const text = value.toString();
	const clean = withoutCardNumbers(text);
	return clean === text ? value : clean;
};
