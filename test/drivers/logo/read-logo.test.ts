import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { dither } from "../../../drivers/logo/dither.ts";
import { readLogo } from "../../../drivers/logo/read-logo.ts";
import { readLogoApart } from "../../../drivers/logo/read-logo-apart.ts";
import { dotsPng } from "../../../drivers/paper/picture/dots-png.ts";
import { messageOf } from "../../../src/runtime/contract/fault.ts";

/** A file that is gone after the test. */
const file = (bytes: Uint8Array): string => {
	const directory = mkdtempSync(join(tmpdir(), "logo-"));
	onTestFinished(() => rmSync(directory, { recursive: true }));
	const path = join(directory, "logo.png");
	writeFileSync(path, bytes);
	return path;
};

/** Black dots of a picture. */
const blackCount = (bits: Uint8Array): number =>
	bits.reduce((count, byte) => count + byte.toString(2).replaceAll("0", "").length, 0);

const solid = (widthDots: number, rows: number) => ({
	widthDots,
	rows,
	bits: new Uint8Array(Math.ceil(widthDots / 8) * rows).fill(0xff),
});

describe("readLogo", () => {
	it("takes a picture that fits dot for dot", async () => {
		const bits = Uint8Array.from({ length: 6 * 40 }, (_, at) => (at * 37) % 256);
		const path = file(dotsPng({ widthDots: 48, rows: 40, bits }));
		expect(await readLogo(path, 384)).toEqual({ kind: "image", widthDots: 48, rows: 40, bits });
	});

	it("leaves the last byte of a row white behind the picture", async () => {
		const { widthDots, bits } = await readLogo(file(dotsPng(solid(11, 1))), 384);
		expect([widthDots, ...bits]).toEqual([11, 0xff, 0xe0]);
	});

	it.each([
		["as wide as the paper", solid(1_000, 100), { widthDots: 384, rows: 38 }],
		["no taller than 400 rows", solid(200, 800), { widthDots: 100, rows: 400 }],
	])("makes a larger one %s", async (_, dots, size) => {
		expect(await readLogo(file(dotsPng(dots)), 384)).toMatchObject(size);
	});

	it("gives the same from a process of its own", async () => {
		const path = file(dotsPng(solid(500, 20)));
		expect(await readLogoApart(path, 384)).toEqual({
			...(await readLogo(path, 384)),
			bits: Buffer.from((await readLogo(path, 384)).bits),
		});
	});

	it.each([
		["is no PNG file", Buffer.from("GIF89a, and so on, and so on, and so on")],
		["has 3000 x 1 dots", dotsPng(solid(3_000, 1))],
		["shows nothing", dotsPng({ widthDots: 8, rows: 1, bits: Uint8Array.of(0) })],
		["shows nothing", dotsPng(solid(80, 80)).subarray(0, 45)],
		["has 1000001 bytes", Buffer.alloc(1_000_001)],
	])("refuses one that %s", async (why, bytes) => {
		const path = file(bytes);
		await expect(readLogo(path, 384)).rejects.toMatchObject({
			code: "TILL-0703",
			message: expect.stringContaining(`${path} ${why}`),
		});
		const apart = await readLogoApart(path, 384).catch((thrown: unknown) => messageOf(thrown));
		expect(apart).toContain(`TILL-0703 ${path} ${why}`);
	});

	it("names a file that is not there", async () => {
		await expect(readLogo("/nowhere/logo.png", 384)).rejects.toMatchObject({
			code: "TILL-0703",
			message: expect.stringContaining("ENOENT"),
		});
	});
});

describe("dither", () => {
	it.each([
		[255, 0],
		[191, 0.25],
		[128, 0.5],
		[64, 0.75],
		[0, 1],
	])("prints grey %i as that share of black dots", (grey, share) => {
		const { bits } = dither({ width: 64, height: 64, values: new Uint8Array(64 * 64).fill(grey) });
		expect(blackCount(bits) / (64 * 64)).toBeCloseTo(share, 1);
	});
});
