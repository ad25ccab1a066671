import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { m3ConfigSchema } from "../../../src/config/schema/relay-config.ts";
import type { CallOutcome, M3Client } from "../../../src/relay/m3/client.ts";
import { readMiAnswer } from "../../../src/relay/m3/mi-answer.ts";
import { openM3Client } from "../../../src/relay/m3/open-m3.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import { type M3Sandbox, type M3SandboxOptions, startM3Sandbox } from "../../../src/sandbox/m3/m3-sandbox.ts";
import { type ManualClock, manualClock } from "../../support/manual-runtime.ts";

const SESSION = { cono: 100, divi: "AAA" };
const ADD_ROUND = { transaction: "AddRoundNumber", record: { CONO: "100" } };
const BASIC = { kind: "basic", user: "TILLPOS", passwordFile: "unused" };

interface World {
	readonly sandbox: M3Sandbox;
	readonly clock: ManualClock;
	readonly client: M3Client;
	addRound(): Promise<CallOutcome>;
	tokenRequests(): number;
}

const world = async (options: M3SandboxOptions = {}, requestTimeoutMs = 5_000): Promise<World> => {
	const clock = manualClock();
	const sandbox = await startM3Sandbox({ now: () => clock.stamp().utcMs, ...options });
	onTestFinished(() => sandbox.close());
	const m3 = m3ConfigSchema.parse({ access: { kind: "ionapi", ionapiFile: "unused" }, requestTimeoutMs });
	const client = openM3Client({ m3, secret: JSON.stringify(sandbox.ionapi), clock, timers: createTimers() });
	return {
		sandbox,
		clock,
		client,
		addRound: () => client.change("OPS270MI", [ADD_ROUND], SESSION),
		tokenRequests: () => sandbox.requests().filter(({ path }) => path.endsWith("/token.oauth2")).length,
	};
};

