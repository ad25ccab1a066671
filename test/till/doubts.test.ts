import { describe, expect, it } from "vitest";
import type { DrawerOutcome, PrintOutcome } from "../../src/devices/contract/devices.ts";
import type { JournalEvent } from "../../src/events/journal-event.ts";
import { refusalOf, TestTill, typesOf } from "../support/test-till.ts";
import { itemOf, JOURNAL_ID } from "../support/ticket-fixture.ts";

const PRINT = `${JOURNAL_ID}-1/p`;
const DRAWER = `${JOURNAL_ID}-1/d`;
const printed = (outcome: PrintOutcome["outcome"]): PrintOutcome => ({ outcome, confirmation: null, detail: null });
const pulsed = (outcome: DrawerOutcome["outcome"]): DrawerOutcome => ({ outcome, detail: null });

/** A till that has just closed receipt 123456 in cash: its drawer and its paper are under way. */
const closedTill = (): TestTill => {
	const till = new TestTill();
	till.catalog.put("v1", [itemOf()]);
	till.openDay();
	till.type("Item A");
	till.tender("cash");
	return till;
};
const doubts = (till: TestTill): [string, string][] =>
	till.till.state().doubts.map(({ jobId, since }): [string, string] => [jobId, since]);

describe("a job's end", () => {
	it("is recorded once, whatever came of it", () => {
		const till = closedTill();
		expect(doubts(till)).toEqual([
			[DRAWER, "started"],
			[PRINT, "started"],
		]);
		expect(typesOf(till.take({ type: "DrawerEnded", jobId: DRAWER, result: pulsed("sent") }))).toEqual([
			"DrawerOpenFinished",
		]);
		expect(typesOf(till.take({ type: "PrintEnded", jobId: PRINT, result: printed("failed") }))).toEqual([
			"PrintFinished",
		]);
		expect(doubts(till)).toEqual([]);
		expect(till.take({ type: "PrintEnded", jobId: PRINT, result: printed("confirmed") }).events).toEqual([]);
		expect(till.take({ type: "PrintEnded", jobId: "nobody's", result: printed("confirmed") }).events).toEqual([]);
	});

	it("that nobody knows stays as a doubt, and a late answer does not clear it", () => {
		const till = closedTill();
		till.take({ type: "PrintEnded", jobId: PRINT, result: printed("unknown") });
		expect(doubts(till)).toContainEqual([PRINT, "unknown"]);
		expect(till.take({ type: "PrintEnded", jobId: PRINT, result: printed("confirmed") }).events).toEqual([]);
	});
});

describe("the end of a month", () => {
	/** A till whose Z of the month's last day is still being printed when the first of the next is opened. */
	const nextMonth = (): { readonly till: TestTill; readonly jobId: string } => {
		const till = closedTill();
		till.take({ type: "DrawerEnded", jobId: DRAWER, result: pulsed("sent") });
		till.take({ type: "PrintEnded", jobId: PRINT, result: printed("unknown") });
		const print = till.closeDay().events.find(({ type }) => type === "PrintStarted");
		if (print?.type !== "PrintStarted") throw new Error("no Z was printed");
		till.openDay("2026-12-01");
		return { till, jobId: print.jobId };
	};

	it("loses no job: its end is recorded, and what did not come out is said", () => {
		const { till, jobId } = nextMonth();
		expect(typesOf(till.take({ type: "PrintEnded", jobId, result: printed("failed") }))).toEqual(["PrintFinished"]);
		expect(till.till.state().notPrinted).toEqual([{ paper: "zReport", number: 1 }]);
	});

	it("answers no question by itself, also over a restart and another month", () => {
		const { till, jobId } = nextMonth();
		till.restart();
		till.closeDay();
		till.openDay("2027-01-01");
		expect(doubts(till).slice(0, 2)).toEqual([
			[PRINT, "unknown"],
			[jobId, "unknown"],
		]);
		const answer = till.take({ type: "DoubtSettleRequested", jobId: PRINT, remedy: "copyPrinted" });
		expect(typesOf(answer)).toEqual(["PrintStarted", "DoubtSettled"]);
	});

	it("begins without a word of jobs when there are none", () => {
		const till = new TestTill();
		till.openDay("2026-11-30");
		const print = till.closeDay().events.find(({ type }) => type === "PrintStarted");
		if (print?.type === "PrintStarted")
			till.take({ type: "PrintEnded", jobId: print.jobId, result: printed("written") });
		till.openDay("2026-12-01");
		const opened = till.events().find(({ type }) => type === "SegmentOpened");
		expect(opened).toBeDefined();
		expect(opened).not.toHaveProperty("jobs");
	});
});

