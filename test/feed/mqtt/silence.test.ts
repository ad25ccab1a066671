import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ManualTimers } from "../../support/manual-runtime.ts";
import { startMosquitto, type TestBroker } from "../mosquitto.ts";
import { TestRelay } from "../test-relay.ts";
import { MemoryFeed, TestTill } from "../test-till.ts";
import { until } from "../until.ts";

const disposals: (() => Promise<unknown>)[] = [];

afterEach(async () => {
	for (const dispose of disposals.splice(0).reverse()) await dispose();
});

const broker = async (conf = ""): Promise<TestBroker> => {
	const started = await startMosquitto({ conf: () => `allow_anonymous true\n${conf}` });
	disposals.push(() => started.dispose());
	return started;
};

const tillOn = (url: string, timers: ManualTimers): TestTill => {
	const till = new TestTill({ url }, new MemoryFeed(), timers);
	disposals.push(() => {
		const stopped = till.publisher.stop();
		timers.advance(10_000);
		return stopped;
	});
	return till;
};

const isQuiet = (till: TestTill, sent: number) => (): boolean =>
	till.publisher.counts.sent === sent && till.publisher.counts.inFlight === 0;

describe("a silent relay", () => {
	it("has everything sent again after 30 s, doubling to 5 min, 32 messages a time", async () => {
		const timers = new ManualTimers();
		const { url } = await broker();
		const till = tillOn(url, timers);
		till.publisher.start();
		till.sell(100);
		await until("first window", isQuiet(till, 32));
		let sent = 32;
		for (const waitMs of [30_000, 60_000, 120_000, 240_000, 300_000, 300_000]) {
			expect(timers.dueInMs("feed silence")).toBe(waitMs);
			timers.advance(waitMs - 1);
			expect(till.publisher.counts.sent).toBe(sent);
			timers.advance(1);
			sent += 32;
			await until("again", isQuiet(till, sent));
		}
		expect(till.publisher.counts.silences).toBe(6);
	});

	it("is no reason to wait when nothing is unaccepted", async () => {
		const timers = new ManualTimers();
		const { url } = await broker();
		const till = tillOn(url, timers);
		const relay = new TestRelay({ url });
		disposals.push(() => relay.subscriber.stop());
		relay.subscriber.start();
		await until("relay there", () => relay.isConnected);
		till.publisher.start();
		till.sell(3);
		await until("accepted", () => till.feed.cursor()?.feedSeq === 3);
		expect(timers.dueInMs("feed silence")).toBeUndefined();
	});

	it("gets what the broker dropped from a short queue", async () => {
		const timers = new ManualTimers();
		const { url } = await broker("max_queued_messages 5\nmax_inflight_messages 1\n");
		const relay = new TestRelay({ url });
		disposals.push(() => relay.subscriber.stop());
		relay.subscriber.start();
		await until("relay there", () => relay.isConnected);
		// The session stays; what comes now is queued for it, and beyond 6 messages dropped although acknowledged.
		await relay.subscriber.stop();
		const till = tillOn(url, timers);
		till.publisher.start();
		till.sell(30);
		await until("acknowledged by the broker", isQuiet(till, 30));
		relay.subscriber.start();
		await until("the rest of the queue", () => relay.arrivals.length === 5 || relay.arrivals.length === 6);
		await until("accepted so far", () => till.feed.cursor()?.feedSeq === relay.taken(till.feed.journalId).length);
		expect(till.feed.cursor()?.feedSeq).toBeLessThan(30);
		const taken = (): number => relay.taken(till.feed.journalId).length;
		while (taken() < 30) {
			const before = taken();
			await until("nothing in flight", () => till.publisher.counts.inFlight === 0);
			timers.advance(timers.dueInMs("feed silence") ?? 0);
			await until("some more", () => taken() > before && till.feed.cursor()?.feedSeq === taken());
		}
		expect(relay.taken(till.feed.journalId).map((bytes) => Buffer.from(bytes).toString())).toEqual(
			till.feed.stored.map(({ bytes }) => Buffer.from(bytes).toString()),
		);
	});

	it("that says where it stands is believed after a second, once per step of progress", async () => {
		const timers = new ManualTimers();
		const { url } = await broker();
		const till = tillOn(url, timers);
		const relay = new TestRelay({ url });
		disposals.push(() => relay.subscriber.stop());
		relay.subscriber.start();
		await until("relay there", () => relay.isConnected);
		till.publisher.start();
		till.sell(2);
		await until("accepted", () => till.feed.cursor()?.feedSeq === 2);
		relay.answers = false;
		till.sell(3);
		await until("taken", () => relay.taken(till.feed.journalId).length === 5);
		await until("acknowledged", isQuiet(till, 5));
		const unchanged = { feedSeq: 2, sha256: till.feed.stored[1]?.sha256 ?? "" };
		expect(timers.dueInMs("feed silence")).toBe(30_000);
		for (let n = 0; n < 5; n++) relay.say(till.feed.journalId, unchanged);
		await until("heard", () => till.accepted.filter(({ feedSeq }) => feedSeq === 2).length >= 6);
		expect(timers.dueInMs("feed silence")).toBe(1_000);
		timers.advance(1_000);
		await until("sent again", isQuiet(till, 8));
		relay.say(till.feed.journalId, unchanged);
		await until("heard again", () => till.accepted.filter(({ feedSeq }) => feedSeq === 2).length >= 7);
		expect(timers.dueInMs("feed silence")).toBe(60_000);
	});
});

