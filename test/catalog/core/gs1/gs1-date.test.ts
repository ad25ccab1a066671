import { describe, expect, it } from "vitest";
import { fullYear, gs1Date, isYymmdd } from "../../../../src/catalog/core/gs1/gs1-date.ts";

describe("a GS1 date", () => {
	it.each([
		["261130", "2026-11-30"],
		["261100", "2026-11-30"],
		["260200", "2026-02-28"],
		["280200", "2028-02-29"],
		["991231", "1999-12-31"],
	])("%s is %s in 2026", (yymmdd, date) => {
		expect(gs1Date(yymmdd, 2026)).toBe(date);
	});

	it("is of the century that lies from 49 years before to 50 years after the present year", () => {
		expect([77, 76, 0, 26].map((year) => fullYear(year, 2026))).toEqual([1977, 2076, 2000, 2026]);
		expect([49, 50, 98].map((year) => fullYear(year, 1999))).toEqual([2049, 1950, 1998]);
		expect([20, 71, 0].map((year) => fullYear(year, 2070))).toEqual([2120, 2071, 2100]);
	});

	it("has a day of its month, or none where the format lets it go without", () => {
		expect(["260229", "261301", "260031", "261131", "261100"].map((digits) => isYymmdd(digits, true))).toEqual([
			false,
			false,
			false,
			false,
			true,
		]);
		expect(isYymmdd("261100", false)).toBe(false);
		expect(isYymmdd("280229", false)).toBe(true);
	});
});
