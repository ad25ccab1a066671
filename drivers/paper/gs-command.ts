import { barcodeCommand, qrCommand } from "./code-command.ts";
import { type Command, onlyAs, twoBytes, unknown, withParameter } from "./command.ts";
import type { HriPosition } from "./paper.ts";

const HRI_POSITIONS: readonly HriPosition[] = ["none", "above", "below", "both"];

/** Wider and taller is no picture but a length that was read from the wrong place: no printer is wider than 128 bytes. */
const RASTER_BYTES_MAX = 128;
const RASTER_ROWS_MAX = 4_095;

/** GS ( H function 48: 30 30 d1 d2 d3 d4. */
const processIdCommand = (bytes: Buffer, length: number): Command => {
	const id = bytes.subarray(7, length).toString("latin1");
	const isRequest = length === 11 && bytes[5] === 0x30 && bytes[6] === 0x30 && /^[\x20-\x7e]{4}$/.test(id);
	return isRequest ? { name: "processId", length, id } : unknown(bytes, length);
};

/** GS ( x pL pH ...: the length says where it ends. */
const gsBlock = (bytes: Buffer): Command | null => {
	const letter = bytes[2];
	const rest = twoBytes(bytes, 3);
	if (letter === undefined || rest === null) return null;
	if (letter !== 0x6b && letter !== 0x48) return unknown(bytes, 5);
	const length = 5 + rest;
	if (bytes.length < length) return null;
	return letter === 0x6b ? qrCommand(bytes, length) : processIdCommand(bytes, length);
};

/** GS v 0 m xL xH yL yH dots, m 0: normal size. */
const rasterCommand = (bytes: Buffer): Command | null => {
	const width = twoBytes(bytes, 4);
	const rows = twoBytes(bytes, 6);
	if (width === null || rows === null) return null;
	const isPicture = bytes[2] === 0x30 && (bytes[3] === 0 || bytes[3] === 0x30);
	if (!isPicture || width === 0 || width > RASTER_BYTES_MAX || rows === 0 || rows > RASTER_ROWS_MAX) {
		return unknown(bytes, 8);
	}
	const length = 8 + width * rows;
	if (bytes.length < length) return null;
	return { name: "raster", length, widthDots: width * 8, rows, bits: Buffer.from(bytes.subarray(8, length)) };
};

const cutCommand = (bytes: Buffer): Command | null => {
	const [, , mode, feed] = bytes;
	if (mode === undefined) return null;
	if ([0, 1, 0x30, 0x31].includes(mode)) {
		return { name: "cut", length: 3, partial: (mode & 1) === 1, command: "GS V", feedDots: 0 };
	}
	if (mode !== 0x41 && mode !== 0x42) return unknown(bytes, 3);
	return feed === undefined
		? null
		: { name: "cut", length: 4, partial: mode === 0x42, command: "GS V", feedDots: feed };
};

const size = (n: number): Command | null => {
	const widthFactor = (n >> 4) + 1;
	const heightFactor = (n & 0x0f) + 1;
	if (widthFactor > 8 || heightFactor > 8) return null;
	return { name: "set", length: 3, change: { widthFactor, heightFactor } };
};

/** A command that begins with GS; null while it is not complete. */
export const gsCommand = (bytes: Buffer): Command | null => {
	switch (bytes[1]) {
		case undefined:
			return null;
		case 0x21:
			return withParameter(bytes, size);
		case 0x28:
			return gsBlock(bytes);
		case 0x42:
			return withParameter(bytes, (n) => ({ name: "set", length: 3, change: { reverse: (n & 1) === 1 } }));
		case 0x48:
			return withParameter(bytes, (n) => {
				const position = HRI_POSITIONS[n >= 0x30 ? n - 0x30 : n];
				return position === undefined ? null : { name: "barcodeText", length: 3, position };
			});
		case 0x49:
			// 1 to 3 one byte each; 65 firmware, 66 maker, 67 model (RP-U420 specification p 62-63).
			return withParameter(bytes, (question) =>
				[1, 2, 3, 65, 66, 67].includes(question) ? { name: "transmitId", length: 3, question } : null,
			);
		case 0x4c:
			return onlyAs(bytes, 0x1d, 0x4c, 0, 0); // no left margin
		case 0x56:
			return cutCommand(bytes);
		case 0x57: {
			const dots = twoBytes(bytes, 2);
			return dots === null ? null : { name: "areaWidth", length: 4, dots };
		}
		case 0x61:
			return withParameter(bytes, (mask) => ({ name: "automaticStatus", length: 3, mask }));
		case 0x68:
			return withParameter(bytes, (dots) => (dots > 0 ? { name: "barcodeHeight", length: 3, dots } : null));
		case 0x6b:
			return barcodeCommand(bytes);
		case 0x72:
			return withParameter(bytes, (n) => {
				const question = n >= 0x30 ? n - 0x30 : n;
				return [1, 2, 4].includes(question) ? { name: "transmitStatus", length: 3, question } : null;
			});
		case 0x76:
			return rasterCommand(bytes);
		case 0x77:
			return withParameter(bytes, (dots) =>
				dots >= 2 && dots <= 6 ? { name: "barcodeModule", length: 3, dots } : null,
			);
		default:
			return unknown(bytes, 2);
	}
};
