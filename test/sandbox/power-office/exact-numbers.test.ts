import { describe, expect, it } from "vitest";
import {
	amountText,
	compareDecimals,
	parseDecimal,
	rateMillionths,
	rateText,
	toMinor,
	vatOfGross,
} from "../../../src/sandbox/power-office/decimal.ts";
import { exactNumber, parseJson, writeJson } from "../../../src/sandbox/power-office/json.ts";

describe("JSON", () => {
	it.each(["12500.00", "-0.10", "9007199254740993", "1e-7", "0.1", "-0"])("keeps %s as it was written", (number) => {
		const text = `{"a":[${number},null,true,"x\\n"],"b":{"c":${number}}}`;
		expect(writeJson(parseJson(text))).toBe(text);
	});

	it("leaves out undefined and writes bigint and exact numbers as numbers", () => {
		expect(writeJson({ a: undefined, b: 2n ** 63n, c: exactNumber("1.50") })).toBe(
			'{"b":9223372036854775808,"c":1.50}',
		);
	});
});

describe("amounts", () => {
	it.each([
		["12500.00", 1_250_000n, true],
		["-1150", -115_000n, true],
		["0.1", 10n, true],
		["1.25e2", 12_500n, true],
		["1250e-1", 12_500n, true],
		["1.005", 101n, false],
		["-1.005", -101n, false],
		["1.0049999", 100n, false],
		["90071992547409.93", 9_007_199_254_740_993n, true],
	])("%s is %i hundredths, exactly: %s", (text, minor, exact) => {
		const decimal = parseDecimal(text);
		expect(decimal === null ? null : toMinor(decimal)).toEqual({ minor, exact });
	});

	it.each(["1e31", "1e-31", "1".repeat(41), "abc", ""])("%s is out of reach", (text) => {
		expect(parseDecimal(text)).toBeNull();
	});

	it.each([
		[1_250_000n, "12500", "12500.00"],
		[-5n, "-0.05", "-0.05"],
		[-110n, "-1.1", "-1.10"],
		[0n, "0", "0.00"],
	])("%i hundredths are written %s or %s", (minor, minimal, fixed) => {
		expect([amountText(minor, "minimal"), amountText(minor, "fixed")]).toEqual([minimal, fixed]);
	});

	it("are compared as numbers, not as text", () => {
		expect(compareDecimals("9.5", "20")).toBe(-1);
		expect(compareDecimals("1.50", "1.5")).toBe(0);
		expect(compareDecimals("-1", "-2")).toBe(1);
	});
});

describe("VAT", () => {
	it.each([
		["0.25", 1_250_000n, 250_000n],
		["0.15", -115_000n, -15_000n],
		["0.12", 11_200n, 1_200n],
		["0.1111", 11_111n, 1_111n],
		["0.25", 9_995n, 1_999n],
		["0.15", -10n, -1n],
		["0.25", -13n, -3n],
		["0", 100n, 0n],
	])("at %s of %i is %i, half away from zero", (rate, gross, vat) => {
		expect(vatOfGross(gross, rateMillionths(rate))).toBe(vat);
	});

	it.each(["0", "0.25", "0.1111", "1"])("rate %s is written back as it is", (rate) => {
		expect(rateText(rateMillionths(rate))).toBe(rate);
	});
});
