import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JournalEvent } from "../../src/events/journal-event.ts";
import type { JournalRecord } from "../../src/journal/contract/journal.ts";
import { amountOf } from "../../src/money/amount.ts";
import { Fault } from "../../src/runtime/contract/fault.ts";
import { evolve } from "../../src/till/evolve.ts";
import { replay } from "../../src/till/replay.ts";
import { readSnapshot, snapshotText } from "../../src/till/snapshot.ts";
import { EMPTY_STATE, STATE_VERSION, type TillState } from "../../src/till/state.ts";
import { damage, MemoryJournal } from "../support/memory-journal.ts";
import { refusalOf, TestTill, typesOf } from "../support/test-till.ts";
import { itemOf, stampAt } from "../support/ticket-fixture.ts";

type Step = "sell" | "card" | "cash" | "part" | "openDay" | "closeDay" | "nextMonth" | "restart" | "printed" | "copy";
const anyStep = fc.constantFrom<Step>(
	"sell",
	"sell",
	"sell",
	"card",
	"cash",
	"part",
	"openDay",
	"closeDay",
	"nextMonth",
	"restart",
	"printed",
	"copy",
);

const newTill = (): TestTill => {
	const till = new TestTill();
	till.catalog.put("v1", [itemOf(), itemOf({ itemId: "B", price: { amountMinor: amountOf(1250n), per: 1 } })]);
	return till;
};

/** Does one thing; most are refused at some time, which is part of it. */
const doStep = (till: TestTill, step: Step): void => {
	switch (step) {
		case "sell":
			till.type(till.seconds % 2 === 0 ? "Item A" : "B");
			return;
		case "card":
		case "cash":
			till.tender(step);
			return;
		case "part":
			till.tender("card", "1");
			return;
		case "openDay":
			till.openDay("2026-11-20");
			return;
		case "nextMonth":
			till.openDay("2026-12-01");
			return;
		case "closeDay":
			till.closeDay();
			return;
		case "restart":
			till.restart();
			return;
		case "printed": {
			const jobId = till.till.state().doubts.find(({ what }) => what === "print")?.jobId ?? "";
			till.take({ type: "PrintEnded", jobId, result: { outcome: "confirmed", confirmation: "gsr", detail: null } });
			return;
		}
		case "copy":
			till.take({ type: "CopyRequested", receiptNumber: 123_456 });
	}
};

/** The state by the records alone, from the first on. */
const folded = (till: TestTill): TillState =>
	till.journal
		.records({ fromSeq: 1, limit: Number.POSITIVE_INFINITY })
		.reduce((state, { event, at }) => evolve(state, event, at), EMPTY_STATE);

describe("the state after a restart", () => {
	it("is the state before it, and the fold of all records, whatever was done and wherever a snapshot fell", () => {
		fc.assert(
			fc.property(fc.array(anyStep, { maxLength: 60 }), fc.option(fc.nat({ max: 59 })), (steps, snapshotAt) => {
				const till = newTill();
				till.openDay("2026-11-20");
				steps.forEach((step, index) => {
					doStep(till, step);
					if (index === snapshotAt) till.journal.saveSnapshot(STATE_VERSION, snapshotText(till.till.state()));
				});
				const replayed = replay(new MemoryJournal(till.disk));
				expect(replayed.trouble).toBeUndefined();
				expect(replayed.state).toEqual(till.till.state());
				expect(replayed.state).toEqual(folded(till));
			}),
			{ numRuns: 150 },
		);
	});

	it("costs no more records than lie between two snapshots, however many there are", () => {
		const till = newTill();
		till.openDay();
		for (let count = 0; count < 300; count += 1) {
			till.type("B");
			till.tender("card");
			doStep(till, "printed");
		}
		const state = till.till.state();
		expect(till.journal.head().seq).toBeGreaterThan(1500);
		till.restart();
		expect(till.replayed.recordCount).toBeLessThan(250);
		expect(till.replayed.state).toEqual(state);
	});

	it.each<[string, (till: TestTill) => void]>([
		["of another version", (till) => till.journal.saveSnapshot(STATE_VERSION + 1, snapshotText(till.till.state()))],
		["that is no JSON", (till) => till.journal.saveSnapshot(STATE_VERSION, "{")],
		["that is something else", (till) => till.journal.saveSnapshot(STATE_VERSION, '"text"')],
	])("does without a snapshot %s", (_name, save) => {
		const till = newTill();
		till.openDay();
		till.type("B");
		save(till);
		const state = till.till.state();
		expect(replay(new MemoryJournal(till.disk)).state).toEqual(state);
	});
});

