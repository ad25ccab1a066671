import { type Command, unknown } from "./command.ts";
import type { BarcodeData, ErrorCorrection } from "./paper.ts";

const ERROR_CORRECTIONS: readonly ErrorCorrection[] = ["L", "M", "Q", "H"];

const EAN13_DIGITS = 13;

const ean13Data = (data: Buffer): BarcodeData | null => {
	const text = data.toString("latin1");
	if (!/^\d{12,13}$/.test(text)) return null;
	const sum = [...text.slice(0, 12)].reduce((total, char, at) => total + Number(char) * (at % 2 === 0 ? 1 : 3), 0);
	const check = ((10 - (sum % 10)) % 10).toString();
	return text.length === 12 || text.endsWith(check) ? { symbology: "EAN13", data: text.slice(0, 12) + check } : null;
};

type CodeSet = "A" | "B" | "C";

/** Symbol characters of ISO/IEC 15417: what starts a code in a set, and what switches to it. */
const START_SYMBOL: Readonly<Record<CodeSet, number>> = { A: 103, B: 104, C: 105 };
const SWITCH_SYMBOL: Readonly<Record<CodeSet, number>> = { A: 101, B: 100, C: 99 };
const FNC1_SYMBOL = 102;

const codeSetOf = (byte: number | undefined): CodeSet | null => {
	if (byte === 0x41) return "A";
	if (byte === 0x42) return "B";
	return byte === 0x43 ? "C" : null;
};

/** The symbol character of a byte in a set, and what it reads as; null when the set has not got it. */
const symbolOf = (set: CodeSet, byte: number): readonly [symbol: number, text: string] | null => {
	if (set === "C") return byte <= 99 ? [byte, byte.toString().padStart(2, "0")] : null;
	const text = String.fromCharCode(byte);
	if (set === "B") return byte >= 0x20 && byte <= 0x7e ? [byte - 0x20, text] : null;
	if (byte <= 0x1f) return [byte + 64, text];
	return byte <= 0x5f ? [byte - 0x20, text] : null;
};

/** GS k 73: {A {B {C choose a set, {1 is FNC1, {{ a brace; it must begin with a set. */
const code128Data = (data: Buffer): BarcodeData | null => {
	const symbols: number[] = [];
	let set: CodeSet | null = null;
	let text = "";
	for (let at = 0; at < data.length; at += 1) {
		let byte = data[at] ?? 0;
		// In set C a byte of 0x7B would be no pair, so a brace is a command in each set.
		if (byte === 0x7b) {
			at += 1;
			const chosen = codeSetOf(data[at]);
			if (chosen !== null) {
				symbols.push(set === null ? START_SYMBOL[chosen] : SWITCH_SYMBOL[chosen]);
				set = chosen;
				continue;
			}
			if (data[at] === 0x31 && set !== null) {
				symbols.push(FNC1_SYMBOL);
				continue;
			}
			if (data[at] !== 0x7b) return null;
			byte = 0x7b;
		}
		const symbol = set === null ? null : symbolOf(set, byte);
		if (symbol === null) return null;
		symbols.push(symbol[0]);
		text += symbol[1];
	}
	return text === "" ? null : { symbology: "Code128", data: text, symbols };
};

/** GS k 2 data NUL, function A: the older form of an EAN-13. */
const olderEan13Command = (bytes: Buffer): Command | null => {
	const end = bytes.indexOf(0, 3);
	if (end === -1) return bytes.length <= 3 + EAN13_DIGITS ? null : unknown(bytes, 3);
	const code = ean13Data(bytes.subarray(3, end));
	return code === null ? unknown(bytes, 3) : { name: "barcode", length: end + 1, code };
};

/** GS k m n data, function B, and function A for EAN-13; null while it is not complete. */
export const barcodeCommand = (bytes: Buffer): Command | null => {
	const [, , type, count] = bytes;
	if (type === undefined || count === undefined) return null;
	if (type === 2) return olderEan13Command(bytes);
	if (type !== 67 && type !== 73) return unknown(bytes, 4);
	const length = 4 + count;
	if (bytes.length < length) return null;
	const data = bytes.subarray(4, length);
	const code = type === 67 ? ean13Data(data) : code128Data(data);
	return code === null ? unknown(bytes, length) : { name: "barcode", length, code };
};

/** GS ( k pL pH 31 fn parameters: QR codes, of `length` bytes in all. */
export const qrCommand = (bytes: Buffer, length: number): Command => {
	const [cn, fn, parameter] = bytes.subarray(5, length);
	if (cn !== 0x31 || parameter === undefined) return unknown(bytes, length);
	if (fn === 0x41 && length === 9 && (parameter === 0x31 || parameter === 0x32)) return { name: "accepted", length };
	if (fn === 0x43 && length === 8 && parameter >= 1 && parameter <= 16) {
		return { name: "qrModule", length, dots: parameter };
	}
	const level = ERROR_CORRECTIONS[parameter - 0x30];
	if (fn === 0x45 && length === 8 && level !== undefined) return { name: "qrErrorCorrection", length, level };
	if (fn === 0x50 && length > 8 && parameter === 0x30) {
		return { name: "qrStore", length, data: bytes.subarray(8, length).toString("utf8") };
	}
	if (fn === 0x51 && length === 8 && parameter === 0x30) return { name: "qrPrint", length };
	return unknown(bytes, length);
};
