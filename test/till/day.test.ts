import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ITEM_GROUPS_MAX } from "../../src/catalog/core/catalog-row.ts";
import type { TicketDocument } from "../../src/events/ticket-document.ts";
import type { ZReport } from "../../src/events/z-report.ts";
import { amountOf } from "../../src/money/amount.ts";
import { refusalOf, TestTill, typesOf } from "../support/test-till.ts";
import { itemOf, stampAt } from "../support/ticket-fixture.ts";

const ITEMS = [
	itemOf({ itemId: "milk", itemGroup: "food", vatCode: "31", price: { amountMinor: amountOf(2490n), per: 1 } }),
	itemOf({ itemId: "book", itemGroup: "books", vatCode: "5", price: { amountMinor: amountOf(34_900n), per: 1 } }),
	itemOf({
		itemId: "ham",
		itemGroup: "food",
		vatCode: "31",
		unitDecimals: 3,
		price: { amountMinor: amountOf(1995n), per: 1 },
	}),
	itemOf({
		itemId: "net",
		itemGroup: "goods",
		vatCode: "3",
		includesVat: false,
		price: { amountMinor: amountOf(7999n), per: 1 },
	}),
];

const openTill = (): TestTill => {
	const till = new TestTill();
	till.catalog.put("v1", ITEMS);
	till.openDay("2026-11-20");
	return till;
};

const reportOf = (till: TestTill): ZReport => {
	const closed = till.closeDay().events.find((event) => event.type === "BusinessDayClosed");
	if (closed === undefined) throw new Error("the day did not close");
	return closed.report;
};

const documentsOf = (till: TestTill): TicketDocument[] =>
	till.events().flatMap((event) => (event.type === "TicketClosed" ? [event.document] : []));

describe("opening and closing a day", () => {
	it("opens with the number the Z will have, once", () => {
		const till = new TestTill();
		expect(till.openDay().events).toEqual([
			{ type: "BusinessDayOpened", businessDate: "2026-11-20", z: 1, feedSeqFirst: 1, operatorId: "1" },
		]);
		expect(refusalOf(till.openDay())).toBe("TILL-0413");
		expect(refusalOf(new TestTill().openDay("2026-02-30"))).toBe("TILL-0422");
	});

	it("is refused while a ticket is open, and before a day is", () => {
		const till = openTill();
		till.type("milk");
		const { state, head } = { state: till.till.state(), head: till.journal.head() };
		expect(refusalOf(till.closeDay())).toBe("TILL-0414");
		expect(till.till.state()).toBe(state);
		expect(till.journal.head()).toEqual(head);
		expect(refusalOf(new TestTill().closeDay())).toBe("TILL-0412");
	});

	it("prints the Z of the record, sends it, and begins the next at zero with the next number", () => {
		const till = openTill();
		till.type("milk");
		till.tender("cash");
		const head = till.journal.head();
		const outcome = till.closeDay();
		expect(typesOf(outcome)).toEqual(["BusinessDayClosed", "PrintStarted"]);
		expect(outcome.effects.at(-1)).toMatchObject({ effect: "Print", content: { kind: "zReport" } });
		const [event] = outcome.events;
		if (event?.type !== "BusinessDayClosed") throw new Error("the day did not close");
		expect(event.report).toMatchObject({ z: 1, head, receiptNumberFirst: 123_456, receiptNumberLast: 123_456 });
		expect(event.report.totals).toMatchObject({ feedSeqFirst: 1, feedSeqLast: 2 });
		expect(till.journal.messages(1, 10).map(({ kind }) => kind)).toEqual(["event", "ticket", "report"]);
		expect(refusalOf(till.type("milk"))).toBe("TILL-0412");
		till.openDay("2026-11-21");
		expect(reportOf(till)).toMatchObject({
			z: 2,
			businessDate: "2026-11-21",
			receiptNumberFirst: null,
			totals: { ticketCount: 0, gross: 0n, tenders: [], vatTotals: [], itemGroups: [] },
			grandTotals: { sales: 2490n, returns: 0n, net: 2490n },
		});
	});

	it("does not change its date at midnight", () => {
		const till = openTill();
		till.type("milk");
		till.tender("card");
		const afterMidnight = stampAt(8 * 3600);
		till.take({ type: "Typed", code: "milk", quantityText: null }, afterMidnight);
		till.take({ type: "Tendered", tenderType: "card", amountText: null, currency: null }, afterMidnight);
		expect(documentsOf(till).map(({ businessDate }) => businessDate)).toEqual(["2026-11-20", "2026-11-20"]);
	});
});

