import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallOutcome, M3Client } from "../../../src/relay/m3/client.ts";
import type { Fault } from "../../../src/sandbox/m3/faults/fault.ts";
import type { M3Switches } from "../../../src/sandbox/m3/switches.ts";
import { booksOf, GOLDEN_BOOKS, type M3Process, type M3World, m3World } from "../support/m3-world.ts";
import { TestTill } from "../support/test-till.ts";

/** What can go wrong with one request, every kind in every form. */
const FAULTS: readonly Fault[] = [
	{ kind: "timeoutAfterAccepting", connection: "reset" },
	{ kind: "timeoutBeforeAccepting", connection: "reset" },
	{ kind: "status429" },
	{ kind: "status429", retryAfterSeconds: 30 },
	{ kind: "status500" },
	{ kind: "halfBulk", processed: 0 },
	{ kind: "halfBulk", processed: 3 },
	{ kind: "malformed", body: "brokenJson" },
	{ kind: "malformed", body: "html" },
	{ kind: "dropConnection", when: "beforeWork" },
	{ kind: "dropConnection", when: "duringAnswer" },
	{ kind: "unauthorized" },
];

/** What a tenant can and tolerates. Where a repeat is not allowed the stand-in would book everything twice. */
interface Tenant {
	readonly name: string;
	readonly settings: Record<string, unknown>;
	readonly switches: Partial<M3Switches>;
}

const TENANTS: readonly Tenant[] = [
	{ name: "can be read back", settings: { readBack: "EXPORTMI" }, switches: { repeatedBatch: "doubles" } },
	{ name: "tolerates a repeat", settings: { repeatBchPrcRound: true }, switches: { repeatedBatch: "tolerated" } },
	{
		name: "can be read back and tolerates a repeat",
		settings: { readBack: "EXPORTMI", repeatBchPrcRound: true },
		switches: { repeatedBatch: "tolerated" },
	},
	{ name: "can nothing", settings: {}, switches: { repeatedBatch: "doubles" } },
];

/** Two tickets of four rows in one round, in bulks of three: the ticket that is split over bulks is in it. */
const SMALL = { bulkRowsMax: 3 };

const newTill = (): TestTill => new TestTill(1);

/** A person looks every unknown round up in M3 and says what is there. */
const answerUnknown = (world: M3World, relay: M3Process): number => {
	const { unknown } = relay.delivery.summary();
	for (const { key } of unknown) {
		const isProcessed = world.sandbox.rows("OPSALE").some((row) => row["OPITRN"] === key);
		expect(relay.delivery.resolveRound(key, isProcessed)).toEqual({ done: true });
	}
	return unknown.length;
};

/** Every ticket is in M3 exactly once and the relay knows it. */
const expectBooked = (world: M3World, relay: M3Process, till: TestTill, count: number): void => {
	const expected = Array.from({ length: count }, (_, n) => [`${till.journalId}/${n + 1}`, GOLDEN_BOOKS]);
	expect(booksOf(world.sandbox)).toEqual(Object.fromEntries(expected));
	const { booked = 0, acknowledged = 0, ...others } = relay.states();
	expect(others).toEqual({});
	expect(booked + acknowledged).toBe(count);
	expect(relay.alarmList()).toEqual([]);
};

