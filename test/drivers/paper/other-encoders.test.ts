import ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";
import { describe, expect, it } from "vitest";
import type { PaperElement } from "../../../drivers/paper/paper.ts";
import { readPaper } from "../../../drivers/paper/read-paper.ts";
import { OTHER_ENCODERS, ownEncoder } from "../../../scripts/bench/receipt-encoders.ts";
import { printerProfile } from "../support/profiles.ts";

const T88 = printerProfile("epson-tm-t88v");

/** What stands on paper of those bytes; fails when anything in them is not understood. */
const paperOf = (bytes: Uint8Array): readonly PaperElement[] => {
	const { paper, violations } = readPaper(bytes, T88);
	expect(violations).toEqual([]);
	return paper.elements;
};

/** Lines with something on them, and whether that is bold. */
const lines = (elements: readonly PaperElement[]): { readonly text: string; readonly bold: boolean }[] =>
	elements.flatMap((element) =>
		element.act === "line" && element.text.trim() !== ""
			? [{ text: element.text, bold: element.runs.some(({ bold }) => bold) }]
			: [],
	);

// The fourth, @node-escpos/core, writes ESC 4 for a style, which no Epson has: the driver uses its buffer only.
const READABLE = OTHER_ENCODERS.filter(({ name }) => name !== "@node-escpos/core");

describe("a receipt that others encode", () => {
	it.each(READABLE)("is read to the same lines as ours: $name", ({ encode }) => {
		expect(lines(paperOf(encode()))).toEqual(lines(paperOf(ownEncoder(T88).encode())));
	});

	it("is refused where it holds what no Epson prints", () => {
		const core = OTHER_ENCODERS.find(({ name }) => name === "@node-escpos/core");
		expect(readPaper(core?.encode() ?? Buffer.alloc(0), T88).violations).toContain("unknown command 1b 34 at byte 8");
	});

	// Its widths count from 0, GS w's from 1.
	it("has codes that are read as what was meant", () => {
		const encoder = new ReceiptPrinterEncoder({ columns: 42, language: "esc-pos" });
		const bytes = encoder
			.initialize()
			.align("center")
			.barcode("7038010001659", "ean13", { height: 80, width: 2 })
			.barcode("OSLO1-123456", "code128", { height: 80, width: 1 })
			.qrcode("https://kvittering.example/1", { model: 2, size: 6, errorlevel: "m" })
			.encode();
		const codes = paperOf(bytes).filter(({ act }) => act === "barcode" || act === "qr");
		expect(codes).toMatchObject([
			{ symbology: "EAN13", data: "7038010001659", alignment: "centre", heightDots: 80, moduleDots: 3 },
			{ symbology: "Code128", data: "OSLO1-123456", moduleDots: 2 },
			{ act: "qr", data: "https://kvittering.example/1", moduleDots: 6, errorCorrection: "M" },
		]);
	});
});
