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
