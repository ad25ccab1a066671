import { once } from "node:events";
import { ReadlineParser } from "@serialport/parser-readline";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SPLITTER_EMPTY, splitReads } from "../../../drivers/serial-scanner/read-splitter.ts";

/** Splits bytes that come in chunks ending at these places. */
const inChunks = (bytes: Buffer, cuts: readonly number[], lengthMax: number) => {
	const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
	let state = SPLITTER_EMPTY;
	let from = 0;
	const reads: string[] = [];
	let droppedCount = 0;
	for (const to of places) {
		const split = splitReads(state, bytes.subarray(from, to), lengthMax);
		({ state } = split);
		reads.push(...split.reads);
		droppedCount += split.droppedCount;
		from = to;
	}
	return { reads, droppedCount, state };
};

describe("splitReads", () => {
	it("gives the same reads however the bytes are cut, for all bytes there are", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(), { maxLength: 8 }), (bytes, cuts) => {
				const whole = Buffer.from(bytes);
				expect(inChunks(whole, cuts, 12)).toEqual(inChunks(whole, [], 12));
			}),
		);
	});

	it("reads what was sent, whatever ends it", () => {
		const label = fc.string({
			unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
			minLength: 1,
		});
		const clean = label.map((text) => text.replace(/[\r\n]/g, "")).filter((text) => text !== "");
		fc.assert(
			fc.property(fc.array(fc.tuple(clean, fc.constantFrom("\r", "\n", "\r\n"))), (labels) => {
				const bytes = Buffer.from(labels.map(([text, end]) => text + end).join(""), "latin1");
				expect(splitReads(SPLITTER_EMPTY, bytes, 4296).reads).toEqual(labels.map(([text]) => text));
			}),
		);
	});

	it("drops a read longer than the limit whole, and takes one of exactly the limit", () => {
		const { reads, droppedCount } = splitReads(SPLITTER_EMPTY, Buffer.from("123456\r12345\r"), 5);
		expect({ reads, droppedCount }).toEqual({ reads: ["12345"], droppedCount: 1 });
	});

	it("agrees with serialport's own line parser where that one can tell a line's end: at one delimiter", async () => {
		const label = fc.string({
			unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
			minLength: 1,
		});
		const clean = label.map((text) => text.replace(/[\r\n]/g, "")).filter((text) => text !== "");
		await fc.assert(
			fc.asyncProperty(
				fc.array(clean, { minLength: 1 }),
				fc.constantFrom("\r", "\n", "\r\n"),
				async (labels, delimiter) => {
					const bytes = Buffer.from(labels.map((text) => text + delimiter).join(""), "latin1");
					const parser = new ReadlineParser({ delimiter, encoding: "latin1" });
					const lines: string[] = [];
					parser.on("data", (line: string) => lines.push(line));
					parser.end(bytes);
					await once(parser, "end");
					expect(splitReads(SPLITTER_EMPTY, bytes, 4296).reads).toEqual(lines.filter((line) => line !== ""));
				},
			),
			{ numRuns: 50 },
		);
	});
});
