import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate } from "../../src/money/allocation.ts";
import { AMOUNT_MINOR_MAX, amountFromJson, amountOf, amountToJson } from "../../src/money/amount.ts";
import { amountText, parseAmount } from "../../src/money/currency.ts";
import { decimalText, parseDecimal } from "../../src/money/decimal.ts";
import { parseQuantity, quantityOf, quantityText } from "../../src/money/quantity.ts";
import { parseRatePercent, rateOf, ratePercentText } from "../../src/money/rate.ts";
import { divideHalfAwayFromZero, divideHalfUp, roundCash } from "../../src/money/rounding.ts";
import { extend, PRICE_PER } from "../../src/money/unit-price.ts";
import { splitGross, splitNet } from "../../src/money/vat.ts";

// The independent arithmetic: decimal.js with far more digits than any amount here has.
Decimal.set({ precision: 80, rounding: Decimal.ROUND_HALF_UP });

const amount = fc.bigInt({ min: -1_000_000_000_000n, max: 1_000_000_000_000n }).map(amountOf);
const weight = fc.bigInt({ min: 0n, max: 10_000_000n }).map(amountOf);
const rate = fc.bigInt({ min: 0n, max: 1_000_000n }).map(rateOf);
const quantity = fc.bigInt({ min: 1n, max: 1_000_000_000_000n }).map(quantityOf);
const unit = fc.constantFrom(undefined, 1n, 5n, 50n, 100n);

const decimal = (value: bigint): Decimal => new Decimal(value.toString());

describe("amounts", () => {
	it("cross JSON exactly up to ±(2^53-1) and no further", () => {
		for (const minor of [AMOUNT_MINOR_MAX, -AMOUNT_MINOR_MAX, 0n, -1n]) {
			expect(amountFromJson(JSON.parse(JSON.stringify(amountToJson(amountOf(minor)))) as number)).toBe(minor);
		}
		expect(() => amountOf(AMOUNT_MINOR_MAX + 1n)).toThrow("TILL-0101");
		expect(() => amountFromJson(2 ** 53)).toThrow("TILL-0101");
		expect(() => amountFromJson(1.5)).toThrow("TILL-0101");
	});

	it("are read and written with the currency's decimals", () => {
		expect(parseAmount("99.95", "NOK")).toBe(9995n);
		expect(parseAmount("99,9", "NOK")).toBe(9990n);
		expect(parseAmount("-0.05", "NOK")).toBe(-5n);
		expect(parseAmount("100", "ISK")).toBe(100n);
		expect(amountText(amountOf(-5n), "NOK")).toBe("-0.05");
		expect(amountText(amountOf(1200n), "ISK")).toBe("1200");
		for (const text of [
			"",
			"1.234",
			"1e3",
			"0x10",
			"1 000",
			"٣",
			"1.",
			".5",
			"--1",
			"NaN",
			"99999999999999999999",
			"100.5 kr",
		]) {
			expect(parseAmount(text, "NOK"), text).toBeUndefined();
		}
		expect(parseAmount("1.5", "ISK")).toBeUndefined();
	});

	it("survive text in both directions", () => {
		fc.assert(
			fc.property(fc.bigInt(-(10n ** 17n), 10n ** 17n), fc.integer({ min: 0, max: 6 }), (units, digits) => {
				expect(parseDecimal(decimalText(units, digits), digits)).toBe(units);
			}),
		);
		fc.assert(
			fc.property(quantity, (q) => {
				expect(parseQuantity(quantityText(q), 6)).toBe(q);
			}),
		);
		fc.assert(
			fc.property(rate, (r) => {
				expect(parseRatePercent(ratePercentText(r))).toBe(r);
			}),
		);
	});
});