/** A server that behaves as badly as it is told. */
const badBroker = async (
	onData: (socket: Socket, bytes: Buffer, count: number) => void,
): Promise<{
	url: string;
	connections: () => number;
}> => {
	let count = 0;
	const sockets = new Set<Socket>();
	const server: Server = createServer((socket) => {
		count += 1;
		const own = count;
		sockets.add(socket);
		socket.on("error", () => {});
		socket.on("data", (bytes) => onData(socket, bytes, own));
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	disposals.push(async () => {
		for (const socket of sockets) socket.destroy();
		server.close();
		await once(server, "close");
	});
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("no port");
	return { url: `mqtt://127.0.0.1:${address.port}`, connections: () => count };
};

const CONNACK = Buffer.of(0x20, 2, 0, 0);
/** SUBACK of four subscriptions for the packet id that stands in SUBSCRIBE's bytes 3 and 4. */
const suback = (subscribe: Buffer): Buffer => {
	const at = subscribe.readUInt8(1) < 0x80 ? 2 : 3;
	return Buffer.of(0x90, 6, subscribe.readUInt8(at), subscribe.readUInt8(at + 1), 1, 1, 1, 1);
};

describe("a broken broker", () => {
	it("that acknowledges nothing is left and dialled again", async () => {
		const timers = new ManualTimers();
		const { url, connections } = await badBroker((socket, bytes) => {
			if (bytes[0] === 0x10) socket.write(CONNACK);
			if (bytes[0] === 0x82) socket.write(suback(bytes));
		});
		const till = tillOn(url, timers);
		till.publisher.start();
		till.sell(3);
		await until("sent", () => till.publisher.counts.inFlight === 3);
		timers.advance(30_000);
		await until("down", () => till.connected.at(-1) === false);
		timers.advance(1_000);
		await until("dialled again", () => connections() === 2 && till.publisher.counts.inFlight === 3);
		expect(till.publisher.counts.sent).toBe(6);
	});

	it("that never answers does not keep `stop` from ending", async () => {
		const timers = new ManualTimers();
		const { url, connections } = await badBroker(() => {});
		const till = tillOn(url, timers);
		till.publisher.start();
		till.sell(3);
		await until("connected", () => connections() === 1);
		const stopped = till.publisher.stop();
		timers.advance(2_000);
		await stopped;
		expect(timers.names()).toEqual([]);
	});

	it("that hangs while messages are in flight does not keep `stop` from ending", async () => {
		const timers = new ManualTimers();
		const { url } = await badBroker((socket, bytes) => {
			if (bytes[0] === 0x10) socket.write(CONNACK);
			if (bytes[0] === 0x82) socket.write(suback(bytes));
		});
		const till = tillOn(url, timers);
		till.publisher.start();
		till.sell(3);
		await until("sent", () => till.publisher.counts.inFlight === 3);
		const stopped = till.publisher.stop();
		timers.advance(1_000);
		await stopped;
		expect(timers.names()).toEqual([]);
	});

	it.each([
		{ what: "noise", bytes: Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n") },
		{ what: "a reserved packet type", bytes: Buffer.of(0xf0, 0x00) },
		{ what: "a length without an end", bytes: Buffer.of(0x30, 0xff, 0xff, 0xff, 0xff, 0xff) },
		{ what: "a PUBLISH with a topic longer than itself", bytes: Buffer.of(0x32, 4, 0xff, 0xff, 0x41, 0x41) },
		{ what: "a PUBLISH with a wildcard topic", bytes: Buffer.of(0x30, 4, 0, 1, 0x23, 0x41) },
		{ what: "PUBACKs nobody waits for", bytes: Buffer.of(0x40, 2, 0x12, 0x34, 0x40, 2, 0, 0) },
		{ what: "a refusal", bytes: Buffer.of(0x20, 2, 0, 5) },
		{ what: "two hellos", bytes: Buffer.concat([CONNACK, CONNACK]) },
		{ what: "an empty CONNACK", bytes: Buffer.of(0x20, 0) },
	])("that sends $what neither stops the till nor the dialling", async ({ bytes }) => {
		const timers = new ManualTimers();
		const { url, connections } = await badBroker((socket) => {
			socket.end(bytes);
		});
		const till = tillOn(url, timers);
		till.publisher.start();
		till.sell(1);
		for (let attempt = 1; attempt <= 3; attempt++) {
			await until("dialled", () => connections() === attempt);
			await until("waiting", () => timers.names().includes("broker redial"));
			timers.advance(30_000);
		}
		expect(till.publisher.trouble).toMatch(/^TILL-080[12]$/);
	});

	it("that says hello and never answers the subscription is dialled again", async () => {
		const timers = new ManualTimers();
		const { url, connections } = await badBroker((socket, bytes) => {
			if (bytes[0] === 0x10) socket.write(CONNACK);
		});
		const till = tillOn(url, timers);
		till.publisher.start();
		await until("subscribing", () => timers.names().includes("broker subscription"));
		timers.advance(10_000);
		expect(till.publisher.trouble).toBe("TILL-0801");
		timers.advance(30_000);
		await until("dialled again", () => connections() === 2);
	});

	it("that is not there is dialled with growing waits, never above 30 s, and costs no memory", async () => {
		const timers = new ManualTimers();
		const till = tillOn("mqtt://127.0.0.1:9", timers);
		till.publisher.start();
		const waits: number[] = [];
		for (let attempt = 0; attempt < 10; attempt++) {
			await until("refused", () => timers.names().includes("broker redial"));
			waits.push(timers.dueInMs("broker redial") ?? 0);
			till.sell(1_000);
			timers.advance(30_000);
		}
		expect(till.feed.largestRead).toBe(0);
		expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
		expect(waits[0]).toBeLessThanOrEqual(500);
		expect(waits.slice(-3).every((waitMs) => waitMs >= 15_000)).toBe(true);
		expect(till.logger.lines.filter(({ level }) => level === "warn")).toHaveLength(1);
		expect(till.publisher.trouble).toBe("TILL-0801");
	});
});

describe("a journal that cannot be read", () => {
	it("is read again later, and the till goes on", async () => {
		const timers = new ManualTimers();
		const { url } = await broker();
		const till = tillOn(url, timers);
		till.feed.failure = new Error("disk I/O error");
		till.publisher.start();
		till.sell(3);
		await until("failed", () => till.logger.lines.some(({ fields }) => fields["code"] === "TILL-0809"));
		till.feed.failure = undefined;
		timers.advance(5_000);
		await until("sent", isQuiet(till, 3));
	});
});

describe("the configuration", () => {
	it("is refused with plain TCP to another machine, unless it says insecure", () => {
		expect(() => new TestTill({ url: "mqtt://192.0.2.1:1883" })).toThrow("TILL-0804");
		expect(() => new TestTill({ url: "mqtt://127.0.0.1.example.org" })).toThrow("TILL-0804");
		expect(() => new TestTill({ url: "mqtt://localhost@192.0.2.1" })).toThrow("TILL-0804");
		expect(() => new TestTill({ url: "mqtt://192.0.2.1:1883", insecure: true })).not.toThrow();
		expect(() => new TestTill({ url: "mqtt://[::1]:1883" })).not.toThrow();
		expect(() => new TestTill({ url: "mqtts://192.0.2.1" })).not.toThrow();
	});

	it("with a credentials file that is not there keeps dialling and names the file", async () => {
		const timers = new ManualTimers();
		const till = new TestTill(
			{ url: "mqtt://127.0.0.1:9", passwordFile: "/nonexistent/password" },
			new MemoryFeed(),
			timers,
		);
		till.publisher.start();
		expect(till.publisher.trouble).toBe("TILL-0806");
		expect(till.logger.lines[0]?.fields["reason"]).toContain("/nonexistent/password");
		expect(timers.names()).toContain("broker redial");
		await till.publisher.stop();
		expect(timers.names()).toEqual([]);
	});
});
