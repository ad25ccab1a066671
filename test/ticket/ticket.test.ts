import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRefusal } from "../../src/events/refusal.ts";
import type { TicketDocument } from "../../src/events/ticket-document.ts";
import { norwegianRules } from "../../src/fiscal/no/rules.ts";
import { amountOf } from "../../src/money/amount.ts";
import { quantityOf, quantityText } from "../../src/money/quantity.ts";
import type { TicketCommand } from "../../src/ticket/command.ts";
import type { TicketContext } from "../../src/ticket/context.ts";
import { decideTicket } from "../../src/ticket/decide.ts";
import { evolveTicket } from "../../src/ticket/evolve.ts";
import { brokenInvariants } from "../../src/ticket/invariants.ts";
import { TICKET_LINES_MAX } from "../../src/ticket/settings.ts";
import type { OpenTicket } from "../../src/ticket/state.ts";
import { contextOf, itemOf, SETTINGS } from "../support/ticket-fixture.ts";

const sell = (item = itemOf(), quantityText: string | null = null): TicketCommand => ({
	command: "SellItem",
	label: null,
	item,
	catalogVersion: "v1",
	scanCode: { symbology: "typed", data: item.itemId },
	quantityText,
});
const tender = (
	tenderType: string,
	amountText: string | null = null,
	currency: string | null = null,
): TicketCommand => ({
	command: "TakeTender",
	tenderType,
	amountText,
	currency,
});

interface Played {
	readonly ticket: OpenTicket | undefined;
	readonly document: TicketDocument | undefined;
	readonly refusals: readonly string[];
}

/** Plays commands as the loop does: decide, evolve, never change on a refusal. */
const play = (commands: readonly TicketCommand[], context: TicketContext = contextOf()): Played => {
	let ticket: OpenTicket | undefined;
	let document: TicketDocument | undefined;
	const refusals: string[] = [];
	for (const command of commands) {
		if (document !== undefined) break;
		const decided = decideTicket(ticket, command, context);
		if (isRefusal(decided)) {
			refusals.push(decided.code);
			continue;
		}
		for (const event of decided) {
			ticket = evolveTicket(ticket, event, context.at);
			if (event.type === "TicketClosed") document = event.document;
		}
	}
	return { ticket, document, refusals };
};

const closed = (commands: readonly TicketCommand[], context?: TicketContext): TicketDocument => {
	const { document, refusals } = play(commands, context);
	expect(refusals).toEqual([]);
	if (document === undefined) throw new Error("the ticket did not close");
	return document;
};

const rows = (document: TicketDocument): [string, bigint][] => [
	...document.tenders.map((t): [string, bigint] => [t.tenderType, t.amount]),
	["rounding", document.rounding],
];

