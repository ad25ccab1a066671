import { priceCheckDigit } from "./price-check-digit.ts";

/** What the value of an in-store code is: the price of the pack, its weight in kilograms, or how many pieces are in it. */
export const VALUE_KINDS = ["price", "weight", "quantity"] as const;

/** By which code the catalog holds the item of an in-store code. */
export const ITEM_KEYS = ["zeroed", "prefixAndItem", "item"] as const;

/** How a store, or the stores of a country, put a price or weight into a bar code of their own. */
export interface TemplateText {
	readonly name: string;
	/**
	 * One letter for each digit: a digit is itself, I the item, V the value, K its own check digit, C the check digit of the
	 * code, X whatever else: `20IIIIIIVVVVC`.
	 */
	readonly layout: string;
	readonly value: (typeof VALUE_KINDS)[number];
	/** Decimals of the value: 3 with grams of a weight, 2 with øre of a price. */
	readonly decimals: number;
	/**
	 * zeroed: the code itself with nothing in its value (and its check digit right again). prefixAndItem: the fixed digits and
	 * the item's. item: the item's digits alone.
	 */
	readonly itemKey: (typeof ITEM_KEYS)[number];
}

/** Digits from one place to before another. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

/** A template ready for use. */
export interface InStoreTemplate extends TemplateText {
	readonly item: Span;
	readonly valueAt: Span;
	readonly valueCheckAt: number | undefined;
	readonly pattern: RegExp;
}

const LAYOUT = /^([0-9]{1,7})X*I+X*K?V{1,7}X*C$/;

/** Restricted circulation: GS1 prefixes 02, 04 and 20 to 29; in eight digits 0 and 2 (norway-fiscal.md 5.5; RCN-8). */
const PREFIX_13 = /^(?:02|04|2)/;
const PREFIX_8 = /^[02]/;

/** What is wrong with a layout, in words; undefined when nothing is. */
export const layoutProblem = (layout: string): string | undefined => {
	if (!LAYOUT.test(layout)) return "is no layout such as 20IIIIIIVVVVC";
	if (layout.length !== 8 && layout.length !== 13) return `has ${layout.length} digits; 8 or 13 are possible`;
	if (!(layout.length === 8 ? PREFIX_8 : PREFIX_13).test(layout)) {
		return "does not begin as an in-store code does: 02, 04 or 20 to 29; with eight digits 0 or 2";
	}
	const values = "0".repeat(spanOf(layout, "V").to - spanOf(layout, "V").from);
	return layout.includes("K") && priceCheckDigit(values) === undefined
		? "has a K before a value that is not of four or five digits"
		: undefined;
};

const spanOf = (layout: string, letter: string): Span => ({
	from: layout.indexOf(letter),
	to: layout.lastIndexOf(letter) + 1,
});

/** Whether some code would fit both layouts. */
export const overlap = (one: string, other: string): boolean =>
	one.length === other.length &&
	[...one].every((letter, index) => {
		const there = other[index] ?? "";
		return letter === there || !/[0-9]/.test(letter) || !/[0-9]/.test(there);
	});

/** Makes a template ready. Throws where {@link layoutProblem} names one: configuration has asked it before. */
export const templateOf = (text: TemplateText): InStoreTemplate => {
	const problem = layoutProblem(text.layout);
	if (problem !== undefined) throw new Error(`layout ${text.layout} ${problem}`);
	const checkAt = text.layout.indexOf("K");
	return {
		...text,
		item: spanOf(text.layout, "I"),
		valueAt: spanOf(text.layout, "V"),
		valueCheckAt: checkAt < 0 ? undefined : checkAt,
		pattern: new RegExp(`^${text.layout.replaceAll(/[A-Z]/g, "[0-9]")}$`),
	};
};
