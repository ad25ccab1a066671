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

/** Digits that code set C shortens: two a symbol character, worth the switch there and back. */
const DIGIT_RUNS = /^(?:\d\d){2,}|(?:\d\d){3,}|(?:\d\d){2,}$/g;

interface CodeStretch {
	readonly bytes: Buffer;
	readonly characters: number;
}

const inSetB = (text: string): CodeStretch => ({
	bytes: Buffer.from(`{B${text.replaceAll("{", "{{")}`, "latin1"),
	characters: text.length,
});

const inSetC = (digits: string): CodeStretch => {
	const pairs = Buffer.from((digits.match(/\d\d/g) ?? []).map(Number));
	return { bytes: Buffer.concat([Buffer.from("{C", "latin1"), pairs]), characters: pairs.length };
};

/** The data as stretches in set C where that is shorter, else in B; each begins with its selection, {C or {B. */
const stretchesOf = (data: string): readonly CodeStretch[] => {
	const stretches: CodeStretch[] = [];
	let done = 0;
	for (const { 0: digits, index } of data.matchAll(DIGIT_RUNS)) {
		if (index > done) stretches.push(inSetB(data.slice(done, index)));
		stretches.push(inSetC(digits));
		done = index + digits.length;
	}
	return done < data.length ? [...stretches, inSetB(data.slice(done))] : stretches;
};

/** All in set B where digits in C would be a real-time command, such as 16 20 01. */
const code128 = (data: string): Symbol | null => {
	if (!/^[\x20-\x7e]{1,80}$/.test(data)) return null;
	const shortest = stretchesOf(data);
	const stretches = shortest.some(({ bytes }) => hasRealTime(bytes)) ? [inSetB(data)] : shortest;
	// A start or switch before each stretch, the check behind all: 11 modules a character, 13 for the stop.
	const characters = stretches.reduce((sum, stretch) => sum + 1 + stretch.characters, 1);
	return { type: 73, data: Buffer.concat(stretches.map(({ bytes }) => bytes)), modules: 11 * characters + 13 };
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
