import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { redialDelayMs } from "../../../src/feed/mqtt/backoff.ts";
import { batchedIntake, type UpMessage } from "../../../src/feed/mqtt/batched-intake.ts";
import type { Inbound } from "../../../src/feed/mqtt/broker-connection.ts";
import { FeedSubscriber } from "../../../src/feed/mqtt/feed-subscriber.ts";
import { OrderedIntake } from "../../../src/feed/mqtt/ordered-intake.ts";
import { createEntropy } from "../../../src/runtime/node/entropy.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import { recordingLogger } from "../../support/manual-runtime.ts";
import { startMosquitto, type TestBroker } from "../mosquitto.ts";
import { TestTill } from "../test-till.ts";
import { until } from "../until.ts";

/** An intake of `limit` whose messages are taken by hand. */
const byHand = (limit: number) => {
	const begun: string[] = [];
	const acknowledged: string[] = [];
	const letMore: string[] = [];
	const failures: string[] = [];
	const takes = new Map<string, { resolve: () => void; reject: (reason: Error) => void }>();
	const intake = new OrderedIntake(
		limit,
		({ topic }) => {
			begun.push(topic);
			return new Promise((resolve, reject) => takes.set(topic, { resolve, reject }));
		},
		(reason) => failures.push(reason),
	);
	const arrive = (topic: string): void => {
		const inbound: Inbound = {
			topic,
			bytes: new Uint8Array(),
			retained: false,
			acknowledge: () => acknowledged.push(topic),
			letMore: () => letMore.push(topic),
		};
		intake.arrived(inbound);
	};
	const settle = async (topic: string, failure?: string): Promise<void> => {
		const take = takes.get(topic);
		if (failure === undefined) take?.resolve();
		else take?.reject(new Error(failure));
		await new Promise((resolve) => setImmediate(resolve));
	};
	return { intake, begun, acknowledged, letMore, failures, arrive, settle };
};

describe("the ordered intake", () => {
	it("takes one after the other with a limit of 1, and lets no other in meanwhile", async () => {
		const { begun, acknowledged, letMore, arrive, settle } = byHand(1);
		arrive("a");
		expect(letMore).toEqual([]);
		await settle("a");
		expect(acknowledged).toEqual(["a"]);
		arrive("b");
		expect(begun).toEqual(["a", "b"]);
	});

	it("acknowledges in order of arrival, whatever is taken first", async () => {
		const { acknowledged, letMore, arrive, settle } = byHand(3);
		for (const topic of ["a", "b", "c"]) arrive(topic);
		expect(letMore).toEqual(["a", "b", "c"]);
		await settle("c");
		await settle("b");
		expect(acknowledged).toEqual([]);
		await settle("a");
		expect(acknowledged).toEqual(["a", "b", "c"]);
	});

	it("begins no more than its limit, and goes on when one is acknowledged", async () => {
		const { begun, letMore, arrive, settle } = byHand(2);
		for (const topic of ["a", "b", "c"]) arrive(topic);
		expect(begun).toEqual(["a", "b"]);
		expect(letMore).toEqual(["a", "b"]);
		await settle("b");
		expect(begun).toEqual(["a", "b"]);
		await settle("a");
		expect(begun).toEqual(["a", "b", "c"]);
	});

	it("acknowledges nothing at or after a failure", async () => {
		const { acknowledged, failures, arrive, settle } = byHand(3);
		for (const topic of ["a", "b", "c"]) arrive(topic);
		await settle("b", "disk full");
		await settle("c");
		await settle("a");
		expect(failures).toEqual(["disk full"]);
		expect(acknowledged).toEqual(["a"]);
	});

	it("counts what a lost connection left running, and blames the new one for nothing of it", async () => {
		const { intake, begun, acknowledged, failures, arrive, settle } = byHand(1);
		arrive("old");
		intake.forget();
		arrive("new");
		expect(begun).toEqual(["old"]);
		await settle("old", "too late");
		expect(begun).toEqual(["old", "new"]);
		await settle("new");
		expect(failures).toEqual([]);
		expect(acknowledged).toEqual(["new"]);
		await intake.idle();
	});
});

describe("the batched intake over Mosquitto", () => {
	let broker: TestBroker;
	let till: TestTill;

	beforeEach(async () => {
		broker = await startMosquitto({ conf: () => "allow_anonymous true\nmax_inflight_messages 64\n" });
		till = new TestTill(broker);
	});

	afterEach(async () => {
		await till.publisher.stop();
		await broker.dispose();
	});

	const subscriberTaking = (take: (batch: readonly UpMessage[]) => void, onConnected: () => void): FeedSubscriber =>
		new FeedSubscriber({
			mqtt: { url: broker.url, insecure: false },
			clientId: "batched",
			onMessage: batchedIntake(take),
			onConnected,
			outstandingMax: 16,
			timers: createTimers(),
			entropy: createEntropy(),
			logger: recordingLogger(),
		});

	it("takes in one go what arrived together, and gets a batch again that it could not store", async () => {
		const batches: number[][] = [];
		let failures = 1;
		let isConnected = false;
		const relay = subscriberTaking(
			(batch) => {
				const numbers = batch.map(({ bytes }): number => JSON.parse(Buffer.from(bytes).toString()).feedSeq);
				if (numbers.includes(10) && failures-- > 0) throw new Error("disk full");
				batches.push(numbers);
			},
			() => {
				isConnected = true;
			},
		);
		relay.start();
		try {
			await until("relay there", () => isConnected);
			till.feed.add(32);
			till.publisher.start();
			await until("all", () => new Set(batches.flat()).size === 32);
			expect(Math.max(...batches.map((batch) => batch.length))).toBeGreaterThan(1);
			expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(16);
			expect([...new Set(batches.flat())]).toEqual(till.feed.stored.map(({ feedSeq }) => feedSeq));
		} finally {
			await relay.stop();
		}
	});
});

describe("the wait before dialling again", () => {
	it.each([0, 128, 255])(
		"doubles to half a minute with chance %i, and is never shorter than half its step",
		(chance) => {
			const entropy = { bytes: () => Uint8Array.of(chance) };
			const waits = Array.from({ length: 40 }, (_, at) => redialDelayMs(at + 1, entropy));
			for (const [at, waitMs] of waits.entries()) {
				const stepMs = Math.min(500 * 2 ** at, 30_000);
				expect(waitMs).toBeGreaterThanOrEqual(stepMs / 2);
				expect(waitMs).toBeLessThanOrEqual(stepMs);
			}
		},
	);
});
