import { describe, expect, it } from "vitest";
import { encodeJob } from "../../../drivers/escpos/encode-job.ts";
import { EscposInterpreter } from "../../../drivers/paper/escpos-interpreter.ts";
import { sampleReceipt } from "../../../scripts/check-profiles/golden-receipt.ts";
import { printerProfile } from "../support/profiles.ts";
import { interpret, printedLines } from "../support/receipt.ts";

const T88 = printerProfile("epson-tm-t88v");
const act = (...bytes: number[]) => interpret(Buffer.from(bytes), T88);
const violations = (...bytes: number[]): number => act(...bytes).filter((done) => done.act === "violation").length;

describe("EscposInterpreter", () => {
	it("does the same however the bytes are cut", () => {
		const bytes = encodeJob(sampleReceipt(T88.recLineChars), T88);
		const whole = interpret(bytes, T88);
		const interpreter = new EscposInterpreter(T88);
		expect([...bytes].flatMap((byte) => interpreter.next(Buffer.of(byte)))).toEqual(whole);
	});

	it("shows the classic fault of a missing code page: ¥ for Ø", () => {
		const bytes = Buffer.concat([Buffer.from("SPARKJ"), Buffer.of(0x9d), Buffer.from("P\n")]);
		expect(printedLines(interpret(bytes, T88))).toEqual(["SPARKJ¥P"]);
	});

	it("breaks a line that is too long, as the printer does", () => {
		const texts = printedLines(interpret(Buffer.from(`${"x".repeat(43)}\n`), T88)).map((text) => text.length);
		expect(texts).toEqual([42, 1]);
	});

	it("calls a picture a violation on a model that prints none, and only there", () => {
		const picture = Buffer.of(0x1d, 0x76, 0x30, 0, 1, 0, 1, 0, 0xff);
		expect(interpret(picture, T88)).toMatchObject([{ act: "raster" }]);
		const acts = interpret(picture, printerProfile("wincor-th230"));
		expect(acts).toContainEqual(expect.objectContaining({ act: "violation" }));
	});

	it.each([
		["an unknown ESC command", [0x1b, 0x35]],
		["an unknown GS command", [0x1d, 0x5a, 0x02]],
		["a control character", [0x07]],
		["a code page that the printer has not", [0x1b, 0x74, 99]],
		["a byte that the code page has not", [0x1b, 0x74, 16, 0x81]],
		["NUL in the text", [0x41, 0x00, 0x42]],
		["a cut in the middle of a line", [0x41, 0x1d, 0x56, 0x01]],
		["a pulse whose off time is shorter than its on time", [0x1b, 0x70, 0, 100, 50]],
		["a pulse on a connector that is none", [0x1b, 0x70, 9, 25, 125]],
		["an EAN-13 with a wrong check digit", [0x1d, 0x6b, 67, 13, ...Buffer.from("7038010001650")]],
		["an older EAN-13 without its end", [0x1d, 0x6b, 2, ...Buffer.from("70380100016590")]],
		["a Code 128 without its code set", [0x1d, 0x6b, 73, 3, ...Buffer.from("ABC")]],
		["a bar code narrower than the printer can", [0x1d, 0x77, 1]],
		["a bar code wider than the paper", [0x1d, 0x77, 6, 0x1d, 0x6b, 67, 13, ...Buffer.from("7038010001659")]],
		["a drawer pulse hidden in a code", [0x1d, 0x6b, 73, 4, 0x7b, 0x43, 0x10, 0x14]],
		["a cut by a command that is not the model's", [0x1b, 0x69]],
		["characters with space beside them", [0x1b, 0x20, 1]],
		["text upside down", [0x1b, 0x7b, 1]],
		["a left margin", [0x1d, 0x4c, 10, 0]],
		["lines narrower than the columns", [0x1d, 0x57, 100, 0]],
		["a command for Kanji", [0x1c, 0x26]],
		["a step to the left", [0x41, 0x1b, 0x5c, 0xf4, 0xff]],
		["a place to the left of what stands on the line", [0x41, 0x42, 0x1b, 0x24, 0, 0]],
		["a QR code that was never stored", [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30]],
		["the QR command of another maker", [0x1d, 0x28, 0x6b, 3, 0, 0x32, 0x51, 0x30]],
	])("calls %s a violation", (_, bytes) => {
		expect(violations(...bytes)).toBeGreaterThan(0);
	});

	it("takes NUL as filler before ESC @ only", () => {
		expect(act(0, 0, 0x1b, 0x40)).toEqual([{ act: "initialised" }]);
	});

	it("keeps places, styles and sizes", () => {
		const [line] = act(0x41, 0x1b, 0x45, 1, 0x42, 0x1d, 0x21, 0x10, 0x43, 0x1b, 0x24, 96, 0, 0x44, 0x0a);
		expect(line).toMatchObject({
			text: "ABC    D",
			heightDots: 30,
			runs: [
				{ text: "A", xDots: 0, cellDots: 12, bold: false },
				{ text: "B", xDots: 12, cellDots: 12, bold: true },
				{ text: "C", xDots: 24, cellDots: 24, widthFactor: 2 },
				{ text: "D", xDots: 96, cellDots: 24 },
			],
		});
	});

	it("gives a tall line the height it takes, and goes back to normal at ESC @", () => {
		const [tall, , plain] = act(0x1d, 0x21, 0x01, 0x41, 0x0a, 0x1b, 0x40, 0x41, 0x0a);
		expect(tall).toMatchObject({ heightDots: 48 });
		expect(plain).toMatchObject({ heightDots: 30, runs: [{ heightFactor: 1 }] });
	});
});
