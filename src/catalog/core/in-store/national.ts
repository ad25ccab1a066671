import type { TemplateText } from "./template.ts";

/** Countries whose in-store codes are known (norway-fiscal.md 5.6). Norway has no common ones: each chain configures its own. */
export const NATIONAL_TEMPLATES = ["sweden", "finland", "denmark"] as const;

/** One of {@link NATIONAL_TEMPLATES}. */
export type NationalTemplates = (typeof NATIONAL_TEMPLATES)[number];

const template = (name: string, layout: string, value: TemplateText["value"], decimals: number): TemplateText => ({
	name,
	layout,
	value,
	decimals,
	itemKey: "zeroed",
});

/**
 * Sweden (gs1.se): 20 to 22 a price with 2, 1, no decimals; 23 to 25 a weight with 3, 2, 1. Finland (gs1.fi): 23 to 25
 * likewise. Denmark (gs1.dk): 26 and 28 six digits of grams, 27 five; its prefix of prices is not known.
 */
const TEMPLATES: Readonly<Record<NationalTemplates, readonly TemplateText[]>> = {
	sweden: [
		template("sweden price 2", "20IIIIIIVVVVC", "price", 2),
		template("sweden price 1", "21IIIIIIVVVVC", "price", 1),
		template("sweden price 0", "22IIIIIIVVVVC", "price", 0),
		template("sweden weight 3", "23IIIIIIVVVVC", "weight", 3),
		template("sweden weight 2", "24IIIIIIVVVVC", "weight", 2),
		template("sweden weight 1", "25IIIIIIVVVVC", "weight", 1),
	],
	finland: [
		template("finland weight 3", "23IIIIIIVVVVC", "weight", 3),
		template("finland weight 2", "24IIIIIIVVVVC", "weight", 2),
		template("finland weight 1", "25IIIIIIVVVVC", "weight", 1),
	],
	denmark: [
		template("denmark weight 26", "26IIIIVVVVVVC", "weight", 3),
		template("denmark weight 27", "27IIIIIVVVVVC", "weight", 3),
		template("denmark weight 28", "28IIIIVVVVVVC", "weight", 3),
	],
};

/** The templates of a country. */
export const nationalTemplates = (country: NationalTemplates): readonly TemplateText[] => TEMPLATES[country];
