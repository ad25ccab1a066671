import { crc32, deflateSync } from "node:zlib";
import type { RasterImage } from "../../../src/devices/contract/devices.ts";

const SIGNATURE = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

const number = (value: number): Buffer => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
};

const chunk = (type: string, data: Uint8Array): Buffer => {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	return Buffer.concat([number(data.length), body, number(crc32(body))]);
};

/** Dots as a PNG file of one bit a pixel (PNG specification, third edition: greyscale, depth 1, filter 0), 1 drawn black. */
export const dotsPng = ({ widthDots, rows, bits }: Omit<RasterImage, "kind">): Buffer => {
	const width = Math.ceil(widthDots / 8);
	const lines = Buffer.alloc(rows * (width + 1));
	for (let row = 0; row < rows; row += 1) {
		const line = bits.subarray(row * width, (row + 1) * width);
		// In PNG 0 is black.
		lines.set(
			line.map((byte) => ~byte),
			row * (width + 1) + 1,
		);
	}
	const header = Buffer.concat([number(widthDots), number(rows), Buffer.of(1, 0, 0, 0, 0)]);
	return Buffer.concat([
		SIGNATURE,
		chunk("IHDR", header),
		chunk("IDAT", deflateSync(lines)),
		chunk("IEND", Buffer.alloc(0)),
	]);
};
