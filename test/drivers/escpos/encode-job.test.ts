import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeJob } from "../../../drivers/escpos/encode-job.ts";
import { encodingTable } from "../../../drivers/text/code-page.ts";
import type { PrintElement } from "../../../src/devices/contract/devices.ts";
import { PRINTER_PROFILES, printerProfile } from "../support/profiles.ts";
import { interpret, sampleReceipt } from "../support/receipt.ts";

const T88 = printerProfile("epson-tm-t88v");
const SMALL = printerProfile("generic-escpos-58mm");

const acts = (elements: readonly PrintElement[], profile = T88) => interpret(encodeJob(elements, profile), profile);

describe.each(PRINTER_PROFILES)("a job for %s", (name, profile) => {
	it("prints the sample receipt without a violation, as it always did", async () => {
		const bytes = encodeJob(sampleReceipt(profile.recLineChars), profile);
		const done = interpret(bytes, profile);
		expect(done.filter(({ act }) => act === "violation")).toEqual([]);
		const paper = done.map((act) => (act.act === "line" ? `|${act.text}` : JSON.stringify(act))).join("\n");
		const hex = bytes.toString("hex").replace(/(.{64})/g, "$1\n");
		await expect(`${paper}\n\n${hex}\n`).toMatchFileSnapshot(`../../golden/receipts/${name}.txt`);
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
				const printed = interpret(bytes, profile).flatMap((act) => (act.act === "line" ? [act.text] : []));
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
		expect(done.slice(2)).toEqual([
			{ act: "line", text: "A", bold: true, double: true },
			{ act: "line", text: "B", bold: false, double: false },
		]);
	});

	it("sends no style and no cut that the model has not", () => {
		const plain = { ...SMALL, capabilities: { ...SMALL.capabilities, CapRecBold: false, CapRecDhigh: false } };
		const done = acts([{ kind: "text", text: "A", bold: true, double: true }, { kind: "cut" }], plain);
		expect(done[1]).toEqual({ act: "line", text: "A", bold: false, double: false });
		expect(done.filter(({ act }) => act === "cut")).toEqual([]);
		expect(done.filter(({ act }) => act === "line")).toHaveLength(1 + plain.cut.feedLines);
	});

	it.each([
		["EAN13", "7038010001659", { act: "barcode", symbology: "EAN13", data: "7038010001659" }],
		["EAN13", "703801000165", { act: "barcode", symbology: "EAN13", data: "7038010001659" }],
		["Code128", "OSLO1-1-000123", { act: "barcode", symbology: "Code128", data: "OSLO1-1-000123" }],
		["Code128", "a{b}c", { act: "barcode", symbology: "Code128", data: "a{b}c" }],
		["Code128", "0012345678", { act: "barcode", symbology: "Code128", data: "0012345678" }],
	] as const)("draws %s %s", (symbology, data, expected) => {
		expect(acts([{ kind: "barcode", symbology, data }])).toContainEqual(expected);
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

	it("draws a QR code of UTF-8, and prints as text what is too much for the paper", () => {
		expect(acts([{ kind: "qr", data: "blåbær €" }])).toContainEqual({ act: "qr", data: "blåbær €" });
		const long = "x".repeat(2_400);
		expect(acts([{ kind: "qr", data: long }]).filter(({ act }) => act === "qr")).toEqual([]);
	});
});
