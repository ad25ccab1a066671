import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitsDecimals, formatDecimal, multiplyDivide, parseDecimal } from "../../../src/sandbox/m3/decimal.ts";

const MILLIONTHS = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe("the stand-in's decimals", () => {
	it.each(["", "-", "1,5", "1.5-", "1 000", "+1", ".5", "1.", "1e3", "1.1234567"])("do not read %o", (text) => {
		expect(parseDecimal(text)).toBeUndefined();
	});

	it("read back what they write", () => {
		fc.assert(
			fc.property(MILLIONTHS, fc.integer({ min: 0, max: 6 }), (value, decimals) => {
				expect(parseDecimal(formatDecimal(value, decimals))).toBe(value);
			}),
		);
	});

	it.each([
		[79_960_000n, 2, "79.96"],
		[-50_000n, 2, "-0.05"],
		[1_000_000n, 0, "1"],
		[500_000_000n, 2, "500.00"],
		[12_500_000n, 0, "12.5"],
	])("write %o with %i decimals as %s", (value, decimals, text) => {
		expect(formatDecimal(value, decimals)).toBe(text);
	});

	it("multiply and divide like decimal.js, half away from zero", () => {
		const exact = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_UP });
		const divisor = fc.bigInt({ min: 1n, max: 10n ** 9n });
		fc.assert(
			fc.property(MILLIONTHS, MILLIONTHS, divisor, fc.integer({ min: 0, max: 6 }), (a, b, c, decimals) => {
				const [x, y, z] = [a, b, c].map((value) => new exact(value.toString()).div(1_000_000));
				const expected = new exact(x ?? 0)
					.times(y ?? 0)
					.div(z ?? 1)
					.toFixed(decimals);
				expect(formatDecimal(multiplyDivide(a, b, c, decimals), decimals)).toBe(
					expected.replace(/^-(0(\.0*)?)$/, "$1"),
				);
			}),
		);
	});

	it("know how many decimals they have", () => {
		expect([fitsDecimals(79_960_000n, 2), fitsDecimals(79_955_000n, 2)]).toEqual([true, false]);
	});
});
