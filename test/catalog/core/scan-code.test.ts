import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDigit, gtin14, isGtin } from "../../../src/catalog/core/gtin.ts";
import { CODE_LENGTH_MAX, scanKeys } from "../../../src/catalog/core/scan-code.ts";

describe("a read", () => {
	it.each<[string, string, string, unknown]>([
		["an EAN-13", "EAN13", "7038010001659", { kind: "keys", keys: ["gtin:07038010001659", "own:7038010001659"] }],
		[
			"the same as UPC-A and GTIN-14",
			"typed",
			"036000291452",
			{ kind: "keys", keys: ["gtin:00036000291452", "own:036000291452"] },
		],
		["an own code, typed in small letters with blanks", "typed", " ab-1 ", { kind: "keys", keys: ["own:AB-1"] }],
		["a number with a GTIN's length that is none", "CODE128", "10012346", { kind: "keys", keys: ["own:10012346"] }],
		["a misread EAN-13", "EAN13", "7038010001658", { kind: "damaged" }],
		["a misread UPC-A", "UPCA", "036000291453", { kind: "damaged" }],
		["nothing", "typed", "  ", { kind: "unreadable" }],
		["too much", "CODE128", "1".repeat(CODE_LENGTH_MAX + 1), { kind: "unreadable" }],
	])("%s", (_name, symbology, data, keys) => {
		expect(scanKeys(symbology, data)).toEqual(keys);
	});
});

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