describe("the fixed points", () => {
	it("sells the M3 document's ticket: 500.00 by Mastercard, 400.00 back, rounding -0.05", () => {
		const document = closed([sell(), tender("mc", "500.00")]);
		expect(rows(document)).toEqual([
			["mc", 50_000n],
			["cash", -40_000n],
			["rounding", -5n],
		]);
		expect([document.due, document.net, document.vat]).toEqual([9995n, 7996n, 1999n]);
		expect(document.receiptNumber).toBe(123_456);
		expect(document.transactionCode).toBe("11001");
	});

	it("takes 99.95 in cash as 100.00, with 200.00 giving 100.00 back", () => {
		expect(rows(closed([sell(), tender("cash")]))).toEqual([
			["cash", 10_000n],
			["rounding", -5n],
		]);
		expect(rows(closed([sell(), tender("cash", "200")]))).toEqual([
			["cash", 20_000n],
			["cash", -10_000n],
			["rounding", -5n],
		]);
	});

	it("never rounds a ticket on which no coin moved", () => {
		expect(rows(closed([sell(), tender("card")]))).toEqual([
			["card", 9995n],
			["rounding", 0n],
		]);
		expect(rows(closed([sell(), tender("mc", "99.95")]))).toEqual([
			["mc", 9995n],
			["rounding", 0n],
		]);
	});

	it("gives 50.00 back on voucher 100.30 and card 100.00 against 149.95, rounding -0.35", () => {
		const item = itemOf({ price: { amountMinor: amountOf(14_995n), per: 1 } });
		expect(rows(closed([sell(item), tender("voucher", "100.30"), tender("mc", "100.00")]))).toEqual([
			["voucher", 10_030n],
			["mc", 10_000n],
			["cash", -5000n],
			["rounding", -35n],
		]);
	});

	it("closes a ticket of 0.00 without a tender", () => {
		const free = itemOf({ price: { amountMinor: amountOf(0n), per: 1 } });
		expect(rows(closed([sell(free), { command: "CloseTicket" }]))).toEqual([["rounding", 0n]]);
	});

	it("takes a part in cash and the rest by card without rounding, and rounds a part left for coin once", () => {
		expect(rows(closed([sell(), tender("cash", "50"), tender("card")]))).toEqual([
			["cash", 5000n],
			["card", 4995n],
			["rounding", 0n],
		]);
		expect(rows(closed([sell(), tender("card", "49.50"), tender("cash")]))).toEqual([
			["card", 4950n],
			["cash", 5000n],
			["rounding", 45n],
		]);
	});

	it("rounds to 50 øre in Denmark, 5 cents in euro, not at all in Iceland", () => {
		const inCurrency = (currency: "DKK" | "EUR" | "ISK", cashUnitMinor: bigint | undefined): [string, bigint][] =>
			rows(
				closed(
					[sell(itemOf({ currency, price: { amountMinor: amountOf(9987n), per: 1 } })), tender("cash")],
					contextOf({ settings: { ...SETTINGS, currency, cashUnitMinor } }),
				),
			);
		expect(inCurrency("DKK", 50n)).toEqual([
			["cash", 10_000n],
			["rounding", -13n],
		]);
		expect(inCurrency("EUR", 5n)).toEqual([
			["cash", 9985n],
			["rounding", 2n],
		]);
		expect(inCurrency("ISK", undefined)).toEqual([
			["cash", 9987n],
			["rounding", 0n],
		]);
	});
});

describe("refusals leave the ticket as it was", () => {
	const half = itemOf({ price: { amountMinor: amountOf(30n), per: 1 } });
	it.each<[string, string, TicketCommand[]]>([
		["a quantity of zero", "TILL-0402", [sell(itemOf(), "0")]],
		["a negative quantity", "TILL-0402", [sell(itemOf(), "-1")]],
		["half a piece", "TILL-0402", [sell(itemOf(), "0.5")]],
		["a word for a quantity", "TILL-0402", [sell(itemOf(), "two")]],
		["a bar code for a quantity", "TILL-0402", [sell(itemOf(), "7038010001659")]],
		[
			"a product beyond an amount",
			"TILL-0403",
			[sell(itemOf({ price: { amountMinor: amountOf(9_007_199_254_740_991n), per: 1 } }), "1000000")],
		],
		[
			"a sum beyond an amount",
			"TILL-0403",
			[sell(itemOf({ price: { amountMinor: amountOf(9_007_199_254_740_000n), per: 1 } }))],
		],
		["an item in another currency", "TILL-0406", [sell(itemOf({ currency: "SEK" }))]],
		["an item without a rate", "TILL-0417", [sell(itemOf({ vatCode: "99" }))]],
		["closing short", "TILL-0404", [{ command: "CloseTicket" }]],
		["an unknown tender", "TILL-0405", [tender("gold", "1")]],
		["another currency", "TILL-0406", [tender("cash", "100", "EUR")]],
		["no amount", "TILL-0407", [tender("cash", "abc")]],
		["a negative amount", "TILL-0407", [tender("mc", "-5")]],
		["an amount of zero", "TILL-0407", [tender("mc", "0")]],
		["øre in cash", "TILL-0408", [tender("cash", "99.95")]],
		["more than is left by a tender without change", "TILL-0409", [tender("card", "100.00")]],
		["change that coin cannot give", "TILL-0410", [tender("mc", "100.00")]],
	])("%s: %s", (_name, code, commands) => {
		const before = play([sell()]);
		const after = play([sell(), ...commands]);
		expect(after.refusals).toEqual([code]);
		expect(after.ticket).toEqual(before.ticket);
		expect(after.document).toBeUndefined();
	});

	it("names what stands without a ticket, after a tender, and beyond the limits", () => {
		expect(play([{ command: "CloseTicket" }]).refusals).toEqual(["TILL-0411"]);
		expect(play([tender("cash")]).refusals).toEqual(["TILL-0411"]);
		expect(play([sell(), tender("cash", "50"), sell()]).refusals).toEqual(["TILL-0416"]);
		expect(play([sell(half), tender("cash")]).refusals).toEqual(["TILL-0410"]);
		expect(play(Array.from({ length: TICKET_LINES_MAX + 1 }, () => sell())).refusals).toEqual(["TILL-0415"]);
		expect(
			play([sell(itemOf({ price: { amountMinor: amountOf(0n), per: 1 } })), tender("cash", "1")]).refusals,
		).toEqual(["TILL-0424"]);
	});
});