describe("a snapshot", () => {
	it("gives back every value, amounts as amounts", () => {
		const till = newTill();
		till.openDay();
		till.type("B");
		till.tender("card", "1");
		const state = till.till.state();
		expect(readSnapshot(snapshotText(state))).toEqual(state);
		expect(typeof readSnapshot(snapshotText(state))?.ticket?.lines[0]?.gross).toBe("bigint");
	});
});

/** Every number that was given away, by what it is. */
const givenNumbers = (events: readonly JournalEvent[]): string[] =>
	events.flatMap((event) => {
		switch (event.type) {
			case "TicketClosed":
				return [`${event.document.series} ${event.document.receiptNumber}`];
			case "BusinessDayClosed":
				return [`z ${event.report.z}`];
			case "TicketOpened":
				return [`ticket ${event.ticketId}`];
			default:
				return [];
		}
	});

describe("a record that cannot be replayed", () => {
	it("sets the open ticket aside and lets the day go on", () => {
		const till = newTill();
		till.openDay();
		till.type("B");
		till.type("Item A");
		till.type("B");
		const damaged = till.disk.records.length - 1;
		damage(till.disk, damaged);
		const outcome = till.restart();
		expect(till.replayed.trouble).toMatchObject({ seq: damaged, why: expect.stringMatching(/^TILL-0607/) });
		expect(typesOf(outcome)).toEqual(["ApplicationStarted", "TicketSetAside"]);
		expect(outcome.events[0]).toMatchObject({ recovery: true });
		expect(outcome.events[1]).toMatchObject({ lineCount: 1, due: 1250n });
		expect(outcome.hasMessages).toBe(true);
		expect(till.till.state()).toMatchObject({ ticket: undefined, day: { z: 1 } });
		expect(refusalOf(till.type("B"))).toBe("");
		expect(typesOf(till.tender("cash"))).toContain("TicketClosed");
		expect(typesOf(till.closeDay())).toContain("BusinessDayClosed");
	});

	it("is no reason to search for ever where a month before cannot be read at all", () => {
		class HalfLost extends MemoryJournal {
			override closedTicket(series: string, receiptNumber: number): JournalRecord | undefined {
				return super.closedTicket(series, receiptNumber) ?? lost();
			}

			override closedDay(z: number): JournalRecord | undefined {
				return super.closedDay(z) ?? lost();
			}
		}
		const lost = (): never => {
			throw new Fault("TILL-0620", "2026-10.sqlite: file is not a database");
		};
		const till = newTill();
		till.openDay();
		till.type("B");
		till.tender("cash");
		damage(till.disk, till.disk.records.length);
		const { trouble, state } = replay(new HalfLost(till.disk));
		expect(trouble).toBeDefined();
		expect(state.counters).toMatchObject({ receipt: 123_456, z: 0 });
	});

	it("never leads to a number that was given before, wherever the damage is", () => {
		fc.assert(
			fc.property(
				fc.array(anyStep, { minLength: 5, maxLength: 40 }),
				fc.array(anyStep, { minLength: 5, maxLength: 20 }),
				fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
				(before, after, damaged) => {
					const till = newTill();
					till.openDay("2026-11-20");
					for (const step of before) doStep(till, step);
					const sound = [...till.events()];
					const seqBefore = till.disk.months.at(-1)?.seqBefore ?? 0;
					const own = till.disk.records.length - seqBefore;
					for (const place of damaged) damage(till.disk, seqBefore + 1 + (place % own));
					till.restart();
					const from = till.disk.records.length;
					for (const step of after) if (step !== "copy") doStep(till, step);
					till.tender("card");
					till.closeDay();
					const fresh = till.journal.records({ fromSeq: from + 1, limit: 10_000 }).map(({ event }) => event);
					const given = [...givenNumbers(sound), ...givenNumbers(fresh)];
					expect(given.filter((number, index) => given.indexOf(number) !== index)).toEqual([]);
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe("an event that cannot follow", () => {
	it.each<[string, JournalEvent]>([
		["a tender without a ticket", { type: "CashRounded", amount: amountOf(5n) }],
		[
			"a day on a day",
			{ type: "BusinessDayOpened", businessDate: "2026-11-21", z: 2, feedSeqFirst: 1, operatorId: "1" },
		],
	])("%s is noticed and carried over", (_name, event) => {
		const till = newTill();
		till.openDay();
		till.journal.append(stampAt(till.seconds), "service", [event], []);
		till.restart();
		expect(till.replayed.trouble?.why).toMatch(/^TILL-0107/);
		expect(till.replayed.state.day).toBeDefined();
		expect(typesOf(till.type("B"))).toContain("ItemSold");
	});
});
