import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeJob } from "../../../drivers/escpos/encode-job.ts";
import { encodingTable } from "../../../drivers/text/code-page.ts";
import type { PrintElement, RasterImage } from "../../../src/devices/contract/devices.ts";
import type { PrinterProfile } from "../../../src/devices/contract/profile.ts";
import { PRINTER_PROFILES, printerProfile } from "../support/profiles.ts";
import { interpret, printedLines } from "../support/receipt.ts";

const T88 = printerProfile("epson-tm-t88v");
const SMALL = printerProfile("generic-escpos-58mm");

/** T88 in everything but some capabilities. */
const withCapabilities = (change: Partial<PrinterProfile["capabilities"]>): PrinterProfile => ({
	...T88,
	capabilities: { ...T88.capabilities, ...change },
});

const acts = (elements: readonly PrintElement[], profile = T88) => interpret(encodeJob(elements, profile), profile);

const violations = (elements: readonly PrintElement[], profile: PrinterProfile) =>
	acts(elements, profile).filter(({ act }) => act === "violation");

const image: fc.Arbitrary<RasterImage> = fc
	.tuple(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 70 }))
	.chain(([widthDots, rows]) => {
		const length = Math.ceil(widthDots / 8) * rows;
		// Bytes that make real-time commands come often.
		const byte = fc.oneof(fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x01), fc.nat({ max: 255 }));
		return fc
			.array(byte, { minLength: length, maxLength: length, size: "max" })
			.map((bits) => ({ kind: "image" as const, widthDots, rows, bits: Uint8Array.from(bits) }));
	});

describe.each(PRINTER_PROFILES)("a job for %s", (_name, profile) => {
	it("prints Nordic letters and the euro, amounts in their column", () => {
		const [left, right] = ["Ærlig blåbærsyltetøy à", "24,90 €"];
		const text = left + right.padStart(profile.recLineChars - left.length);
		const hasEuro = profile.codePages.some((page) => encodingTable(page.encoding).byteOf[0x20ac] !== 0);
		const amount = hasEuro ? right : "24,90 EUR";
		expect(printedLines(acts([{ kind: "text", text }], profile))).toEqual([
			left + amount.padStart(profile.recLineChars - left.length),
		]);
	});

	it("prints any text that its code pages have, character for character", () => {
		const chars = profile.codePages.flatMap((page) => encodingTable(page.encoding).charOf).join("");
		const unit = fc.constantFrom(...new Set(chars));
		const texts = fc.array(fc.string({ unit, maxLength: profile.recLineChars }), { maxLength: 6 });
		fc.assert(
			fc.property(texts, (samples) => {
				const lines = samples.map((sample) => sample.normalize("NFC"));
				fc.pre(lines.every((line) => [...line].every((char) => chars.includes(char))));
				const bytes = encodeJob(
					lines.map((text) => ({ kind: "text", text })),
					profile,
				);
				const printed = printedLines(interpret(bytes, profile));
				expect(printed).toEqual(lines);
			}),
		);
	});

	it("never leaves the printer's language, whatever the text is", () => {
		const element: fc.Arbitrary<PrintElement> = fc.oneof(
			fc.record({
				kind: fc.constant("text" as const),
				text: fc.string({ unit: "binary" }),
				bold: fc.boolean(),
				double: fc.boolean(),
			}),
			fc.record({ kind: fc.constant("qr" as const), data: fc.string({ unit: "binary" }) }),
			fc.record({
				kind: fc.constant("barcode" as const),
				symbology: fc.constantFrom("EAN13" as const, "Code128" as const),
				data: fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^\d{1,20}$/)),
			}),
			fc.record({ kind: fc.constant("feed" as const), lines: fc.nat({ max: 5 }) }),
			fc.constant<PrintElement>({ kind: "cut" }),
			image,
		);
		fc.assert(
			fc.property(fc.array(element, { maxLength: 8 }), (elements) => {
				const done = acts(elements, profile);
				expect(done.filter(({ act }) => act === "violation" || act === "pulse")).toEqual([]);
			}),
		);
	});
});

