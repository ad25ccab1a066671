import { describe, expect, it } from "vitest";
import type { JournalEvent } from "../../src/events/journal-event.ts";
import { PULSE_OPENS_WITHIN_MS } from "../../src/till/drawers.ts";
import type { Surroundings } from "../../src/till/readiness.ts";
import type { Outcome } from "../../src/till/till.ts";
import { refusalOf, TestTill, typesOf } from "../support/test-till.ts";
import { itemOf, JOURNAL_ID, stampAt } from "../support/ticket-fixture.ts";

const DRAWER = `${JOURNAL_ID}-1/d`;

/** A shop with a drawer that is sensed, on an open day. */
class Shop {
	readonly till = new TestTill();

	constructor() {
		this.till.catalog.put("v1", [itemOf()]);
		this.till.openDay();
		const devices: Surroundings["devices"] = new Map([
			["drawer", { deviceClass: "CashDrawer", state: { power: "online", conditions: [], detail: null } }],
		]);
		this.till.surroundings = { ...this.till.surroundings, devices };
	}

	/** Sells for cash: the drawer is pulsed. */
	sellForCash(): Outcome {
		this.till.type("Item A");
		return this.till.tender("cash");
	}

	opens(seen: "change" | "afterGap" = "change"): Outcome {
		return this.till.take({ type: "DrawerSensed", drawerId: "drawer", isOpen: true, seen });
	}

	shuts(seen: "change" | "afterGap" = "change"): Outcome {
		return this.till.take({ type: "DrawerSensed", drawerId: "drawer", isOpen: false, seen });
	}

	/** The openings in the journal: by which job, or by none. */
	causes(): (string | null)[] {
		return this.till.events().flatMap((event) => (event.type === "DrawerOpened" ? [event.cause?.jobId ?? null] : []));
	}

	/** The kinds and types of what head office is told. */
	told(): string[] {
		return this.till.journal
			.messages(1, 100)
			.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString("utf8")) as { kind: string; body: JournalEvent })
			.flatMap(({ kind, body }) => (kind === "event" ? [body.type] : []));
	}
}

describe("a day at the drawer", () => {
	it("a cash sale opens it, the cashier shuts it: two records, the opening named after the sale, and no alarm", () => {
		const shop = new Shop();
		shop.sellForCash();
		expect(shop.opens().events).toEqual([
			{ type: "DrawerOpened", drawerId: "drawer", cause: { jobId: DRAWER }, seen: "change" },
		]);
		expect(shop.shuts().events).toEqual([{ type: "DrawerClosed", drawerId: "drawer", seen: "change" }]);
		expect(shop.told()).toEqual(["BusinessDayOpened"]);
	});

	it("somebody opens it with the key: head office is told that there was no cause", () => {
		const shop = new Shop();
		shop.sellForCash();
		shop.opens();
		shop.shuts();
		shop.opens();
		expect(shop.causes()).toEqual([DRAWER, null]);
		expect(shop.told()).toEqual(["BusinessDayOpened", "DrawerOpened"]);
	});

	it("long after the sale an opening is not the sale's any more", () => {
		const shop = new Shop();
		shop.sellForCash();
		const late = shop.till.seconds + PULSE_OPENS_WITHIN_MS / 1_000 + 1;
		shop.till.take({ type: "DrawerSensed", drawerId: "drawer", isOpen: true, seen: "change" }, stampAt(late));
		expect(shop.causes()).toEqual([null]);
	});

	it("two quick sales and one opening: it is the last one's, and neither explains a later opening", () => {
		const shop = new Shop();
		shop.sellForCash();
		shop.sellForCash();
		shop.opens();
		shop.shuts();
		shop.opens();
		expect(shop.causes()).toEqual([`${JOURNAL_ID}-2/d`, null]);
	});

	it("a sale at the open drawer explains no more than the sale that opens it after that", () => {
		const shop = new Shop();
		shop.sellForCash();
		shop.opens();
		shop.sellForCash();
		shop.shuts();
		shop.sellForCash();
		shop.opens();
		expect(shop.causes()).toEqual([DRAWER, `${JOURNAL_ID}-3/d`]);
	});

	it("a pulse that was never sent explains nothing", () => {
		const shop = new Shop();
		shop.sellForCash();
		shop.till.take({ type: "DrawerEnded", jobId: DRAWER, result: { outcome: "expired", detail: null } });
		shop.opens();
		expect(shop.causes()).toEqual([null]);
	});

	it("a card sale pulses nothing, so an opening behind it has no cause", () => {
		const shop = new Shop();
		shop.till.type("Item A");
		shop.till.tender("card");
		shop.opens();
		expect(shop.causes()).toEqual([null]);
	});

	it("is left open: told once an opening, again at the next one", () => {
		const shop = new Shop();
		const overdue = (openMs: number) => shop.till.take({ type: "DrawerOverdue", drawerId: "drawer", openMs });
		shop.opens();
		expect(overdue(300_000).events).toEqual([{ type: "DrawerOpenTooLong", drawerId: "drawer", openMs: 300_000 }]);
		expect(overdue(600_000).events).toEqual([]);
		shop.shuts();
		expect(overdue(900_000).events).toEqual([]);
		shop.opens();
		expect(overdue(300_000).events).toHaveLength(1);
		expect(shop.told().filter((type) => type === "DrawerOpenTooLong")).toHaveLength(2);
	});
});

