/** Writes an integer of 10^-digits units as decimal text with exactly `digits` decimals, dot, no grouping: (-40005n, 2) is "-400.05". */
export const decimalText = (units: bigint, digits: number): string => {
	const sign = units < 0n ? "-" : "";
	const whole = (units < 0n ? -units : units).toString().padStart(digits + 1, "0");
	return digits === 0 ? `${sign}${whole}` : `${sign}${whole.slice(0, -digits)}.${whole.slice(-digits)}`;
};

/** Decimal text without the zeros (and the dot) at its end: "1.500000" becomes "1.5", "2.00" becomes "2". */
export const withoutTrailingZeros = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

const DECIMAL = /^(-?)([0-9]{1,18})(?:[.,]([0-9]{1,18}))?$/;

/**
 * Reads decimal text (dot or comma, optional minus, no grouping) into an integer of 10^-digits units.
 * Answers undefined for anything else, and for more decimals than `digits` unless the surplus is zeros.
 */
export const parseDecimal = (text: string, digits: number): bigint | undefined => {
	const match = DECIMAL.exec(text);
	if (match === null) return undefined;
	const fraction = match[3] ?? "";
	if (/[^0]/.test(fraction.slice(digits))) return undefined;
	const units = BigInt(`${match[2]}${fraction.slice(0, digits).padEnd(digits, "0")}`);
	return match[1] === "-" ? -units : units;
};
