import { copyFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mappingSchema } from "../../../src/config/schema/relay-mapping.ts";
import { booksOf, FULL_MAPPING, GOLDEN_BOOKS, type M3Process, type M3World, m3World } from "../support/m3-world.ts";
import { type Sent, TestTill } from "../support/test-till.ts";

/** Copies the ledger as a backup does, whole and at one moment. */
const backUp = (relay: M3Process, world: M3World): string => {
	relay.ledger.statement("PRAGMA wal_checkpoint(TRUNCATE)").all();
	const path = `${world.path}.backup`;
	copyFileSync(world.path, path);
	return path;
};

const booksFor = (till: TestTill, sent: readonly Sent[]): Record<string, string[]> =>
	Object.fromEntries(sent.map(({ feedSeq }) => [`${till.journalId}/${feedSeq}`, GOLDEN_BOOKS]));

const sales = (till: TestTill, count: number): Sent[] => Array.from({ length: count }, () => till.sell());

describe.each([
	// Where M3 is read back, nothing is left to its own look for duplicates: this one never finds any.
	["read back", { readBack: "EXPORTMI" }, "booked", ["REFE", "PONR", "ITRN"]],
	["not read back", {}, "acknowledged", ["CONO", "WHLO", "ORNO", "DLIX", "PONR", "POSX"]],
] as const)("a ledger restored from an old copy, on a tenant that is %s", (_, settings, end, duplicateKey) => {
	it.each([0, 1, 2, 3, 4, 5, 6])(
		"books nothing twice that was booked after the backup at step %i, and everything once",
		async (steps) => {
			const world = await m3World({ switches: { repeatedBatch: "doubles", duplicateKey } });
			const till = new TestTill(1);
			const early = sales(till, 2);
			const lost = world.boot({ settings });
			lost.take(...early);
			for (let step = 0; step < steps; step += 1) await lost.delivery.step();
			const backup = backUp(lost, world);
			await world.settle(lost);
			const late = sales(till, 2);
			lost.take(...late);
			await world.settle(lost);
			lost.kill();
			expect(booksOf(world.sandbox)).toEqual(booksFor(till, [...early, ...late]));

			const restored = world.boot({ settings, path: backup, restored: true });
			const newest = sales(till, 1);
			restored.take(...late, ...newest);
			await world.settle(restored);
			for (const { key } of restored.delivery.summary().unknown) {
				// A person finds the lost ledger's round in OPSALE.
				expect(world.sandbox.rows("OPSALE").filter((row) => row["OPITRN"] === key)).not.toEqual([]);
				restored.delivery.resolveRound(key, true);
			}
			await world.settle(restored);
			expect(booksOf(world.sandbox)).toEqual(booksFor(till, [...early, ...late, ...newest]));
			expect(restored.states()).toEqual({ [end]: 5 });
		},
	);
});

describe("a ledger restored from an old copy", () => {
	it("does not take a round that the lost ledger had only half uploaded for a whole one", async () => {
		const world = await m3World({ switches: { repeatedBatch: "doubles" } });
		const till = new TestTill(1);
		const settings = { readBack: "EXPORTMI", bulkRowsMax: 3 };
		const lost = world.boot({ settings });
		const sent = sales(till, 2);
		lost.take(...sent);
		// Taken over, cut, numbered, first bulk sent.
		for (let step = 0; step < 4; step += 1) await lost.delivery.step();
		const backup = backUp(lost, world);
		lost.kill();
		const restored = world.boot({ settings, path: backup, restored: true });
		await world.settle(restored);
		expect(booksOf(world.sandbox)).toEqual(booksFor(till, sent));
		expect(restored.states()).toEqual({ booked: 2 });
		expect(restored.rows("SELECT itrn, reason FROM m3_orphan")).toEqual([
			{ itrn: "1000001", reason: "the ledger was restored from a backup" },
		]);
	});

	it("looks for a ticket in M3 too that at first had no mapping", async () => {
		const world = await m3World({ switches: { duplicateKey: ["REFE", "PONR", "ITRN"] } });
		const settings = { readBack: "EXPORTMI" };
		const till = new TestTill(1);
		const lost = world.boot({ settings });
		const backup = backUp(lost, world);
		const sent = sales(till, 1);
		lost.take(...sent);
		await world.settle(lost);
		lost.kill();

		// The relay's configuration is restored as well, from before the store was added to it.
		const mapping = mappingSchema.parse({ ...FULL_MAPPING, stores: {} });
		const unmapped = world.boot({ settings, mapping, path: backup, restored: true });
		unmapped.take(...sent);
		await world.settle(unmapped);
		expect(unmapped.states()).toEqual({ waiting: 1 });
		unmapped.kill();
		const restored = world.boot({ settings, path: backup });
		await world.settle(restored);
		expect(restored.states()).toEqual({ booked: 1 });
		expect(booksOf(world.sandbox)).toEqual(booksFor(till, sent));
	});

	it("keeps what it found in M3 as evidence, row by row, once", async () => {
		const world = await m3World();
		const till = new TestTill(1);
		const settings = { readBack: "EXPORTMI" };
		const lost = world.boot({ settings });
		const backup = backUp(lost, world);
		const sent = sales(till, 2);
		lost.take(...sent);
		await world.settle(lost);
		lost.kill();
		const restored = world.boot({ settings, path: backup, restored: true });
		restored.take(...sent);
		await world.settle(restored);
		expect(restored.rows("SELECT count(*) AS n, count(booked_cuam) AS booked FROM m3_row")).toEqual([
			{ n: 8, booked: 8 },
		]);
		expect(world.sandbox.requests().filter(({ body }) => body.includes("AddRoundNumber"))).toHaveLength(1);
	});
});
