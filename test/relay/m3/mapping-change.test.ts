import { describe, expect, it } from "vitest";
import { mappingSchema } from "../../../src/config/schema/relay-mapping.ts";
import type { M3Context } from "../../../src/relay/m3/context.ts";
import { booksOf, FULL_MAPPING, GOLDEN_BOOKS, m3World } from "../support/m3-world.ts";
import { TestTill } from "../support/test-till.ts";

const SETTINGS = { round: { ticketCountMax: 100, intervalMs: 3_600_000 } };

/** The test till's mapping with a division that M3 does not have. */
const WRONG: M3Context["mapping"] = mappingSchema.parse({
	...FULL_MAPPING,
	stores: { S1: { ...FULL_MAPPING.stores["S1"], divi: "BBB" } },
});

describe("a mapping that was corrected before the relay was started again", () => {
	it("decides the round of a ticket that waited for one: its rows and its BchPrcRound are of one mapping", async () => {
		const world = await m3World();
		const before = world.boot({ settings: SETTINGS, mapping: WRONG });
		const till = new TestTill(1);
		before.take(till.sell());
		await before.delivery.step();
		expect(before.states()).toEqual({ queued: 1 });
		before.kill();
		const after = world.boot();
		await world.settle(after);
		expect(booksOf(world.sandbox)).toEqual({ [`${till.journalId}/1`]: GOLDEN_BOOKS });
		expect(after.states()).toEqual({ acknowledged: 1 });
		expect(after.alarmList()).toEqual([]);
	});

	it("lets everything that M3 refused for it be sent by one word of a person, and nothing that may be in M3", async () => {
		const vatCodes = { ...FULL_MAPPING.m3.vatCodes, "3": 99 };
		const mapping = mappingSchema.parse({ ...FULL_MAPPING, m3: { ...FULL_MAPPING.m3, vatCodes } });
		const world = await m3World({ switches: { rowValidation: "onAdd" } });
		const before = world.boot({ mapping });
		const [first, second] = [new TestTill(1), new TestTill(2, "S1", "T2")];
		before.take(...Array.from({ length: 30 }, () => first.sell()), second.sell());
		await world.settle(before);
		expect(before.states()).toEqual({ quarantined: 31 });
		expect(before.alarmList()).toHaveLength(31);
		const inDoubt = `${first.journalId}/1`;
		before.ledger.statement("UPDATE m3_ticket SET code = 'RELAY-2203' WHERE refe = ?").run(inDoubt);
		before.kill();
		const after = world.boot();
		expect(after.delivery.releaseRefused({ store: "S1", till: "T2" })).toBe(1);
		expect(after.delivery.releaseRefused({})).toBe(29);
		await world.settle(after);
		expect(after.states()).toEqual({ acknowledged: 30, quarantined: 1 });
		expect(Object.keys(booksOf(world.sandbox))).toHaveLength(30);
		expect(booksOf(world.sandbox)[inDoubt]).toBeUndefined();
		expect(after.alarmList()).toEqual([`RELAY-2201 m3 ticket ${inDoubt}`]);
	});

	it("makes a round anew that has no number yet", async () => {
		const world = await m3World();
		const before = world.boot({ mapping: WRONG });
		const till = new TestTill(1);
		world.sandbox.addFaults(...Array.from({ length: 5 }, () => ({ fault: { kind: "status429" } as const })));
		before.take(till.sell());
		await world.settle(before, 2);
		expect(before.states()).toEqual({ inRound: 1 });
		before.kill();
		world.sandbox.clearFaults();
		const after = world.boot();
		await world.settle(after);
		expect(booksOf(world.sandbox)).toEqual({ [`${till.journalId}/1`]: GOLDEN_BOOKS });
		expect(after.states()).toEqual({ acknowledged: 1 });
		expect(after.alarmList()).toEqual([]);
	});
});
