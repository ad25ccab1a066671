import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LINE_KINDS, type LineKind, type TicketLine, type TicketTender } from "../../src/events/ticket-document.ts";
import { amountOf } from "../../src/money/amount.ts";
import { apportion } from "../../src/ticket/apportionment.ts";
import { unitLine } from "../../src/ticket/line.ts";
import { itemOf } from "../support/ticket-fixture.ts";

const LINE = unitLine({
	lineNo: 1,
	kind: "sale",
	item: itemOf(),
	quantity: 1_000_000n as never,
	vatRate: 250_000n as never,
	scanCode: { symbology: "typed", data: "A" },
	catalogVersion: "v1",
});
const lineOf = (kind: LineKind, gross: bigint): TicketLine => {
	if (LINE === undefined) throw new Error("no line");
	return { ...LINE, kind, gross: amountOf(gross) };
};
const tenderOf = (tenderNo: number, amount: bigint, kind: TicketTender["kind"] = "tender"): TicketTender => ({
	tenderNo,
	kind,
	tenderType: `t${tenderNo}`,
	description: "",
	safTCode: "12999",
	isCash: kind === "change",
	amount: amountOf(amount),
	card: null,
});
const sumOf = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** What each group got, shortest form: [group, [tenderNo, share]..., rounding, offset]. */
const shares = (lines: readonly TicketLine[], tenders: readonly TicketTender[], rounding: bigint): unknown =>
	apportion(lines, tenders, amountOf(rounding)).map(({ group, tenders: own, rounding: rest, offset }) => [
		group,
		own.map(({ tenderNo, amount }) => [tenderNo, amount]),
		rest,
		offset,
	]);

describe("tenders spread over what they pay", () => {
	it("invoice first, then gift card, the rest to the sale, in the order entered", () => {
		expect(
			shares(
				[lineOf("sale", 10_000n), lineOf("invoicePayment", 25_000n), lineOf("giftCardIssue", 5000n)],
				[tenderOf(1, 20_000n), tenderOf(2, 30_000n), tenderOf(3, -10_000n, "change")],
				0n,
			),
		).toEqual([
			[
				"invoicePayment",
				[
					[1, 20_000n],
					[2, 5000n],
				],
				0n,
				0n,
			],
			["prepayment", [[2, 5000n]], 0n, 0n],
			[
				"cashSale",
				[
					[2, 20_000n],
					[3, -10_000n],
				],
				0n,
				0n,
			],
		]);
	});

	it("rounding and change go to the last group, also when that is no sale", () => {
		expect(
			shares([lineOf("invoicePayment", 9995n)], [tenderOf(1, 20_000n), tenderOf(2, -10_000n, "change")], -5n),
		).toEqual([
			[
				"invoicePayment",
				[
					[1, 20_000n],
					[2, -10_000n],
				],
				-5n,
				0n,
			],
		]);
	});

	it("what a return pays of an invoice is an offset between the two", () => {
		expect(shares([lineOf("return", -10_000n), lineOf("invoicePayment", 25_000n)], [tenderOf(1, 15_000n)], 0n)).toEqual(
			[
				["invoicePayment", [[1, 15_000n]], 0n, 10_000n],
				["cashSale", [], 0n, -10_000n],
			],
		);
		expect(shares([lineOf("return", -30_000n), lineOf("invoicePayment", 25_000n)], [tenderOf(1, -5000n)], 0n)).toEqual([
			["invoicePayment", [], 0n, 25_000n],
			["cashSale", [[1, -5000n]], 0n, -25_000n],
		]);
		expect(shares([lineOf("return", -25_000n), lineOf("invoicePayment", 25_000n)], [], 0n)).toEqual([
			["invoicePayment", [], 0n, 25_000n],
			["cashSale", [], 0n, -25_000n],
		]);
	});
});

/** The group of a line: what is no sale of this shop today stands apart (DESIGN section 5). */
const groupOf = ({ kind }: TicketLine): string =>
	kind === "invoicePayment" ? "invoicePayment" : kind === "giftCardIssue" ? "prepayment" : "cashSale";

const anyLine = fc
	.record({ kind: fc.constantFrom(...LINE_KINDS), gross: fc.bigInt({ min: 0n, max: 90_000n }) })
	.map(({ kind, gross }) => lineOf(kind, kind === "return" ? -gross : gross));

/** Tenders of any size that settle the lines: the last one takes what is left, change may follow. */
const settled = fc
	.record({
		lines: fc.array(anyLine, { minLength: 1, maxLength: 8 }),
		parts: fc.array(fc.bigInt({ min: 1n, max: 60_000n }), { maxLength: 4 }),
		change: fc.bigInt({ min: 0n, max: 50_000n }),
		rounding: fc.bigInt({ min: -50n, max: 50n }),
	})
	.map(({ lines, parts, change, rounding }) => {
		const due = sumOf(lines.map(({ gross }) => gross));
		const sign = due < 0n ? -1n : 1n;
		const tenders = parts.map((part, index) => tenderOf(index + 1, part * sign));
		const left = due - rounding - sumOf(tenders.map(({ amount }) => amount));
		const isChange = left * sign < 0n;
		if (isChange) tenders.push(tenderOf(tenders.length + 1, left, "change"));
		else if (left !== 0n || change > 0n) {
			tenders.push(tenderOf(tenders.length + 1, left + change * sign));
			if (change > 0n) tenders.push(tenderOf(tenders.length + 1, -change * sign, "change"));
		}
		return { lines, tenders, rounding };
	});

describe("for any lines of any kind, returns that pay invoices among them", () => {
	it("each group is paid, each tender used up, and only the last group has change and rounding", () => {
		fc.assert(
			fc.property(settled, ({ lines, tenders, rounding }) => {
				const groups = apportion(lines, tenders, amountOf(rounding));
				for (const { group, gross, tenders: own, rounding: rest, offset } of groups) {
					expect(gross).toBe(sumOf(lines.filter((line) => groupOf(line) === group).map((line) => line.gross)));
					expect(gross).toBe(sumOf(own.map(({ amount }) => amount)) + rest + offset);
				}
				expect(groups.map(({ group }) => group)).toEqual(
					["invoicePayment", "prepayment", "cashSale"].filter((group) => lines.some((line) => groupOf(line) === group)),
				);
				expect(sumOf(groups.map(({ offset }) => offset))).toBe(0n);
				for (const { tenderNo, amount } of tenders) {
					const used = groups.flatMap(({ tenders: own }) => own.filter((share) => share.tenderNo === tenderNo));
					expect(sumOf(used.map((share) => share.amount))).toBe(amount);
					expect(used.every((share) => share.amount !== 0n && share.amount < 0n === amount < 0n)).toBe(true);
				}
				for (const { tenders: own, rounding: rest } of groups.slice(0, -1)) {
					expect(rest).toBe(0n);
					expect(own.filter(({ tenderNo }) => tenders[tenderNo - 1]?.kind === "change")).toEqual([]);
				}
			}),
			{ numRuns: 1000 },
		);
	});
});
