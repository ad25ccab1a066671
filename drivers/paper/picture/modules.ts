import type { BarcodeData, ErrorCorrection } from "../paper.ts";

/** A code as rows of modules; a bar code has one row. True is black. */
export type Modules = readonly (readonly boolean[])[];

/** Draws codes as a printer draws them. */
export interface CodeDrawer {
	readonly barcode: (code: BarcodeData) => Modules;
	readonly qr: (data: string, errorCorrection: ErrorCorrection) => Modules;
}

/** Widths of bars and spaces in turn, a bar first, as modules. */
const fromWidths = (widths: readonly number[]): readonly boolean[] =>
	widths.flatMap((width, at) => Array.from({ length: width }, () => at % 2 === 0));

/**
 * bwip-js as a drawer of codes; loaded on first use, because a till that only prints needs none of its 13 MB. A QR code's
 * version is the smallest that holds the data, as in a printer; which mask a printer chooses is its own affair.
 */
export const loadCodeDrawer = async (): Promise<CodeDrawer> => {
	const { default: bwip } = await import("bwip-js/node");
	const bars = (bcid: string, text: string, options: string): Modules => {
		const [drawn] = bwip.raw(bcid, text, options);
		if (drawn === undefined || !("sbs" in drawn)) throw new Error(`bwip-js drew no bars for ${bcid} ${text}`);
		return [fromWidths(drawn.sbs)];
	};
	return {
		barcode: (code) =>
			code.symbology === "EAN13"
				? bars("ean13", code.data, "")
				: bars("code128", code.symbols.map((symbol) => `^${symbol.toString().padStart(3, "0")}`).join(""), "raw"),
		qr: (data, errorCorrection) => {
			const [drawn] = bwip.raw("qrcode", data, `eclevel=${errorCorrection}`);
			if (drawn === undefined || !("pixs" in drawn)) throw new Error("bwip-js drew no modules for a QR code");
			const { pixs, pixx, pixy } = drawn;
			return Array.from({ length: pixy }, (_, y) => Array.from({ length: pixx }, (_, x) => pixs[y * pixx + x] === 1));
		},
	};
};
