import { describe, expect, it } from "vitest";
import { READER_IDLE, type Reply, readReplies } from "../../../drivers/escpos/reply-reader.ts";

/** Everything a printer may answer, one after the other (byte examples of devices.md section 4). */
const STREAM = Buffer.from([
	0x16, // DLE EOT 1
	...[0x14, 0x00, 0x00, 0x0f], // automatic status
	0x00, // GS r 1
	...[0x37, 0x22, 0x30, 0x30, 0x30, 0x31, 0x00], // process id 0001
	...[0x18, 0x00, 0x13, 0x0c, 0x0f], // automatic status with XOFF inside
	...[0x5f, 0x54, 0x4d, 0x00], // printer id "TM"
	0x11, // XON
	...[0x37, 0x25, 0x00], // buffer cleared
	0x12, // DLE EOT
]);

const REPLIES: readonly Reply[] = [
	{ kind: "realTime", byte: 0x16 },
	{ kind: "asb", bytes: [0x14, 0x00, 0x00, 0x0f] },
	{ kind: "transmitted", byte: 0x00 },
	{ kind: "processId", id: "0001" },
	{ kind: "asb", bytes: [0x18, 0x00, 0x0c, 0x0f] },
	{ kind: "block", header: 0x5f, text: "TM" },
	{ kind: "block", header: 0x37, text: "%" },
	{ kind: "realTime", byte: 0x12 },
];

describe("readReplies", () => {
	it("tells all kinds apart", () => {
		expect(readReplies(READER_IDLE, STREAM)).toEqual({ state: READER_IDLE, replies: REPLIES });
	});

	it("gives the same replies wherever the stream is cut", () => {
		for (let cut = 0; cut <= STREAM.length; cut += 1) {
			const first = readReplies(READER_IDLE, STREAM.subarray(0, cut));
			const second = readReplies(first.state, STREAM.subarray(cut));
			expect([...first.replies, ...second.replies]).toEqual(REPLIES);
		}
	});

	it("finds its feet again after an automatic status that broke off", () => {
		const { state, replies } = readReplies(READER_IDLE, Buffer.of(0x14, 0x00, 0x16));
		expect(state).toEqual(READER_IDLE);
		expect(replies).toEqual([
			{ kind: "unexpected", byte: 0x14 },
			{ kind: "unexpected", byte: 0x00 },
			{ kind: "realTime", byte: 0x16 },
		]);
	});

	it("hears the next answer behind a block whose end was lost", () => {
		const { state, replies } = readReplies(READER_IDLE, Buffer.from("\x37\x2200\x12", "latin1"));
		expect(state).toEqual(READER_IDLE);
		expect(replies).toEqual([
			{ kind: "unexpected", byte: 0x37 },
			{ kind: "realTime", byte: 0x12 },
		]);
	});

	it("knows a process id with flow control in it, and behind noise that looked like a header", () => {
		const flow = Buffer.from([0x37, 0x13, 0x22, 0x30, 0x11, 0x30, 0x30, 0x13, 0x31, 0x11, 0x00]);
		expect(readReplies(READER_IDLE, flow).replies).toEqual([{ kind: "processId", id: "0001" }]);
		for (const noise of [0x37, 0x5f]) {
			const { replies } = readReplies(READER_IDLE, Buffer.from([noise, 0x37, 0x22, 0x30, 0x30, 0x30, 0x32, 0x00]));
			expect(replies).toEqual([{ kind: "processId", id: "0002" }]);
		}
	});

	it("takes noise for no block for longer than text follows it", () => {
		const { state, replies } = readReplies(READER_IDLE, Buffer.of(0x5f, 0x41, 0x12, 0x16));
		expect(state).toEqual(READER_IDLE);
		expect(replies).toEqual([
			{ kind: "unexpected", byte: 0x5f },
			{ kind: "realTime", byte: 0x12 },
			{ kind: "realTime", byte: 0x16 },
		]);
	});

	it("hears that the printer was switched on", () => {
		const { replies } = readReplies(READER_IDLE, Buffer.of(0x3b, 0x31, 0x00, 0x12));
		expect(replies).toEqual([{ kind: "poweredOn" }, { kind: "realTime", byte: 0x12 }]);
	});

	it("gives up a block without an end instead of swallowing everything for ever", () => {
		const { state, replies } = readReplies(READER_IDLE, Buffer.concat([Buffer.of(0x5f), Buffer.alloc(129, "x")]));
		expect(state.at).not.toBe("block");
		expect(replies[0]).toEqual({ kind: "unexpected", byte: 0x5f });
	});
});
