import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDigit, gtin14 } from "../../../../src/catalog/core/gtin.ts";
import { NATIONAL_TEMPLATES, nationalTemplates } from "../../../../src/catalog/core/in-store/national.ts";
import { priceCheckDigit } from "../../../../src/catalog/core/in-store/price-check-digit.ts";
import { readInStore } from "../../../../src/catalog/core/in-store/read-in-store.ts";
import {
	layoutProblem,
	overlap,
	type TemplateText,
	templateOf,
} from "../../../../src/catalog/core/in-store/template.ts";
import { isRefusal } from "../../../../src/events/refusal.ts";

const own = (fields: Partial<TemplateText>): TemplateText => ({
	name: "own",
	layout: "20IIIIIIVVVVC",
	value: "price",
	decimals: 2,
	itemKey: "zeroed",
	...fields,
});

/** A code with its check digit. */
const code = (digits: string): string => `${digits}${checkDigit(digits)}`;

/** Key and value of a code: "gtin:... 12.34" in the value's own unit. */
const read = (digits: string, templates: readonly TemplateText[]): string => {
	const content = readInStore(gtin14(digits), templates.map(templateOf));
	if (content === undefined) return "none";
	if (isRefusal(content)) return content.code;
	const { measures, countMillionths, price } = content.label;
	const said = [
		...measures.map(({ dimension, millionths }) => `${dimension} ${millionths / 1_000_000n} g`),
		...(countMillionths === undefined ? [] : [`${countMillionths} millionths`]),
		...(price === undefined ? [] : [`price ${price.units} of ${price.decimals} decimals`]),
	];
	return `${content.key} ${said.join()}`;
};

describe("a national in-store code", () => {
	it.each<[string, (typeof NATIONAL_TEMPLATES)[number], string, string]>([
		// gs1.se: values 12.34, 123.4, 1234 kr; 1.234, 12.34, 123.4 kg.
		["Swedish price, two decimals", "sweden", code("201234561234"), "gtin:02012345600003 price 1234 of 2 decimals"],
		[
			"Swedish price, one decimal",
			"sweden",
			code("211234561234"),
			`gtin:0${code("211234560000")} price 1234 of 1 decimals`,
		],
		["Swedish price, none", "sweden", code("221234561234"), `gtin:0${code("221234560000")} price 1234 of 0 decimals`],
		["Swedish weight, three decimals", "sweden", code("231234561234"), `gtin:0${code("231234560000")} mass 1234 g`],
		["Swedish weight, two", "sweden", code("241234561234"), `gtin:0${code("241234560000")} mass 12340 g`],
		["Swedish weight, one", "sweden", code("251234561234"), `gtin:0${code("251234560000")} mass 123400 g`],
		// gs1.fi: 1.155 kg, 11.55 kg, 115.5 kg.
		["Finnish weight, three decimals", "finland", code("231234121155"), `gtin:0${code("231234120000")} mass 1155 g`],
		["Finnish weight, two", "finland", code("241234121155"), `gtin:0${code("241234120000")} mass 11550 g`],
		["Finnish weight, one", "finland", code("251234121155"), `gtin:0${code("251234120000")} mass 115500 g`],
		// gs1.dk's own examples.
		["Danish weight of prefix 26", "denmark", "2623570001505", "gtin:02623570000003 mass 150 g"],
		["Danish weight of prefix 27", "denmark", "2712341002251", `gtin:0${code("271234100000")} mass 225 g`],
		["Danish weight of prefix 28", "denmark", code("282357001250"), `gtin:0${code("282357000000")} mass 1250 g`],
		["Danish price, whose prefix nobody told", "denmark", code("251234003975"), "none"],
		["Finnish code with a Swedish prefix", "finland", code("201234561234"), "none"],
		["ordinary GTIN", "sweden", "7038010001659", "none"],
	])("%s", (_name, country, digits, content) => {
		expect(read(digits, nationalTemplates(country))).toBe(content);
	});

	it("is one of layouts that are right, and of one country fit no code twice", () => {
		for (const country of NATIONAL_TEMPLATES) {
			const layouts = nationalTemplates(country).map(({ layout }) => layout);
			expect(layouts.map(layoutProblem).filter((problem) => problem !== undefined)).toEqual([]);
			expect(layouts.filter((one, at) => layouts.some((other, there) => there > at && overlap(one, other)))).toEqual(
				[],
			);
		}
	});
});

