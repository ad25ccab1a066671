/** A picture's brightness, row by row, 0 black to 255 white, as it looks on white paper. */
export interface GreyPixels {
	readonly width: number;
	readonly height: number;
	readonly values: Uint8Array;
}

/** Dots of a PNG file. */
export interface PngSize {
	readonly width: number;
	readonly height: number;
}

const SIGNATURE = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** The size that a PNG file states in its first chunk (PNG specification, IHDR); null when these bytes are none. */
export const pngSize = (file: Buffer): PngSize | null => {
	const isPng =
		file.length >= 33 && file.subarray(0, 8).equals(SIGNATURE) && file.toString("latin1", 12, 16) === "IHDR";
	return isPng ? { width: file.readUInt32BE(16), height: file.readUInt32BE(20) } : null;
};

/**
 * A PNG file drawn in `width` by `height` pixels on white. What cannot be decoded is left white. resvg decodes and scales; it
 * is loaded on first use, because most tills have no logo, and draws beside the event loop.
 */
export const greyPixels = async (file: Buffer, { width, height }: PngSize): Promise<GreyPixels> => {
	const { renderAsync } = await import("@resvg/resvg-js");
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" preserveAspectRatio="none" href="data:image/png;base64,${file.toString("base64")}"/></svg>`;
	const { pixels } = await renderAsync(svg, { background: "#ffffff", font: { loadSystemFonts: false } });
	const values = Uint8Array.from({ length: width * height }, (_, at) => {
		const [red = 255, green = 255, blue = 255] = pixels.subarray(at * 4, at * 4 + 3);
		// Brightness as ITU-R BT.601 weighs it.
		return Math.round((299 * red + 587 * green + 114 * blue) / 1000);
	});
	return { width, height, values };
};
