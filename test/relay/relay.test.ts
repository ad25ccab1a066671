import { join } from "node:path";
import mqtt, { type MqttClient } from "mqtt";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { mqttSchema } from "../../src/config/schema/till-config.ts";
import { writeFeedFile } from "../../src/feed/file/write-feed-file.ts";
import { type EmbeddedBroker, startEmbeddedBroker } from "../../src/feed/mqtt/embedded-broker.ts";
import { FeedSubscriber } from "../../src/feed/mqtt/feed-subscriber.ts";
import { acceptedSchema, commandSchema } from "../../src/feed/schema/control.ts";
import { downTopic, upTopic } from "../../src/feed/schema/topic.ts";
import { openAlarmBook } from "../../src/relay/alarm/alarm-book.ts";
import type { Delivery } from "../../src/relay/delivery.ts";
import { openIntake } from "../../src/relay/intake/intake.ts";
import { openLedger } from "../../src/relay/ledger/ledger.ts";
import { restoreLedger } from "../../src/relay/ledger/restore.ts";
import type { M3Context } from "../../src/relay/m3/context.ts";
import { createM3Delivery } from "../../src/relay/m3/delivery.ts";
import { openM3Client } from "../../src/relay/m3/open-m3.ts";
import { createRelay, RELAY_OUTSTANDING_MAX, type Relay } from "../../src/relay/relay.ts";
import { createTimers } from "../../src/runtime/node/timers.ts";
import { startM3Sandbox } from "../../src/sandbox/m3/m3-sandbox.ts";
import { manualClock, recordingLogger, seededEntropy } from "../support/manual-runtime.ts";
import { tempDir } from "../support/temp-dir.ts";
import { FULL_MAPPING, m3Settings } from "./support/m3-world.ts";
import { type Sent, TestTill } from "./support/test-till.ts";

const TILL = { store: "S1", till: "T1" };
/** How long a test waits for what comes over the network before it says that it did not come. */
const PATIENCE = { timeout: 20_000, interval: 10 };

type MakeDeliveries = (parts: Pick<M3Context, "ledger" | "alarms" | "clock">) => readonly Delivery[];

/** Starts a relay on a ledger file; answers when it hears the broker. */
const startRelay = async (
	broker: EmbeddedBroker,
	path: string,
	makeDeliveries: MakeDeliveries = () => [],
): Promise<Relay> => {
	const [clock, timers, entropy, log] = [manualClock(), createTimers(), seededEntropy(), recordingLogger()];
	const ledger = openLedger(path, entropy);
	const alarms = openAlarmBook(ledger, log);
	const intake = openIntake(ledger, alarms, clock);
	const relay = createRelay({
		ledger,
		alarms,
		intake,
		deliveries: makeDeliveries({ ledger, alarms, clock }),
		openFeed: (listener) =>
			new FeedSubscriber({
				...listener,
				mqtt: mqttSchema.parse({ url: broker.url }),
				clientId: "relay",
				outstandingMax: RELAY_OUTSTANDING_MAX,
				timers,
				entropy,
				logger: log,
			}),
		clock,
		timers,
		entropy,
		log,
	});
	relay.start();
	onTestFinished(async () => {
		await relay.stop();
		ledger.close();
	});
	await vi.waitFor(() => expect(relay.status().connected).toBe(true), PATIENCE);
	return relay;
};

const startBroker = async (): Promise<EmbeddedBroker> => {
	const broker = await startEmbeddedBroker({ port: 0 });
	onTestFinished(() => broker.close());
	return broker;
};

/** A till's line to the broker, with what it was told. */
const connectTill = async (
	broker: EmbeddedBroker,
): Promise<{ client: MqttClient; told: { topic: string; json: unknown }[] }> => {
	const client = await mqtt.connectAsync(broker.url);
	onTestFinished(() => client.endAsync(true));
	const told: { topic: string; json: unknown }[] = [];
	client.on("message", (topic, bytes) => told.push({ topic, json: JSON.parse(bytes.toString("utf8")) }));
	await client.subscribeAsync([downTopic(TILL, "accepted"), downTopic(TILL, "command")], { qos: 1 });
	return { client, told };
};

const publish = async (client: MqttClient, ...sent: readonly Sent[]): Promise<void> => {
	for (const { topic, bytes } of sent) {
		if (topic.name === "file") continue;
		await client.publishAsync(upTopic(topic, topic.name), Buffer.from(bytes), { qos: 1 });
	}
};

const lastAccepted = (told: readonly { topic: string; json: unknown }[]) => {
	const last = told.findLast(({ topic }) => topic === downTopic(TILL, "accepted"));
	return last === undefined ? undefined : acceptedSchema.parse(last.json);
};

