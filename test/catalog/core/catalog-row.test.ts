import { describe, expect, it } from "vitest";
import { problemText, readHeader } from "../../../src/catalog/core/catalog-columns.ts";
import { CODES_MAX, readRow } from "../../../src/catalog/core/catalog-row.ts";

const GOOD = {
	item_id: "1001",
	description: "Milk 1 l",
	item_group: "dairy",
	price: "24.90",
	vat_code: "31",
	unit: "Pcs",
};

const read = (cells: Readonly<Record<string, string>>): ReturnType<typeof readRow> =>
	readRow(
		{ line: 7, fields: Object.values(cells) },
		{
			header: readHeader(1, Object.keys(cells)),
			currency: "NOK",
			hasRate: (code) => code === "31" || code === "3",
		},
	);
const problems = (cells: Readonly<Record<string, string>>): string[] => {
	const entry = read(cells);
	return "item" in entry ? [] : entry.map(problemText);
};

describe("a row", () => {
	it("fills in what it leaves out", () => {
		expect(read(GOOD)).toEqual({
			line: 7,
			item: {
				itemId: "1001",
				description: "Milk 1 l",
				itemGroup: "dairy",
				unit: "Pcs",
				unitText: "Pcs",
				unitDecimals: 0,
				price: { amountMinor: 2490n, per: 1 },
				includesVat: true,
				currency: "NOK",
				vatCode: "31",
			},
			keys: ["own:1001"],
		});
	});

	it("takes everything it says", () => {
		expect(
			read({
				...GOOD,
				price: "1299",
				per: "100",
				includes_vat: "FALSE",
				unit_text: "Stk",
				unit_decimals: "3",
				codes: " 7038010001659| 036000291452 ab-1 7038010001659 1001",
				currency: "isk",
			}),
		).toEqual({
			line: 7,
			item: expect.objectContaining({
				unitText: "Stk",
				unitDecimals: 3,
				price: { amountMinor: 1299n, per: 100 },
				includesVat: false,
				currency: "ISK",
			}),
			keys: ["gtin:00036000291452", "gtin:07038010001659", "own:1001", "own:AB-1"],
		});
	});

	it.each<[string, Record<string, string>, string[]]>([
		["a wrong check digit", { codes: "7038010001658" }, ['line 7, codes: "7038010001658" has a wrong check digit']],
		["a word for a price", { price: "free" }, ['line 7, price: "free" is no amount, such as 99.95 without grouping']],
		[
			"a grouped price",
			{ price: "1 299,00" },
			['line 7, price: "1 299,00" is no amount, such as 99.95 without grouping'],
		],
		["too many decimals", { price: "9.955" }, ['line 7, price: "9.955" has more than 2 decimals']],
		[
			"decimals of a currency that has none",
			{ price: "9.50", currency: "ISK" },
			['line 7, price: "9.50" has more than 0 decimals'],
		],
		["a negative price", { price: "-1.00" }, ['line 7, price: "-1.00" is negative']],
		["a price beyond an amount", { price: "90071992547409.92" }, ['line 7, price: "90071992547409.92" is too large']],
		["no price", { price: " " }, ["line 7, price: is empty"]],
		["a VAT code without a rate", { vat_code: "99" }, ['line 7, vat_code: "99" has no rate here']],
		[
			"a long number",
			{ item_id: "1234567890123456" },
			['line 7, item_id: "1234567890123456" is longer than 15 letters'],
		],
		["a long unit", { unit: "Pack" }, ['line 7, unit: "Pack" is longer than 3 letters']],
		["a control character", { description: "a\tb" }, ['line 7, description: "a?b" holds a control character']],
		["a control character in a code", { codes: "ab\u0000c" }, ['line 7, codes: "ab?c" holds a control character']],
		["a strange per", { per: "12" }, ['line 7, per: "12" is none of 1, 10, 100, 1000']],
		["a strange yes", { includes_vat: "maybe" }, ['line 7, includes_vat: "maybe" is neither true nor false']],
		[
			"too many decimals of a unit",
			{ unit_decimals: "7" },
			['line 7, unit_decimals: "7" is no whole number from 0 to 6'],
		],
		["a currency nobody counts in", { currency: "BTC" }, ['line 7, currency: "BTC" is no currency of a till']],
	])("refuses %s", (_name, cells, words) => {
		expect(problems({ ...GOOD, ...cells })).toEqual(words);
	});

	it("lists everything that is wrong with it, with long values cut", () => {
		const wrong = { ...GOOD, item_id: "", description: "x".repeat(41), price: "", vat_code: "", unit: "" };
		expect(problems(wrong).toSorted()).toEqual([
			`line 7, description: "${"x".repeat(40)}..." is longer than 40 letters`,
			"line 7, item_id: is empty",
			"line 7, price: is empty",
			"line 7, unit: is empty",
			"line 7, vat_code: is empty",
		]);
	});

	it("counts letters, not bytes, and has a limit of codes", () => {
		expect(problems({ ...GOOD, description: "æ".repeat(40), item_id: "ÆØÅæøå123456789" })).toEqual([]);
		const codes = Array.from({ length: CODES_MAX + 1 }, (_, index) => `c${index}`).join(" ");
		expect(problems({ ...GOOD, codes })).toEqual([`line 7, codes: 51 codes; an item has ${CODES_MAX} at most`]);
		expect(problems({ ...GOOD, codes: "c".repeat(49) })[0]).toMatch(/longer than 48 letters$/);
	});

	it("says when fields are missing or too many", () => {
		const context = { header: readHeader(1, Object.keys(GOOD)), currency: "NOK" as const, hasRate: () => true };
		expect(readRow({ line: 2, fields: ["1", "2"] }, context)).toEqual([
			{ line: 2, column: "", words: "2 fields, the header has 6; is a separator or a quote missing?" },
		]);
	});
});

describe("a header", () => {
	it("takes columns in any order, case and blanks", () => {
		const { index, problems: none } = readHeader(1, [
			" Unit ",
			"VAT_CODE",
			"price",
			"item_group",
			"description",
			"item_id",
		]);
		expect(none).toEqual([]);
		expect(index.get("item_id")).toBe(5);
	});

	it("names every column that is missing, unknown or there twice", () => {
		const header = readHeader(1, ["item_id", "description", "item_group", "price", "unit", "price", "colour"]);
		expect(header.problems.map(problemText)).toEqual([
			"line 1, price: stands twice",
			"line 1, colour: is no column of a catalog",
			"line 1, vat_code: is missing",
		]);
	});
});
