import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogFile } from "../faults/support/box-config.ts";
import { asked, startTillProcess } from "../faults/support/till-process.ts";
import { startMosquitto } from "../feed/mosquitto.ts";
import { boxOf } from "../support/box.ts";
import { closings } from "../support/closings.ts";
import { type HeadOffice, headOffice } from "../support/head-office.ts";
import { runProgram, until } from "../support/program.ts";
import { technicianAt } from "./support/commander.ts";

const shared = closings();
afterAll(() => shared.close());

let directory: string;
let feedFile: string;
let office: HeadOffice;

/** A till's day, carried here in a file: two tickets and a Z. */
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), "tilld-relay-"));
	shared.onEnd(() => rm(directory, { recursive: true, force: true }));
	const broker = await startMosquitto();
	shared.onEnd(() => broker.dispose());
	office = await headOffice(directory, broker.url, shared.onEnd);
	const config = boxOf(directory, "mqtt://127.0.0.1:1");
	const till = await startTillProcess({ directory, config, onEnd: shared.onEnd });
	await asked(till, { command: "catalogImport", file: catalogFile(directory) });
	await asked(till, { command: "dayOpen", businessDate: "2026-11-20" });
	for (const code of ["BEER", "7038010001659"]) {
		await asked(till, { command: "scan", code });
		await asked(till, { command: "tender", tenderType: "cash" });
	}
	await asked(till, { command: "dayClose" });
	feedFile = join(directory, "feed.jsonl");
	expect((await technicianAt(config.controlSocket).asks("journal", "export", feedFile)).code).toBe(0);
	await till.stop();
});