describe("what was not seen", () => {
	it("is recorded as what it is: found open, found shut", () => {
		const shop = new Shop();
		expect(shop.shuts("afterGap").events).toEqual([]);
		expect(shop.opens("afterGap").events).toMatchObject([{ type: "DrawerOpened", cause: null, seen: "afterGap" }]);
		expect(shop.opens("afterGap").events).toEqual([]);
		expect(shop.shuts("afterGap").events).toEqual([{ type: "DrawerClosed", drawerId: "drawer", seen: "afterGap" }]);
	});

	it("survives a restart: what stood open still stands open, and is no second opening", () => {
		const shop = new Shop();
		shop.opens();
		shop.till.restart();
		expect(shop.opens("afterGap").events).toEqual([]);
		expect(typesOf(shop.shuts("afterGap"))).toEqual(["DrawerClosed"]);
	});

	it("over the end of a month: a drawer that stood open is still shut with a record", () => {
		const shop = new Shop();
		shop.opens();
		shop.till.closeDay();
		shop.till.openDay("2026-12-01");
		expect(typesOf(shop.shuts())).toEqual(["DrawerClosed"]);
	});
});

describe("a pulse whose end nobody knows", () => {
	it("is no question once the switch has shown that the drawer opened, before its answer or after it", () => {
		const before = new Shop();
		before.sellForCash();
		before.opens();
		before.till.take({ type: "DrawerEnded", jobId: DRAWER, result: { outcome: "unknown", detail: null } });
		const after = new Shop();
		after.sellForCash();
		after.till.take({ type: "DrawerEnded", jobId: DRAWER, result: { outcome: "unknown", detail: null } });
		expect(after.till.till.state().doubts.map(({ what }) => what)).toContain("drawer");
		after.opens();
		for (const shop of [before, after]) {
			expect(shop.till.till.state().doubts.filter(({ what }) => what === "drawer")).toEqual([]);
		}
	});
});

describe("no sale", () => {
	const request = (drawerId: string | null = null) =>
		({ type: "DrawerOpenRequested", drawerId, reason: "change" }) as const;

	it("opens the drawer for a reason: recorded before the pulse, told to head office, and the opening is its own", () => {
		const shop = new Shop();
		const outcome = shop.till.take(request());
		expect(outcome.events).toMatchObject([
			{ type: "DrawerOpenStarted", cause: "noSale", reason: "change", ticketId: null },
		]);
		const jobId = outcome.events[0]?.type === "DrawerOpenStarted" ? outcome.events[0].jobId : "";
		expect(outcome.effects).toEqual([{ effect: "OpenDrawer", jobId, drawerId: null }]);
		shop.opens();
		expect(shop.causes()).toEqual([jobId]);
		expect(shop.told()).toEqual(["BusinessDayOpened", "DrawerOpenStarted"]);
	});

	it("is possible with a ticket open and on a closed day, each time as a job of its own", () => {
		const shop = new Shop();
		shop.till.type("Item A");
		shop.till.take(request());
		shop.till.tender("card");
		shop.till.closeDay();
		shop.till.take(request("drawer"));
		const jobs = shop.till.events().flatMap((event) => (event.type === "DrawerOpenStarted" ? [event.jobId] : []));
		expect(new Set(jobs).size).toBe(2);
	});

	it("of a drawer that there is not is refused", () => {
		const shop = new Shop();
		expect(refusalOf(shop.till.take(request("till-2")))).toBe("TILL-0434");
		shop.till.surroundings = { ...shop.till.surroundings, devices: new Map() };
		expect(refusalOf(shop.till.take(request()))).toBe("TILL-0434");
	});
});
