/** What a digit counts by its weight: twice, less its tens; five times, plus or less its tens (GS1 General Specifications 7.9.2). */
const WEIGHTS = {
	"2-": [0, 2, 4, 6, 8, 9, 1, 3, 5, 7],
	"3": [0, 3, 6, 9, 2, 5, 8, 1, 4, 7],
	"5+": [0, 5, 1, 6, 2, 7, 3, 8, 4, 9],
	"5-": [0, 5, 9, 4, 8, 3, 7, 2, 6, 1],
} as const;

type Weight = keyof typeof WEIGHTS;

const FOUR: readonly Weight[] = ["2-", "2-", "3", "5-"];
const FIVE: readonly Weight[] = ["5+", "2-", "5-", "5+", "2-"];

/**
 * The check digit that some countries put before the price or weight of four or five digits (GS1 General Specifications
 * 7.9.3 and 7.9.4); undefined for another number of digits.
 */
export const priceCheckDigit = (digits: string): number | undefined => {
	const weights = digits.length === 4 ? FOUR : digits.length === 5 ? FIVE : undefined;
	if (weights === undefined) return undefined;
	const total = weights.reduce((sum, weight, index) => sum + (WEIGHTS[weight][digits.charCodeAt(index) - 48] ?? 0), 0);
	return weights === FOUR
		? (total * 3) % 10
		: WEIGHTS["5-"].findIndex((counted) => counted === (10 - (total % 10)) % 10);
};