describe("encodeJob", () => {
	it("turns automatic status on again, which ESC @ turns off", () => {
		const done = acts([]);
		expect(done).toEqual([{ act: "initialised" }, { act: "automaticStatus", mask: 0xff }]);
	});

	it("asks nothing of a printer that may print the question", () => {
		expect(acts([], SMALL)).toEqual([{ act: "initialised" }]);
	});

	it("sets styles for their line only", () => {
		const done = acts([
			{ kind: "text", text: "A", bold: true, double: true },
			{ kind: "text", text: "B" },
		]);
		expect(done.slice(2)).toMatchObject([
			{ text: "A", runs: [{ bold: true, widthFactor: 2, heightFactor: 2 }] },
			{ text: "B", runs: [{ bold: false, widthFactor: 1, heightFactor: 1 }] },
		]);
	});

	it("sends no style and no cut that the model has not", () => {
		const plain: PrinterProfile = {
			...SMALL,
			capabilities: { ...SMALL.capabilities, CapRecBold: false, CapRecDhigh: false, CapRecDwide: false },
		};
		const done = acts([{ kind: "text", text: "A", bold: true, double: true }, { kind: "cut" }], plain);
		expect(done[1]).toMatchObject({ text: "A", runs: [{ bold: false, widthFactor: 1, heightFactor: 1 }] });
		expect(done.filter(({ act }) => act === "cut")).toEqual([]);
		expect(done.filter(({ act }) => act === "line")).toHaveLength(1 + plain.cut.feedLines);
	});

	it.each([
		["height", { CapRecDwide: false }, { widthFactor: 1, heightFactor: 2 }],
		["width", { CapRecDhigh: false }, { widthFactor: 2, heightFactor: 1 }],
	])("doubles the %s alone where the model can no more", (_, change, run) => {
		const done = acts([{ kind: "text", text: "A", double: true }], withCapabilities(change));
		expect(done[2]).toMatchObject({ runs: [run] });
	});

	it.each(["partial", "full"] as const)("cuts %s by the older command where the model knows that one", (mode) => {
		const old: PrinterProfile = { ...T88, cut: { mode, feedLines: 2, command: "ESC i" } };
		const done = acts([{ kind: "text", text: "A" }, { kind: "cut" }], old);
		expect(done.filter(({ act }) => act === "violation")).toEqual([]);
		expect(done.slice(3)).toMatchObject([{ text: "" }, { text: "" }, { act: "cut", partial: mode === "partial" }]);
	});

	it("prints as text the codes that the model cannot draw", () => {
		const noQr: PrinterProfile = { ...T88, barCodeSymbologies: ["EAN13"] };
		const codes: PrintElement[] = [
			{ kind: "barcode", symbology: "EAN13", data: "7038010001659" },
			{ kind: "barcode", symbology: "Code128", data: "A-1" },
			{ kind: "qr", data: "https://kvittering.example/1" },
		];
		expect(printedLines(acts(codes, noQr))).toEqual(["A-1", "https://kvittering.example/1"]);
	});

	it("fits codes to the dots that the profile names", () => {
		const qr: PrintElement = { kind: "qr", data: "x".repeat(200) };
		const moduleDots = (recLineWidth: number) => acts([qr], { ...T88, recLineWidth })[3];
		expect(moduleDots(512)).toMatchObject({ moduleDots: 6 });
		expect(moduleDots(240)).toMatchObject({ moduleDots: 3 });
	});

	it.each([
		["EAN13", "7038010001659", { act: "barcode", symbology: "EAN13", data: "7038010001659" }],
		["EAN13", "703801000165", { act: "barcode", symbology: "EAN13", data: "7038010001659" }],
		["Code128", "OSLO1-1-000123", { act: "barcode", symbology: "Code128", data: "OSLO1-1-000123" }],
		["Code128", "a{b}c", { act: "barcode", symbology: "Code128", data: "a{b}c" }],
		["Code128", "A1234567B123C9876", { data: "A1234567B123C9876" }], // B, C, B, C
		["Code128", "1620010001", { act: "barcode", symbology: "Code128", data: "1620010001" }], // DLE DC4 in set C
		["Code128", "0012345678", { act: "barcode", symbology: "Code128", data: "0012345678" }],
	] as const)("draws %s %s", (symbology, data, expected) => {
		expect(acts([{ kind: "barcode", symbology, data }])[2]).toMatchObject(expected);
	});

	it.each([
		["EAN13", "7038010001650"], // wrong check digit
		["EAN13", "12345"],
		["Code128", "blåbær"],
		["Code128", "X".repeat(40)], // wider than the paper
	] as const)("prints %s %s as text, because the printer would print nothing", (symbology, data) => {
		const texts = acts([{ kind: "barcode", symbology, data }]).flatMap((act) => (act.act === "line" ? [act.text] : []));
		expect(texts.join("")).toBe(data);
	});

	it("draws a receipt's number on the smallest paper, digits two a character", () => {
		const number = acts([{ kind: "barcode", symbology: "Code128", data: "OSLO1-1-000123" }], {
			...T88,
			recLineChars: 32,
			recLineWidth: 384,
		})[2];
		expect(number).toMatchObject({ data: "OSLO1-1-000123", moduleDots: 2 });
	});

	it("draws a QR code of UTF-8, and prints as text what is too much for the paper", () => {
		expect(acts([{ kind: "qr", data: "blåbær €" }])[3]).toMatchObject({ act: "qr", data: "blåbær €" });
		const long = "x".repeat(2_400);
		expect(acts([{ kind: "qr", data: long }]).filter(({ act }) => act === "qr")).toEqual([]);
	});

	it("draws a picture dot for dot, in the middle, in bands that a small printer holds", () => {
		const bits = Uint8Array.from({ length: 5 * 70 }, (_, at) => at % 251);
		const done = acts([{ kind: "image", widthDots: 40, rows: 70, bits }], withCapabilities({ CapRecBitmap: true }));
		const bands = done.flatMap((act) => (act.act === "raster" ? [act] : []));
		expect(Buffer.concat(bands.map((band) => band.bits))).toEqual(Buffer.from(bits));
		expect(bands.map(({ widthDots, rows, alignment }) => [widthDots, rows, alignment])).toEqual([
			[40, 32, "centre"],
			[40, 32, "centre"],
			[40, 6, "centre"],
		]);
	});

	it("spends a dot so that no picture opens the drawer", () => {
		const kick = Uint8Array.of(0x10, 0x14, 0x01, 0x00, 0x01, 0x10, 0x04, 0x01);
		const picture: RasterImage = { kind: "image", widthDots: 64, rows: 1, bits: kick };
		const done = acts([picture], withCapabilities({ CapRecBitmap: true }));
		expect(done.slice(2)).toMatchObject([{ bits: Buffer.of(0x18, 0x14, 0x01, 0x00, 0x01, 0x18, 0x04, 0x01) }]);
		expect(picture.bits).toEqual(Uint8Array.of(0x10, 0x14, 0x01, 0x00, 0x01, 0x10, 0x04, 0x01));
	});

	it.each([
		["on a model without pictures", { widthDots: 8, rows: 1, bits: Uint8Array.of(0xff) }, { CapRecBitmap: false }],
		["wider than the paper", { widthDots: 520, rows: 1, bits: new Uint8Array(65) }, { CapRecBitmap: true }],
		["with fewer bits than it says", { widthDots: 16, rows: 2, bits: new Uint8Array(3) }, { CapRecBitmap: true }],
	])("leaves a picture %s out", (_, picture, change) => {
		expect(acts([{ kind: "image", ...picture }], withCapabilities(change))).toHaveLength(2);
	});

	it("prints no picture's real-time commands, whatever its dots are", () => {
		fc.assert(
			fc.property(image, (picture) => {
				expect(violations([picture], withCapabilities({ CapRecBitmap: true }))).toEqual([]);
			}),
		);
	});
});
