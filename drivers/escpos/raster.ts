import type { RasterImage } from "../../src/devices/contract/devices.ts";
import { blotRealTime } from "./real-time.ts";

/** Rows a command. A printer prints each band as it comes, so that one needs little memory and a slow line no patience. */
const BAND_ROWS_MAX = 32;

/** Bytes of a row: eight dots each, the last one filled up with white. */
const rowBytes = (image: RasterImage): number => Math.ceil(image.widthDots / 8);

/** Bytes of the longest command that prints this image. */
export const longestBand = (image: RasterImage): number => rowBytes(image) * Math.min(image.rows, BAND_ROWS_MAX);

/** Whether a printer of this width takes it: its bits are as many as it says, and no row is wider than the paper. */
export const fitsPaper = (image: RasterImage, widthDots: number): boolean =>
	image.rows > 0 &&
	image.widthDots > 0 &&
	image.widthDots <= widthDots &&
	image.bits.length === rowBytes(image) * image.rows;

/**
 * GS v 0 in normal size, band by band (devices.md section 4: Epson calls it obsolete and everything supports it). No band
 * holds a real-time command; one cannot reach over a border either, because a band begins with GS.
 */
export const raster = (image: RasterImage): Buffer => {
	const width = rowBytes(image);
	const parts: Buffer[] = [];
	for (let row = 0; row < image.rows; row += BAND_ROWS_MAX) {
		const rows = Math.min(BAND_ROWS_MAX, image.rows - row);
		const dots = Buffer.from(image.bits.subarray(row * width, (row + rows) * width));
		blotRealTime(dots);
		parts.push(Buffer.of(0x1d, 0x76, 0x30, 0, width & 0xff, width >> 8, rows, 0), dots);
	}
	return Buffer.concat(parts);
};
