import { hasRealTime } from "./real-time.ts";

const HEIGHT_DOTS = 80;
/** The bar code's own text below it, in font A. */
const HRI_BELOW = 2;
/** GS w takes 2 to 6; 3 reads well and 2 still does. */
const MODULE_DOTS: readonly number[] = [3, 2];
/** Quiet zones of both ends together. */
const QUIET_MODULES = 20;

interface Symbol {
	/** GS k m of function B. */
	readonly type: number;
	readonly data: Buffer;
	readonly modules: number;
}

const ean13CheckDigit = (digits: string): number => {
	const sum = [...digits.slice(0, 12)].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
	return (10 - (sum % 10)) % 10;
};

const ean13 = (data: string): Symbol | null => {
	if (!/^\d{12,13}$/.test(data)) return null;
	const check = ean13CheckDigit(data);
	if (data.length === 13 && Number(data[12]) !== check) return null;
	return { type: 67, data: Buffer.from(data.slice(0, 12) + check.toString(), "latin1"), modules: 95 };
};

/**
 * Code set C for an even number of digits, two a symbol character; else B. Each begins with its selection, {C or {B. Digits
 * whose pairs would be a real-time command, such as 16 20 01, are in set B, too.
 */
const code128 = (data: string): Symbol | null => {
	if (!/^[\x20-\x7e]{1,80}$/.test(data)) return null;
	const pairs = /^(\d\d){2,}$/.test(data) ? Buffer.from((data.match(/\d\d/g) ?? []).map(Number)) : null;
	const isC = pairs !== null && !hasRealTime(pairs);
	const bytes = isC
		? Buffer.concat([Buffer.from("{C", "latin1"), pairs])
		: Buffer.from(`{B${data.replaceAll("{", "{{")}`, "latin1");
	const characters = isC ? pairs.length : data.length;
	// Start, check and stop beside the data: 11 modules a character, 13 for the stop.
	return { type: 73, data: bytes, modules: 11 * (characters + 2) + 13 };
};

/**
 * GS k function B with height, width and the text below (devices.md section 4): null when the data is none of the
 * symbology's or no readable width fits `widthDots`, because a printer leaves out what does not fit.
 */
export const barcode = (symbology: "EAN13" | "Code128", data: string, widthDots: number): Buffer | null => {
	const symbol = symbology === "EAN13" ? ean13(data) : code128(data);
	if (symbol === null) return null;
	const moduleDots = MODULE_DOTS.find((dots) => (symbol.modules + QUIET_MODULES) * dots <= widthDots);
	if (moduleDots === undefined) return null;
	return Buffer.concat([
		Buffer.of(0x1d, 0x68, HEIGHT_DOTS, 0x1d, 0x77, moduleDots, 0x1d, 0x48, HRI_BELOW),
		Buffer.of(0x1d, 0x6b, symbol.type, symbol.data.length),
		symbol.data,
	]);
};
