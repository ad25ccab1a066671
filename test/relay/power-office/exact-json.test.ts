import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalText } from "../../../src/money/decimal.ts";
import { JsonNumber, minorOf, parseExactJson, writeExactJson } from "../../../src/relay/power-office/exact-json.ts";

describe("exact JSON", () => {
	it("keeps numbers as their text, both ways", () => {
		const text = '{"a":12500.00,"b":[9007199254740993,-0.10,1E+2],"c":"x\\"y","d":null,"e":true}';
		expect(writeExactJson(parseExactJson(text))).toBe(text);
	});

	it("leaves out what is undefined", () => {
		expect(writeExactJson({ a: undefined, b: new JsonNumber("1") })).toBe('{"b":1}');
	});

	it("refuses what is no JSON number", () => {
		for (const text of ["", "1,5", "0x1", "NaN", "01", "1.", '1,"x":2']) {
			expect(() => new JsonNumber(text)).toThrow(SyntaxError);
		}
	});

	it("reads every amount that it writes, however it is spelled", () => {
		fc.assert(
			fc.property(fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }), (minor) => {
				const text = decimalText(minor, 2);
				const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
				for (const spelling of [text, `${text}000`, short === "" || short === "-" ? "0" : short]) {
					expect(minorOf(new JsonNumber(spelling), 2)).toBe(minor);
				}
				expect(minorOf(new JsonNumber(`${minor}E-2`), 2)).toBe(minor);
			}),
		);
	});

	it("does not round what is finer than the currency", () => {
		expect(minorOf(new JsonNumber("0.005"), 2)).toBeUndefined();
		expect(minorOf(new JsonNumber("1.2E1"), 2)).toBe(1200n);
		expect(minorOf("1.00", 2)).toBeUndefined();
	});
});
