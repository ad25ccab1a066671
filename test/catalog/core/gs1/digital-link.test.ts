import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDigitalLink } from "../../../../src/catalog/core/gs1/digital-link.ts";

const GTIN = "07038010001659";

const link = (text: string): unknown => {
	const read = readDigitalLink(text);
	return read === undefined
		? "none"
		: "code" in read
			? read.code
			: read.map(({ ai, value }) => `(${ai})${value}`).join("");
};

describe("a Digital Link", () => {
	it.each<[string, string, string]>([
		["GS1's own resolver", `https://id.gs1.org/01/${GTIN}`, `(01)${GTIN}`],
		["any domain, port and stem", `http://shop.example:8080/some/stem/01/${GTIN}`, `(01)${GTIN}`],
		["capital letters and a slash at the end", `HTTPS://EXAMPLE.COM/01/${GTIN}/`, `(01)${GTIN}`],
		["all qualifiers in their order", `https://a.b/01/${GTIN}/22/2A/10/L1/21/S1`, `(01)${GTIN}(22)2A(10)L1(21)S1`],
		["one of them", `https://a.b/01/${GTIN}/21/S1`, `(01)${GTIN}(21)S1`],
		["a TPX", `https://a.b/01/${GTIN}/235/T1`, `(01)${GTIN}(235)T1`],
		["attributes", `https://a.b/01/${GTIN}?17=261130&3103=001250`, `(01)${GTIN}(17)261130(3103)001250`],
		[
			"attributes behind semicolons, and a fragment",
			`https://a.b/01/${GTIN}?17=261130;10=A#top`,
			`(01)${GTIN}(17)261130(10)A`,
		],
		[
			"words of the address's owner",
			`https://a.b/01/${GTIN}?linkType=gs1:pip&x&utm=1&17=261130`,
			`(01)${GTIN}(17)261130`,
		],
		["signs written in percent", `https://a.b/01/${GTIN}/10/A%2FB%2b%25?3922=%31%30`, `(01)${GTIN}(10)A/B+%(3922)10`],
		["words for AIs", `https://a.b/gtin/${GTIN}/lot/L1/ser/S1`, `(01)${GTIN}(10)L1(21)S1`],
		["a GTIN of 13 digits", "https://a.b/01/7038010001659", `(01)${GTIN}`],
		["a GTIN of 12 digits", "https://a.b/01/036000291452", "(01)00036000291452"],
		["a GTIN of 8 digits", "https://a.b/01/96385074", "(01)00000096385074"],
		["a stem that has an 01 too", `https://a.b/01/offers/01/${GTIN}/10/L1`, `(01)${GTIN}(10)L1`],
		["a batch named 01", `https://a.b/01/${GTIN}/10/01`, `(01)${GTIN}(10)01`],
		["a wrong check digit", "https://a.b/01/07038010001658", "TILL-0421"],
		["a date that is none", `https://a.b/01/${GTIN}?17=261332`, "TILL-0426"],
		["half of a percent sign", `https://a.b/01/${GTIN}/10/A%2`, "TILL-0426"],
		["a letter that GS1 does not allow", `https://a.b/01/${GTIN}/10/A%20B`, "TILL-0426"],
		["letters of many bytes", `https://a.b/01/${GTIN}/10/%C3%85`, "TILL-0426"],
		["an empty batch", `https://a.b/01/${GTIN}/10/`, "none"],
		["two batches", `https://a.b/01/${GTIN}/10/A?10=B`, "TILL-0426"],
		["a wrong order", `https://a.b/01/${GTIN}/21/S1/10/L1`, "none"],
		["both orders mixed", `https://a.b/01/${GTIN}/10/L1/235/T1`, "none"],
		["an AI in the path that is no qualifier", `https://a.b/01/${GTIN}/17/261130`, "none"],
		["another key", "https://a.b/414/7038010000003", "none"],
		["no digits behind 01", "https://a.b/01/2026/news", "none"],
		["a date behind 01", "https://a.b/01/20240101", "none"],
		["no path", "https://a.b", "none"],
		["another scheme", `ftp://a.b/01/${GTIN}`, "none"],
		["no address", `01/${GTIN}`, "none"],
	])("with %s", (_name, text, elements) => {
		expect(link(text)).toBe(elements);
	});

	it("that anybody writes says what was put in, however much of it is written in percent", () => {
		const letters = "!\"%&'()*+,-./0123456789:;<=>?ABCabc_".split("");
		const value = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 20 }).map((parts) => parts.join(""));
		fc.assert(
			fc.property(value, value, fc.boolean(), (batch, serial, hasStem) => {
				const text = `https://a.b/${hasStem ? "x/y/" : ""}01/${GTIN}/10/${percent(batch)}/21/${percent(serial)}?17=261130`;
				expect(link(text)).toBe(`(01)${GTIN}(10)${batch}(21)${serial}(17)261130`);
			}),
		);
	});

	it("that was changed is read, refused or none, and never breaks the reader", () => {
		const good = `https://a.b/01/${GTIN}/22/2A/10/L%2F1/21/S1?17=261130&3103=001250`;
		const mutation = fc.tuple(
			fc.nat({ max: good.length }),
			fc.nat({ max: 3 }),
			fc.string({ unit: "binary", maxLength: 3 }),
		);
		fc.assert(
			fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
				let text = good;
				for (const [place, count, by] of mutations) text = text.slice(0, place) + by + text.slice(place + count);
				expect(link(text)).toMatch(/^(none|TILL-04(21|26)|\(01\)[0-9]{14}.*)$/s);
			}),
			{ numRuns: 500 },
		);
	});
});

/** Every sign that means something in an address, and some that do not, in percent. */
const percent = (text: string): string =>
	[...text]
		.map((letter) => (/[A-Za-z0-9]/.test(letter) ? letter : `%${letter.charCodeAt(0).toString(16).padStart(2, "0")}`))
		.join("");
