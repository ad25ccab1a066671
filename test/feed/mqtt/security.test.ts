import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mqtt from "mqtt";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { MqttConfig } from "../../../src/config/schema/till-config.ts";
import {
	type BrokerIdentity,
	type BrokerUsers,
	mosquittoAcl,
	mosquittoConf,
	mosquittoPasswordCommands,
	tillUser,
} from "../../../src/feed/mqtt/acl.ts";
import { readCredentials } from "../../../src/feed/mqtt/broker-access.ts";
import { datasetTopic, downTopic, upTopic } from "../../../src/feed/schema/topic.ts";
import { makeAuthority, makePasswordFile, startMosquitto, type TestAuthority, type TestBroker } from "../mosquitto.ts";
import { TestRelay } from "../test-relay.ts";
import { MemoryFeed, TestTill } from "../test-till.ts";
import { until } from "../until.ts";

const ONE = { store: "S1", till: "01" };
const TWO = { store: "S1", till: "02" };
const ELSEWHERE = { store: "S2", till: "01" };
const USERS: BrokerUsers = { tills: [ONE, TWO, ELSEWHERE], relay: "relay", readers: ["head-office"] };
const ALL_USERS = [...USERS.tills.map(tillUser), USERS.relay, ...USERS.readers];

let directory: string;
let authority: TestAuthority;
let stranger: TestAuthority;