describe("a restart", () => {
	it("turns what was begun into unknown and repeats nothing physical", () => {
		const till = closedTill();
		const outcome = till.restart();
		expect(outcome.events).toEqual<JournalEvent[]>([
			{ type: "ApplicationStarted", applicationVersion: "1.0.0", recovery: false },
			expect.objectContaining({ type: "DrawerOpenFinished", jobId: DRAWER, outcome: "unknown" }),
			expect.objectContaining({ type: "PrintFinished", jobId: PRINT, outcome: "unknown" }),
		]);
		expect(outcome.effects).toEqual([{ effect: "DisplayText", content: { show: "idle" } }]);
		expect(doubts(till)).toEqual([
			[DRAWER, "unknown"],
			[PRINT, "unknown"],
		]);
		expect(typesOf(till.restart())).toEqual(["ApplicationStarted"]);
	});

	it("goes on with the open ticket where it stood", () => {
		const till = closedTill();
		till.type("Item A");
		till.tender("card", "10");
		const { ticket } = till.till.state();
		till.restart();
		expect(till.till.state().ticket).toEqual(ticket);
		expect(typesOf(till.tender("card"))).toContain("TicketClosed");
	});

	it("after a clean stop has nothing to say but that", () => {
		const till = closedTill();
		till.take({ type: "DrawerEnded", jobId: DRAWER, result: pulsed("sent") });
		till.take({ type: "PrintEnded", jobId: PRINT, result: printed("confirmed") });
		till.take({ type: "ServiceStopping", reason: "asked" });
		expect(typesOf(till.restart())).toEqual(["ApplicationStarted"]);
	});
});

