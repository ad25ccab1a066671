import { describe, expect, it } from "vitest";
import { inStoreCodesSchema } from "../../../src/config/schema/in-store-codes.ts";

const own = (fields: object = {}): object => ({
	name: "butcher",
	layout: "20IIIIIIVVVVC",
	value: "price",
	decimals: 2,
	...fields,
});

/** What is wrong, each with its place. */
const problemsOf = (value: unknown): string[] =>
	inStoreCodesSchema.safeParse(value).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

describe("the setting inStoreCodes", () => {
	it("is none where nothing is said, and files items under the code without its value", () => {
		expect(inStoreCodesSchema.parse(undefined)).toEqual({ national: [], own: [] });
		expect(inStoreCodesSchema.parse({ own: [own()] }).own).toEqual([{ ...own(), itemKey: "zeroed" }]);
	});

	it("may have own codes beside a country's", () => {
		expect(problemsOf({ national: ["sweden"], own: [own({ layout: "26IIIIIIVVVVC" })] })).toEqual([]);
	});

	it("names every layout that is none, and prices with too many decimals", () => {
		const codes = [own({ layout: "70IIIIIIVVVVC" }), own({ layout: "2IIIVVVC", decimals: 3 }), own({ layout: "0IVC" })];
		expect(problemsOf({ own: codes })).toEqual([
			"own.0.layout: does not begin as an in-store code does: 02, 04 or 20 to 29; with eight digits 0 or 2",
			"own.1.decimals: a price has at most 2",
			"own.2.layout: has 4 digits; 8 or 13 are possible",
		]);
	});

	it("refuses two layouts that fit the same code: whose price would it be?", () => {
		expect(problemsOf({ own: [own(), own({ name: "baker", layout: "2IIIIIIVVVVVC" })] })).toEqual([
			"own.1.layout: baker fits codes that butcher fits too",
		]);
		expect(problemsOf({ national: ["sweden"], own: [own()] })).toEqual([
			"national: sweden price 2 fits codes that butcher fits too",
		]);
		expect(problemsOf({ national: ["sweden", "finland"] })).toHaveLength(3);
	});
});