describe("till-relay, stopped: its commands act on the ledger", () => {
	it("shows the status of an empty ledger, in words and in JSON", async () => {
		const { code, answer } = await office.asks("status");
		expect(code).toBe(0);
		expect(answer).toMatchObject({ term: 1, connected: false, alarms: [], tills: [] });
		const { out, err } = await office.says("status");
		expect(out).toMatch(/^Ledger [0-9a-f]{32}, term 1, broker not connected\n/);
		expect(out).toContain("No alarms.");
		expect(err).toBe("");
	});

	it("takes nothing of a file that is damaged, cut off or not there", async () => {
		const text = readFileSync(feedFile, "utf8");
		const damaged = join(directory, "damaged.jsonl");
		const tried: [string, string][] = [
			[text.replace("Beer", "Bear"), "TILL-0824"],
			[text.slice(0, text.length - 40), "TILL-0825"],
			["something else\n", "TILL-0822"],
		];
		for (const [content, fault] of tried) {
			writeFileSync(damaged, content);
			const { code, answer } = await office.asks("intake", damaged);
			expect({ code, answer }).toMatchObject({ code: 1, answer: { ok: false, code: fault } });
		}
		expect(await office.asks("intake", join(directory, "none"))).toMatchObject({
			code: 1,
			answer: { code: "TILL-0821" },
		});
		expect(await office.status()).toMatchObject({ tills: [] });
	});

	it("takes a feed file in; a second time it changes nothing", async () => {
		const { code, answer } = await office.asks("intake", feedFile);
		expect(code).toBe(0);
		const { outcomes, accepted } = answer as {
			readonly outcomes: Readonly<Record<string, number>>;
			readonly accepted: { readonly feedSeq: number };
		};
		expect(outcomes).toEqual({ stored: accepted.feedSeq });
		const again = await office.says("intake", feedFile);
		expect(again.code).toBe(0);
		expect(again.out).toMatch(
			new RegExp(`^OSLO1/1: ${accepted.feedSeq} [a-z]+; stored up to ${accepted.feedSeq} of journal [0-9A-Z]{26}\\n$`),
		);
		expect(again.out).not.toContain(" stored;");
		expect(await office.status()).toMatchObject({
			tills: [{ store: "OSLO1", till: "1", journals: [{ accepted: accepted.feedSeq, fork: null }], setAside: 0 }],
		});
	});

	it("begins a new term on a restored ledger, beyond the one that was seen", async () => {
		expect(await office.asks("restore")).toMatchObject({ code: 0, answer: { term: 2 } });
		expect(await office.asks("restore", "--term-seen", "41")).toMatchObject({ code: 0, answer: { term: 42 } });
		expect((await office.says("restore")).out).toMatch(/^The ledger [0-9a-f]{32} is now in term 43\.\n$/);
		expect(await office.status()).toMatchObject({ term: 43 });
	});

	it("says who waits for an ERP that is not configured", async () => {
		office.configure(({ m3: _m3, powerOffice: _powerOffice, ...rest }) => rest);
		for (const args of [
			["m3", "round", "1", "processed"],
			["power-office", "release", "OSLO1", "1", "1"],
		]) {
			expect(await office.asks(...args)).toMatchObject({ code: 3, answer: { ok: false, code: "RELAY-1006" } });
			expect((await office.says(...args)).err).toContain("RELAY-1006");
		}
		office.configure((config) => config);
	});

	it("prints what a Mosquitto needs for the tills of the mapping, and says which store names none", async () => {
		office.configure((config) => ({
			...config,
			mapping: {
				...config.mapping,
				stores: {
					OSLO1: { ...config.mapping.stores["OSLO1"], tills: ["1", "2"] },
					OSLO2: { ...config.mapping.stores["OSLO1"], whlo: "002" },
				},
			},
		}));
		const { code, out } = await office.says("broker", "--reader", "head-office", "bookkeeping");
		expect(code).toBe(0);
		for (const user of ["till-OSLO1-1", "till-OSLO1-2", "relay", "head-office", "bookkeeping"]) {
			expect(out).toContain(`user ${user}\n`);
			expect(out).toContain(`mosquitto_passwd `);
			expect(out).toMatch(new RegExp(`^mosquitto_passwd .* ${user}$`, "m"));
		}
		expect(out).toMatch(/^# Store OSLO2: no till is named/m);
		expect(out).toContain("allow_anonymous false");
		const { answer } = await office.asks("broker", "--identity", "certificate");
		expect(answer).toMatchObject({
			conf: expect.stringContaining("require_certificate true"),
			acl: expect.stringContaining("user till-OSLO1-2\n"),
			passwordCommands: null,
		});
		office.configure((config) => config);
	});
});

describe("till-relay, running: its commands ask it", () => {
	beforeAll(() => office.startRelay());

	it("books what was carried here, and shows it", async () => {
		await office.expectBooked("1/1");
		await until("the broker", async () => (await office.status()).connected);
		const { out } = await office.says("status");
		expect(out).toMatch(/^Ledger [0-9a-f]{32}, term 43, broker connected\n/);
		expect(out).toMatch(/^ {2}OSLO1\/1 {2}[0-9A-Z]{26} up to [0-9]+$/m);
		expect(out).toContain("No alarms.");
		expect(await office.receiptsInM3("1")).toEqual([1, 2]);
	});

	it("shows the reconciliation of a store, a till, so many", async () => {
		const { out } = await office.says("reconciliation", "--store", "OSLO1", "--till", "1", "--limit", "1");
		expect(out).toContain("199.95");
		expect(out).toMatch(/equal/i);
		expect(await office.asks("reconciliation", "--store", "OSLO2")).toEqual({ code: 0, answer: [] });
		expect(await office.asks("reconciliation", "--till", "2")).toEqual({ code: 0, answer: [] });
	});

	it("takes a feed file that it has already", async () => {
		const { code, answer } = await office.asks("intake", feedFile);
		expect({ code, outcomes: Object.keys((answer as { outcomes: object }).outcomes) }).toEqual({
			code: 0,
			outcomes: ["repeat"],
		});
	});

	it("reads a booked voucher again, and sends again what M3 refused", async () => {
		expect(await office.asks("power-office", "read", "OSLO1", "1", "1")).toMatchObject({ code: 0 });
		await office.expectBooked("1/1");
		expect((await office.says("power-office", "twin-seen", "OSLO1", "1", "1")).out).toContain("OSLO1/1 Z 1");
		expect(await office.asks("m3", "refused", "--store", "OSLO1")).toEqual({ code: 0, answer: { count: 0 } });
	});

	it.each([
		["a round that there is not", ["m3", "round", "4711", "processed"], "RELAY-1007"],
		["a ticket that there is not", ["m3", "ticket", "1000001", "send"], "RELAY-1007"],
		["a Z that there is not", ["power-office", "release", "OSLO1", "1", "9"], "RELAY-3019"],
		["a Z that is not held", ["power-office", "release", "OSLO1", "1", "1"], "RELAY-3019"],
		["to be restored while it runs", ["restore"], "RELAY-1005"],
	])("refuses %s", async (_name, args, refusal) => {
		expect(await office.asks(...args)).toMatchObject({ code: 3, answer: { ok: false, code: refusal } });
		const words = await office.says(...args);
		expect(words).toMatchObject({ code: 3, out: "" });
		expect(words.err).toContain(refusal);
	});

	it("keeps a second relay from its ledger, and goes on", async () => {
		const second = await runProgram("src/cli/till-relay.ts", ["--config", office.configFile]);
		expect(second).toMatchObject({ code: 78, stdout: "" });
		expect(second.stderr).toMatch(/RELAY-1005|TILL-0903/);
		expect((await office.asks("status")).code).toBe(0);
	});

	it("ends in order, and the commands act on the ledger again", async () => {
		expect(await office.stopRelay()).toBe(0);
		expect(await office.status()).toMatchObject({ connected: false, tills: [{ till: "1" }] });
	});
});

describe("till-relay that cannot begin", () => {
	it("names every problem of its configuration: 78 as a service, 1 as a command", async () => {
		office.configure((config) => ({ ...config, colour: "blue", mqtt: { url: "broker" }, m3: { readBack: "maybe" } }));
		const service = await runProgram("src/cli/till-relay.ts", ["--config", office.configFile]);
		expect(service).toMatchObject({ code: 78, stdout: "" });
		for (const place of ["colour", "mqtt\\.url", "m3\\.readBack", "m3\\.access"])
			expect(service.stderr).toMatch(new RegExp(`^  .*${place}`, "m"));
		const { code, answer } = await office.asks("status");
		expect({ code, answer }).toMatchObject({ code: 1, answer: { ok: false, code: "TILL-1003" } });
	});

	it.each([
		["a ledger that cannot be made", { ledger: { file: "/dev/null/ledger.sqlite" } }, "RELAY-1003"],
		["a control socket that cannot be made", { controlSocket: "/dev/null/control.sock" }, "TILL-0907"],
		[
			"a secret that is not there",
			{ m3: { access: { kind: "ionapi", ionapiFile: "/dev/null/m3.ionapi" } } },
			"TILL-1006",
		],
	])("for %s says so: 78", async (_name, change, fault) => {
		office.configure((config) => ({ ...config, ...change }));
		const service = await runProgram("src/cli/till-relay.ts", ["--config", office.configFile]);
		expect(service).toMatchObject({ code: 78, stdout: "" });
		expect(service.stderr).toContain(`till-relay: ${fault} `);
		office.configure((config) => config);
	});
});
