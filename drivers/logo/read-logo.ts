import { readFile, stat } from "node:fs/promises";
import type { RasterImage } from "../../src/devices/contract/devices.ts";
import { Fault, messageOf } from "../../src/runtime/contract/fault.ts";
import { dither } from "./dither.ts";
import { greyPixels, pngSize } from "./png-pixels.ts";

/** A logo that is larger was made for something else; and drawing it would take a small box's memory. */
const FILE_BYTES_MAX = 1_000_000;
const SIDE_DOTS_MAX = 2_000;

/** Rows of a logo on paper: 5 cm at 8 dots a millimetre. A taller one is made smaller. */
const ROWS_MAX = 400;

const unusable = (path: string, why: string): Fault => new Fault("TILL-0703", `${path} ${why}`);

const readPng = async (path: string): Promise<Buffer> => {
	try {
		const { size } = await stat(path);
		if (size > FILE_BYTES_MAX) throw unusable(path, `has ${size} bytes; at most ${FILE_BYTES_MAX} are read`);
		return await readFile(path);
	} catch (thrown) {
		if (thrown instanceof Fault) throw thrown;
		throw unusable(path, `cannot be read: ${messageOf(thrown)}`);
	}
};

/**
 * A PNG file as a printer of that width prints it: in its own size, one pixel a dot, or made smaller to fit the paper, then
 * dithered to black and white.
 * @throws Fault TILL-0703 when it is no PNG file, too large, or nothing of it can be seen.
 */
export const readLogo = async (path: string, widthDots: number): Promise<RasterImage> => {
	const file = await readPng(path);
	const size = pngSize(file);
	if (size === null) throw unusable(path, "is no PNG file");
	const { width, height } = size;
	if (width < 1 || height < 1 || width > SIDE_DOTS_MAX || height > SIDE_DOTS_MAX) {
		throw unusable(path, `has ${width} x ${height} dots; at most ${SIDE_DOTS_MAX} a side are read`);
	}
	const scale = Math.min(1, widthDots / width, ROWS_MAX / height);
	const scaled = (side: number): number => Math.max(1, Math.floor(side * scale));
	const image = dither(await greyPixels(file, { width: scaled(width), height: scaled(height) }));
	if (image.bits.every((byte) => byte === 0)) throw unusable(path, "shows nothing: it is white, or its data is broken");
	return image;
};
