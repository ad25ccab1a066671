import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountOf } from "../../../src/money/amount.ts";
import { roundCash } from "../../../src/money/rounding.ts";
import { makeVoucher } from "../../../src/relay/power-office/make-voucher.ts";
import { targetKey, voucherBody } from "../../../src/relay/power-office/voucher-body.ts";
import { RESTAURANT, voucherMappingOf } from "./support/mapping.ts";
import { dayOf, type LineSpec, type TicketSpec } from "./support/tickets.ts";

const line: fc.Arbitrary<LineSpec> = fc.record({
	group: fc.constantFrom("FOOD", "BEER", "SODA"),
	vatCode: fc.constantFrom("3", "31", "33", "32"),
	gross: fc.bigInt({ min: -50_000n, max: 200_000n }).filter((gross) => gross !== 0n),
});

/** A ticket paid by card, in cash rounded to the krone, or by a card too large with the change in cash. */
const ticket: fc.Arbitrary<TicketSpec> = fc
	.tuple(
		fc.array(line, { minLength: 1, maxLength: 5 }),
		fc.constantFrom("card", "cash", "cashBack", "credit"),
		fc.bigInt({ min: 1n, max: 50_000n }),
		fc.boolean(),
	)
	.map(([lines, way, more, training]): TicketSpec => {
		const due = amountOf(lines.reduce((sum, { gross }) => sum + BigInt(gross), 0n));
		if (way === "credit") return { lines, settlement: "credit", training };
		if (way === "card" || due === 0n) return { lines, tenders: due === 0n ? [] : [["visa", due]], training };
		if (way === "cash") {
			const coin = roundCash(due, due, 100n);
			return { lines, tenders: coin === 0n ? [] : [["cash", coin]], rounding: due - coin, training };
		}
		const card = (due < 0n ? 0n : due) + more;
		const back = roundCash(amountOf(due - card), due, 100n);
		const change: TicketSpec["tenders"] = back === 0n ? [] : [["cash", back, "change"]];
		return { lines, tenders: [["mc", card], ...change], rounding: due - card - back, training };
	});

/** The sums by another hand: decimals in kroner, straight from what was sold and paid. */
const expected = (specs: readonly TicketSpec[]): Map<string, Decimal> => {
	const sums = new Map<string, Decimal>();
	const add = (key: string, minor: number | bigint): void => {
		sums.set(key, (sums.get(key) ?? new Decimal(0)).plus(new Decimal(minor.toString()).div(100)));
	};
	const accounts: Record<string, number> = { FOOD: 3000, BEER: 3002, SODA: 3003, visa: 1910, mc: 1902, cash: 1901 };
	for (const spec of specs) {
		if (spec.training === true || spec.settlement === "credit") continue;
		for (const { group, vatCode, gross } of spec.lines) {
			const account = group === "FOOD" && vatCode === "31" ? 3001 : accounts[group ?? ""];
			add(`account ${account}/${vatCode}`, -BigInt(gross));
		}
		for (const [type, amount] of spec.tenders ?? []) add(`account ${accounts[type]}/0`, amount);
		add("account 7740/0", spec.rounding ?? 0);
	}
	for (const [key, amount] of sums) if (amount.isZero()) sums.delete(key);
	return sums;
};

/** The amounts of a body by their text, so that no floating point hides a difference. */
const posted = (body: string, keys: readonly string[]): Map<string, Decimal> => {
	const amounts = [...body.matchAll(/"CurrencyAmount":(-?[0-9]+\.[0-9]{2}),/g)].map(
		([, text]) => new Decimal(text ?? ""),
	);
	expect(amounts).toHaveLength(keys.length);
	const sums = new Map<string, Decimal>();
	keys.forEach((key, index) => {
		sums.set(key, (sums.get(key) ?? new Decimal(0)).plus(amounts[index] ?? 0));
	});
	return sums;
};

describe("a voucher of any tickets", () => {
	it("sums to zero, line by line what was sold and paid, by an independent sum", () => {
		const mapping = voucherMappingOf(RESTAURANT);
		let vouchers = 0;
		fc.assert(
			fc.property(fc.array(ticket, { maxLength: 12 }), (specs) => {
				const { tickets, report } = dayOf(specs);
				const outcome = makeVoucher({ day: report, tickets, mapping, revision: 1 });
				const sums = expected(specs);
				if (outcome.kind === "nothing") {
					expect([...sums]).toEqual([]);
					return;
				}
				if (outcome.kind !== "voucher") throw new Error(JSON.stringify(outcome.reasons));
				vouchers += 1;
				const { lines } = outcome.voucher;
				const ids = {
					targets: new Map(lines.map(({ target }) => [targetKey(target), "9007199254740993"])),
					vatCodes: new Map(lines.map(({ vatCode }) => [vatCode, "1"])),
					departmentId: null,
					locationId: null,
				};
				const body = voucherBody(outcome.voucher, ids);
				const keys = lines.map(({ target, vatCode }) => `${targetKey(target)}/${vatCode}`);
				const found = posted(body, keys);
				expect([...found.values()].reduce((sum, amount) => sum.plus(amount), new Decimal(0)).toFixed(2)).toBe("0.00");
				const shown = (map: Map<string, Decimal>) =>
					[...map].map(([key, amount]) => `${key} ${amount.toFixed(2)}`).toSorted();
				expect(shown(found)).toEqual(shown(sums));
				expect(lines.every(({ amount }) => amount !== 0n)).toBe(true);
			}),
			{ numRuns: 300 },
		);
		expect(vouchers).toBeGreaterThan(200);
	});
});
