import type { BarcodeData, ErrorCorrection, HriPosition, PaperAlignment, TextStyle } from "./paper.ts";

/** One ESC/POS command as it stands in the bytes. A name a meaning: several commands may set the same thing. */
export type Command = { readonly length: number } & (
	| { readonly name: "character"; readonly byte: number }
	| { readonly name: "filler" }
	| { readonly name: "lineFeed" }
	| { readonly name: "feedLines"; readonly lines: number }
	| { readonly name: "feedDots"; readonly dots: number }
	| { readonly name: "initialise" }
	| { readonly name: "codeTable"; readonly slot: number }
	| { readonly name: "set"; readonly change: Partial<TextStyle> }
	| { readonly name: "align"; readonly alignment: PaperAlignment }
	| { readonly name: "lineSpacing"; readonly dots: number }
	/** A place on the line: from its beginning, or from where the line has come to. */
	| { readonly name: "position"; readonly dots: number; readonly from: "lineStart" | "here" }
	/** GS W: the width of lines from now on. */
	| { readonly name: "areaWidth"; readonly dots: number }
	/** Settings that change nothing which this interpreter keeps, at their usual values. */
	| { readonly name: "accepted" }
	| { readonly name: "cut"; readonly partial: boolean; readonly command: "GS V" | "ESC i"; readonly feedDots: number }
	| { readonly name: "barcode"; readonly code: BarcodeData }
	| { readonly name: "barcodeHeight"; readonly dots: number }
	| { readonly name: "barcodeModule"; readonly dots: number }
	| { readonly name: "barcodeText"; readonly position: HriPosition }
	| { readonly name: "qrModule"; readonly dots: number }
	| { readonly name: "qrErrorCorrection"; readonly level: ErrorCorrection }
	| { readonly name: "qrStore"; readonly data: string }
	| { readonly name: "qrPrint" }
	| { readonly name: "raster"; readonly widthDots: number; readonly rows: number; readonly bits: Buffer }
	| { readonly name: "pulse"; readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number }
	| { readonly name: "automaticStatus"; readonly mask: number }
	| { readonly name: "transmitStatus"; readonly question: number }
	| { readonly name: "transmitId"; readonly question: number }
	| { readonly name: "processId"; readonly id: string }
	| { readonly name: "unknown"; readonly detail: string }
);

const hex = (bytes: Uint8Array): string =>
	Buffer.from(bytes)
		.toString("hex")
		.replace(/(..)(?=.)/g, "$1 ");

/** These bytes are no command that is known with these parameters. */
export const unknown = (bytes: Buffer, length: number): Command => ({
	name: "unknown",
	length,
	detail: `unknown command ${hex(bytes.subarray(0, Math.min(length, 8)))}`,
});

/** A command with one parameter: built when it is in range, unknown otherwise, null while it has not come. */
export const withParameter = (bytes: Buffer, build: (parameter: number) => Command | null): Command | null => {
	const parameter = bytes[2];
	return parameter === undefined ? null : (build(parameter) ?? unknown(bytes, 3));
};

/** A command whose only parameters that are known change nothing; unknown with any other, null while it has not come. */
export const onlyAs = (bytes: Buffer, ...expected: readonly number[]): Command | null => {
	if (bytes.length < expected.length) return null;
	const isExpected = expected.every((byte, at) => bytes[at] === byte);
	return isExpected ? { name: "accepted", length: expected.length } : unknown(bytes, expected.length);
};

/** A number of two bytes, low byte first; null while it has not come. */
export const twoBytes = (bytes: Buffer, at: number): number | null => {
	const low = bytes[at];
	const high = bytes[at + 1];
	return low === undefined || high === undefined ? null : low + 256 * high;
};
