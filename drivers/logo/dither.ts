import type { RasterImage } from "../../src/devices/contract/devices.ts";
import type { GreyPixels } from "./png-pixels.ts";

const WHITE = 255;
const THRESHOLD = 128;

/** Where a pixel's error goes, in sixteenths (Floyd and Steinberg, 1976). */
const SPREAD: readonly (readonly [dx: number, dy: number, sixteenths: number])[] = [
	[1, 0, 7],
	[-1, 1, 3],
	[0, 1, 5],
	[1, 1, 1],
];

/** Black and white dots that look like these greys from afar; what is purely black or white stays as it is. */
export const dither = ({ width, height, values }: GreyPixels): RasterImage => {
	const wanted = Int16Array.from(values);
	const rowBytes = Math.ceil(width / 8);
	const bits = new Uint8Array(rowBytes * height);
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			const grey = wanted[y * width + x] ?? WHITE;
			const isBlack = grey < THRESHOLD;
			const at = y * rowBytes + (x >> 3);
			if (isBlack) bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
			const error = grey - (isBlack ? 0 : WHITE);
			for (const [dx, dy, sixteenths] of SPREAD) {
				const next = (y + dy) * width + x + dx;
				if (x + dx < 0 || x + dx >= width || y + dy >= height) continue;
				wanted[next] = (wanted[next] ?? WHITE) + Math.trunc((error * sixteenths) / 16);
			}
		}
	}
	return { kind: "image", widthDots: width, rows: height, bits };
};
