import { describe, expect, it } from "vitest";
import { conditionsOn, happeningsOn, openQuestions } from "../../../scripts/terminal/happenings.ts";
import type { JournalEvent } from "../../../src/events/journal-event.ts";
import type { Status } from "../../../src/feed/schema/control.ts";
import type { TillView } from "../../../src/till/view.ts";

const YES = { able: true, codes: [] };
const WELL: Status = {
	v: 1,
	online: true,
	store: "OSLO1",
	till: "1",
	readiness: { sell: YES, takeCash: YES, print: YES, close: YES },
	warnings: ["Mirror.None"],
	journalId: null,
	backlog: 0,
	head: null,
	feedSeq: 0,
	version: null,
	diskDaysLeft: null,
	businessDate: null,
	atUtcMs: 0,
};
const cannotPrint = (...codes: string[]): Status => ({
	...WELL,
	readiness: { sell: YES, takeCash: YES, print: { able: false, codes }, close: YES },
});

const VIEW: TillView = {
	store: "OSLO1",
	till: "1",
	currency: "NOK",
	day: null,
	ticket: null,
	lastTicket: null,
	doubts: [
		{ jobId: "j1", what: "print", paper: "receipt", number: 7 },
		{ jobId: "j2", what: "drawer", paper: null, number: null },
	],
	notPrinted: [
		{ paper: "receipt", number: 5 },
		{ paper: "zReport", number: 2 },
	],
	conditions: [],
};

describe("what a cashier is told at the terminal", () => {
	it("of a condition: what it means and what to do when it begins, and that it is over", () => {
		const said: string[] = [];
		const tell = conditionsOn((text) => said.push(text));
		for (const status of [WELL, cannotPrint("POSPrinter.CoverOpen"), cannotPrint("POSPrinter.CoverOpen"), WELL]) {
			tell(status);
		}
		expect(said).toEqual([
			"! The printer's cover is open. Close it: what waits is printed then. Selling goes on.",
			"  Over: The printer's cover is open.",
		]);
	});

	it("of a paper that nobody knows of: the question with its two answers, one question at a time", () => {
		expect(openQuestions(VIEW)).toEqual([
			"? Receipt 7 may not have come out. Look at the printer, then:",
			"    it is there:   yes",
			"    it is not:     no   (prints it marked as a copy)",
			"! Receipt 5 was not printed. When the printer is well: copy 5",
			"! Z report 2 was not printed. When the printer is well: report 2",
		]);
		const drawer = { ...VIEW, doubts: VIEW.doubts.slice(1), notPrinted: [] };
		expect(openQuestions(drawer)).toEqual([
			"? The drawer may not have opened. Look at it, then:",
			"    seen to:       yes",
		]);
	});

	it("as it happens: unknown jobs and openings without a cause, and nothing of what went well", () => {
		const said: string[] = [];
		const hear = happeningsOn(
			(text) => said.push(text),
			() => VIEW,
		);
		const happens = (event: JournalEvent): void =>
			hear(
				{ type: "ServiceStopping", reason: "" },
				{ refusal: undefined, events: [event], effects: [], hasMessages: false },
			);
		const finished = (outcome: "confirmed" | "unknown"): JournalEvent => ({
			type: "PrintFinished",
			jobId: "j1",
			outcome,
			confirmation: null,
			detail: null,
		});
		happens(finished("confirmed"));
		happens({ type: "DrawerOpened", drawerId: "drawer", cause: { jobId: "j" }, seen: "change" });
		expect(said).toEqual([]);
		happens({ type: "DrawerOpened", drawerId: "drawer", cause: null, seen: "change" });
		happens(finished("unknown"));
		expect(said.slice(0, 2)).toEqual([
			"! The drawer was opened without a sale or a command; it stands in the journal.",
			"? Receipt 7 may not have come out. Look at the printer, then:",
		]);
	});
});
