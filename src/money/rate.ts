import { decimalText, parseDecimal, withoutTrailingZeros } from "./decimal.ts";

/** A VAT rate in integer millionths: 25 % is 250000, 11.11 % is 111100. */
export type Rate = bigint & { readonly brand: "Rate" };

/** A discount percentage in integer millionths: 10 % is 100000. Never a {@link Rate}: the two must not be mixed up. */
export type Percentage = bigint & { readonly brand: "Percentage" };

/** One whole, 100 %. */
export const WHOLE = 1_000_000n;

/** Decimals of a percent figure: 25 % in millionths has four behind the percent point. */
const PERCENT_DIGITS = 4;

/** Says that this integer is a VAT rate in millionths, 0 to 100 %. Throws a RangeError otherwise. */
export const rateOf = (millionths: bigint): Rate => {
	if (millionths < 0n || millionths > WHOLE)
		throw new RangeError(`TILL-0104 ${millionths} is no VAT rate in millionths`);
	return millionths as Rate;
};

/** Reads a rate given in percent ("25", "11.11"); undefined when it is none. */
export const parseRatePercent = (text: string): Rate | undefined => {
	const millionths = parseDecimal(text, PERCENT_DIGITS);
	return millionths === undefined || millionths < 0n || millionths > WHOLE ? undefined : rateOf(millionths);
};

/** A rate in percent as the shortest decimal text: "25", "11.11". The form used in documents and in M3's VTP1. */
export const ratePercentText = (rate: Rate | Percentage): string =>
	withoutTrailingZeros(decimalText(rate, PERCENT_DIGITS));

/** Says that this integer is a discount percentage in millionths, 0 to 100 %. Throws a RangeError otherwise. */
export const percentageOf = (millionths: bigint): Percentage => {
	if (millionths < 0n || millionths > WHOLE)
		throw new RangeError(`TILL-0104 ${millionths} is no percentage in millionths`);
	return millionths as Percentage;
};
