import { once } from "node:events";
import { ReadlineParser } from "@serialport/parser-readline";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	endPause,
	type ReadFormat,
	SPLITTER_EMPTY,
	splitReads,
} from "../../../drivers/serial-scanner/read-splitter.ts";

const FORMAT: ReadFormat = { prefix: "", suffix: "any", aimPrefix: false, dataBits: 8, dataLengthMax: 4296 };

const SUFFIXES = ["any", "cr", "lf", "crlf", "tab", "etx", "none"] as const;

/** Splits bytes that come in chunks ending at these places, with a pause behind the last one. */
const inChunks = (bytes: Buffer, cuts: readonly number[], format: ReadFormat) => {
	const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
	let state = SPLITTER_EMPTY;
	let from = 0;
	const reads: string[] = [];
	let tooLongCount = 0;
	let noPrefixCount = 0;
	const add = (split: ReturnType<typeof splitReads>): void => {
		({ state } = split);
		reads.push(...split.reads);
		tooLongCount += split.tooLongCount;
		noPrefixCount += split.noPrefixCount;
	};
	for (const to of places) {
		add(splitReads(state, bytes.subarray(from, to), format));
		from = to;
	}
	add(endPause(state, format));
	return { reads, tooLongCount, noPrefixCount, state };
};

const whole = (text: string, format: Partial<ReadFormat>) =>
	inChunks(Buffer.from(text, "latin1"), [], { ...FORMAT, ...format });

/** Bytes of which many mean something to the splitter. */
const telling = fc.oneof(
	fc.constantFrom(..."\r\n\t\x02\x03\x00]Q1EdC0F".split("").map((character) => character.charCodeAt(0))),
	fc.integer({ min: 0, max: 255 }),
);

const format = fc.record({
	prefix: fc.constantFrom("", "\x02", "F"),
	suffix: fc.constantFrom(...SUFFIXES),
	aimPrefix: fc.boolean(),
	dataBits: fc.constantFrom(7, 8),
	dataLengthMax: fc.constant(12),
});

const label = fc.string({
	unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
	minLength: 1,
});
const oneLine = label.map((text) => text.replace(/[\r\n]/g, "")).filter((text) => text !== "");

