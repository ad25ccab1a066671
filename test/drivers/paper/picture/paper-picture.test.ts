import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { encodeJob } from "../../../../drivers/escpos/encode-job.ts";
import { type GreyPixels, greyPixels, pngSize } from "../../../../drivers/logo/png-pixels.ts";
import { paperSvg } from "../../../../drivers/paper/picture/paper-svg.ts";
import { svgPng } from "../../../../drivers/paper/picture/svg-png.ts";
import { readPaper } from "../../../../drivers/paper/read-paper.ts";
import { sampleReceipt } from "../../../../scripts/check-profiles/golden-receipt.ts";
import type { PrintElement } from "../../../../src/devices/contract/devices.ts";
import type { PrinterProfile } from "../../../../src/devices/contract/profile.ts";
import { printerProfile } from "../../support/profiles.ts";

/** A printer of that width that can do everything. */
const printerOf = (recLineChars: number): PrinterProfile => {
	const profile = printerProfile("epson-tm-t88v");
	return {
		...profile,
		recLineChars,
		recLineWidth: recLineChars * 12,
		capabilities: { ...profile.capabilities, CapRecBitmap: true },
	};
};

const pngOf = async (elements: readonly PrintElement[], profile: PrinterProfile): Promise<Buffer> => {
	const { paper, violations } = readPaper(encodeJob(elements, profile), profile);
	expect(violations).toEqual([]);
	return svgPng(await paperSvg(paper));
};

/** What zbar, which shares nothing with what drew them, reads off the codes of a picture. */
const scan = async (png: Buffer): Promise<string[]> => {
	const directory = mkdtempSync(join(tmpdir(), "paper-"));
	onTestFinished(() => rmSync(directory, { recursive: true }));
	const file = join(directory, "paper.png");
	writeFileSync(file, png);
	const { stdout } = await promisify(execFile)("zbarimg", ["--quiet", file]);
	return stdout.trim().split("\n").sort();
};

/** Pixels of a picture as the logo reader sees them, a column or row asked for one by one. */
const pixelsOf = async (png: Buffer): Promise<GreyPixels> => greyPixels(png, pngSize(png) ?? { width: 1, height: 1 });

const columnHasInk = ({ width, height, values }: GreyPixels, x: number): boolean =>
	Array.from({ length: height }, (_, y) => values[y * width + x] ?? 255).some((value) => value < 128);

describe.each([42, 48, 32])("a picture of paper of %i columns", (columns) => {
	it("shows codes that a scanner reads as what was meant", async () => {
		expect(await scan(await pngOf(sampleReceipt(columns), printerOf(columns)))).toEqual([
			"CODE-128:OSLO1-1-000123",
			"EAN-13:7038010001659",
			"QR-Code:https://kvittering.example/Ø?n=123",
		]);
	});

	it("has a full line from edge to edge of what can be printed on, and nothing beyond", async () => {
		const elements: PrintElement[] = [
			{ kind: "text", text: "█".repeat(columns) },
			{ kind: "text", text: "█".repeat(columns / 2), double: true },
		];
		const pixels = await pixelsOf(
			await pngOf(elements, { ...printerOf(columns), codePages: [{ slot: 0, encoding: "cp437" }] }),
		);
		const inked = Array.from({ length: pixels.width }, (_, x) => columnHasInk(pixels, x));
		const [first, last] = [inked.indexOf(true), inked.lastIndexOf(true)];
		const marginDots = columns === 32 ? 40 : Math.round((columns * 12 * 8) / 72 / 2);
		// Two pixels a dot; the block of the font may reach a pixel over its cell.
		expect(Math.abs(first - 2 * marginDots)).toBeLessThanOrEqual(2);
		expect(Math.abs(last - 2 * (marginDots + columns * 12) + 1)).toBeLessThanOrEqual(2);
	});
});

describe("paperSvg", () => {
	it("draws a picture's own dots, in the middle", async () => {
		const bits = Uint8Array.of(0b1010_0101, 0b1111_0000);
		const profile = printerOf(32);
		const pixels = await pixelsOf(await pngOf([{ kind: "image", widthDots: 8, rows: 2, bits }], profile));
		const left = 40 + (384 - 8) / 2;
		const dot = (x: number, y: number): boolean =>
			(pixels.values[(16 + y) * 2 * pixels.width + (left + x) * 2] ?? 255) < 128;
		const drawn = [0, 1].map((y) => Array.from({ length: 8 }, (_, x) => (dot(x, y) ? "1" : "0")).join(""));
		expect(drawn).toEqual(["10100101", "11110000"]);
	});

	it("is as wide as the roll, and escapes what XML would read", async () => {
		const { paper } = readPaper(encodeJob([{ kind: "text", text: `<&">` }], printerOf(32)), printerOf(32));
		const svg = await paperSvg(paper);
		expect(svg).toContain('width="58mm"');
		expect(svg).toContain("&#60;&#38;&#34;&#62;");
	});
});
