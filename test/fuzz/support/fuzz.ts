import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "vitest";

/** Bytes that mean something to one of the parsers: ends of lines, separators, heads of replies, edges of ranges. */
const TELLING = [
	0x00, 0x02, 0x03, 0x04, 0x0a, 0x0d, 0x10, 0x11, 0x13, 0x14, 0x1b, 0x1d, 0x30, 0x37, 0x5d, 0x5f, 0x7f, 0xff,
];

const LENGTH_MAX = 96;

/** How much the heap may grow from the first quarter of the rounds to the last: what a parser keeps must not grow with them. */
const GROWTH_MAX_BYTES = 16 * 1_048_576;

/** Chance from a seed: the same seed gives the same inputs (mulberry32). */
const chance = (seed: number): ((below: number) => number) => {
	let state = seed >>> 0;
	return (below) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below || 0;
	};
};

const randomBytes = (below: (limit: number) => number): Buffer =>
	Buffer.from(Array.from({ length: Math.floor(below(LENGTH_MAX)) }, () => Math.floor(below(256))));

/** One to four changes: a bit turned, a telling byte put in or over, a piece cut out, doubled, or taken from another sample. */
const mutated = (samples: readonly Buffer[], below: (limit: number) => number): Buffer => {
	const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(below(from.length))];
	let bytes: Buffer = Buffer.from(pick(samples) ?? []);
	const changes = 1 + Math.floor(below(4));
	for (let change = 0; change < changes; change += 1) {
		const at = Math.floor(below(bytes.length + 1));
		const to = Math.min(bytes.length, at + 1 + Math.floor(below(12)));
		const telling = Buffer.of(pick(TELLING) ?? 0);
		const head = bytes.subarray(0, at);
		switch (Math.floor(below(6))) {
			case 0:
				if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(below(8)));
				break;
			case 1:
				bytes = Buffer.concat([head, telling, bytes.subarray(at)]);
				break;
			case 2:
				bytes = Buffer.concat([head, telling, bytes.subarray(at + 1)]);
				break;
			case 3:
				bytes = Buffer.concat([head, bytes.subarray(to)]);
				break;
			case 4:
				bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
				break;
			default:
				bytes = Buffer.concat([head, (pick(samples) ?? Buffer.alloc(0)).subarray(at)]);
		}
	}
	return bytes;
};

/** Looks at the heap when nothing is left to be collected. */
const settledHeapBytes = (): number => {
	setFlagsFromString("--expose-gc");
	const collect: unknown = runInNewContext("gc");
	if (typeof collect === "function") collect();
	return process.memoryUsage().heapUsed;
};

/** What is thrown at a parser. */
export interface Fuzz {
	readonly rounds: number;
	readonly seed: number;
	/** Sound inputs, which half of the rounds change a little. */
	readonly samples: readonly Buffer[];
	/** Takes one input; throws when the parser does what it must not. */
	readonly target: (bytes: Buffer) => void;
}

/** Throws random and mutated bytes at a parser; a failure names seed, round and bytes. Fails also when its memory grows. */
export const fuzz = ({ rounds, seed, samples, target }: Fuzz): void => {
	const below = chance(seed);
	let heapBytes = 0;
	for (let round = 0; round < rounds; round += 1) {
		if (round === Math.floor(rounds / 4)) heapBytes = settledHeapBytes();
		const bytes = below(2) < 1 ? randomBytes(below) : mutated(samples, below);
		try {
			target(bytes);
		} catch (cause) {
			throw new Error(`seed ${seed}, round ${round}, bytes ${bytes.toString("hex")}: ${String(cause)}`, { cause });
		}
	}
	expect(settledHeapBytes() - heapBytes).toBeLessThan(GROWTH_MAX_BYTES);
};
