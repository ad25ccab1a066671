import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import mqtt from "mqtt";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeAuthority, makePasswordFile, startMosquitto } from "../feed/mosquitto.ts";
import { headOffice } from "../support/head-office.ts";
import { runProgram, until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { endsWithTest } from "./support/ends-with-test.ts";
import { feedObserver } from "./support/feed-observer.ts";
import { BEER, SODA, shopTill } from "./support/shop-till.ts";

/** What the broker keeps for the relay, in messages: no more than one till has under way. */
const IN_FLIGHT = 20;
const QUEUED = 20;

/** From one customer to the next; without it a till would sell more in a second than a shop in an hour. */
const CUSTOMER_MS = 20;

/** The text between one heading of `till-relay broker` and the next. */
const sectionOf = (printed: string, heading: string): string => {
	const [, behind = ""] = printed.split(`# ${heading}\n`);
	return behind.split(/^# (?:\/etc|run once)/m)[0] ?? "";
};

describe("a Mosquitto as till-relay prescribes it: TLS, a password per till, the printed ACL", () => {
	it("carries the feed; another till cannot speak for this one; killed and empty, with a queue too small, it loses nothing", async () => {
		const directory = tempDir();
		const office = await headOffice(directory, "mqtts://127.0.0.1:8883");
		const withTills = (config: Parameters<Parameters<typeof office.configure>[0]>[0]) => ({
			...config,
			mapping: {
				...config.mapping,
				stores: { OSLO1: { ...config.mapping.stores["OSLO1"], tills: ["1", "2"] } },
			},
		});
		office.configure(withTills);

		// What the administrator does: prints, puts the parts into their files, makes the passwords.
		const printed = await runProgram("src/cli/till-relay.ts", [
			"--config",
			office.configFile,
			"broker",
			"--reader",
			"head-office",
		]);
		expect(printed).toMatchObject({ code: 0, stderr: "" });
		const authority = makeAuthority(directory);
		const { certFile, keyFile } = authority.issue("broker");
		const aclFile = join(directory, "tilld.acl");
		writeFileSync(aclFile, sectionOf(printed.stdout, "/etc/mosquitto/tilld.acl"), { mode: 0o600 });
		const users = [...printed.stdout.matchAll(/^mosquitto_passwd .* (\S+)$/gm)].map((match) => match[1] ?? "");
		expect(users.toSorted()).toEqual(["head-office", "relay", "till-OSLO1-1", "till-OSLO1-2"]);
		const passwordsFile = join(directory, "tilld.passwd");
		makePasswordFile(passwordsFile, Object.fromEntries(users.map((user) => [user, `secret of ${user}`])));
		const passwordFileOf = (user: string): string => {
			const path = join(directory, `password-of-${user}`);
			writeFileSync(path, `secret of ${user}\n`, { mode: 0o600 });
			return path;
		};
		const broker = await endsWithTest(
			startMosquitto({
				scheme: "mqtts",
				wholeConf: (_place, port) =>
					sectionOf(printed.stdout, "/etc/mosquitto/conf.d/tilld.conf")
						.replace("listener 8883", `listener ${port} 127.0.0.1`)
						.replace("/etc/mosquitto/certs/ca.pem", authority.caFile)
						.replace("/etc/mosquitto/certs/server.pem", certFile)
						.replace("/etc/mosquitto/certs/server.key", keyFile)
						.replace("/etc/mosquitto/tilld.acl", aclFile)
						.replace("/etc/mosquitto/tilld.passwd", passwordsFile)
						// The worst that an administrator can make of it.
						.replace("persistence true", "persistence false")
						.replace(/max_queued_messages [0-9]+/, `max_queued_messages ${QUEUED}`)
						.replace(/max_inflight_messages [0-9]+/, `max_inflight_messages ${IN_FLIGHT}`),
			}),
		);
		const access = (user: string) => ({
			url: broker.url,
			username: user,
			passwordFile: passwordFileOf(user),
			caFile: authority.caFile,
		});
		office.configure((config) => ({ ...withTills(config), mqtt: access("relay") }));
		await office.startRelay();
		const till = await shopTill({
			directory,
			brokerUrl: broker.url,
			more: { mqtt: access("till-OSLO1-1") },
		});
		await till.openDay("2026-11-20");
		await till.sell([BEER], "cash");
		await till.expectDelivered();
		expect((await till.status()).warnings).not.toContain("Feed.Insecure");

		// Somebody has taken till 2's password and writes in till 1's name.
		const ca = readFileSync(authority.caFile);
		const observer = await feedObserver(broker.url, {
			ca,
			username: "head-office",
			password: "secret of head-office",
		});
		const thief = await mqtt.connectAsync(broker.url, {
			ca,
			username: "till-OSLO1-2",
			password: "secret of till-OSLO1-2",
			reconnectPeriod: 0,
		});
		onTestFinished(async () => {
			await thief.endAsync(true);
		});
		for (const name of ["ticket", "report", "event", "status"])
			await thief.publishAsync(`tilld/1/up/OSLO1/1/${name}`, "forged", { qos: 1 });
		await thief.publishAsync("tilld/1/down/OSLO1/1/accepted", "forged", { qos: 1 });
		await thief.publishAsync("tilld/1/up/OSLO1/2/ask", "its own", { qos: 1 });
		await until("what it may write", () => observer.heard.some(({ text }) => text === "its own"));
		expect(observer.heard.filter(({ text }) => text === "forged")).toEqual([]);

		// The broker is killed twice and comes back empty, the relay once and for longer than the queue is, while the cashier
		// sells on.
		let sold = 1;
		let isOpen = true;
		const selling = (async () => {
			while (isOpen) {
				sold = await till.sell(sold % 2 === 0 ? [BEER] : [SODA, BEER], sold % 3 === 0 ? "cash" : "visa");
				await new Promise((resolve) => setTimeout(resolve, CUSTOMER_MS));
			}
		})();
		const soldOn = async (count: number): Promise<void> => {
			const from = sold;
			await until(`${count} more tickets`, () => sold >= from + count);
		};
		const caughtUp = (): Promise<void> =>
			until("the feed to flow again", async () => {
				const { warnings, backlog } = await till.status();
				return !warnings.includes("Feed.Offline") && (backlog ?? 0) < 10;
			});
		await soldOn(10);
		await broker.kill();
		await soldOn(10);
		await broker.start();
		await caughtUp();
		await office.killRelay();
		await soldOn(2 * (QUEUED + IN_FLIGHT));
		await office.startRelay();
		await caughtUp();
		await broker.kill();
		await broker.start();
		await caughtUp();
		isOpen = false;
		await selling;
		await till.closeDay();
		await till.expectDelivered();
		await office.expectBooked("1/1");
		expect(await office.receiptsInM3("1")).toEqual(Array.from({ length: sold }, (_, index) => index + 1));
		expect(await office.status()).toMatchObject({ alarms: [], tills: [{ till: "1", setAside: 0 }] });
	});
});
