import { z } from "zod";
import { NATIONAL_TEMPLATES, nationalTemplates } from "../../catalog/core/in-store/national.ts";
import { ITEM_KEYS, layoutProblem, overlap, VALUE_KINDS } from "../../catalog/core/in-store/template.ts";

/** One of a store's own price and weight codes. */
const inStoreTemplateSchema = z.strictObject({
	name: z.string().min(1).max(40).describe("What the store calls it"),
	layout: z
		.string()
		.max(13)
		.describe("One letter a digit: fixed digits, I item, V value, K the value's check digit, X any, C check digit"),
	value: z
		.enum(VALUE_KINDS)
		.describe("What the value is: the price of the pack, its weight in kilograms, or how many pieces it has"),
	decimals: z
		.int()
		.min(0)
		.max(6)
		.describe("Decimals of the value: 3 where a weight is in grams, 2 where a price is in øre"),
	itemKey: z
		.enum(ITEM_KEYS)
		.default("zeroed")
		.describe(
			"The item's code in the catalog: the code with zeros as value (and its check digit), the fixed digits and the item's, or the item's alone",
		),
});

/** The price and weight codes that stores print themselves: those of countries, and a store's own. None may fit what another fits. */
export const inStoreCodesSchema = z
	.strictObject({
		national: z
			.array(z.enum(NATIONAL_TEMPLATES))
			.max(NATIONAL_TEMPLATES.length)
			.default([])
			.describe("Countries whose common codes the store uses"),
		own: z.array(inStoreTemplateSchema).max(100).default([]).describe("Codes of the store or its chain"),
	})
	.check((context) => {
		const { own, national } = context.value;
		const problem = (path: (string | number)[], message: string): void => {
			context.issues.push({ code: "custom", input: context.value, path, message });
		};
		own.forEach(({ layout, value, decimals }, index) => {
			const words = layoutProblem(layout);
			if (words !== undefined) problem(["own", index, "layout"], words);
			if (value === "price" && decimals > 2) problem(["own", index, "decimals"], "a price has at most 2");
		});
		const all = [...own, ...national.flatMap(nationalTemplates)];
		all.forEach(({ layout, name }, index) => {
			const earlier = all.slice(0, index).find((other) => overlap(other.layout, layout));
			if (earlier === undefined) return;
			const path = index < own.length ? ["own", index, "layout"] : ["national"];
			problem(path, `${name} fits codes that ${earlier.name} fits too`);
		});
	})
	.prefault({});