describe("M3 client", () => {
	it("signs in as the service account and reads what is answered", async () => {
		const { addRound } = await world({ oauth: { clientAuthentication: "form" } });
		expect(await addRound()).toEqual({
			kind: "answered",
			results: [{ outcome: "ok", records: [{ ITRN: "1000001" }] }],
		});
	});

	it("uses one token until shortly before its end, and asks for it once when many calls need it", async () => {
		const { addRound, clock, tokenRequests } = await world({ oauth: { expiresInSeconds: 600 } });
		await Promise.all([addRound(), addRound(), addRound()]);
		clock.advance(539_000);
		await addRound();
		expect(tokenRequests()).toBe(1);
		clock.advance(2_000);
		expect((await addRound()).kind).toBe("answered");
		expect(tokenRequests()).toBe(2);
	});

	it("asks for a new token once after a 401, and no more", async () => {
		const { addRound, sandbox, tokenRequests } = await world();
		sandbox.addFaults({ fault: { kind: "unauthorized" } });
		expect((await addRound()).kind).toBe("answered");
		expect(tokenRequests()).toBe(2);
		sandbox.addFaults({ fault: { kind: "unauthorized" } }, { fault: { kind: "unauthorized" } });
		expect(await addRound()).toEqual({ kind: "deferred", reason: expect.stringContaining("401") });
		expect(tokenRequests()).toBe(3);
	});

	it.each([
		["a wrong secret", { saak: "SANDBOX_TST#someone" }, /HTTP 400 invalid_grant/],
		["a wrong client", { cs: "no" }, /HTTP 401 invalid_client/],
	])("is deferred by %s, without a call of M3 and without telling a secret", async (_, change, reason) => {
		const { sandbox, clock } = await world();
		const m3 = m3ConfigSchema.parse({ access: { kind: "ionapi", ionapiFile: "unused" } });
		const secret = JSON.stringify({ ...sandbox.ionapi, ...change });
		const client = openM3Client({ m3, secret, clock, timers: createTimers() });
		const outcome = await client.change("OPS270MI", [ADD_ROUND], SESSION);
		expect(outcome).toMatchObject({ kind: "deferred", reason: expect.stringMatching(reason) });
		expect(JSON.stringify(outcome)).not.toContain(sandbox.ionapi.sask);
		expect(sandbox.requests().filter(({ path }) => path.includes("/execute"))).toEqual([]);
	});

	it("speaks HTTP Basic on the premises", async () => {
		const { sandbox, clock } = await world();
		const open = (secret: string): M3Client =>
			openM3Client({
				m3: m3ConfigSchema.parse({ access: { ...BASIC, baseUrl: `${sandbox.url}/m3api-rest` } }),
				secret,
				clock,
				timers: createTimers(),
			});
		expect((await open("till-pos\n").change("OPS270MI", [ADD_ROUND], SESSION)).kind).toBe("answered");
		expect((await open("wrong").change("OPS270MI", [ADD_ROUND], SESSION)).kind).toBe("deferred");
	});

	it.each([
		["no answer after the work", { kind: "timeoutAfterAccepting", connection: "reset" }, "uncertain"],
		["no answer before the work", { kind: "timeoutBeforeAccepting", connection: "reset" }, "uncertain"],
		["HTTP 500", { kind: "status500" }, "uncertain"],
		["half an answer", { kind: "dropConnection", when: "duringAnswer" }, "uncertain"],
		["broken JSON", { kind: "malformed", body: "brokenJson" }, "uncertain"],
		["a page of HTML", { kind: "malformed", body: "html" }, "uncertain"],
		["HTTP 429", { kind: "status429" }, "deferred"],
	] as const)("takes %s for %#", async (_, fault, kind) => {
		const { addRound, sandbox } = await world();
		sandbox.addFaults({ fault });
		expect((await addRound()).kind).toBe(kind);
	});

	it("takes what hangs longer than it may for uncertain", async () => {
		const { addRound, sandbox } = await world({}, 150);
		await addRound();
		sandbox.addFaults({ fault: { kind: "timeoutAfterAccepting", connection: "hold" } });
		expect(await addRound()).toEqual({ kind: "uncertain", reason: expect.stringContaining("no answer within 150 ms") });
	});

	it("waits as long as M3 asks", async () => {
		const { addRound, sandbox } = await world();
		sandbox.addFaults({ fault: { kind: "status429", retryAfterSeconds: 7 } });
		expect(await addRound()).toMatchObject({ kind: "deferred", retryAfterMs: 7_000 });
	});

	it("knows that nothing was carried out when nobody listens", async () => {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const address = server.address();
		await new Promise((resolve) => server.close(resolve));
		const port = typeof address === "object" ? address?.port : undefined;
		const access = { ...BASIC, baseUrl: `http://127.0.0.1:${port}/m3api-rest` };
		const client = openM3Client({
			m3: m3ConfigSchema.parse({ access }),
			secret: "x",
			clock: manualClock(),
			timers: createTimers(),
		});
		expect(await client.change("OPS270MI", [ADD_ROUND], SESSION)).toEqual({
			kind: "deferred",
			reason: expect.stringContaining("ECONNREFUSED"),
		});
	});

	it("tells a refused row from its neighbours, in M3's words without their padding", async () => {
		const { client } = await world();
		const get = (ITRN: string) => ({ transaction: "GetRoundNumber", record: { ITRN } });
		const outcome = await client.change("OPS270MI", [ADD_ROUND, get("77"), get("1000001")], SESSION);
		expect(outcome).toEqual({
			kind: "answered",
			results: [
				{ outcome: "ok", records: [{ ITRN: "1000001" }] },
				{ outcome: "refused", words: "Interface round number 77 does not exist OPX3001 ITRN", field: "ITRN" },
				{ outcome: "ok", records: [{ ITRN: "1000001", NOTR: "0" }] },
			],
		});
	});

	it("is told when the request as a whole is refused", async () => {
		const { client } = await world({ switches: { maxBulkTransactions: 1 } });
		expect(await client.change("OPS270MI", [ADD_ROUND, ADD_ROUND], SESSION)).toEqual({
			kind: "rejected",
			reason: "more than 1 transactions",
		});
	});

	it("reads with all records, in the company that it names", async () => {
		const { client, sandbox } = await world();
		const query = { SEPC: ";", HDRS: "0", QERY: "MBITNO,MBSTQT from MITBAL where MBWHLO = '001'" };
		expect(await client.read("EXPORTMI", { transaction: "Select", record: query }, SESSION)).toEqual({
			kind: "answered",
			results: [{ outcome: "ok", records: [{ REPL: "Item A;100" }] }],
		});
		const path = sandbox.requests().at(-1)?.path ?? "";
		expect(path).toContain("maxrecs=0");
		expect(path).toContain("cono=100");
		expect(path).not.toContain("+");
	});

	const IONAPI = {
		ti: "T",
		ci: "c",
		cs: "s",
		iu: "https://ion.example",
		pu: "https://sso.example/T/as/",
		ot: "t",
		saak: "a",
		sask: "b",
	};

	it.each([
		"",
		"{",
		"[]",
		JSON.stringify({ ...IONAPI, saak: undefined }),
		JSON.stringify({ ...IONAPI, iu: "http://ion.example" }),
		JSON.stringify({ ...IONAPI, pu: "http://localhost.example/T/as/" }),
	])("refuses %j as an .ionapi file", (secret) => {
		const m3 = m3ConfigSchema.parse({ access: { kind: "ionapi", ionapiFile: "unused" } });
		expect(() => openM3Client({ m3, secret, clock: manualClock(), timers: createTimers() })).toThrow(/RELAY-2306/);
	});
});

describe("an answer of m3api-rest", () => {
	it("is unreadable when it does not speak of every transaction", () => {
		const one = JSON.stringify({ results: [{ transaction: "AddRoundNumber", records: [{}] }] });
		expect(readMiAnswer(one, 1).kind).toBe("results");
		expect(readMiAnswer(one, 2)).toEqual({ kind: "unreadable" });
		expect(readMiAnswer("{}", 1)).toEqual({ kind: "unreadable" });
		expect(readMiAnswer("null", 1)).toEqual({ kind: "unreadable" });
	});

	it("takes an error at top level for the one transaction asked for", () => {
		const body = JSON.stringify({
			results: [],
			errorMessage: "Customer number is invalid   XIM0002",
			errorCode: "XIM0002",
			errorField: "CUNO",
		});
		expect(readMiAnswer(body, 1)).toEqual({
			kind: "results",
			results: [{ outcome: "refused", words: "Customer number is invalid XIM0002 CUNO", field: "CUNO" }],
		});
	});
});
