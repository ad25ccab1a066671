import { describe, expect, it } from "vitest";
import { amountOf } from "../../src/money/amount.ts";
import { cashRule, TICKET_LINES_MAX, TICKET_TENDERS_MAX } from "../../src/ticket/settings.ts";
import { refusalOf, TestTill, typesOf } from "../support/test-till.ts";
import { itemOf, SETTINGS, stampAt } from "../support/ticket-fixture.ts";

const CASH = cashRule(SETTINGS);
const CARD = { ...CASH, id: "card", isCash: false, change: "none", opensDrawer: false } as const;

const CODES = { "Item A": "7038010001659" };

/** A till with the M3 document's item, its day open. */
const openTill = (): TestTill => {
	const till = new TestTill();
	till.catalog.put("v1", [itemOf()], { codes: CODES });
	till.openDay();
	return till;
};

const scanned = (data: string, symbology = "EAN13") =>
	({ type: "Scanned", deviceId: "scanner", symbology, data }) as const;

describe("a scan", () => {
	it("is on disk before its line is shown, and the catalog it came from stands before it", () => {
		const till = openTill();
		const outcome = till.take(scanned("7038010001659"));
		expect(typesOf(outcome)).toEqual(["CatalogActivated", "TicketOpened", "ItemSold"]);
		expect(till.journal.appends.at(-1)).toEqual(outcome.events);
		expect(outcome.effects).toEqual([
			{ effect: "DisplayText", content: { show: "line", line: till.till.state().ticket?.lines[0], due: 9995n } },
		]);
		expect(outcome.events[0]).toEqual({
			type: "CatalogActivated",
			version: "v1",
			sha256: "2".padStart(64, "a"),
			itemCount: 1,
		});
		expect(typesOf(till.take(scanned("7038010001659")))).toEqual(["ItemSold"]);
		expect(till.till.state().ticket?.lines.map(({ lineNo }) => lineNo)).toEqual([1, 2]);
	});

	it.each<[string, string, string, string]>([
		["of an unknown code", "4006381333931", "EAN13", "TILL-0401"],
		["that was misread", "7038010001658", "EAN13", "TILL-0421"],
		["of too much", "1".repeat(60), "Code128", "TILL-0401"],
		["of nothing", " ", "Code128", "TILL-0401"],
	])("%s is refused with a beep, and nothing changes", (_name, data, symbology, code) => {
		const till = openTill();
		till.type("Item A");
		const { state, head } = { state: till.till.state(), head: till.journal.head() };
		const outcome = till.take(scanned(data, symbology));
		expect(refusalOf(outcome)).toBe(code);
		expect(outcome.effects).toEqual([
			{ effect: "DisplayText", content: { show: "refusal", refusal: outcome.refusal } },
			{ effect: "BeepError", deviceId: "scanner" },
		]);
		expect(outcome).toMatchObject({ events: [], hasMessages: false });
		expect(till.till.state()).toBe(state);
		expect(till.journal.head()).toEqual(head);
	});

	it("typed in vain is refused without a beep", () => {
		const till = openTill();
		const outcome = till.type("nothing");
		expect([refusalOf(outcome), outcome.effects]).toEqual(["TILL-0401", []]);
	});

	it("needs an open day and a catalog", () => {
		const till = new TestTill();
		expect(refusalOf(till.type("Item A"))).toBe("TILL-0412");
		till.openDay();
		expect(refusalOf(till.type("Item A"))).toBe("TILL-0420");
		till.catalog.put("v1", [itemOf()]);
		expect(refusalOf(till.type("Item A"))).toBe("");
	});

	it("that cannot be recorded leaves the till as it was, and can be tried again", () => {
		const till = openTill();
		const state = till.till.state();
		till.journal.failure = new Error("disk full");
		expect(() => till.type("Item A")).toThrow("disk full");
		expect(till.till.state()).toBe(state);
		till.journal.failure = undefined;
		expect(typesOf(till.type("Item A"))).toContain("ItemSold");
	});
});

