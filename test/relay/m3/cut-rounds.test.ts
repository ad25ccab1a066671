import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutRounds, type QueuedTicket } from "../../../src/relay/m3/cut-rounds.ts";

const ticket = (messageId: number, change: Partial<QueuedTicket> = {}): QueuedTicket => ({
	messageId,
	queuedUtcMs: 0,
	cono: 100,
	divi: "AAA",
	acdt: "20261123",
	currency: "NOK",
	...change,
});

describe("cutting rounds", () => {
	it("cuts at the number of tickets at once, and the rest when the interval is over", () => {
		const queued = [1, 2, 3].map((id) => ticket(id));
		const policy = { ticketCountMax: 2, intervalMs: 60_000 };
		expect(cutRounds(queued, policy, 59_999).map(({ messageIds }) => messageIds)).toEqual([[1, 2]]);
		expect(cutRounds(queued, policy, 60_000).map(({ messageIds }) => messageIds)).toEqual([[1, 2], [3]]);
	});

	it("does not wait for a clock that was set back to catch up", () => {
		const policy = { ticketCountMax: 2, intervalMs: 60_000 };
		expect(cutRounds([ticket(1, { queuedUtcMs: 5_000 })], policy, 4_999)).toHaveLength(1);
	});

	it("makes legal rounds of any tickets: each ticket once, one company, division, date and currency, in order", () => {
		const any = fc.record({
			cono: fc.constantFrom(100, 200),
			divi: fc.constantFrom("AAA", "BBB"),
			acdt: fc.constantFrom("20261123", "20261124"),
			currency: fc.constantFrom("NOK", "SEK"),
			queuedUtcMs: fc.nat(100),
		});
		fc.assert(
			fc.property(
				fc.array(any, { maxLength: 60 }),
				fc.integer({ min: 1, max: 9 }),
				fc.nat(50),
				(values, ticketCountMax, intervalMs) => {
					const queued = values.map((value, index) => ticket(index + 1, value));
					const cuts = cutRounds(queued, { ticketCountMax, intervalMs }, 100);
					for (const { messageIds, ...key } of cuts) {
						expect(messageIds.length).toBeGreaterThan(0);
						expect(messageIds.length).toBeLessThanOrEqual(ticketCountMax);
						expect(messageIds).toEqual(messageIds.toSorted((a, b) => a - b));
						for (const id of messageIds) expect(queued[id - 1]).toMatchObject(key);
					}
					const all = cuts.flatMap(({ messageIds }) => messageIds);
					expect(new Set(all).size).toBe(all.length);
					// Nothing that is due stays behind.
					const first = queued.filter(({ messageId }) => !all.includes(messageId));
					const groups = Map.groupBy(first, ({ cono, divi, acdt, currency }) => `${cono} ${divi} ${acdt} ${currency}`);
					for (const group of groups.values()) {
						expect(group.length).toBeLessThan(ticketCountMax);
						expect(100 - (group[0]?.queuedUtcMs ?? 0)).toBeLessThan(intervalMs);
					}
				},
			),
			{ numRuns: 300 },
		);
	});
});
