import { expect } from "vitest";
import { STATUS_UNKNOWN, statusOfAsb, withRealTime } from "../../drivers/escpos/printer-status.ts";
import { READER_IDLE, type ReaderState, readReplies } from "../../drivers/escpos/reply-reader.ts";
import { fuzz } from "./support/fuzz.ts";

/** What printers really answer: real-time status, automatic status (with XOFF inside), process id, model, buffer cleared. */
const SAMPLES = [
	[0x16, 0x12, 0x12, 0x12],
	[0x14, 0x00, 0x00, 0x0f],
	[0x18, 0x00, 0x13, 0x0c, 0x0f],
	[0x37, 0x22, 0x30, 0x30, 0x30, 0x31, 0x00],
	[0x5f, 0x54, 0x4d, 0x2d, 0x54, 0x38, 0x38, 0x56, 0x00],
	[0x37, 0x25, 0x00],
].map((bytes) => Buffer.from(bytes));

/** More than the longest block that is waited for. */
const HELD_MAX_BYTES = 128;

const heldBytes = (state: ReaderState): number => (state.at === "idle" ? 0 : state.bytes.length);

/** A printer's answers, or what a broken line makes of them: read in two pieces, the reader going on from round to round. */
export const fuzzPrinterReplies = (rounds: number, seed: number): void => {
	let state = READER_IDLE;
	let status = STATUS_UNKNOWN;
	let asked: 1 | 2 | 3 | 4 = 1;
	fuzz({
		rounds,
		seed,
		samples: SAMPLES,
		target: (bytes) => {
			const half = bytes.length >> 1;
			for (const piece of [bytes.subarray(0, half), bytes.subarray(half)]) {
				const read = readReplies(state, piece);
				state = read.state;
				expect(heldBytes(state)).toBeLessThanOrEqual(HELD_MAX_BYTES);
				for (const reply of read.replies) {
					if (reply.kind === "asb") status = statusOfAsb(reply.bytes);
					if (reply.kind !== "realTime") continue;
					status = withRealTime(status, asked, reply.byte);
					asked = asked === 4 ? 1 : asked === 3 ? 4 : asked === 2 ? 3 : 2;
				}
			}
		},
	});
	// Whatever came before, two whole status reports bring it back into step: the first may end what was half read.
	const well = Buffer.from([0x00, 0x10, 0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00]);
	const end = readReplies(readReplies(state, Buffer.alloc(HELD_MAX_BYTES + 1)).state, well);
	expect(end.state).toEqual(READER_IDLE);
	expect(end.replies.at(-1)).toMatchObject({ kind: "asb" });
};