describe("another catalog", () => {
	it("is taken between tickets only, never within one", () => {
		const till = openTill();
		till.type("Item A");
		till.catalog.put("v2", [itemOf({ price: { amountMinor: amountOf(5000n), per: 1 } })], {
			fromUtcMs: stampAt(till.seconds).utcMs,
		});
		expect(typesOf(till.type("Item A"))).toEqual(["ItemSold"]);
		const prices = (): bigint[] =>
			till.till.state().ticket?.lines.map(({ price }) => price.unitPrice.amountMinor) ?? [];
		expect(prices()).toEqual([9995n, 9995n]);
		till.tender("card");
		expect(typesOf(till.type("Item A"))).toEqual(["CatalogActivated", "TicketOpened", "ItemSold"]);
		expect(prices()).toEqual([5000n]);
		expect(till.till.state().ticket?.lines[0]?.price.source.catalogVersion).toBe("v2");
		till.tender("card");
		expect(typesOf(till.type("Item A"))).toEqual(["TicketOpened", "ItemSold"]);
	});

	it("is not activated by a code that it does not know", () => {
		const till = openTill();
		till.type("Item A");
		till.tender("card");
		till.catalog.put("v2", [], { fromUtcMs: stampAt(till.seconds).utcMs });
		expect(refusalOf(till.type("Item A"))).toBe("TILL-0401");
		expect(till.till.state().catalogVersion).toBe("v1");
	});
});

describe("the largest ticket there can be", () => {
	const wide = (count: number): string => "\u{1f9c0}".repeat(count);
	const item = itemOf({
		itemId: wide(15),
		description: wide(40),
		itemGroup: wide(20),
		unit: wide(3),
		unitText: wide(10),
		unitDecimals: 6,
		price: { amountMinor: amountOf(100_000_123_457n), per: 1000 },
	});
	const ownCode = "\u4e2d".repeat(48);
	const gtin = "97038010001652";
	const link = `https://example.com/${"a".repeat(200)}/01/${gtin}/10/${"B".repeat(20)}/21/${"S".repeat(20)}`;
	const longestLabel = `${link}?17=301130&7003=3011301345&3103=001250&3932=5781${"0".repeat(14)}`;

	it.each<[string, string, string, string | null]>([
		["typed as an own code, with padding", "typed", `${" ".repeat(4_000)}${ownCode}`, "999999.999999"],
		["read as a Digital Link that says all it can", "GS1DataMatrix", longestLabel, null],
	])(
		"is closed: as many lines as it can hold of the longest texts, %s, paid in twenty parts",
		(_name, symbology, data, quantityText) => {
			const visa = { ...CARD, description: "\u4e2d".repeat(30) };
			const till = new TestTill({ settings: { ...SETTINGS, tenderRules: [CASH, visa] }, operatorId: wide(5) });
			till.catalog.put("v".repeat(60), [item], { codes: { [item.itemId]: ownCode } });
			till.catalog.put("v".repeat(60), [item], { codes: { [item.itemId]: gtin } });
			till.openDay();
			for (let line = 0; line < TICKET_LINES_MAX; line += 1) {
				const sold = symbology === "typed" ? till.type(data, quantityText) : till.take(scanned(data, symbology));
				expect(refusalOf(sold)).toBe("");
			}
			for (let part = 1; part < TICKET_TENDERS_MAX; part += 1) till.tender("card", "1111111.11");
			expect(typesOf(till.tender("card"))).toContain("TicketClosed");
		},
	);
});