describe("a store's own code", () => {
	it.each<[string, Partial<TemplateText>, string, string]>([
		[
			"with the item's digits as its key",
			{ itemKey: "item" },
			code("200420071234"),
			"own:042007 price 1234 of 2 decimals",
		],
		[
			"with prefix and item as its key",
			{ itemKey: "prefixAndItem" },
			code("200420071234"),
			"own:20042007 price 1234 of 2 decimals",
		],
		[
			"that counts pieces",
			{ value: "quantity", decimals: 0 },
			code("201234560012"),
			"gtin:02012345600003 12000000 millionths",
		],
		["of eight digits", { layout: "2IIIVVVC" }, code("2123456"), "gtin:00000021230004 price 456 of 2 decimals"],
		[
			"of eight digits that begin with 0",
			{ layout: "0IIIVVVC" },
			code("0123456"),
			`gtin:000000${code("0123000")} price 456 of 2 decimals`,
		],
		[
			"with digits that say nothing",
			{ layout: "20XIIIIXVVVVC" },
			code("209123481234"),
			`gtin:0${code("209123480000")} price 1234 of 2 decimals`,
		],
		[
			"with the value's own check digit",
			{ layout: "20IIIIIKVVVVC" },
			code("201234592875"),
			"gtin:02012345000001 price 2875 of 2 decimals",
		],
		["with that digit wrong", { layout: "20IIIIIKVVVVC" }, code("201234582875"), "TILL-0421"],
		[
			"of five digits with it",
			{ layout: "20IIIIKVVVVVC" },
			code("201234614685"),
			`gtin:0${code("201234000000")} price 14685 of 2 decimals`,
		],
	])("%s", (_name, fields, digits, content) => {
		expect(read(digits, [own(fields)])).toBe(content);
	});

	it("of prefix 02 is found as the UPC-A that scanners send, and as EAN-13", () => {
		const templates = [own({ layout: "02IIIIIVVVVVC" })];
		const upcA = code("21234501234");
		const content = `gtin:0${code("021234500000")} price 1234 of 2 decimals`;
		expect([read(upcA, templates), read(`0${upcA}`, templates)]).toEqual([content, content]);
	});

	it("gives the same key for every value, and the value back", () => {
		const digits = (length: number): fc.Arbitrary<string> =>
			fc.nat({ max: 10 ** length - 1 }).map((value) => value.toString().padStart(length, "0"));
		fc.assert(
			fc.property(digits(6), digits(4), digits(4), (item, one, other) => {
				const keyed = (value: string): [string | undefined, bigint | undefined] => {
					const content = readInStore(gtin14(code(`20${item}${value}`)), [templateOf(own({}))]);
					return content === undefined || isRefusal(content)
						? [undefined, undefined]
						: [content.key, content.label.price?.units];
				};
				expect(keyed(one)).toEqual([`gtin:0${code(`20${item}0000`)}`, BigInt(one)]);
				expect(keyed(other)[0]).toBe(keyed(one)[0]);
			}),
		);
	});
});

describe("the check digit of a value", () => {
	it("is that of the General Specifications", () => {
		expect([
			priceCheckDigit("2875"),
			priceCheckDigit("14685"),
			priceCheckDigit("0000"),
			priceCheckDigit("00000"),
		]).toEqual([9, 6, 0, 0]);
		expect([priceCheckDigit("287"), priceCheckDigit("287500")]).toEqual([undefined, undefined]);
	});
});

describe("a layout", () => {
	it.each([
		["20IIIIIIVVVVC", undefined],
		["0IIIVVVC", undefined],
		["20IIIIIIVVVV", /^is no layout/],
		["IIIIIIIIVVVVC", /^is no layout/],
		["20VVVVIIIIIIC", /^is no layout/],
		["20IIIIIIIVVVVC", /^has 14 digits/],
		["70IIIIIIVVVVC", /^does not begin/],
		["3IIIVVVC", /^does not begin/],
		["20IIIKVVVVVVC", /^has a K/],
	])("%s", (layout, problem) => {
		if (problem === undefined) expect(layoutProblem(layout)).toBeUndefined();
		else expect(layoutProblem(layout)).toMatch(problem);
	});

	it("that is none makes no template", () => {
		expect(() => templateOf(own({ layout: "20" }))).toThrow("is no layout");
	});

	it.each([
		["20IIIIIIVVVVC", "20IIIIIVVVVVC", true],
		["20IIIIIIVVVVC", "21IIIIIVVVVVC", false],
		["2IIIVVVC", "20IIIIIVVVVVC", false],
		["2IIIIIIVVVVVC", "20IIIIIVVVVVC", true],
	])("%s and %s fit the same code: %s", (one, other, both) => {
		expect(overlap(one, other)).toBe(both);
	});
});
