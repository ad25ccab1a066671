import { describe, expect, it } from "vitest";
import { JobBoard } from "../../../drivers/escpos/job-board.ts";
import type { PrintOutcome } from "../../../src/devices/contract/devices.ts";

const CONFIRMED: PrintOutcome = { outcome: "confirmed", confirmation: "gsr", detail: null };

const statesOf = (board: JobBoard): string[] => board.list().map(({ jobId, state }) => `${jobId} ${state}`);

describe("JobBoard", () => {
	it("forgets the oldest that have ended, and none that still waits", () => {
		const board = new JobBoard(() => undefined);
		board.queued("waits");
		for (let at = 0; at < 40; at += 1) {
			board.queued(`${at}`);
			board.sent(`${at}`);
			board.ended(`${at}`, CONFIRMED);
		}
		expect(statesOf(board)).toEqual(["waits queued", ...Array.from({ length: 16 }, (_, at) => `${at + 24} confirmed`)]);
	});

	it("tells two prints under one id apart, so that the end of the first is not lost", () => {
		const board = new JobBoard(() => undefined);
		board.queued("a");
		board.ended("a", { outcome: "failed", confirmation: null, detail: "no paper" });
		board.queued("a");
		expect(statesOf(board)).toEqual(["a failed", "a queued"]);
	});
});
