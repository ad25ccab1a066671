import type { PrintElement } from "../../src/devices/contract/devices.ts";
import { INITIALISE } from "./commands.ts";
import { longestBand } from "./raster.ts";

/** Bytes of selection and length around the data of a code or picture. */
const COMMAND_FRAME = 16;

/** Most bytes that a command of this element takes as data. */
const dataBytes = (element: PrintElement): number => {
	switch (element.kind) {
		case "qr":
		case "barcode":
			return Buffer.byteLength(element.data);
		case "image":
			return longestBand(element);
		default:
			return 0;
	}
};

/** Most bytes that a command of these elements takes as data. */
export const longestData = (elements: readonly PrintElement[]): number =>
	elements.reduce((most, element) => Math.max(most, dataBytes(element)), 0);

/**
 * What a printer may still be waiting for when a job broke off: at most the parameters of its longest command, the data
 * of a QR code, bar code or picture, `longest` bytes of it. So many NULs end that command (elsewhere a printer ignores NUL),
 * and ESC @ throws away the begun line. Without it the next receipt's beginning would be swallowed as that data.
 */
export const resynchronise = (longest: number): Buffer =>
	Buffer.concat([Buffer.alloc(longest + COMMAND_FRAME), INITIALISE]);
