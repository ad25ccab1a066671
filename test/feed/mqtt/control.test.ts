import mqtt from "mqtt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { offlineStatus } from "../../../src/feed/mqtt/feed-publisher.ts";
import type { Status } from "../../../src/feed/schema/control.ts";
import { downTopic, upTopic } from "../../../src/feed/schema/topic.ts";
import { startEmbedded } from "../embedded.ts";
import { startMosquitto, type TestBroker } from "../mosquitto.ts";
import { TestRelay } from "../test-relay.ts";
import { TestTill } from "../test-till.ts";
import { until } from "../until.ts";

describe.each([
	{ name: "Mosquitto", startBroker: () => startMosquitto() },
	{ name: "the embedded broker", startBroker: startEmbedded },
])("what the till is told over $name", ({ startBroker }) => {
	let broker: TestBroker;
	let till: TestTill;
	let relay: TestRelay;
	let stranger: mqtt.MqttClient;

	beforeEach(async () => {
		broker = await startBroker();
		till = new TestTill(broker);
		relay = new TestRelay(broker);
		stranger = await mqtt.connectAsync(broker.url);
	});

	afterEach(async () => {
		await Promise.all([till.publisher.stop(), relay.subscriber.stop(), stranger.endAsync(true)]);
		await broker.dispose();
	});

	const { address, journalId } = new TestTill({ url: "mqtt://127.0.0.1:1" }).feed;

	const delivered = (count: number): Promise<unknown> =>
		until(`${count} delivered`, () => till.feed.cursor()?.feedSeq === count);

	it("never moves the cursor for the broker's word alone", async () => {
		till.publisher.start();
		till.sell(200);
		await until(
			"all the broker may have",
			() => till.publisher.counts.sent === 32 && till.publisher.counts.inFlight === 0,
		);
		till.publisher.notify();
		expect(till.feed.cursors).toEqual([]);
		expect(till.publisher.counts.sent).toBe(32);
	});

	it("ignores an older term and sends again when a new one goes back", async () => {
		relay.term = 5;
		relay.subscriber.start();
		await until("relay there", () => relay.isConnected);
		till.publisher.start();
		till.sell(40);
		await delivered(40);
		relay.say(journalId, { term: 4, feedSeq: 10, sha256: till.feed.stored[9]?.sha256 ?? "" });
		await until("older term seen", () => till.verdicts.some((v) => v.verdict === "ignore" && v.reason === "olderTerm"));
		expect(till.feed.cursor()?.feedSeq).toBe(40);
		relay.restore(journalId, 15, 6);
		relay.say(journalId);
		await until("taken again", () => relay.taken(journalId).length === 40 && till.feed.cursor()?.term === 6);
		await delivered(40);
		const went = till.feed.cursors.map(({ feedSeq }) => feedSeq);
		expect(went).toContain(15);
		expect(relay.arrivals.filter((feedSeq) => feedSeq === 16)).toHaveLength(2);
		expect(relay.arrivals.filter((feedSeq) => feedSeq === 15)).toHaveLength(1);
	});

	it("learns at the connect what was accepted while it was away, and sends none of it again", async () => {
		relay.subscriber.start();
		await until("relay there", () => relay.isConnected);
		till.publisher.start();
		till.sell(10);
		await delivered(10);
		await till.publisher.stop();
		// The same journal, but the answers never reached it: a till whose last hour's cursor was not on disk.
		const again = new TestTill(broker, till.feed);
		const before = { ledgerId: "ledger-1", term: 1, feedSeq: 3, sha256: till.feed.stored[2]?.sha256 ?? "" };
		till.feed.moveCursor(before);
		again.publisher.start();
		await delivered(10);
		await again.publisher.stop();
		expect(relay.taken(journalId)).toHaveLength(10);
	});

	it("replays once when the relay asks", async () => {
		relay.subscriber.start();
		await until("relay there", () => relay.isConnected);
		till.publisher.start();
		till.sell(50);
		await delivered(50);
		const order = { v: 1, id: "r1", issuer: "relay", kind: "replay", body: { fromFeedSeq: 41 } };
		await relay.subscriber.publishDown(address, "command", Buffer.from(JSON.stringify(order)), { retain: false });
		await until("again", () => relay.arrivals.length === 60);
		till.sell(1);
		await delivered(51);
		expect(relay.arrivals.slice(50)).toEqual([41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51]);
		expect(till.commands).toEqual([order]);
		expect(till.feed.cursors.every(({ feedSeq }, n, all) => n === 0 || feedSeq > (all[n - 1]?.feedSeq ?? 0))).toBe(
			true,
		);
	});

	it("obeys thirty orders in a minute and leaves a flood of them aside", async () => {
		till.publisher.start();
		await until("till there", () => till.connected.at(-1) === true);
		const order = { v: 1, issuer: "a script that runs wild", kind: "reportStatus", body: {} };
		for (let n = 1; n <= 200; n += 1) {
			await stranger.publishAsync(downTopic(address, "command"), JSON.stringify({ ...order, id: n.toString() }), {
				qos: 1,
			});
		}
		await until("all seen", () => till.commands.length + till.publisher.counts.rejected === 200);
		expect(till.commands.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, n) => (n + 1).toString()));
	});

	it("counts what is no proper message and goes on", async () => {
		relay.subscriber.start();
		await until("relay there", () => relay.isConnected);
		till.publisher.start();
		till.sell(1);
		await delivered(1);
		const accepted = till.accepted.at(-1);
		const garbage: (string | Buffer)[] = [
			"",
			"not json",
			"null",
			"[]",
			'{"v":1}',
			Buffer.from([0xff, 0xfe, 0x00, 0x80]),
			Buffer.alloc(150_000, 0x5b),
			"[".repeat(90_000),
			JSON.stringify({ ...accepted, feedSeq: -1 }),
			JSON.stringify({ ...accepted, feedSeq: 1e21 }),
			JSON.stringify({ ...accepted, sha256: "00" }),
			// A till that went on behind such a number could number no receipt.
			JSON.stringify({ ...accepted, series: { ...accepted?.series, receipt: Number.MAX_SAFE_INTEGER } }),
			JSON.stringify({ ...accepted, v: 2 }),
			`{"__proto__":{"feedSeq":5},"v":1}`,
		];
		for (const payload of garbage) await stranger.publishAsync(downTopic(address, "accepted"), payload, { qos: 1 });
		const order = { v: 1, id: "x", issuer: "x", kind: "openDrawer", body: {} };
		await stranger.publishAsync(downTopic(address, "command"), JSON.stringify(order), { qos: 1 });
		await until("all counted", () => till.publisher.counts.rejected === garbage.length + 1);
		expect(till.commands).toEqual([]);
		expect(till.accepted).toHaveLength(1);
		expect(till.logger.lines.filter(({ fields }) => fields["code"] === "TILL-0807").length).toBeLessThan(6);
		till.sell(5);
		await delivered(6);
		expect(till.connected).toEqual([true]);
	});

	it("does not obey an order that the broker kept", async () => {
		const order = { v: 1, id: "r1", issuer: "relay", kind: "replay", body: { fromFeedSeq: 1 } };
		await stranger.publishAsync(downTopic(address, "command"), JSON.stringify(order), { qos: 1, retain: true });
		till.publisher.start();
		await until("refused", () => till.publisher.counts.rejected === 1);
		expect(till.commands).toEqual([]);
	});

	describe("the status", () => {
		const online: Status = { ...offlineStatus(address), online: true, version: "1.2.3", backlog: 0 };
		const heard: { text: string; retained: boolean }[] = [];

		const listen = async (): Promise<void> => {
			heard.length = 0;
			stranger.on("message", (_topic, payload, packet) => {
				heard.push({ text: payload.toString(), retained: packet.retain });
			});
			await stranger.subscribeAsync(upTopic(address, "status"), { qos: 1 });
		};
		const lastOnline = (): unknown => JSON.parse(heard.at(-1)?.text ?? "{}").online;

		it("is kept by the broker for whoever comes later, the newest only", async () => {
			till.publisher.publishStatus({ ...online, backlog: 9 });
			till.publisher.start();
			await until("connected", () => till.connected.at(-1));
			for (let backlog = 8; backlog >= 0; backlog--) till.publisher.publishStatus({ ...online, backlog });
			await until("all out", () => till.publisher.counts.inFlight === 0);
			await listen();
			await until("the newest", () => heard.some(({ text }) => text === JSON.stringify(online)));
		});

		it("says offline when the box is gone without a word", async () => {
			await listen();
			till.publisher.start();
			till.publisher.publishStatus(online);
			await until("online", () => lastOnline() === true);
			await cutClient(broker, till);
			await until("offline", () => lastOnline() === false);
		});

		it("says offline after an orderly end, and online again with the next connection", async () => {
			await listen();
			till.publisher.publishStatus(online);
			till.publisher.start();
			await until("online", () => lastOnline() === true);
			await till.publisher.stop();
			await until("offline", () => lastOnline() === false);
			till.publisher.start();
			await until("online again", () => lastOnline() === true);
		});
	});
});

/** Takes the till's name at the broker: it is put out without having said goodbye, and must wait before it comes back. */
const cutClient = async (broker: TestBroker, till: TestTill): Promise<void> => {
	const { address, journalId } = till.feed;
	const clientId = `t${address.store}-${address.till}-${journalId.slice(-8)}`;
	const thief = await mqtt.connectAsync(broker.url, { clientId });
	await thief.endAsync(true);
};