/** A few things a cashier does for one customer; each ends with the ticket closed. */
const customer = fc.record({
	items: fc.array(
		fc.record({
			itemId: fc.constantFrom("milk", "book", "ham", "net"),
			quantity: fc.integer({ min: 1, max: 40 }),
		}),
		{ minLength: 1, maxLength: 4 },
	),
	tenders: fc.array(
		fc.record({ type: fc.constantFrom("cash", "mc", "card", "voucher"), kroner: fc.integer({ min: 1, max: 900 }) }),
		{ maxLength: 3 },
	),
});

describe("the totals of a Z, over random days", () => {
	it("are the sums of its tickets, counted another way", () => {
		fc.assert(
			fc.property(fc.array(fc.array(customer, { maxLength: 6 }), { minLength: 1, maxLength: 3 }), (days) => {
				const till = new TestTill();
				till.catalog.put("v1", ITEMS);
				let seen = 0;
				let sales = 0n;
				days.forEach((customers, index) => {
					till.openDay(`2026-11-${20 + index}`);
					for (const { items, tenders } of customers) {
						for (const { itemId, quantity } of items) {
							till.type(itemId, itemId === "ham" ? `0.${quantity.toString().padStart(3, "0")}` : quantity.toString());
						}
						for (const { type, kroner } of tenders) till.tender(type, kroner.toString());
						till.tender("card");
					}
					const report = reportOf(till);
					const documents = documentsOf(till).slice(seen);
					seen += documents.length;
					expect(documents).toHaveLength(customers.length);
					expectTotals(report, documents);
					for (const { due } of documents) sales += due;
					expect(report.grandTotals).toEqual({ sales, returns: 0n, net: sales });
					expect(report.z).toBe(index + 1);
				});
			}),
			{ numRuns: 60 },
		);
	});
});

/** Every figure of a report by the plainest sum there is. */
const expectTotals = (report: ZReport, documents: readonly TicketDocument[]): void => {
	const { totals } = report;
	const lines = documents.flatMap((document) => document.lines);
	const tenders = documents.flatMap((document) => document.tenders);
	const total = (values: readonly bigint[]): bigint => {
		let result = 0n;
		for (const value of values) result += value;
		return result;
	};
	expect(totals.ticketCount).toBe(documents.length);
	expect(totals.lineCount).toBe(lines.length);
	expect(totals.gross).toBe(total(lines.map(({ gross }) => gross)));
	expect(totals.net).toBe(total(lines.map(({ net }) => net)));
	expect(totals.vat).toBe(total(lines.map(({ vat }) => vat)));
	expect(totals.rounding).toBe(total(documents.map(({ rounding }) => rounding)));
	expect(totals.gross).toBe(total(tenders.map(({ amount }) => amount)) + totals.rounding);
	for (const vat of totals.vatTotals) {
		const own = lines.filter(({ vatCode }) => vatCode === vat.vatCode);
		expect([vat.gross, vat.net, vat.vat]).toEqual([
			total(own.map(({ gross }) => gross)),
			total(own.map(({ net }) => net)),
			total(own.map((line) => line.vat)),
		]);
	}
	for (const group of totals.itemGroups) {
		const own = lines.filter(({ itemGroup, vatCode }) => itemGroup === group.itemGroup && vatCode === group.vatCode);
		expect([group.gross, group.lineCount]).toEqual([total(own.map(({ gross }) => gross)), own.length]);
	}
	for (const tender of totals.tenders) {
		const own = tenders.filter(({ tenderType }) => tenderType === tender.tenderType);
		expect([tender.amount, tender.count]).toEqual([
			total(own.map(({ amount }) => amount)),
			own.filter(({ kind }) => kind === "tender").length,
		]);
	}
	expect(total(totals.vatTotals.map(({ gross }) => gross))).toBe(totals.gross);
	expect(total(totals.itemGroups.map(({ gross }) => gross))).toBe(totals.gross);
	expect(total(totals.tenders.map(({ amount }) => amount))).toBe(totals.gross - totals.rounding);
	const numbers = documents.map(({ receiptNumber }) => receiptNumber);
	expect([report.receiptNumberFirst, report.receiptNumberLast]).toEqual([numbers[0] ?? null, numbers.at(-1) ?? null]);
};