describe("splitReads", () => {
	it("gives the same reads however the bytes are cut, for all bytes there are and all formats", () => {
		fc.assert(
			fc.property(
				fc.array(telling, { maxLength: 120 }),
				fc.array(fc.nat(), { maxLength: 8 }),
				format,
				(codes, cuts, of) => {
					const bytes = Buffer.from(codes);
					expect(inChunks(bytes, cuts, of)).toEqual(inChunks(bytes, [], of));
				},
			),
			{ numRuns: 1_000 },
		);
	});

	it("never gives a read longer than one with its prefix and AIM identifier may be, and keeps no more than that", () => {
		fc.assert(
			fc.property(fc.array(telling, { maxLength: 200 }), format, (codes, of) => {
				const { reads, state } = splitReads(SPLITTER_EMPTY, Buffer.from(codes), of);
				const lengths = [...reads, state.begun.text, state.held?.text ?? ""].map((text) => text.length);
				expect(Math.max(...lengths)).toBeLessThanOrEqual(12 + 1 + 3 + 2);
			}),
		);
	});

	it("reads what was sent, whatever ends it", () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(oneLine, fc.constantFrom("\r", "\n", "\r\n"))), (labels) => {
				const text = labels.map(([data, end]) => data + end).join("");
				expect(whole(text, {}).reads).toEqual(labels.map(([data]) => data));
			}),
		);
	});

	it.each([
		["cr", "a\nb\rc\r\n\rd\r", ["a\nb", "c", "d"]],
		["lf", "a\rb\nc\r\nd\n", ["a\rb", "c", "d"]],
		["crlf", "a\rb\nc\r\nd\r\n", ["a\rb\nc", "d"]],
		["tab", "a\rb\t\tc\t", ["a\rb", "c"]],
		["etx", "a\r\nb\x03c\x03", ["a\r\nb", "c"]],
		["none", "a\tb\r\n", ["a\tb"]],
	] as const)("ends a read with suffix %s there only", (suffix, text, reads) => {
		expect(whole(text, { suffix }).reads).toEqual(reads);
	});

	it("strips NUL and keeps the group separator and high bytes", () => {
		expect(whole("01\x0007\x1d10\xc5\xff\x00\r", {}).reads).toEqual(["0107\x1d10\xc5\xff"]);
	});

	it("takes no parity bit for data on a line of 7 data bits", () => {
		const bytes = Buffer.from("703801\r").map((byte, index) => (index % 2 === 0 ? byte | 0x80 : byte));
		expect(splitReads(SPLITTER_EMPTY, bytes, { ...FORMAT, dataBits: 7 }).reads).toEqual(["703801"]);
	});

	it("drops a read longer than the limit whole, and takes one of exactly the limit with all that is around it", () => {
		const { reads, tooLongCount } = whole(`\x02${"1".repeat(99)}\r\n\x02]E0${"2".repeat(12)}\r\n`, {
			prefix: "\x02",
			suffix: "crlf",
			aimPrefix: true,
			dataLengthMax: 12,
		});
		expect({ reads, tooLongCount }).toEqual({ reads: [`]E0${"2".repeat(12)}`], tooLongCount: 1 });
	});

	it("drops what lacks the prefix, and what a broken read left before one", () => {
		const { reads, noPrefixCount } = whole("x\x03\x02703\x02ab\x03\r\n\x02cd\x03", { prefix: "\x02", suffix: "etx" });
		expect({ reads, noPrefixCount }).toEqual({ reads: ["ab", "cd"], noPrefixCount: 1 });
		expect(whole("Fa\rb\rFF\r", { prefix: "F" })).toMatchObject({ reads: ["a", "F"], noPrefixCount: 1 });
	});

	it.each([
		["any", "]Q1a\r\n\r\nb\r\n"],
		["any", "]Q1a\r\rb\r"],
		["cr", "]Q1a\rb\r\n"],
		["lf", "]Q1a\nb\r\n"],
		["crlf", "]Q1a\r\nb\r\n"],
		["tab", "]Q1a\tb\t"],
	] as const)("keeps a two-dimensional code whole that holds its suffix %s: %j", (suffix, text) => {
		const data = text.slice(0, text.lastIndexOf("b") + 1);
		expect(whole(text, { suffix, aimPrefix: true }).reads).toEqual([data]);
		expect(whole(`${text}]E01${text.slice(text.lastIndexOf("b") + 1)}`, { suffix, aimPrefix: true }).reads).toEqual([
			data,
			"]E01",
		]);
	});

	it("holds nothing that GS1 writes, nor any bar code: these hold no line end, and a cashier waits for them", () => {
		for (const identifier of ["]E0", "]E4", "]C0", "]C1", "]e0", "]I1", "]d2", "]Q3"]) {
			const bytes = Buffer.from(`${identifier}0107038010001659\r`);
			expect(splitReads(SPLITTER_EMPTY, bytes, { ...FORMAT, aimPrefix: true }).reads).toHaveLength(1);
		}
	});

	it("gives nothing of a held code that grows too long, nor its rest as a code", () => {
		const rests = Array.from({ length: 9 }, () => "12345").join("\r");
		const { reads, tooLongCount } = whole(`]Q1${rests}\r]E01\r`, { aimPrefix: true, dataLengthMax: 12 });
		expect({ reads, tooLongCount }).toEqual({ reads: ["]E01"], tooLongCount: 1 });
	});

	it("agrees with serialport's own line parser where that one can tell a line's end: at one delimiter", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(oneLine, { minLength: 1 }),
				fc.constantFrom("\r", "\n", "\r\n"),
				async (labels, delimiter) => {
					const bytes = Buffer.from(labels.map((text) => text + delimiter).join(""), "latin1");
					const parser = new ReadlineParser({ delimiter, encoding: "latin1" });
					const lines: string[] = [];
					parser.on("data", (line: string) => lines.push(line));
					parser.end(bytes);
					await once(parser, "end");
					expect(splitReads(SPLITTER_EMPTY, bytes, FORMAT).reads).toEqual(lines.filter((line) => line !== ""));
				},
			),
			{ numRuns: 50 },
		);
	});
});