const statusOf = (till: TestTill, feedSeq: number, backlog: number, atUtcMs: number): Buffer =>
	Buffer.from(
		JSON.stringify({
			v: 1,
			online: true,
			...TILL,
			readiness: null,
			warnings: [],
			journalId: till.journalId,
			backlog,
			head: null,
			feedSeq,
			version: null,
			diskDaysLeft: null,
			businessDate: null,
			atUtcMs,
		}),
	);

describe("relay", () => {
	it("takes tickets off the broker, answers the till, and books them in M3", async () => {
		const broker = await startBroker();
		const sandbox = await startM3Sandbox();
		onTestFinished(() => sandbox.close());
		const access = { kind: "basic", baseUrl: `${sandbox.url}/m3api-rest`, user: "TILLPOS", passwordFile: "-" } as const;
		const m3 = m3Settings({ readBack: "EXPORTMI", access });
		const relay = await startRelay(broker, join(tempDir(), "relay.sqlite"), (parts) => {
			const { clock } = parts;
			const settings = { access, requestTimeoutMs: 5_000 };
			const client = openM3Client({ m3: settings, secret: "till-pos", clock, timers: createTimers() });
			return [createM3Delivery({ ...parts, client, m3, mapping: FULL_MAPPING })];
		});
		const till = new TestTill(1);
		const line = await connectTill(broker);
		const sent = [till.sell(), till.sell(), till.close()];
		await publish(line.client, ...sent);
		await vi.waitFor(() => {
			expect(lastAccepted(line.told)).toMatchObject({
				feedSeq: 3,
				sha256: sent[2]?.sha256,
				series: { receipt: 2, z: 1 },
			});
			expect(relay.status().deliveries["m3"]?.states).toEqual({ booked: 2 });
		}, PATIENCE);
		expect(sandbox.rows("OPSALE")).toHaveLength(8);
		expect(relay.status()).toMatchObject({
			connected: true,
			term: 1,
			alarms: [],
			tills: [{ ...TILL, journals: [{ journalId: till.journalId, ordinal: 1, accepted: 3, fork: null }], setAside: 0 }],
		});
	});

	it("asks a till once for what is missing, and says how far it is", async () => {
		const broker = await startBroker();
		await startRelay(broker, join(tempDir(), "relay.sqlite"));
		const till = new TestTill(1);
		const line = await connectTill(broker);
		const [one, two, three, four] = [till.sell(), till.sell(), till.sell(), till.sell()];
		await publish(line.client, one, three, four);
		await vi.waitFor(() => expect(line.told.some(({ topic }) => topic.endsWith("/command"))).toBe(true), PATIENCE);
		await publish(line.client, two);
		await vi.waitFor(() => expect(lastAccepted(line.told)?.feedSeq).toBe(4), PATIENCE);
		const commands = line.told.filter(({ topic }) => topic.endsWith("/command"));
		expect(commands.map(({ json }) => commandSchema.parse(json))).toMatchObject([
			{ kind: "replay", issuer: "relay", body: { fromFeedSeq: 2 } },
		]);
	});

	it("keeps its answer at the broker for a till that comes later, and answers a till that it never heard of", async () => {
		const broker = await startBroker();
		await startRelay(broker, join(tempDir(), "relay.sqlite"));
		const first = await connectTill(broker);
		await publish(first.client, new TestTill(1).sell());
		await vi.waitFor(() => expect(lastAccepted(first.told)?.feedSeq).toBe(1), PATIENCE);
		const later = await connectTill(broker);
		await vi.waitFor(() => expect(lastAccepted(later.told)?.feedSeq).toBe(1), PATIENCE);
		const swapped = new TestTill(2);
		await later.client.publishAsync(upTopic(TILL, "status"), statusOf(swapped, 3, 1, 1), { qos: 1 });
		await vi.waitFor(() => {
			expect(lastAccepted(later.told)).toMatchObject({
				journalId: swapped.journalId,
				feedSeq: 0,
				series: { receipt: 1 },
			});
		}, PATIENCE);
	});

	it("notices that its ledger is an old copy, and gets everything again after a restore", async () => {
		const broker = await startBroker();
		const path = join(tempDir(), "relay.sqlite");
		const till = new TestTill(1);
		const sent = [till.sell(), till.sell(), till.sell()];
		const line = await connectTill(broker);
		const old = await startRelay(broker, path);
		await publish(line.client, ...sent.slice(0, 1));
		await vi.waitFor(() => expect(lastAccepted(line.told)?.feedSeq).toBe(1), PATIENCE);
		// The till was told by the lost ledger that all three are accepted.
		for (const atUtcMs of [1, 2]) {
			await line.client.publishAsync(upTopic(TILL, "status"), statusOf(till, 3, 0, atUtcMs), { qos: 1, retain: true });
		}
		await vi.waitFor(() => expect(old.status().alarms.map(({ code }) => code)).toEqual(["RELAY-1004"]), PATIENCE);
		await old.stop();
		expect(restoreLedger(path, seededEntropy(), 4)).toMatchObject({ term: 5 });
		const restored = await startRelay(broker, path);
		await vi.waitFor(() => expect(lastAccepted(line.told)).toMatchObject({ term: 5, feedSeq: 1 }), PATIENCE);
		await publish(line.client, ...sent);
		await vi.waitFor(() => expect(lastAccepted(line.told)).toMatchObject({ term: 5, feedSeq: 3 }), PATIENCE);
		await line.client.publishAsync(upTopic(TILL, "status"), statusOf(till, 3, 0, 3), { qos: 1, retain: true });
		await vi.waitFor(() => expect(restored.status().alarms).toEqual([]), PATIENCE);
	});

	it("accepts nothing while its disk takes nothing, and gets it all again when the disk is whole", async () => {
		const broker = await startBroker();
		let setReadOnly: (isReadOnly: boolean) => void = () => {};
		const relay = await startRelay(broker, join(tempDir(), "relay.sqlite"), ({ ledger }) => {
			setReadOnly = (isReadOnly) => void ledger.statement(`PRAGMA query_only = ${isReadOnly ? 1 : 0}`).run();
			return [];
		});
		const till = new TestTill(1);
		const line = await connectTill(broker);
		await publish(line.client, till.sell());
		await vi.waitFor(() => expect(lastAccepted(line.told)?.feedSeq).toBe(1), PATIENCE);
		setReadOnly(true);
		await publish(line.client, till.sell(), till.sell());
		await vi.waitFor(() => expect(relay.status().connected).toBe(false), PATIENCE);
		expect(lastAccepted(line.told)?.feedSeq).toBe(1);
		setReadOnly(false);
		await vi.waitFor(() => expect(lastAccepted(line.told)?.feedSeq).toBe(3), PATIENCE);
		expect(relay.status()).toMatchObject({ alarms: [], tills: [{ setAside: 0, journals: [{ accepted: 3 }] }] });
	});

	it("takes a feed file in, and a second time nothing more", async () => {
		const directory = tempDir();
		const broker = await startBroker();
		const relay = await startRelay(broker, join(directory, "relay.sqlite"));
		const till = new TestTill(1);
		const sent = [till.sell(), till.sell(), till.close()];
		const file = join(directory, "shop.feed");
		const { journalId } = till;
		await writeFeedFile(
			file,
			sent.map(({ bytes }) => bytes),
			{ format: "tilld-feed", v: 1, journalId, ...TILL, fromFeedSeq: 1, toFeedSeq: 3 },
		);
		expect(await relay.intakeFile(file)).toMatchObject({
			address: TILL,
			outcomes: { stored: 3 },
			accepted: { feedSeq: 3 },
		});
		expect(await relay.intakeFile(file)).toMatchObject({ outcomes: { repeat: 3 } });
		const line = await connectTill(broker);
		await vi.waitFor(() => expect(lastAccepted(line.told)?.feedSeq).toBe(3), PATIENCE);
	});

	it("runs once on a ledger, and its ledger is not restored under it", async () => {
		const broker = await startBroker();
		const path = join(tempDir(), "relay.sqlite");
		const first = await startRelay(broker, path);
		await expect(startRelay(broker, path)).rejects.toThrow(/RELAY-1005/);
		expect(() => restoreLedger(path, seededEntropy())).toThrow(/RELAY-1005/);
		await first.stop();
		await startRelay(broker, path);
	});

	it("lets no delivery end another", async () => {
		const broker = await startBroker();
		let steps = 0;
		const summary = () => ({ states: {}, tills: [], unknown: [], pausedBy: null });
		const broken: Delivery = { name: "broken", step: () => Promise.reject(new Error("bug")), summary };
		const sound: Delivery = {
			name: "sound",
			step: () => {
				steps += 1;
				return Promise.resolve(steps < 3);
			},
			summary,
		};
		const relay = await startRelay(broker, join(tempDir(), "relay.sqlite"), () => [broken, sound]);
		await vi.waitFor(() => expect(steps).toBeGreaterThanOrEqual(3), PATIENCE);
		expect(relay.status().alarms).toMatchObject([{ code: "RELAY-1008", subject: "broken", detail: "bug" }]);
		await relay.stop();
		const ended = steps;
		await new Promise((resolve) => setImmediate(resolve));
		expect(steps).toBe(ended);
	});
});
