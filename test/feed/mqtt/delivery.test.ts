import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEmbedded } from "../embedded.ts";
import { startMosquitto, type TestBroker } from "../mosquitto.ts";
import { TestRelay } from "../test-relay.ts";
import { MemoryFeed, TestTill } from "../test-till.ts";
import { until } from "../until.ts";

describe.each([
	{ name: "Mosquitto", startBroker: () => startMosquitto() },
	{ name: "the embedded broker", startBroker: startEmbedded },
])("the feed over $name", ({ startBroker }) => {
	let broker: TestBroker;
	let till: TestTill;
	let relay: TestRelay;

	beforeEach(async () => {
		broker = await startBroker();
		till = new TestTill(broker);
		relay = new TestRelay(broker);
	});

	afterEach(async () => {
		await Promise.all([till.publisher.stop(), relay.subscriber.stop()]);
		await broker.dispose();
	});

	const allTaken = (feed: MemoryFeed): Promise<unknown> =>
		until("everything taken and accepted", () => {
			return relay.taken(feed.journalId).length === feed.stored.length && feed.cursor()?.feedSeq === feed.stored.length;
		});

	const expectSameBytes = (feed: MemoryFeed): void => {
		expect(relay.taken(feed.journalId).map((bytes) => Buffer.from(bytes).toString())).toEqual(
			feed.stored.map(({ bytes }) => Buffer.from(bytes).toString()),
		);
	};

	it("brings every message once, in order and byte for byte", async () => {
		relay.subscriber.start();
		await until("relay there", () => relay.isConnected);
		till.publisher.start();
		till.sell(200);
		await allTaken(till.feed);
		expectSameBytes(till.feed);
		expect(relay.arrivals).toEqual(till.feed.stored.map(({ feedSeq }) => feedSeq));
	});

	it("brings a backlog of 10,000 without holding it in memory", async () => {
		till.feed.add(10_000);
		relay.subscriber.start();
		await until("relay there", () => relay.isConnected);
		let inFlightMax = 0;
		relay.beforeTaking = () => {
			inFlightMax = Math.max(inFlightMax, till.publisher.counts.inFlight);
		};
		till.publisher.start();
		await allTaken(till.feed);
		expectSameBytes(till.feed);
		expect(inFlightMax).toBeGreaterThan(0);
		expect(inFlightMax).toBeLessThanOrEqual(32);
		expect(till.feed.largestRead).toBeLessThanOrEqual(32);
	});

	it("goes on after the broker was away and had lost its queue", async () => {
		relay.subscriber.start();
		till.publisher.start();
		till.sell(50);
		await allTaken(till.feed);
		await broker.stop();
		await until("both see it", () => till.connected.at(-1) === false && !relay.isConnected);
		till.sell(100);
		await broker.start();
		await allTaken(till.feed);
		expectSameBytes(till.feed);
	});

	it("loses nothing when the broker is killed in the middle, twice", async () => {
		relay.subscriber.start();
		till.publisher.start();
		for (const limit of [100, 400]) {
			till.sell(1_000);
			await until("some taken", () => relay.taken(till.feed.journalId).length > limit);
			await broker.kill();
			await broker.start();
		}
		await allTaken(till.feed);
		expectSameBytes(till.feed);
	});

	it("sends again soon after a relay came back to a broker that had lost its queue", async () => {
		relay.subscriber.start();
		till.publisher.start();
		till.sell(5);
		await allTaken(till.feed);
		await relay.subscriber.stop();
		await broker.kill();
		await broker.start();
		// Nobody listens now: the broker acknowledges these and drops them.
		await until("till back", () => till.connected.at(-1) === true && till.connected.length === 3);
		till.sell(5);
		await until("sent into the void", () => till.publisher.counts.sent === 10 && till.publisher.counts.inFlight === 0);
		relay.subscriber.start();
		await allTaken(till.feed);
		expectSameBytes(till.feed);
	});

	it("hands a message out again when the relay fails to store it, and keeps the order", async () => {
		let failures = 2;
		relay.beforeTaking = (feedSeq) => {
			if (feedSeq === 7 && failures-- > 0) throw new Error("disk full");
		};
		relay.subscriber.start();
		await until("relay there", () => relay.isConnected);
		till.publisher.start();
		till.sell(20);
		await allTaken(till.feed);
		expectSameBytes(till.feed);
		expect(relay.arrivals.filter((feedSeq) => feedSeq === 7).length).toBeGreaterThanOrEqual(3);
		expect(relay.logger.lines.some(({ fields }) => fields["code"] === "TILL-0812")).toBe(true);
	});

	it("has the broker hand it out again: the till may be switched off by then", async () => {
		relay.subscriber.start();
		await until("relay there", () => relay.isConnected);
		await relay.subscriber.stop();
		till.publisher.start();
		till.sell(15);
		await until("the broker has all", () => till.publisher.counts.sent === 15 && till.publisher.counts.inFlight === 0);
		await till.publisher.stop();
		let failures = 2;
		relay.beforeTaking = (feedSeq) => {
			if (feedSeq === 7 && failures-- > 0) throw new Error("disk full");
		};
		relay.subscriber.start();
		await until("all taken", () => relay.taken(till.feed.journalId).length === 15);
		expectSameBytes(till.feed);
		expect(failures).toBeLessThan(1);
	});

	it("keeps two tills apart", async () => {
		const other = new TestTill(broker, new MemoryFeed({ store: "S1", till: "02" }, "01K0000000000000000000000B"));
		relay.subscriber.start();
		till.publisher.start();
		other.publisher.start();
		try {
			till.sell(100);
			other.sell(60);
			await allTaken(till.feed);
			await allTaken(other.feed);
			expectSameBytes(other.feed);
			expect(other.accepted.every(({ journalId }) => journalId === other.feed.journalId)).toBe(true);
		} finally {
			await other.publisher.stop();
		}
	});

	it("takes many at a time when the relay says so, still acknowledging in order", async () => {
		const batching = new TestRelay(broker, { clientId: "batching", outstandingMax: 16 });
		let running = 0;
		let runningMax = 0;
		batching.beforeTaking = async () => {
			running += 1;
			runningMax = Math.max(runningMax, running);
			await new Promise((resolve) => setTimeout(resolve, 5));
			running -= 1;
		};
		batching.subscriber.start();
		await until("relay there", () => batching.isConnected);
		till.publisher.start();
		try {
			till.sell(300);
			await until("all taken", () => batching.taken(till.feed.journalId).length === 300);
			expect(runningMax).toBeGreaterThan(1);
			expect(runningMax).toBeLessThanOrEqual(16);
			expect(batching.arrivals.slice(0, 300)).toEqual(till.feed.stored.map(({ feedSeq }) => feedSeq));
		} finally {
			await batching.subscriber.stop();
		}
	});
});
