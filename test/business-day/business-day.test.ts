import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openDay, proposedBusinessDate } from "../../src/business-day/decide.ts";
import { evolveDay, withGrandTotals } from "../../src/business-day/evolve.ts";
import { NO_TOTALS, withTicket } from "../../src/business-day/totals.ts";
import { isRefusal } from "../../src/events/refusal.ts";
import type { TicketDocument, TicketLine } from "../../src/events/ticket-document.ts";
import { amountOf, negate, ZERO } from "../../src/money/amount.ts";
import { TestTill } from "../support/test-till.ts";
import { itemOf, stampAt } from "../support/ticket-fixture.ts";

/** A closed ticket of one line of 99.95, paid 100.00 in cash. */
const soldTicket = (): TicketDocument => {
	const till = new TestTill();
	till.catalog.put("v1", [itemOf()]);
	till.openDay();
	till.type("Item A");
	const closed = till.tender("cash", "100").events.find((event) => event.type === "TicketClosed");
	if (closed === undefined) throw new Error("the ticket did not close");
	return closed.document;
};

/** The same line taken back. */
const returned = (line: TicketLine): TicketLine => ({
	...line,
	kind: "return",
	gross: negate(line.gross),
	net: negate(line.net),
	vat: negate(line.vat),
});

/** Whether a day of that date can be opened. */
const isDate = (businessDate: string): boolean => {
	const context = { at: stampAt(), cutOverHour: 4, zLast: 0, feedSeq: 0 };
	const opened = openDay(undefined, { businessDate, operatorId: "1" }, context);
	if (isRefusal(opened)) expect(opened.code).toBe("TILL-0422");
	return !isRefusal(opened);
};

describe("a business date", () => {
	it("is a date of the calendar, exactly when the platform says so", () => {
		const number = (max: number, digits: number) => fc.nat({ max }).map((n) => n.toString().padStart(digits, "0"));
		fc.assert(
			fc.property(fc.integer({ min: 1900, max: 2150 }), number(13, 2), number(33, 2), (year, month, day) => {
				const text = `${year}-${month}-${day}`;
				const platform = new Date(`${text}T00:00:00Z`);
				const isReal = !Number.isNaN(platform.getTime()) && platform.toISOString().startsWith(text);
				expect(isDate(text)).toBe(isReal);
			}),
			{ numRuns: 3000 },
		);
		expect(["2026-1-1", "20260101", "2026-01-01 ", "today", ""].map(isDate)).toEqual(Array(5).fill(false));
	});

	it.each([
		[0, "2026-11-20"],
		[6 * 3600 - 1, "2026-11-20"],
		[6 * 3600, "2026-11-20"],
		[10 * 3600 - 1, "2026-11-20"],
		[10 * 3600, "2026-11-21"],
	])("is proposed %i seconds after 18:00 with cut-over at four as %s", (seconds, date) => {
		expect(proposedBusinessDate(stampAt(seconds), 4)).toBe(date);
		expect(
			openDay(
				undefined,
				{ businessDate: null, operatorId: "7" },
				{ at: stampAt(seconds), cutOverHour: 4, zLast: 6, feedSeq: 40 },
			),
		).toEqual({
			type: "BusinessDayOpened",
			businessDate: date,
			z: 7,
			feedSeqFirst: 41,
			operatorId: "7",
		});
	});
});

describe("the day's totals", () => {
	it("take change off its tender type without counting it as a tender", () => {
		const ticket = soldTicket();
		const [tender] = ticket.tenders;
		if (tender === undefined) throw new Error("no tender");
		const change = { ...tender, tenderNo: 2, kind: "change" as const, amount: amountOf(-40_000n) };
		const totals = withTicket(NO_TOTALS, { ...ticket, tenders: [tender, change] });
		expect(totals.tenders).toEqual([
			{ tenderType: "cash", description: "Cash", safTCode: "12001", amount: -30_000n, count: 1 },
		]);
	});

	it("keep VAT codes, groups and tenders apart, and one code with two rates too", () => {
		const ticket = soldTicket();
		const [line] = ticket.lines;
		const [vat] = ticket.vatTotals;
		if (line === undefined || vat === undefined) throw new Error("no line");
		const other = {
			...ticket,
			vatTotals: [{ ...vat, vatRate: 150_000n as never }],
			lines: [{ ...line, itemGroup: null, kind: "tip" as const }],
		};
		const totals = [ticket, other, ticket].reduce(withTicket, NO_TOTALS);
		expect(totals.vatTotals.map(({ vatRate, gross }) => [vatRate, gross])).toEqual([
			[250_000n, 19_990n],
			[150_000n, 9995n],
		]);
		expect(totals.itemGroups.map(({ itemGroup, lineCount }) => [itemGroup, lineCount])).toEqual([
			["goods", 2],
			["tip", 1],
		]);
	});

	it("hold no training ticket, nor do the grand totals", () => {
		const training = { ...soldTicket(), training: true };
		expect(withTicket(NO_TOTALS, training)).toEqual(NO_TOTALS);
		expect(withGrandTotals({ sales: ZERO, returns: ZERO }, training)).toEqual({ sales: ZERO, returns: ZERO });
	});

	it("count first and last of sales receipts, not of other series", () => {
		const opened = evolveDay(
			undefined,
			{ type: "BusinessDayOpened", businessDate: "2026-11-20", z: 1, feedSeqFirst: 1, operatorId: "1" },
			stampAt(),
		);
		const days = [
			{ series: "return" as const, receiptNumber: 7 },
			{ series: "receipt" as const, receiptNumber: 100 },
			{ series: "delivery" as const, receiptNumber: 3 },
			{ series: "receipt" as const, receiptNumber: 101 },
		].reduce(
			(day, numbered) =>
				evolveDay(day, { type: "TicketClosed", document: { ...soldTicket(), ...numbered } }, stampAt()),
			opened,
		);
		expect(days).toMatchObject({ receiptNumberFirst: 100, receiptNumberLast: 101, totals: { ticketCount: 4 } });
	});
});

describe("the grand totals", () => {
	it("hold sales before returns, and returns, each for ever", () => {
		const ticket = soldTicket();
		const mixed = { ...ticket, lines: ticket.lines.flatMap((line) => [line, line, returned(line)]) };
		expect([ticket, mixed].reduce(withGrandTotals, { sales: amountOf(1n), returns: amountOf(2n) })).toEqual({
			sales: 1n + 3n * 9995n,
			returns: 2n + 9995n,
		});
	});
});

describe("what cannot follow", () => {
	it("is an error, never a guess", () => {
		const close = { type: "TicketClosed", document: soldTicket() } as const;
		expect(() => evolveDay(undefined, close, stampAt())).toThrow(/^TILL-0107/);
	});
});