const anyItem = fc
	.record({
		price: fc.bigInt({ min: 0n, max: 2_000_000n }),
		per: fc.constantFrom(1 as const, 10 as const, 100 as const, 1000 as const),
		includesVat: fc.boolean(),
		vatCode: fc.constantFrom("3", "31", "32", "33", "5", "6"),
		quantity: fc.bigInt({ min: 1n, max: 99_000_000n }),
	})
	.map(({ price, per, includesVat, vatCode, quantity }) =>
		sell(
			itemOf({ price: { amountMinor: amountOf(price), per }, includesVat, vatCode, unitDecimals: 6 }),
			quantityText(quantityOf(quantity)),
		),
	);

const anyTender = fc
	.record({
		type: fc.constantFrom("cash", "mc", "card", "voucher"),
		minor: fc.option(fc.bigInt({ min: 1n, max: 5_000_000n })),
	})
	.map(({ type, minor }) =>
		tender(type, minor === null ? null : `${minor / 100n}.${(minor % 100n).toString().padStart(2, "0")}`),
	);

describe("for any lines, tenders and roundings", () => {
	it("every invariant holds when the ticket closes, and it always can be closed by card", () => {
		const cashUnit = fc.constantFrom(undefined, 5n, 50n, 100n);
		fc.assert(
			fc.property(
				fc.array(anyItem, { minLength: 1, maxLength: 12 }),
				fc.array(anyTender, { maxLength: 8 }),
				cashUnit,
				(items, tenders, cashUnitMinor) => {
					const context = contextOf({ settings: { ...SETTINGS, cashUnitMinor } });
					const { document } = play([...items, ...tenders, tender("card"), { command: "CloseTicket" }], context);
					expect(document).toBeDefined();
					if (document === undefined) return;
					expect(brokenInvariants(document, cashUnitMinor)).toEqual([]);
					const change = document.tenders.filter((t) => t.kind === "change");
					expect(change.length).toBeLessThanOrEqual(1);
					for (const t of change) expect(t.amount).toBeLessThan(0n);
				},
			),
			{ numRuns: 400 },
		);
	});

	it("replaying the events gives the same ticket", () => {
		fc.assert(
			fc.property(
				fc.array(anyItem, { minLength: 1, maxLength: 5 }),
				fc.array(anyTender, { maxLength: 4 }),
				(items, tenders) => {
					const commands = [...items, ...tenders];
					expect(play(commands)).toEqual(play(commands));
				},
			),
		);
	});
});

describe("the invariants themselves", () => {
	const sound = closed([sell(), tender("mc", "500.00")]);
	it.each<[string, Partial<TicketDocument>]>([
		["a forgotten rounding", { rounding: amountOf(0n) }],
		["a flipped rounding", { rounding: amountOf(5n) }],
		["a lost tender", { tenders: sound.tenders.slice(1) }],
		["a wrong due", { due: amountOf(10_000n) }],
		["a wrong VAT sum", { vat: amountOf(2000n) }],
		["lost VAT totals", { vatTotals: [] }],
		["a lost group", { apportionment: [] }],
	])("notice %s", (_name, change) => {
		expect(brokenInvariants({ ...sound, ...change }, 100n)).not.toEqual([]);
	});
});

describe("Norway's rates", () => {
	it("are dated", () => {
		expect(norwegianRules.vatRate("33", "2020-06-01")).toBe(60_000n);
		expect(norwegianRules.vatRate("33", "2026-06-01")).toBe(120_000n);
		expect(norwegianRules.vatRate("32", "2026-06-01")).toBe(111_100n);
		expect(norwegianRules.vatRate("3", "1999-01-01")).toBeUndefined();
	});
});