beforeAll(() => {
	directory = mkdtempSync(join(tmpdir(), "tilld-security-"));
	authority = makeAuthority(directory, "shop");
	stranger = makeAuthority(directory, "stranger");
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What a user writes into its configuration. */
type Access = (user: string) => MqttConfig;

const variants: Record<BrokerIdentity, () => { access: Access; prepare: () => void }> = {
	password: () => ({
		prepare: () => {
			makePasswordFile(join(directory, "passwords"), Object.fromEntries(ALL_USERS.map((user) => [user, `of ${user}`])));
		},
		access: (user) => {
			const passwordFile = join(directory, `password-${user}`);
			writeFileSync(passwordFile, `of ${user}\n`);
			return { url: "", insecure: false, caFile: authority.caFile, username: user, passwordFile };
		},
	}),
	certificate: () => ({
		prepare: () => {},
		access: (user) => ({ url: "", insecure: false, caFile: authority.caFile, ...authority.issue(user) }),
	}),
};

describe.each(["password", "certificate"] as const)("the generated Mosquitto settings, a %s per user", (identity) => {
	const variant = variants[identity]();
	const disposals: (() => Promise<unknown>)[] = [];
	let broker: TestBroker;
	const access = (user: string): MqttConfig => ({ ...variant.access(user), url: broker.url });

	beforeAll(async () => {
		variant.prepare();
		const server = authority.issue("broker");
		const files = { ...server, caFile: authority.caFile, aclFile: join(directory, `acl-${identity}`) };
		writeFileSync(files.aclFile, mosquittoAcl(USERS), { mode: 0o600 });
		broker = await startMosquitto({
			scheme: "mqtts",
			wholeConf: (place, port) => {
				const passwordFile = join(directory, "passwords");
				return `${mosquittoConf(identity, { ...files, passwordFile }, port)}persistence_location ${place}/\n`;
			},
		});
	});

	afterEach(async () => {
		for (const dispose of disposals.splice(0).reverse()) await dispose();
	});

	afterAll(() => broker?.dispose());

	const tillOf = (address: typeof ONE, mqttConfig = access(tillUser(address))): TestTill => {
		const till = new TestTill(
			mqttConfig,
			new MemoryFeed(address, `01K00000000000000000000${address.store}${address.till.slice(1)}`),
		);
		disposals.push(() => till.publisher.stop());
		return till;
	};

	/** A plain client with a user's rights, that notes what it hears. */
	const clientOf = async (user: string): Promise<{ client: mqtt.MqttClient; heard: string[] }> => {
		const config = access(user);
		const client = await mqtt.connectAsync(config.url, { ...readCredentials(config), reconnectPeriod: 0 });
		const heard: string[] = [];
		client.on("message", (topic, _payload, { retain }) => {
			if (!retain) heard.push(topic);
		});
		disposals.push(() => client.endAsync(true));
		return { client, heard };
	};

	it("let the feed through", async () => {
		const relay = new TestRelay(access("relay"));
		disposals.push(() => relay.subscriber.stop());
		relay.subscriber.start();
		const till = tillOf(ONE);
		till.publisher.start();
		till.sell(20);
		await until("delivered", () => till.feed.cursor()?.feedSeq === 20);
	});

	it("let a till publish in no other name than its own", async () => {
		const { client: listening, heard } = await clientOf("relay");
		await listening.subscribeAsync("tilld/1/up/#", { qos: 1 });
		const { client } = await clientOf(tillUser(ONE));
		const attempts = [
			upTopic(TWO, "ticket"),
			upTopic(ELSEWHERE, "ticket"),
			downTopic(ONE, "accepted"),
			downTopic(TWO, "accepted"),
			`${upTopic(ONE, "ticket")}/more`,
			"tilld/1/replay/1",
			"other",
		];
		for (const topic of attempts) await client.publishAsync(topic, "forged", { qos: 1 });
		await client.publishAsync(upTopic(ONE, "ticket"), "own", { qos: 1 });
		await until("the own one", () => heard.length > 0);
		expect(heard).toEqual([upTopic(ONE, "ticket")]);
	});

	it("let a till read its own messages and its store's datasets, whatever it subscribes to", async () => {
		const { client, heard } = await clientOf(tillUser(ONE));
		await client.subscribeAsync(["#", "tilld/1/down/#", "tilld/1/up/#", downTopic(TWO, "accepted")], { qos: 1 });
		const { client: relay } = await clientOf("relay");
		const published = [
			downTopic(TWO, "accepted"),
			downTopic(ELSEWHERE, "accepted"),
			datasetTopic("S2", "items"),
			datasetTopic("S1", "items"),
			downTopic(ONE, "accepted"),
		];
		for (const topic of published) await relay.publishAsync(topic, "x", { qos: 1 });
		const { client: other } = await clientOf(tillUser(TWO));
		await other.publishAsync(upTopic(TWO, "ticket"), "x", { qos: 1 });
		await relay.publishAsync(downTopic(ONE, "notice"), "last", { qos: 1 });
		await until("the last", () => heard.includes(downTopic(ONE, "notice")));
		const allowed = [datasetTopic("S1", "items"), downTopic(ONE, "accepted"), downTopic(ONE, "notice")];
		expect([...new Set(heard)].sort()).toEqual(allowed.sort());
	});

	it("let head office read the feed and the replays, and write nothing", async () => {
		const { client, heard } = await clientOf("head-office");
		await client.subscribeAsync("tilld/#", { qos: 1 });
		const { client: relay } = await clientOf("relay");
		const { client: till, heard: heardByTill } = await clientOf(tillUser(ONE));
		await till.subscribeAsync("tilld/#", { qos: 1 });
		await client.publishAsync(downTopic(ONE, "command"), "x", { qos: 1 });
		await client.publishAsync(upTopic(ONE, "ticket"), "x", { qos: 1 });
		await till.publishAsync(upTopic(ONE, "report"), "x", { qos: 1 });
		await relay.publishAsync(downTopic(ONE, "accepted"), "x", { qos: 1 });
		await relay.publishAsync("tilld/1/replay/7", "x", { qos: 1 });
		await until("the replay", () => heard.includes("tilld/1/replay/7"));
		await until("the till's", () => heardByTill.length > 0);
		expect(heard.sort()).toEqual(["tilld/1/replay/7", upTopic(ONE, "report")].sort());
		expect(heardByTill).toEqual([downTopic(ONE, "accepted")]);
	});

	it("refuse who cannot prove who it is, with its own code", async () => {
		const till =
			identity === "password"
				? tillOf(ONE, { ...access(tillUser(ONE)), username: tillUser(TWO) })
				: tillOf(ONE, { ...access(tillUser(ONE)), ...stranger.issue(tillUser(ONE)) });
		till.publisher.start();
		await until("refused", () => till.publisher.trouble !== undefined);
		expect(till.publisher.trouble).toBe("TILL-0802");
		expect(till.connected).toEqual([]);
	});

	it("refuse who shows nothing", async () => {
		const till = tillOf(ONE, { url: broker.url, insecure: false, caFile: authority.caFile });
		till.publisher.start();
		await until("refused", () => till.publisher.trouble !== undefined);
		expect(till.connected).toEqual([]);
	});

	it("are refused by a till that trusts another authority", async () => {
		const till = tillOf(ONE, { ...access(tillUser(ONE)), caFile: stranger.caFile });
		till.publisher.start();
		await until("refused", () => till.publisher.trouble !== undefined);
		expect(till.publisher.trouble).toBe("TILL-0803");
	});

	it("are refused by a till that was given no authority: none of the system's signed it", async () => {
		const { caFile: _caFile, ...without } = access(tillUser(ONE));
		const till = tillOf(ONE, without);
		till.publisher.start();
		await until("refused", () => till.publisher.trouble !== undefined);
		expect(till.publisher.trouble).toBe("TILL-0803");
	});
});

describe("the generated files", () => {
	it("ask for each password instead of holding it", () => {
		expect(mosquittoPasswordCommands(USERS, "/etc/mosquitto/passwords").split("\n")).toEqual([
			"mosquitto_passwd -c /etc/mosquitto/passwords till-S1-01",
			"mosquitto_passwd /etc/mosquitto/passwords till-S1-02",
			"mosquitto_passwd /etc/mosquitto/passwords till-S2-01",
			"mosquitto_passwd /etc/mosquitto/passwords relay",
			"mosquitto_passwd /etc/mosquitto/passwords head-office",
			"",
		]);
	});

	it.each(["", "a b", "relay\ntopic readwrite #", "x#", "+", "u:p", "till-S1-01", "relay"])(
		"refuse the reader %j",
		(reader) => {
			expect(() => mosquittoAcl({ ...USERS, readers: [reader] })).toThrow("TILL-0815");
		},
	);
});