describe("a new month", () => {
	it("begins a segment with all that the older files need not be opened for", () => {
		const till = openTill();
		till.type("milk");
		till.tender("cash");
		reportOf(till);
		const outcome = till.openDay("2026-12-01");
		expect(typesOf(outcome)).toEqual(["BusinessDayOpened"]);
		const opened = till.events().find((event) => event.type === "SegmentOpened");
		expect(opened).toMatchObject({
			month: "2026-12",
			counters: { receipt: 123_456, z: 1, ticket: 1 },
			grandTotals: { sales: 2490n },
			catalogVersion: "v1",
		});
		expect(till.till.state()).toMatchObject({ day: { z: 2 }, catalogVersion: "v1" });
		// The drawer, the receipt and the Z, of which no word has come yet.
		expect(till.till.state().doubts).toHaveLength(3);
		const state = till.till.state();
		till.restart();
		expect(till.replayed.state).toEqual(state);
		expect(till.replayed.recordCount).toBe(2);
		till.type("milk");
		till.tender("card");
		expect(documentsOf(till).at(-1)).toMatchObject({ receiptNumber: 123_457, z: 2 });
	});

	it("does not forget that the clock is doubted, nor a doubt that comes with it", () => {
		const doubted = openTill();
		reportOf(doubted);
		doubted.synchronised = false;
		const behind = { ...stampAt(), utcMs: stampAt(-600).utcMs, bootId: "boot-2" };
		doubted.take({ type: "ServiceStarted", applicationVersion: "1", trouble: undefined }, behind);
		expect(doubted.till.state().clockDoubt).toBe("behindLastRecord");
		doubted.take({ type: "DayOpenRequested", businessDate: "2026-12-01" }, behind);
		expect(doubted.till.state().clockDoubt).toBe("behindLastRecord");

		const jumped = openTill();
		reportOf(jumped);
		const ahead = { ...stampAt(jumped.seconds + 1), utcMs: stampAt(jumped.seconds + 1).utcMs + 30 * 86_400_000 };
		const outcome = jumped.take({ type: "DayOpenRequested", businessDate: null }, ahead);
		expect(typesOf(outcome)).toEqual(["ClockDoubted", "BusinessDayOpened"]);
		expect(jumped.till.state()).toMatchObject({ clockDoubt: "farAhead", day: { businessDate: "2026-12-20" } });
	});
});

describe("a day on which something of every item group was sold", () => {
	it("is closed: its Z fits a message with as many groups as a catalog may have, of the longest names", () => {
		const items = Array.from({ length: ITEM_GROUPS_MAX }, (_, n) =>
			itemOf({ itemId: `A${n}`, itemGroup: n.toString().padStart(20, "\u{1f9c0}") }),
		);
		const till = new TestTill();
		till.catalog.put("v1", items);
		till.openDay("2026-11-20");
		items.forEach(({ itemId }, index) => {
			till.type(itemId);
			if (index % 50 === 49) till.tender("card");
		});
		expect(reportOf(till).totals.itemGroups).toHaveLength(ITEM_GROUPS_MAX);
	});
});