describe("a doubt", () => {
	it("about paper is settled by a copy, which is marked as one and settles only its own", () => {
		const till = closedTill();
		till.restart();
		const outcome = till.take({ type: "CopyRequested", receiptNumber: 123_456 });
		expect(typesOf(outcome)).toEqual(["PrintStarted", "DoubtSettled"]);
		expect(outcome.events[1]).toMatchObject({ jobId: PRINT, remedy: "copyPrinted" });
		expect(outcome.effects).toEqual([
			expect.objectContaining({
				effect: "Print",
				content: expect.objectContaining({ kind: "ticket", copy: true }),
			}),
		]);
		expect(doubts(till).map(([jobId]) => jobId)).toContain(DRAWER);
		expect(doubts(till)).not.toContainEqual([PRINT, "unknown"]);
		expect(refusalOf(till.take({ type: "CopyRequested", receiptNumber: 123_456 }))).toBe("TILL-0436");
	});

	it("about paper that is not there is settled by its answer, which prints the marked copy in the same step", () => {
		const till = closedTill();
		till.restart();
		const outcome = till.take({ type: "DoubtSettleRequested", jobId: PRINT, remedy: "copyPrinted" });
		expect(outcome.events).toMatchObject([
			{ type: "PrintStarted", subject: { kind: "ticket", receiptNumber: 123_456, copy: true } },
			{ type: "DoubtSettled", jobId: PRINT, remedy: "copyPrinted" },
		]);
		expect(outcome.effects).toMatchObject([{ effect: "Print", content: { copy: true } }]);
		expect(refusalOf(till.take({ type: "CopyRequested", receiptNumber: 123_456 }))).toBe("TILL-0436");
	});

	it("about a copy is answered like any other: there is none yet, says who has looked, so it is printed again", () => {
		const till = closedTill();
		till.take({ type: "PrintEnded", jobId: PRINT, result: printed("confirmed") });
		const copy = till.take({ type: "CopyRequested", receiptNumber: 123_456 });
		const jobId = copy.events[0]?.type === "PrintStarted" ? copy.events[0].jobId : "";
		till.take({ type: "PrintEnded", jobId, result: printed("unknown") });
		expect(refusalOf(till.take({ type: "CopyRequested", receiptNumber: 123_456 }))).toBe("TILL-0436");
		const again = till.take({ type: "DoubtSettleRequested", jobId, remedy: "copyPrinted" });
		expect(typesOf(again)).toEqual(["PrintStarted", "DoubtSettled"]);
		expect(doubts(till).map(([id]) => id)).not.toContain(jobId);
	});

	it("about a Z is answered by a marked copy of the Z, and never by a receipt of its number", () => {
		const till = closedTill();
		const { events } = till.closeDay();
		const jobId = events.find((event) => event.type === "PrintStarted")?.jobId ?? "";
		till.take({ type: "PrintEnded", jobId, result: printed("unknown") });
		const outcome = till.take({ type: "DoubtSettleRequested", jobId, remedy: "copyPrinted" });
		expect(outcome.effects).toMatchObject([
			{ effect: "Print", content: { kind: "zReport", copy: true, report: { z: 1 } } },
		]);
		expect(doubts(till)).toContainEqual([
			outcome.effects[0]?.effect === "Print" ? outcome.effects[0].jobId : "",
			"started",
		]);
	});

	it("takes only the answers to its own question", () => {
		const till = closedTill();
		till.restart();
		for (const [jobId, remedy] of [
			[PRINT, "drawerChecked"],
			[DRAWER, "itCameOut"],
			[DRAWER, "copyPrinted"],
		] as const) {
			expect(refusalOf(till.take({ type: "DoubtSettleRequested", jobId, remedy }))).toBe("TILL-0435");
		}
	});

	it("is no question while the device may still answer", () => {
		const till = closedTill();
		const early = till.take({ type: "DoubtSettleRequested", jobId: PRINT, remedy: "itCameOut" });
		expect(refusalOf(early)).toBe("TILL-0423");
	});

	it("is settled by who has looked, once", () => {
		const till = closedTill();
		till.restart();
		const settle = () => till.take({ type: "DoubtSettleRequested", jobId: DRAWER, remedy: "drawerChecked" });
		expect(settle().events).toEqual([
			{ type: "DoubtSettled", jobId: DRAWER, operatorId: "1", remedy: "drawerChecked" },
		]);
		expect(refusalOf(settle())).toBe("TILL-0423");
	});

	it("is asked of the newest only, when a printer never says what became of its paper", () => {
		const till = closedTill();
		for (let count = 0; count < 103; count += 1) {
			till.type("Item A");
			const print = till.tender("card").events.find(({ type }) => type === "PrintStarted");
			if (print?.type !== "PrintStarted") throw new Error("nothing was printed");
			till.take({ type: "PrintEnded", jobId: print.jobId, result: printed("unknown") });
		}
		const kept = doubts(till);
		expect(kept.filter(([, since]) => since === "unknown")).toHaveLength(100);
		// The oldest three are gone; what is still under way is not.
		expect(kept.map(([jobId]) => jobId)).toEqual(expect.arrayContaining([PRINT, DRAWER, `${JOURNAL_ID}-104/p`]));
		expect(kept.map(([jobId]) => jobId)).not.toContain(`${JOURNAL_ID}-4/p`);
		expect(typesOf(till.take({ type: "CopyRequested", receiptNumber: 123_457 }))).toEqual(["PrintStarted"]);
	});

	it("of a receipt that was never given is refused", () => {
		expect(refusalOf(closedTill().take({ type: "CopyRequested", receiptNumber: 123_457 }))).toBe("TILL-0423");
	});
});