describe.each(TENANTS)("a tenant that $name", ({ settings, switches }) => {
	const all = { ...SMALL, ...settings };

	it.each(FAULTS)("gets every ticket once when any one request meets $kind", async (fault) => {
		const world = await m3World({ switches });
		const relay = world.boot({ settings: all });
		const till = newTill();
		relay.take(till.sell(), till.sell());
		await world.settle(relay);
		const requestCount = world.sandbox.requests().filter(({ path }) => path.includes("/execute")).length;
		expect(requestCount).toBeGreaterThanOrEqual(5);
		for (let nth = 1; nth <= requestCount; nth += 1) {
			world.sandbox.addFaults({ nth, fault });
			relay.take(till.sell(), till.sell());
			await world.settle(relay);
			expect(world.sandbox.pendingFaults()).toEqual([]);
			if (answerUnknown(world, relay) > 0) await world.settle(relay);
			expectBooked(world, relay, till, 2 + 2 * nth);
			expect(world.sandbox.rows("OXSALE").filter((row) => row["OXSTAT"] === "06")).toEqual([]);
		}
	});

	it.each(["GetRoundNumber", "DelRoundNumber"])(
		"gets every ticket once when %s fails as well, in every way",
		async (transaction) => {
			const world = await m3World({ switches });
			const relay = world.boot({ settings: all });
			const till = newTill();
			for (const [index, fault] of FAULTS.entries()) {
				world.sandbox.addFaults(
					{ match: { transaction: "AddSlsTicketPay" }, nth: 2, fault: { kind: "status500" } },
					{ match: { transaction }, fault },
				);
				relay.take(till.sell(), till.sell());
				await world.settle(relay);
				expect(world.sandbox.pendingFaults()).toEqual([]);
				expectBooked(world, relay, till, 2 * (index + 1));
			}
		},
	);

	/** Ends the process at its n-th call of M3, before the call goes out or when its answer comes. */
	const killedAt =
		(nth: number, when: "beforeCall" | "afterCall") =>
		(client: M3Client): M3Client => {
			let calls = 0;
			const guard = async (call: () => Promise<CallOutcome>): Promise<CallOutcome> => {
				calls += 1;
				if (calls !== nth) return call();
				if (when === "afterCall") await call();
				throw new Error("killed");
			};
			return {
				change: (program, transactions, session) => guard(() => client.change(program, transactions, session)),
				read: (program, transaction, session) => guard(() => client.read(program, transaction, session)),
			};
		};

	it.each(["beforeCall", "afterCall"] as const)(
		"gets every ticket once when the relay is killed %s, at any call",
		async (when) => {
			for (let nth = 1; nth <= 6; nth += 1) {
				const world = await m3World({ switches });
				const till = newTill();
				const first = world.boot({ settings: all, wrap: killedAt(nth, when) });
				first.take(till.sell(), till.sell());
				const end = await world.settle(first).catch(String);
				first.kill();
				if (end === undefined) expect(nth).toBeGreaterThan(5);
				const second = world.boot({ settings: all });
				await world.settle(second);
				if (answerUnknown(world, second) > 0) await world.settle(second);
				expectBooked(world, second, till, 2);
			}
		},
	);

	it("gets every ticket once when the relay is restarted after any step", async () => {
		for (let steps = 0; steps <= 8; steps += 1) {
			const world = await m3World({ switches });
			const till = newTill();
			const first = world.boot({ settings: all });
			first.take(till.sell(), till.sell());
			for (let step = 0; step < steps; step += 1) await first.delivery.step();
			first.kill();
			const second = world.boot({ settings: all });
			await world.settle(second);
			// Nothing was on its way when it stopped: nothing may be left to a person.
			expect(second.delivery.summary().unknown).toEqual([]);
			expectBooked(world, second, till, 2);
		}
	});

	it("gets every ticket once through any series of faults and restarts", async () => {
		const script = fc.array(
			fc.oneof(fc.constantFrom(...FAULTS), fc.constant("restart" as const), fc.constant("well" as const)),
			{ maxLength: 8 },
		);
		await fc.assert(
			fc.asyncProperty(script, async (events) => {
				const world = await m3World({ switches });
				const till = newTill();
				let relay = world.boot({ settings: all });
				for (const event of events) {
					relay.take(till.sell());
					if (event === "restart") {
						relay.kill();
						relay = world.boot({ settings: all });
					} else if (event !== "well") world.sandbox.addFaults({ fault: event });
					await world.settle(relay, 2);
				}
				world.sandbox.clearFaults();
				await world.settle(relay);
				if (answerUnknown(world, relay) > 0) await world.settle(relay);
				expectBooked(world, relay, till, events.length);
				relay.kill();
				await world.sandbox.close();
			}),
			{ numRuns: 12 },
		);
	});
});

describe("what nobody can know", () => {
	it("is shown with M3's round number, blocks nothing else, and waits for a person", async () => {
		const world = await m3World({ switches: { repeatedBatch: "doubles" } });
		world.sandbox.addFaults({
			match: { transaction: "BchPrcRound" },
			fault: { kind: "timeoutAfterAccepting", connection: "reset" },
		});
		const relay = world.boot();
		const till = newTill();
		relay.take(till.sell());
		await world.settle(relay);
		relay.take(till.sell());
		await world.settle(relay);
		expect(relay.states()).toEqual({ inRound: 1, acknowledged: 1 });
		expect(relay.delivery.summary().unknown).toMatchObject([{ key: "1000001" }]);
		expect(relay.alarmList()).toEqual(["RELAY-2301 m3 round 1"]);
		const calls = world.sandbox.requests().filter(({ body }) => body.includes("BchPrcRound"));
		expect(calls).toHaveLength(2);
		expect(relay.delivery.resolveRound("999", true)).toMatchObject({ done: false });
		expect(relay.delivery.resolveRound("1000001", true)).toEqual({ done: true });
		expect(relay.states()).toEqual({ acknowledged: 2 });
		expect(relay.delivery.resolveRound("1000001", true)).toMatchObject({ done: false });
	});

	it("resolves itself when M3 can be read and shows the round late", async () => {
		const world = await m3World({
			switches: { batchCompletion: "async", batchDelayMs: 100_000, repeatedBatch: "doubles" },
		});
		world.sandbox.addFaults({ match: { transaction: "BchPrcRound" }, fault: { kind: "status500" } });
		const relay = world.boot({ settings: { readBack: "EXPORTMI" } });
		const till = newTill();
		relay.take(till.sell());
		await world.settle(relay);
		const [round] = relay.delivery.summary().unknown;
		expect(round).toMatchObject({ key: "1000001" });
		// The administrator starts the transfer by hand (OPS270).
		await fetch(`${world.sandbox.url}/m3api-rest/v2/execute`, {
			method: "POST",
			headers: {
				"content-type": "application/json",
				authorization: `Basic ${btoa(`${world.sandbox.basicUser.user}:${world.sandbox.basicUser.password}`)}`,
			},
			body: JSON.stringify({
				program: "OPS270MI",
				transactions: [
					{ transaction: "BchPrcRound", record: { ITRN: "1000001", DIVI: "AAA", ACDT: "20261123", OPMM: "1" } },
				],
			}),
		});
		world.sandbox.finishBatches();
		await world.settle(relay);
		expect(relay.states()).toEqual({ booked: 1 });
		expect(relay.delivery.summary().unknown).toEqual([]);
		expect(relay.alarmList()).toEqual([]);
	});
});
