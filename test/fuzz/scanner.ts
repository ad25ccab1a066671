import { expect } from "vitest";
import { parseRead } from "../../drivers/scan-data/symbology.ts";
import {
	endPause,
	type ReadFormat,
	SPLITTER_EMPTY,
	type Split,
	type SplitterState,
	splitReads,
} from "../../drivers/serial-scanner/read-splitter.ts";
import { fuzz } from "./support/fuzz.ts";

const SAMPLES = [
	"]E07038010001659\r\n",
	"7038010001659\r",
	"\x02]C10107038010001659\x1d10AB12\x03",
	"]Q1https://example.com/01/07038010001659?17=261231\r",
	"]d2010703801000165917261231\x1d3103001250\n",
	"]Q1two\rlines\r]E07038010001659\r",
].map((text) => Buffer.from(text, "latin1"));

const LENGTH_MAX = 64;

const FORMATS: readonly ReadFormat[] = (["any", "cr", "lf", "crlf", "tab", "etx", "none"] as const).flatMap((suffix) =>
	["", "\x02", "AB"].flatMap((prefix) =>
		([7, 8] as const).map((dataBits) => ({
			prefix,
			suffix,
			aimPrefix: prefix !== "AB",
			dataBits,
			dataLengthMax: LENGTH_MAX,
		})),
	),
);

/** Prefix, identifier and end beside the data. */
const HELD_MAX = LENGTH_MAX + 8;

const heldLength = ({ begun, held }: SplitterState): number => Math.max(begun.text.length, held?.text.length ?? 0);

/** What comes from a scanner, or from a line that is set wrongly: each format goes on with what the rounds before left it. */
export const fuzzScanner = (rounds: number, seed: number): void => {
	const states = FORMATS.map(() => SPLITTER_EMPTY);
	let round = 0;
	const check = ({ reads, state }: Split): SplitterState => {
		for (const read of reads) {
			expect(read.length > 0 && read.length <= HELD_MAX && !read.includes("\0")).toBe(true);
			expect(parseRead(read, true).data.length).toBeLessThanOrEqual(read.length);
		}
		expect(heldLength(state)).toBeLessThanOrEqual(HELD_MAX);
		return state;
	};
	fuzz({
		rounds,
		seed,
		samples: SAMPLES,
		target: (bytes) => {
			const at = round % FORMATS.length;
			round += 1;
			const format = FORMATS[at];
			const before = states[at];
			if (format === undefined || before === undefined) return;
			const state = check(splitReads(before, bytes, format));
			states[at] = round % 3 === 0 ? check(endPause(state, format)) : state;
		},
	});
	// Whatever came before: after a pause a sound read is read.
	FORMATS.forEach((format, at) => {
		const rested = endPause(states[at] ?? SPLITTER_EMPTY, format).state;
		expect(rested).toEqual(SPLITTER_EMPTY);
		const end = { any: "\r", cr: "\r", lf: "\n", crlf: "\r\n", tab: "\t", etx: "\x03", none: "" }[format.suffix];
		const whole = splitReads(rested, Buffer.from(`${format.prefix}7038010001659${end}`, "latin1"), format);
		expect([...whole.reads, ...endPause(whole.state, format).reads]).toEqual(["7038010001659"]);
	});
};
