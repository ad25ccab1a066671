import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDigit, gtin14, isGtin } from "../../../src/catalog/core/gtin.ts";

describe("check digits", () => {
	it("are those of the GS1 General Specifications", () => {
		expect(checkDigit("629104150021")).toBe(3);
		expect(["6291041500213", "96385074", "036000291452", "17038010001656"].map(isGtin)).toEqual([
			true,
			true,
			true,
			true,
		]);
		expect(["629104150021", "9638507", "", "abcdefgh"].map(isGtin)).toEqual([false, false, false, false]);
	});

	it("notice every single wrong digit, and do not change when zeros are put before", () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^[0-9]{12}$/),
				fc.nat({ max: 12 }),
				fc.integer({ min: 1, max: 9 }),
				(digits, at, plus) => {
					const gtin = digits + checkDigit(digits).toString();
					expect(isGtin(gtin) && isGtin(gtin14(gtin))).toBe(true);
					const wrong = ((gtin.charCodeAt(at) - 48 + plus) % 10).toString();
					expect(isGtin(gtin.slice(0, at) + wrong + gtin.slice(at + 1))).toBe(false);
				},
			),
		);
	});
});
