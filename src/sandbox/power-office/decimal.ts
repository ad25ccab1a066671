/** Exact decimal arithmetic on integers for amounts, rates and VAT (DESIGN section 5: no floating point on money). */

/** `units / 10^scale`. */
export type Decimal = { readonly units: bigint; readonly scale: number };

/** How an amount is written in an answer: `12500` or `12500.00`; both are the same JSON number. */
export type AmountText = "minimal" | "fixed";

/** Longer JSON numbers are refused: nobody posts them, and an exponent of a million would need a million digits. */
const MAX_NUMBER_LENGTH = 40;
const MAX_EXPONENT = 30;
const MINOR_DIGITS = 2;
const MILLION = 1_000_000n;

/** The decimal that a JSON number's text stands for, or null when it is longer than anything meant as an amount. */
export function parseDecimal(text: string): Decimal | null {
	const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
	if (match === null || text.length > MAX_NUMBER_LENGTH) return null;
	const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
	const exponent = Number(exponentText);
	if (Math.abs(exponent) > MAX_EXPONENT) return null;
	const digits = BigInt(`${sign}${whole}${fraction}`);
	const scale = fraction.length - exponent;
	return scale >= 0 ? { units: digits, scale } : { units: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** The decimal in minor units (hundredths), half away from zero, and whether nothing was rounded away. */
export function toMinor(decimal: Decimal): { readonly minor: bigint; readonly exact: boolean } {
	const scaled = decimal.units * 10n ** BigInt(MINOR_DIGITS);
	const divisor = 10n ** BigInt(decimal.scale);
	return { minor: divideHalfAwayFromZero(scaled, divisor), exact: scaled % divisor === 0n };
}

/** The integer that a JSON number's text stands for, or null when it has decimals or is out of reach. */
export function parseInteger(text: string): bigint | null {
	return /^-?\d+$/.test(text) && text.length <= MAX_NUMBER_LENGTH ? BigInt(text) : null;
}

/** Order of two JSON numbers: negative, 0 or positive. What is too long to be read counts as 0. */
export function compareDecimals(a: string, b: string): number {
	const zero: Decimal = { units: 0n, scale: 0 };
	const [left, right] = [parseDecimal(a) ?? zero, parseDecimal(b) ?? zero];
	const difference = left.units * 10n ** BigInt(right.scale) - right.units * 10n ** BigInt(left.scale);
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** An amount in minor units as decimal text. */
export function amountText(minor: bigint, style: AmountText): string {
	const sign = minor < 0n ? "-" : "";
	const digits = (minor < 0n ? -minor : minor).toString().padStart(MINOR_DIGITS + 1, "0");
	const whole = digits.slice(0, -MINOR_DIGITS);
	const fraction = digits.slice(-MINOR_DIGITS);
	const shown = style === "fixed" ? fraction : fraction.replace(/0+$/, "");
	return `${sign}${whole}${shown === "" ? "" : `.${shown}`}`;
}

/** A rate such as `0.25` as millionths. Throws `RangeError` on text that is no rate (a mistake in the options). */
export function rateMillionths(rate: string): bigint {
	const decimal = parseDecimal(rate);
	if (decimal === null || decimal.scale > 6) throw new RangeError(`"${rate}" is not a VAT rate between 0 and 1`);
	return (decimal.units * MILLION) / 10n ** BigInt(decimal.scale);
}

/** Millionths as the text of a rate, `0.25`. */
export function rateText(millionths: bigint): string {
	const digits = millionths.toString().padStart(7, "0");
	const fraction = digits.slice(-6).replace(/0+$/, "");
	return fraction === "" ? digits.slice(0, -6) : `${digits.slice(0, -6)}.${fraction}`;
}

/** The VAT held in a gross amount: `gross x r / (1 + r)`, half away from zero (poweroffice.md section 4.1). */
export function vatOfGross(grossMinor: bigint, millionths: bigint): bigint {
	return divideHalfAwayFromZero(grossMinor * millionths, MILLION + millionths);
}

function divideHalfAwayFromZero(dividend: bigint, divisor: bigint): bigint {
	const magnitude = dividend < 0n ? -dividend : dividend;
	const rounded = (2n * magnitude + divisor) / (2n * divisor);
	return dividend < 0n ? -rounded : rounded;
}
