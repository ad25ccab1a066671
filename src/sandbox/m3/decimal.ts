/**
 * Exact decimals of the stand-in: an integer number of millionths. It shares no arithmetic with the till or the relay, so
 * that a fault there cannot be hidden by the same fault here.
 */
export type Decimal = bigint;

/** Decimals that a Decimal holds. */
const DECIMAL_SCALE = 6;

const ONE: Decimal = 10n ** BigInt(DECIMAL_SCALE);

/** Nothing, as a Decimal. */
export const ZERO: Decimal = 0n;

const NUMBER = /^(-?)(\d{1,17})(?:\.(\d{1,6}))?$/;

/**
 * Reads a number as M3 takes it: '.' before the decimals, no thousands separator, a leading '-' (m3.md section 4,
 * "Formats"). Undefined for anything else, a trailing minus, a comma or more than six decimals included.
 */
export function parseDecimal(text: string): Decimal | undefined {
	const [, sign, whole, fraction = ""] = NUMBER.exec(text) ?? [];
	if (whole === undefined) return undefined;
	const units = BigInt(whole) * ONE + BigInt(fraction.padEnd(DECIMAL_SCALE, "0"));
	return sign === "-" ? -units : units;
}

/** Writes a Decimal with at least `decimals` decimals and as many more as it has. */
export function formatDecimal(value: Decimal, decimals: number): string {
	const magnitude = value < 0n ? -value : value;
	const fraction = (magnitude % ONE).toString().padStart(DECIMAL_SCALE, "0").replace(/0+$/, "").padEnd(decimals, "0");
	const text = `${magnitude / ONE}${fraction === "" ? "" : `.${fraction}`}`;
	return value < 0n ? `-${text}` : text;
}

/** `a x b / c`, rounded half away from zero to `decimals`; c must not be zero. */
export function multiplyDivide(a: Decimal, b: Decimal, c: Decimal, decimals: number): Decimal {
	const step = 10n ** BigInt(DECIMAL_SCALE - decimals);
	return divideRounded(a * b, c * step) * step;
}

/** True when the value has no more than `decimals` decimals. */
export function fitsDecimals(value: Decimal, decimals: number): boolean {
	return value % 10n ** BigInt(DECIMAL_SCALE - decimals) === 0n;
}

/** A whole number as a Decimal. */
export function wholeNumber(value: number): Decimal {
	return BigInt(value) * ONE;
}

function divideRounded(numerator: bigint, denominator: bigint): bigint {
	const negative = numerator < 0n !== denominator < 0n;
	const n = numerator < 0n ? -numerator : numerator;
	const d = denominator < 0n ? -denominator : denominator;
	const rounded = (2n * n + d) / (2n * d);
	return negative ? -rounded : rounded;
}
