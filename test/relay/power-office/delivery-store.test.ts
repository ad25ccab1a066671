import { describe, expect, it } from "vitest";
import type { Delivery } from "../../../src/relay/power-office/delivery-state.ts";
import {
	deliveriesOf,
	dueDelivery,
	type StoredDelivery,
	saveDelivery,
} from "../../../src/relay/power-office/delivery-store.ts";
import { type Life, startRig } from "./support/rig.ts";
import { FRIDAY_NIGHT } from "./support/tickets.ts";

const KEY = { store: "0001", till: "1", z: 1042 };
const NOTHING: Delivery = { state: { name: "nothing" }, reasons: [], tries: 0 };
const WAITING: Delivery = { state: { name: "waiting" }, reasons: [], tries: 0 };

const storedOf = ({ ledger }: Life): StoredDelivery => {
	const [stored] = deliveriesOf(ledger, KEY);
	if (stored === undefined) throw new Error("the Z has no delivery");
	return stored;
};

describe("the deliveries in the ledger", () => {
	it("takes no step from who read an older state", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, FRIDAY_NIGHT);
		await life.delivery.step();
		const stored = storedOf(life);
		const due = { nowUtcMs: rig.clock.stamp().utcMs, waitMs: 0 };
		const note = { input: "test", detail: null };
		expect(saveDelivery(life.ledger, stored, WAITING, due, note)).toBe(true);
		expect(saveDelivery(life.ledger, stored, NOTHING, due, note)).toBe(false);
		expect(storedOf(life).delivery.state.name).toBe("waiting");
	});

	it("finds what is due, and what a clock that stepped back left far ahead", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, FRIDAY_NIGHT);
		await life.delivery.step();
		const nowUtcMs = rig.clock.stamp().utcMs;
		const wait = (waitMs: number): void => {
			expect(saveDelivery(life.ledger, storedOf(life), WAITING, { nowUtcMs, waitMs }, null)).toBe(true);
		};
		wait(5_000);
		expect(dueDelivery(life.ledger, nowUtcMs + 4_999)).toBeUndefined();
		expect(dueDelivery(life.ledger, nowUtcMs + 5_000)?.z).toBe(1042);
		expect(dueDelivery(life.ledger, nowUtcMs - 86_400_000)?.z).toBe(1042);
	});

	it("notes each step with what was sent and what was answered", async () => {
		const rig = await startRig();
		rig.sandbox.setLockDate("sandbox-client-key", "2025-03-31");
		const life = rig.open();
		rig.feed(life, FRIDAY_NIGHT);
		for (let step = 0; step < 4; step += 1) await life.delivery.step();
		const notes = life.ledger
			.statement<{ input: string; state: string; detail: string | null }>(
				"SELECT input, state, detail FROM power_office_step ORDER BY id",
			)
			.all();
		expect(notes.map(({ input, state }) => `${input} ${state}`)).toEqual([
			"prepared ready",
			"sending posting",
			"answered looking",
		]);
		expect(notes[1]?.detail).toContain('"CurrencyAmount":-12500.00');
		expect(notes[2]?.detail).toContain("locked period");
	});
});