describe("the last tender", () => {
	it("closes, and starts drawer and paper in the same append: one sync between money and drawer", () => {
		const till = openTill();
		till.type("Item A");
		const before = till.journal.appends.length;
		const outcome = till.tender("mc", "500.00");
		expect(typesOf(outcome)).toEqual([
			"TenderReceived",
			"CashRounded",
			"ChangeGiven",
			"TicketClosed",
			"DrawerOpenStarted",
			"PrintStarted",
		]);
		expect(till.journal.appends.length).toBe(before + 1);
		expect(outcome.hasMessages).toBe(true);
		expect(till.journal.messages(2, 10).map(({ kind }) => kind)).toEqual(["ticket"]);
		expect(outcome.effects.map(({ effect }) => effect)).toEqual(["DisplayText", "OpenDrawer", "Print"]);
		expect(outcome.effects[0]).toEqual({
			effect: "DisplayText",
			content: { show: "closed", toPay: 10_000n, change: -40_000n },
		});
		const closed = outcome.events.find((event) => event.type === "TicketClosed");
		expect(outcome.effects[2]).toMatchObject({ content: { kind: "ticket", document: closed?.document, copy: false } });
		expect(till.till.state().lastTicket).toMatchObject({ receiptNumber: 123_456, due: 9995n, change: -40_000n });
	});

	it("opens no drawer when no coin moved and no slip goes into it", () => {
		const till = openTill();
		till.type("Item A");
		expect(typesOf(till.tender("card"))).toEqual(["TenderReceived", "TicketClosed", "PrintStarted"]);
		till.type("Item A");
		expect(typesOf(till.tender("voucher", "99.95"))).toContain("DrawerOpenStarted");
	});

	it("before it, what is left is shown", () => {
		const till = openTill();
		till.type("Item A");
		expect(till.tender("card", "40").effects).toEqual([
			{ effect: "DisplayText", content: { show: "left", left: 5995n } },
		]);
		expect(refusalOf(till.take({ type: "CloseRequested" }))).toBe("TILL-0404");
		expect(refusalOf(till.type("Item A"))).toBe("TILL-0416");
	});

	it("is shown again after a restart, as is the last line before the first tender", () => {
		const till = openTill();
		expect(till.restart().effects).toEqual([{ effect: "DisplayText", content: { show: "idle" } }]);
		till.type("Item A");
		till.type("Item A");
		const line = till.till.state().ticket?.lines[1];
		expect(till.restart().effects).toEqual([{ effect: "DisplayText", content: { show: "line", line, due: 19990n } }]);
		till.tender("card", "40");
		expect(till.restart().effects).toEqual([{ effect: "DisplayText", content: { show: "left", left: 15990n } }]);
	});

	it("counts receipts on without a gap, and gives each ticket an id of its own", () => {
		const till = openTill();
		const numbers = [1, 2, 3].map(() => {
			till.type("Item A");
			const closed = till.tender("card").events.find((event) => event.type === "TicketClosed");
			return [closed?.document.receiptNumber, closed?.document.ticketId];
		});
		expect(numbers).toEqual([123_456, 123_457, 123_458].map((n, i) => [n, `${till.journal.journalId}-${i + 1}`]));
	});
});

describe("little disk left", () => {
	it("refuses a new ticket and finishes the open one, the day with it", () => {
		const till = openTill();
		till.type("Item A");
		till.surroundings = { ...till.surroundings, isDiskLow: true };
		expect(typesOf(till.type("Item A"))).toEqual(["ItemSold"]);
		expect(typesOf(till.tender("cash"))).toContain("TicketClosed");
		expect(refusalOf(till.type("Item A"))).toBe("TILL-0418");
		expect(typesOf(till.closeDay())).toEqual(["BusinessDayClosed", "PrintStarted"]);
	});
});

describe("a ticket whose sums do not hold", () => {
	it("is never written: the state and the journal stand as they were", () => {
		const till = new TestTill({
			rules: {
				country: "NO",
				vatRate: () => 250_000n as never,
				classify: () => ({ transactionCode: "11001", series: "receipt" }),
			},
			settings: { ...SETTINGS, cashUnitMinor: -100n },
		});
		till.catalog.put("v1", [itemOf()]);
		till.openDay();
		till.type("Item A");
		const { state, head } = { state: till.till.state(), head: till.journal.head() };
		expect(() => till.tender("cash")).toThrow();
		expect(till.till.state()).toBe(state);
		expect(till.journal.head()).toEqual(head);
	});
});
