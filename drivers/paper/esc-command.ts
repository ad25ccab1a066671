import { type Command, onlyAs, twoBytes, unknown, withParameter } from "./command.ts";
import type { PaperAlignment } from "./paper.ts";

/** Dots between the tops of two lines when nothing else was set: 1/6 inch of a 180 dpi head (Epson: ESC 2). */
const DEFAULT_LINE_SPACING_DOTS = 30;

const ALIGNMENTS: readonly PaperAlignment[] = ["left", "centre", "right"];

/** Values of a parameter that is either a number or its ASCII digit. */
const digit = (n: number): number => (n >= 0x30 ? n - 0x30 : n);

/** ESC p m t1 t2. */
const pulse = (bytes: Buffer): Command | null => {
	const [, , connector, on, off] = bytes;
	if (connector === undefined || on === undefined || off === undefined) return null;
	// Below a shorter off time the printer holds the solenoid on for as long again (TM-T88III specification p 105).
	if (digit(connector) > 1 || on === 0 || off < on) return unknown(bytes, 5);
	return { name: "pulse", length: 5, pin: digit(connector) === 0 ? 2 : 5, onMs: on * 2, offMs: off * 2 };
};

/** ESC ! n: font, bold, double height, double width and underline at once. */
const printMode = (n: number): Command => ({
	name: "set",
	length: 3,
	change: {
		font: (n & 0x01) === 0 ? "A" : "B",
		bold: (n & 0x08) !== 0,
		heightFactor: (n & 0x10) === 0 ? 1 : 2,
		widthFactor: (n & 0x20) === 0 ? 1 : 2,
		underline: (n & 0x80) !== 0,
	},
});

/** A command that begins with ESC; null while it is not complete. */
export const escCommand = (bytes: Buffer): Command | null => {
	switch (bytes[1]) {
		case undefined:
			return null;
		case 0x20:
			return onlyAs(bytes, 0x1b, 0x20, 0); // no space beside characters
		case 0x21:
			return withParameter(bytes, printMode);
		case 0x24: {
			const dots = twoBytes(bytes, 2);
			return dots === null ? null : { name: "position", length: 4, dots, from: "lineStart" };
		}
		case 0x2d:
			return withParameter(bytes, (n) =>
				digit(n) <= 2 ? { name: "set", length: 3, change: { underline: digit(n) > 0 } } : null,
			);
		case 0x32:
			return { name: "lineSpacing", length: 2, dots: DEFAULT_LINE_SPACING_DOTS };
		case 0x33:
			return withParameter(bytes, (dots) => ({ name: "lineSpacing", length: 3, dots }));
		case 0x40:
			return { name: "initialise", length: 2 };
		case 0x45:
			return withParameter(bytes, (n) => ({ name: "set", length: 3, change: { bold: (n & 1) === 1 } }));
		case 0x4a:
			return withParameter(bytes, (dots) => ({ name: "feedDots", length: 3, dots }));
		case 0x4d:
			return withParameter(bytes, (n) =>
				digit(n) <= 1 ? { name: "set", length: 3, change: { font: digit(n) === 0 ? "A" : "B" } } : null,
			);
		case 0x5c: {
			const dots = twoBytes(bytes, 2);
			// Below zero is to the left (two's complement): over what stands there.
			if (dots === null) return null;
			return dots > 0x7fff ? unknown(bytes, 4) : { name: "position", length: 4, dots, from: "here" };
		}
		case 0x61:
			return withParameter(bytes, (n) => {
				const alignment = ALIGNMENTS[digit(n)];
				return alignment === undefined ? null : { name: "align", length: 3, alignment };
			});
		case 0x64:
			return withParameter(bytes, (lines) => (lines > 0 ? { name: "feedLines", length: 3, lines } : null));
		case 0x69:
		case 0x6d:
			return { name: "cut", length: 2, partial: bytes[1] === 0x6d, command: "ESC i", feedDots: 0 };
		case 0x70:
			return pulse(bytes);
		case 0x74:
			return withParameter(bytes, (slot) => ({ name: "codeTable", length: 3, slot }));
		case 0x7b:
			return onlyAs(bytes, 0x1b, 0x7b, 0); // not upside down
		default:
			return unknown(bytes, 2);
	}
};
