import { describe, expect, it } from "vitest";
import { encodeJob } from "../../../drivers/escpos/encode-job.ts";
import { paperText } from "../../../drivers/paper/paper-text.ts";
import { readPaper } from "../../../drivers/paper/read-paper.ts";
import type { PrintElement } from "../../../src/devices/contract/devices.ts";
import type { PrinterProfile } from "../../../src/devices/contract/profile.ts";
import { printerProfile } from "../support/profiles.ts";

const T88 = printerProfile("epson-tm-t88v");
const NARROW: PrinterProfile = {
	...T88,
	recLineChars: 24,
	recLineWidth: 288,
	capabilities: { ...T88.capabilities, CapRecBitmap: true },
	cut: { mode: "full", feedLines: 1, command: "GS V" },
};

const textOf = (...elements: PrintElement[]): string[] =>
	paperText(readPaper(encodeJob(elements, NARROW), NARROW).paper);

describe("paperText", () => {
	it("shows lines, wide letters, codes, pictures and cuts in the paper's columns", () => {
		expect(
			textOf(
				{ kind: "image", widthDots: 8, rows: 40, bits: new Uint8Array(40).fill(1) },
				{ kind: "text", text: "Kopi", double: true },
				{ kind: "text", text: `${"Brød".padEnd(19)}24,90` },
				{ kind: "barcode", symbology: "EAN13", data: "7038010001659" },
				{ kind: "cut" },
			),
		).toEqual([
			"|[picture of 8 x 40 dots]|",
			"|K o p i                 |",
			"|Brød               24,90|",
			"| [EAN13 7038010001659]  |",
			"|                        |",
			"+------------------------+",
		]);
	});
});

describe("readPaper", () => {
	it("tells what the printer would not have understood, and a job that ends inside a command", () => {
		expect(readPaper(Buffer.of(0x1b, 0x35, 0x41, 0x0a, 0x1d, 0x21), T88).violations).toEqual([
			"unknown command 1b 35 at byte 0",
			"2 bytes of a command without its end",
		]);
	});
});
