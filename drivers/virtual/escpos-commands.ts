/** One ESC/POS command off the front of a stretch of bytes, by the lengths of devices.md section 4. Pure. */
export type Command = { readonly length: number } & (
	| { readonly name: "character"; readonly byte: number }
	| { readonly name: "filler" }
	| { readonly name: "lineFeed" }
	| { readonly name: "feedLines"; readonly lines: number }
	| { readonly name: "initialise" }
	| { readonly name: "codeTable"; readonly slot: number }
	| { readonly name: "bold"; readonly on: boolean }
	| { readonly name: "size"; readonly double: boolean }
	| { readonly name: "style" }
	| { readonly name: "lineStartOnly"; readonly what: string }
	| { readonly name: "cut"; readonly partial: boolean }
	| { readonly name: "barcode"; readonly symbology: "EAN13" | "Code128"; readonly data: string }
	| { readonly name: "qrStore"; readonly data: string }
	| { readonly name: "qrPrint" }
	| { readonly name: "pulse"; readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number }
	| { readonly name: "automaticStatus"; readonly mask: number }
	| { readonly name: "transmitStatus"; readonly question: number }
	| { readonly name: "processId"; readonly id: string }
	| { readonly name: "unknown"; readonly detail: string }
);

const ESC = 0x1b;
const GS = 0x1d;
const LF = 0x0a;

const hex = (bytes: Uint8Array): string =>
	Buffer.from(bytes)
		.toString("hex")
		.replace(/(..)(?=.)/g, "$1 ");

const unknown = (bytes: Buffer, length: number): Command => ({
	name: "unknown",
	length,
	detail: `unknown command ${hex(bytes.subarray(0, Math.min(length, 8)))}`,
});

/** A command with one parameter: built when it is in range, unknown otherwise, null while it has not come. */
const withParameter = (bytes: Buffer, build: (parameter: number) => Command | null): Command | null => {
	const parameter = bytes[2];
	return parameter === undefined ? null : (build(parameter) ?? unknown(bytes, 3));
};

const escCommand = (bytes: Buffer): Command | null => {
	switch (bytes[1]) {
		case undefined:
			return null;
		case 0x40:
			return { name: "initialise", length: 2 };
		case 0x74:
			return withParameter(bytes, (slot) => ({ name: "codeTable", length: 3, slot }));
		case 0x45:
			return withParameter(bytes, (n) => ({ name: "bold", length: 3, on: (n & 1) === 1 }));
		case 0x64:
			return withParameter(bytes, (lines) => (lines > 0 ? { name: "feedLines", length: 3, lines } : null));
		case 0x61:
			return withParameter(bytes, (n) => (n <= 2 ? { name: "lineStartOnly", length: 3, what: "an alignment" } : null));
		case 0x70: {
			const [, , connector, on, off] = bytes;
			if (connector === undefined || on === undefined || off === undefined) return null;
			// Below a shorter off time the printer holds the solenoid on for as long again (TM-T88III specification p 105).
			if (connector > 1 || on === 0 || off < on) return unknown(bytes, 5);
			return { name: "pulse", length: 5, pin: connector === 0 ? 2 : 5, onMs: on * 2, offMs: off * 2 };
		}
		default:
			return unknown(bytes, 2);
	}
};

const code128Data = (data: Buffer): string | null => {
	const set = data.subarray(0, 2).toString("latin1");
	const rest = data.subarray(2);
	if (rest.length === 0) return null;
	if (set === "{C") {
		if (rest.some((pair) => pair > 99)) return null;
		return [...rest].map((pair) => pair.toString().padStart(2, "0")).join("");
	}
	const text = rest.toString("latin1");
	if (set !== "{B" || !/^([\x20-\x7a\x7c-\x7e]|\{\{)+$/.test(text)) return null;
	return text.replaceAll("{{", "{");
};

const barcodeCommand = (bytes: Buffer): Command | null => {
	const [, , type, count] = bytes;
	if (type === undefined || count === undefined) return null;
	const length = 4 + count;
	if (bytes.length < length) return null;
	const data = bytes.subarray(4, length);
	if (type === 67 && /^\d{13}$/.test(data.toString("latin1"))) {
		const digits = [...data].map((byte) => byte - 0x30);
		const sum = digits.reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 3), 0);
		if (sum % 10 === 0) return { name: "barcode", length, symbology: "EAN13", data: data.toString("latin1") };
	}
	const code128 = type === 73 ? code128Data(data) : null;
	return code128 === null ? unknown(bytes, length) : { name: "barcode", length, symbology: "Code128", data: code128 };
};