describe("rounding", () => {
	it("divides half away from zero as the independent library does", () => {
		fc.assert(
			fc.property(fc.bigInt(-(10n ** 24n), 10n ** 24n), fc.bigInt({ min: 1n, max: 10n ** 12n }), (n, d) => {
				expect(divideHalfAwayFromZero(n, d).toString()).toBe(
					decimal(n).div(decimal(d)).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed(0).replace(/^-0$/, "0"),
				);
				expect(divideHalfAwayFromZero(-n, d)).toBe(-divideHalfAwayFromZero(n, d));
				expect(divideHalfAwayFromZero(n, -d)).toBe(-divideHalfAwayFromZero(n, d));
			}),
		);
		expect(() => divideHalfAwayFromZero(1n, 0n)).toThrow("TILL-0102");
	});

	it("divides half toward +infinity as the independent library does", () => {
		fc.assert(
			fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), fc.constantFrom(1n, 2n, 5n, 50n, 100n), (n, d) => {
				expect(divideHalfUp(n, d).toString()).toBe(
					decimal(n).div(decimal(d)).toDecimalPlaces(0, Decimal.ROUND_HALF_CEIL).toFixed(0).replace(/^-0$/, "0"),
				);
			}),
		);
	});

	it("rounds cash to a whole unit at most half a unit away, ties by the direction of the ticket", () => {
		fc.assert(
			fc.property(amount, amount, unit, (cash, due, unitMinor) => {
				const rounded = roundCash(cash, due, unitMinor);
				if (unitMinor === undefined) {
					expect(rounded).toBe(cash);
					return;
				}
				expect(rounded % unitMinor).toBe(0n);
				expect((cash - rounded) * 2n <= unitMinor && (rounded - cash) * 2n <= unitMinor).toBe(true);
				if ((cash - rounded) * 2n === -unitMinor) expect(due >= 0n).toBe(true);
				if ((cash - rounded) * 2n === unitMinor) expect(due < 0n).toBe(true);
			}),
		);
	});

	it.each([
		["49 øre go down", 9949n, 9949n, 9900n],
		["50 øre go up", 9950n, 9950n, 10_000n],
		["99 øre go up", 9999n, 9999n, 10_000n],
		["change of 400.05 becomes 400.00", -40_005n, 9995n, -40_000n],
		["change of 400.50 becomes 400.00: the tie goes toward +infinity", -40_050n, 9950n, -40_000n],
		["a refund of 99.95 gives 100.00", -9995n, -9995n, -10_000n],
		["a refund of 99.50 gives 100.00, as the sale once took", -9950n, -9950n, -10_000n],
	])("%s", (_name, cash, due, expected) => {
		expect(roundCash(amountOf(cash), amountOf(due), 100n)).toBe(expected);
	});
});

describe("lines and VAT", () => {
	it("extends a quantity by a price exactly, rounded once", () => {
		fc.assert(
			fc.property(
				quantity,
				fc.bigInt({ min: -1_000_000n, max: 1_000_000n }).map(amountOf),
				fc.constantFrom(...PRICE_PER),
				(q, amountMinor, per) => {
					const exact = decimal(q).div(1_000_000).mul(decimal(amountMinor)).div(per);
					expect((extend(q, { amountMinor, per }) ?? "").toString()).toBe(
						exact.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed(0).replace(/^-0$/, "0"),
					);
				},
			),
		);
	});

	it("answers nothing where the product is no amount", () => {
		expect(extend(quantityOf(1_000_000_000_000n), { amountMinor: amountOf(AMOUNT_MINOR_MAX), per: 1 })).toBeUndefined();
	});

	it("splits VAT out of a gross and onto a net, never both rounded", () => {
		fc.assert(
			fc.property(amount, rate, (value, r) => {
				const out = splitGross(value, r);
				expect(out.net + out.vat).toBe(out.gross);
				const share = new Decimal(r.toString()).div(new Decimal(1_000_000).add(r.toString()));
				expect(out.vat.toString()).toBe(
					decimal(value).mul(share).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed(0).replace(/^-0$/, "0"),
				);
				const onto = splitNet(value, r);
				expect(onto === undefined ? undefined : onto.net + onto.vat).toBe(onto?.gross);
				expect(onto?.net).toBe(value);
			}),
		);
	});

	it("gives the document's figures: 99.95 with 25 % is 79.96 and 19.99", () => {
		expect(splitGross(amountOf(9995n), rateOf(250_000n))).toEqual({ gross: 9995n, net: 7996n, vat: 1999n });
	});
});

describe("allocation", () => {
	it("sums to the whole, keeps the sign, strays less than one unit from the exact share", () => {
		fc.assert(
			fc.property(amount, fc.array(weight, { minLength: 1, maxLength: 20 }), (total, weights) => {
				const shares = allocate(total, weights);
				expect(shares.reduce<bigint>((all, share) => all + share, 0n)).toBe(total);
				const whole = weights.reduce<bigint>((all, w) => all + w, 0n);
				shares.forEach((share, index) => {
					expect(share === 0n || share > 0n === total > 0n).toBe(true);
					if (whole === 0n) return;
					const exact = decimal(total)
						.mul(decimal(weights[index] ?? 0n))
						.div(decimal(whole));
					expect(decimal(share).sub(exact).abs().lt(1)).toBe(true);
				});
			}),
		);
	});

	it("gives a tie to the earlier one", () => {
		expect(allocate(amountOf(1n), [amountOf(1n), amountOf(1n)])).toEqual([1n, 0n]);
		expect(allocate(amountOf(-5n), [amountOf(1n), amountOf(1n), amountOf(1n)])).toEqual([-2n, -2n, -1n]);
	});

	it("refuses to lose money", () => {
		expect(() => allocate(amountOf(1n), [])).toThrow("TILL-0105");
		expect(allocate(amountOf(0n), [])).toEqual([]);
		expect(() => allocate(amountOf(1n), [amountOf(-1n)])).toThrow("TILL-0105");
	});
});
