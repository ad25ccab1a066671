import type { PrinterProfile } from "../../src/devices/contract/profile.ts";

/** What must be known of a printer to read its paper. */
export type PaperProfile = Pick<
	PrinterProfile,
	"barCodeSymbologies" | "capabilities" | "codePages" | "cut" | "recLineChars" | "recLineWidth"
>;

/** Width of a character of font A where the profile does not say how wide the paper is. */
const FONT_A_DOTS = 12;

/** Dots of what can be printed on, across. */
export const paperWidthDots = ({ recLineChars, recLineWidth }: PaperProfile): number =>
	recLineWidth ?? recLineChars * FONT_A_DOTS;

/** Where a line, a code or a picture stands across the paper. */
export type PaperAlignment = "left" | "centre" | "right";

/** Where the text of a bar code stands. */
export type HriPosition = "none" | "above" | "below" | "both";

/** Error correction of a QR code. */
export type ErrorCorrection = "L" | "M" | "Q" | "H";

/** How characters are printed. */
export interface TextStyle {
	readonly font: "A" | "B";
	readonly bold: boolean;
	readonly underline: boolean;
	readonly reverse: boolean;
	/** Times the normal width, 1 to 8. */
	readonly widthFactor: number;
	readonly heightFactor: number;
}

/** Characters of one style, one behind the other. */
export interface PaperRun extends TextStyle {
	readonly text: string;
	/** From the left edge of what can be printed on. */
	readonly xDots: number;
	/** Of one character, its factor in it. */
	readonly cellDots: number;
}

/** A line of text as it came out. */
export interface PaperLine {
	readonly act: "line";
	/** All of it; a gap that a position made is so many blanks. */
	readonly text: string;
	readonly runs: readonly PaperRun[];
	readonly alignment: PaperAlignment;
	/** How far the paper moved: the spacing of lines, or the tallest character. */
	readonly heightDots: number;
}

/** What a bar code says. `symbols` of Code 128: start, data and switches as the printer was told them, without the check. */
export type BarcodeData =
	| { readonly symbology: "EAN13"; readonly data: string }
	| { readonly symbology: "Code128"; readonly data: string; readonly symbols: readonly number[] };

/** How many modules wide a bar code is: 95, or 11 a symbol character of Code 128 with its check, and 13 for the stop. */
export const barcodeModules = (code: BarcodeData): number =>
	code.symbology === "EAN13" ? 95 : 11 * (code.symbols.length + 1) + 13;

/** What came out, from top to bottom, in dots of the printer. */
export type PaperElement =
	| PaperLine
	| { readonly act: "feed"; readonly dots: number }
	| ({
			readonly act: "barcode";
			readonly moduleDots: number;
			readonly heightDots: number;
			readonly hri: HriPosition;
			readonly alignment: PaperAlignment;
	  } & BarcodeData)
	| {
			readonly act: "qr";
			readonly data: string;
			readonly moduleDots: number;
			readonly errorCorrection: ErrorCorrection;
			readonly alignment: PaperAlignment;
	  }
	| {
			readonly act: "raster";
			readonly widthDots: number;
			readonly rows: number;
			/** As in a RasterImage: eight dots a byte, 1 is black. */
			readonly bits: Uint8Array;
			readonly alignment: PaperAlignment;
	  }
	| { readonly act: "cut"; readonly partial: boolean };
/** A stretch of paper: what a printer of that width made of its bytes. Plain data. */
export interface Paper {
	/** What can be printed on, UnifiedPOS RecLineWidth. */
	readonly widthDots: number;
	/** UnifiedPOS RecLineChars. */
	readonly lineChars: number;
	readonly elements: readonly PaperElement[];
}
