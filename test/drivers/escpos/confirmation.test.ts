import { describe, expect, it } from "vitest";
import { Confirmation } from "../../../drivers/escpos/confirmation.ts";
import type { Reply } from "../../../drivers/escpos/reply-reader.ts";

const answer: Reply = { kind: "transmitted", byte: 0 };
const processId = (id: string): Reply => ({ kind: "processId", id });

describe("Confirmation by process id", () => {
	it("asks with ascending ids of four digits, around from 9999 to 0000", () => {
		const confirmation = new Confirmation("processId", 9_998);
		expect(confirmation.begin().toString("latin1")).toBe("\x1d(H\x06\x0000" + "9999");
		expect(confirmation.begin().toString("latin1")).toBe("\x1d(H\x06\x0000" + "0000");
	});

	it("is confirmed by its own id only: the late word on an earlier job says nothing of this one", () => {
		const confirmation = new Confirmation("processId", 6);
		confirmation.begin();
		confirmation.end();
		confirmation.begin();
		expect(confirmation.take(processId("0007"))).toBe(false);
		expect(confirmation.take(answer)).toBe(false);
		expect(confirmation.take(processId("0008"))).toBe(true);
	});
});

describe("Confirmation by GS r", () => {
	it("does not take the late answer to an earlier job for this one's", () => {
		const confirmation = new Confirmation("gsr", 0);
		confirmation.begin();
		confirmation.end(); // no answer in time
		confirmation.begin();
		expect(confirmation.take(answer)).toBe(false);
		expect(confirmation.take(answer)).toBe(true);
	});

	it("comes right again when an answer was lost rather than late", () => {
		const confirmation = new Confirmation("gsr", 0);
		confirmation.begin();
		confirmation.end();
		confirmation.begin();
		expect(confirmation.take(answer)).toBe(false);
		confirmation.end();
		confirmation.begin();
		expect(confirmation.take(answer)).toBe(true);
	});

	it("owes nothing for a job of which nothing was sent, and nothing on a new connection", () => {
		const confirmation = new Confirmation("gsr", 0);
		confirmation.begin();
		confirmation.withdraw();
		confirmation.begin();
		confirmation.end();
		confirmation.forget();
		confirmation.begin();
		expect(confirmation.take(answer)).toBe(true);
	});

	it("ignores an answer that nobody waits for", () => {
		expect(new Confirmation("gsr", 0).take(answer)).toBe(false);
	});

	it("is not believed on a noisy line, where a quarter of all bytes look like the answer, until it is quiet again", () => {
		const confirmation = new Confirmation("gsr", 0);
		const noise: Reply = { kind: "unexpected", byte: 0x9f };
		for (let bytes = 0; bytes < 1_000; bytes += 1) confirmation.take(noise);
		// The first is not believed, and stays owed like a late one: so it is the third job whose answer counts again.
		for (const isConfirmed of [false, false, true]) {
			confirmation.begin();
			expect(confirmation.take(answer)).toBe(isConfirmed);
			confirmation.end();
		}
	});

	it("is believed after the odd byte of a plug that is pushed in, and on a new connection", () => {
		const confirmation = new Confirmation("gsr", 0);
		for (let bytes = 0; bytes < 3; bytes += 1) confirmation.take({ kind: "unexpected", byte: 0xff });
		confirmation.begin();
		expect(confirmation.take(answer)).toBe(true);
	});
});
