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
		const again = till.take({ type: "CopyRequested", receiptNumber: 123_456 });
		expect(typesOf(again)).toEqual(["PrintStarted"]);
		expect(new Set(doubts(till).map(([jobId]) => jobId)).size).toBe(doubts(till).length);
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

	it("of a receipt that was never given is refused", () => {
		expect(refusalOf(closedTill().take({ type: "CopyRequested", receiptNumber: 123_457 }))).toBe("TILL-0423");
	});
});