describe("a copy", () => {
	const copied = (till: TestTill): string => {
		const { events } = till.take({ type: "CopyRequested", receiptNumber: 123_456 });
		return events[0]?.type === "PrintStarted" ? events[0].jobId : "";
	};

	it("of which surely nothing came out is none, so that it can be asked for again", () => {
		const till = closedTill();
		till.take({ type: "PrintEnded", jobId: copied(till), result: printed("failed") });
		expect(till.till.state().notPrinted).toContainEqual({ paper: "copy", number: 123_456 });
		expect(copied(till)).not.toBe("");
		expect(till.till.state().notPrinted).toEqual([]);
	});

	it("is counted for a receipt of an earlier month too", () => {
		const till = closedTill();
		till.take({ type: "PrintEnded", jobId: copied(till), result: printed("confirmed") });
		till.closeDay();
		till.openDay("2026-12-01");
		expect(till.till.state().copies).toEqual({});
		expect(refusalOf(till.take({ type: "CopyRequested", receiptNumber: 123_456 }))).toBe("TILL-0436");
	});
});

describe("a paper of which nothing came out", () => {
	it("is remembered until it is asked for, and only the newest of many are", () => {
		const till = closedTill();
		till.take({ type: "PrintEnded", jobId: PRINT, result: printed("failed") });
		expect(till.till.state().notPrinted).toEqual([{ paper: "receipt", number: 123_456 }]);
		for (let n = 2; n <= 12; n += 1) {
			till.type("Item A");
			till.tender("card");
			till.take({ type: "PrintEnded", jobId: `${JOURNAL_ID}-${n}/p`, result: printed("failed") });
		}
		expect(till.till.state().notPrinted.map(({ number }) => number)).toEqual(
			Array.from({ length: 10 }, (_, at) => 123_458 + at),
		);
		const asked = till.take({ type: "CopyRequested", receiptNumber: 123_460 });
		// The first paper of a receipt is no copy of it.
		expect(asked.effects).toMatchObject([{ effect: "Print", content: { copy: false } }]);
		expect(typesOf(till.take({ type: "CopyRequested", receiptNumber: 123_460 }))).toEqual(["PrintStarted"]);
		expect(refusalOf(till.take({ type: "CopyRequested", receiptNumber: 123_460 }))).toBe("TILL-0436");
		expect(till.till.state().notPrinted.map(({ number }) => number)).not.toContain(123_460);
	});
});

describe("a Z report", () => {
	const closedDay = (outcome: PrintOutcome["outcome"]): TestTill => {
		const till = closedTill();
		const { events } = till.closeDay();
		const jobId = events.find((event) => event.type === "PrintStarted")?.jobId ?? "";
		till.take({ type: "PrintEnded", jobId, result: printed(outcome) });
		return till;
	};

	it("that did not come out is printed as itself, and after that as often as asked, marked", () => {
		const till = closedDay("failed");
		expect(till.till.state().notPrinted).toEqual([{ paper: "zReport", number: 1 }]);
		const copies = [1, 2, 3].map(() => till.take({ type: "ReportCopyRequested", z: 1 }).effects[0]);
		expect(copies).toMatchObject([
			{ content: { kind: "zReport", copy: false } },
			{ content: { kind: "zReport", copy: true } },
			{ content: { kind: "zReport", copy: true } },
		]);
	});

	it("in doubt is settled by asking for its copy; one that there is not is refused", () => {
		const till = closedDay("unknown");
		expect(typesOf(till.take({ type: "ReportCopyRequested", z: 1 }))).toEqual(["PrintStarted", "DoubtSettled"]);
		expect(refusalOf(till.take({ type: "ReportCopyRequested", z: 2 }))).toBe("TILL-0423");
	});
});