/** GS ( k for QR codes: pL pH 31 fn parameters. */
const qrCommand = (bytes: Buffer, length: number): Command => {
	const [cn, fn, parameter] = bytes.subarray(5, length);
	if (cn !== 0x31) return unknown(bytes, length);
	switch (fn) {
		case 0x41:
			return parameter === 0x32 && length === 9 ? { name: "style", length } : unknown(bytes, length);
		case 0x43:
			return parameter !== undefined && parameter >= 1 && parameter <= 16 && length === 8
				? { name: "style", length }
				: unknown(bytes, length);
		case 0x45:
			return parameter !== undefined && parameter >= 0x30 && parameter <= 0x33 && length === 8
				? { name: "style", length }
				: unknown(bytes, length);
		case 0x50:
			return parameter === 0x30 && length > 8
				? { name: "qrStore", length, data: bytes.subarray(8, length).toString("utf8") }
				: unknown(bytes, length);
		case 0x51:
			return parameter === 0x30 && length === 8 ? { name: "qrPrint", length } : unknown(bytes, length);
		default:
			return unknown(bytes, length);
	}
};

/** GS ( H function 48: 30 30 d1 d2 d3 d4. */
const processIdCommand = (bytes: Buffer, length: number): Command => {
	const id = bytes.subarray(7, length).toString("latin1");
	const isRequest = length === 11 && bytes[5] === 0x30 && bytes[6] === 0x30 && /^[\x20-\x7e]{4}$/.test(id);
	return isRequest ? { name: "processId", length, id } : unknown(bytes, length);
};

/** GS ( x pL pH ...: the length says where it ends. */
const gsBlock = (bytes: Buffer): Command | null => {
	const [, , letter, low, high] = bytes;
	if (letter === undefined || low === undefined || high === undefined) return null;
	const length = 5 + low + 256 * high;
	if (bytes.length < length) return null;
	if (letter === 0x6b) return qrCommand(bytes, length);
	return letter === 0x48 ? processIdCommand(bytes, length) : unknown(bytes, length);
};

const cutCommand = (bytes: Buffer): Command | null => {
	const [, , mode, feed] = bytes;
	if (mode === undefined) return null;
	if ([0, 1, 0x30, 0x31].includes(mode)) return { name: "cut", length: 3, partial: (mode & 1) === 1 };
	if (mode !== 0x41 && mode !== 0x42) return unknown(bytes, 3);
	return feed === undefined ? null : { name: "cut", length: 4, partial: mode === 0x42 };
};

const gsCommand = (bytes: Buffer): Command | null => {
	const inRange = (least: number, most: number): Command | null =>
		withParameter(bytes, (n) => (n >= least && n <= most ? { name: "style", length: 3 } : null));
	switch (bytes[1]) {
		case undefined:
			return null;
		case 0x21:
			return withParameter(bytes, (n) =>
				n === 0 || n === 0x11 ? { name: "size", length: 3, double: n === 0x11 } : null,
			);
		case 0x28:
			return gsBlock(bytes);
		case 0x48:
			return inRange(0, 3);
		case 0x61:
			return withParameter(bytes, (mask) => ({ name: "automaticStatus", length: 3, mask }));
		case 0x68:
			return inRange(1, 255);
		case 0x6b:
			return barcodeCommand(bytes);
		case 0x72:
			return withParameter(bytes, (question) =>
				[1, 2, 4].includes(question) ? { name: "transmitStatus", length: 3, question } : null,
			);
		case 0x77:
			return inRange(2, 6);
		case 0x56:
			return cutCommand(bytes);
		default:
			return unknown(bytes, 2);
	}
};

/** The first command of these bytes; null when none is complete. Real-time commands (DLE) are taken out before. */
export const nextCommand = (bytes: Buffer): Command | null => {
	const byte = bytes[0];
	if (byte === undefined) return null;
	if (byte === ESC) return escCommand(bytes);
	if (byte === GS) return gsCommand(bytes);
	if (byte === LF) return { name: "lineFeed", length: 1 };
	if (byte === 0) return { name: "filler", length: 1 };
	return byte < 0x20 || byte === 0x7f ? unknown(bytes, 1) : { name: "character", length: 1, byte };
};
