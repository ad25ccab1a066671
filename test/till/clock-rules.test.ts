import { describe, expect, it } from "vitest";
import type { Stamp } from "../../src/events/stamp.ts";
import { judgeClock } from "../../src/till/clock-rules.ts";
import { TestTill, typesOf } from "../support/test-till.ts";
import { itemOf, stampAt } from "../support/ticket-fixture.ts";

const LAST = stampAt();
const HOUR_MS = 3_600_000;
/** A stamp whose wall clock and monotonic clock went on by so much. */
const later = (wallMs: number, monotonicMs: number, bootId = LAST.bootId): Stamp => ({
	...LAST,
	utcMs: LAST.utcMs + wallMs,
	monotonicMs: LAST.monotonicMs + monotonicMs,
	bootId,
});

describe("a clock is judged against the last record", () => {
	it.each<[string, Stamp | undefined, Stamp, boolean | undefined, string | undefined, number?]>([
		["goes on evenly", LAST, later(1000, 1000), true, undefined],
		["stands", LAST, later(0, 0), true, undefined],
		["drifts a little", LAST, later(HOUR_MS - 2000, HOUR_MS), true, undefined],
		["steps back", LAST, later(HOUR_MS - 2001, HOUR_MS), true, "steppedBack", -2001],
		["is set back an hour", LAST, later(-HOUR_MS, 1000), true, "steppedBack", -HOUR_MS - 1000],
		["is corrected by minutes", LAST, later(300_000, 0), true, undefined],
		["jumps ahead", LAST, later(300_001, 0), true, "farAhead", 300_001],
		["a till that stood still for a weekend", LAST, later(60 * HOUR_MS, 60 * HOUR_MS), true, undefined],
		["a new boot later", LAST, later(HOUR_MS, -500, "boot-2"), true, undefined],
		["a new boot at the same moment", LAST, later(0, 0, "boot-2"), true, undefined],
		["a new boot before the last record", LAST, later(-1, 0, "boot-2"), true, "behindLastRecord", -1],
		["a new boot 31 days later", LAST, later(31 * 24 * HOUR_MS, 0, "boot-2"), true, undefined],
		["a new boot far ahead", LAST, later(31 * 24 * HOUR_MS + 1, 0, "boot-2"), true, "farAhead", 31 * 24 * HOUR_MS + 1],
		["a new boot that was never synchronised", LAST, later(HOUR_MS, 0, "boot-2"), false, "unsynchronised", 0],
		["a new boot that does not know", LAST, later(HOUR_MS, 0, "boot-2"), undefined, undefined],
		["the same boot, not synchronised", LAST, later(HOUR_MS, HOUR_MS), false, undefined],
		["the first record, not synchronised", undefined, LAST, false, "unsynchronised", 0],
		["the first record", undefined, LAST, true, undefined],
	])("%s", (_name, last, now, synchronised, doubt, differenceMs) => {
		expect(judgeClock(last, now, synchronised)).toEqual(
			doubt === undefined ? undefined : { type: "ClockDoubted", doubt, differenceMs },
		);
	});
});

describe("a doubted clock", () => {
	it("is recorded with what is sold, stops nothing, and is settled by the manager", () => {
		const till = new TestTill();
		till.catalog.put("v1", [itemOf()]);
		till.openDay();
		const stepped = { ...stampAt(2), utcMs: stampAt(2).utcMs - HOUR_MS };
		const outcome = till.take({ type: "Typed", code: "Item A", quantityText: null }, stepped);
		expect(typesOf(outcome)).toEqual(["ClockDoubted", "CatalogActivated", "TicketOpened", "ItemSold"]);
		expect(till.till.state().clockDoubt).toBe("steppedBack");
		expect(till.take({ type: "ClockConfirmRequested" }, stepped).events).toEqual([
			{ type: "ClockConfirmed", operatorId: "1" },
		]);
		expect(till.till.state().clockDoubt).toBeUndefined();
		expect(till.take({ type: "ClockConfirmRequested" }, stepped).events).toEqual([]);
	});

	it("is not judged by what is refused: nothing is recorded then", () => {
		const till = new TestTill();
		const head = till.journal.head();
		till.take({ type: "CloseRequested" }, { ...stampAt(2), utcMs: 0 });
		expect(till.journal.head()).toEqual(head);
		expect(till.till.state().clockDoubt).toBeUndefined();
	});
});
