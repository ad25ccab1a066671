import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLedger } from "../../../src/relay/ledger/ledger.ts";
import { tokenSource } from "../../../src/relay/power-office/access-token.ts";
import { type Client, powerOfficeClient } from "../../../src/relay/power-office/client.ts";
import { numberTextOf, objectOf } from "../../../src/relay/power-office/exact-json.ts";
import { type HttpExchange, httpExchange } from "../../../src/relay/power-office/http-exchange.ts";
import { callTurns, rateLimit } from "../../../src/relay/power-office/rate-limit.ts";
import { POWER_OFFICE_STEPS } from "../../../src/relay/power-office/tables.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import { powerOfficeClient as clientSpec } from "../../../src/sandbox/power-office/default-client.ts";
import {
	type PowerOfficeSandbox,
	type PowerOfficeSandboxOptions,
	startPowerOfficeSandbox,
} from "../../../src/sandbox/power-office/sandbox.ts";
import { type ManualClock, manualClock, seededEntropy } from "../../support/manual-runtime.ts";
import { tempDir } from "../../support/temp-dir.ts";

interface Bench {
	readonly sandbox: PowerOfficeSandbox;
	readonly clock: ManualClock;
	client(changes?: { applicationKey?: string; baseUrl?: string; exchange?: HttpExchange }): Client;
	/** How many tokens were asked for. */
	tokenCalls(): number;
}

const benchOf = async (options: PowerOfficeSandboxOptions = {}): Promise<Bench> => {
	const clock = manualClock();
	const sandbox = await startPowerOfficeSandbox({ clock: { nowMs: () => clock.stamp().utcMs }, ...options });
	onTestFinished(() => sandbox.close());
	const ledger = openLedger(join(tempDir(), "relay.sqlite"), seededEntropy());
	onTestFinished(() => ledger.close());
	ledger.migrate("power-office", POWER_OFFICE_STEPS);
	const { subscriptionKey } = sandbox;
	return {
		sandbox,
		clock,
		client: (changes = {}) => {
			const applicationKey = changes.applicationKey ?? sandbox.applicationKey;
			const exchange = changes.exchange ?? httpExchange(createTimers(), 2_000);
			const sleep = (ms: number) => Promise.resolve(clock.advance(ms));
			const turns = callTurns(rateLimit(ledger, subscriptionKey, 10), clock, sleep);
			const keys = { applicationKey, subscriptionKey, clientKey: sandbox.clients[0]?.clientKey ?? "" };
			const tokens = tokenSource(keys, sandbox.tokenUrl, exchange, turns, clock);
			const baseUrl = changes.baseUrl ?? sandbox.url;
			return powerOfficeClient({ baseUrl, subscriptionKey, tokens, exchange, turns });
		},
		tokenCalls: () => sandbox.requests().filter(({ path }) => path.endsWith("/Token")).length,
	};
};

/** A server of the test's own; answers its address. */
const serverOf = async (listener: RequestListener): Promise<string> => {
	const server = createServer(listener).listen(0, "127.0.0.1");
	onTestFinished(() => void server.close());
	await once(server, "listening");
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("no TCP address");
	return `http://127.0.0.1:${address.port}`;
};

const VAT_CODES = { isActive: "true" };

describe("the PowerOffice client", () => {
	it("keeps a token for its life and renews it before it ends", async () => {
		const { client, clock, tokenCalls, sandbox } = await benchOf();
		const { list } = client();
		for (const minute of [0, 5, 17]) {
			clock.advance(minute * 60_000);
			expect((await list("/VatCodes", VAT_CODES)).kind).toBe("ok");
		}
		// 22 minutes have passed: one token would have ended at 20.
		expect(tokenCalls()).toBe(2);
		expect(sandbox.requests().every(({ status }) => status !== 401)).toBe(true);
	});

	it("renews a token once when it is not accepted, and then believes it", async () => {
		const { client, sandbox, tokenCalls } = await benchOf();
		const { list } = client();
		sandbox.addFault({ path: "/v2/VatCodes", fault: "unauthorized" });
		expect((await list("/VatCodes", VAT_CODES)).kind).toBe("ok");
		expect(tokenCalls()).toBe(2);
		sandbox.addFault({ path: "/v2/VatCodes", fault: "unauthorized", times: 2 });
		expect(await list("/VatCodes", VAT_CODES)).toMatchObject({ kind: "refused", problem: { status: 401 } });
	});

	it("asks for a new token after a 403: a privilege that was granted shows in a new one only", async () => {
		const { client, sandbox } = await benchOf();
		const { list } = client();
		const clientKey = sandbox.clients[0]?.clientKey ?? "";
		const { privileges } = clientSpec();
		sandbox.setPrivileges(clientKey, []);
		expect(await list("/VatCodes", VAT_CODES)).toMatchObject({ kind: "refused", problem: { status: 403 } });
		sandbox.setPrivileges(clientKey, privileges);
		expect((await list("/VatCodes", VAT_CODES)).kind).toBe("ok");
	});

	it("says in PowerOffice's words why the keys are wrong", async () => {
		const { client } = await benchOf();
		expect(await client({ applicationKey: "wrong" }).list("/VatCodes", VAT_CODES)).toEqual({
			kind: "refused",
			problem: {
				status: 400,
				words:
					"invalid_client Client integration not found. Please ensure the provided keys are matching the desired environment.",
			},
		});
	});

	it("reads all pages of a list, and none of an empty one", async () => {
		const { client, sandbox } = await benchOf({ switches: { lastPageLink: "empty" } });
		const { list } = client();
		const paged = await list("/GeneralLedgerAccounts", { PageSize: "7" });
		const whole = await list("/GeneralLedgerAccounts", {});
		expect(paged).toEqual(whole);
		expect(paged.kind === "ok" && paged.value.length).toBeGreaterThan(20);
		const pages = sandbox.requests().filter(({ query }) => query.includes("PageSize=7"));
		expect(pages.length).toBe(Math.ceil((paged.kind === "ok" ? paged.value.length : 0) / 7));
		expect(await list("/GeneralLedgerAccounts", { accountNos: "9999" })).toEqual({ kind: "ok", value: [] });
	});

	it("never takes its token to another host, whatever a page says", async () => {
		const seen: (string | undefined)[] = [];
		const stranger = await serverOf((request, response) => {
			seen.push(request.headers.authorization);
			response.end("[]");
		});
		const { client } = await benchOf();
		const real = httpExchange(createTimers(), 2_000);
		const pages: string[] = [];
		const misled: HttpExchange = async (request) => {
			const outcome = await real(request);
			if (outcome.kind !== "answer" || !request.url.includes("VatCodes")) return outcome;
			pages.push(request.url);
			const link = `${stranger}/v2/VatCodes?isActive=true&PageNumber=2`;
			const header = (name: string) =>
				name === "x-pagination" && pages.length === 1 ? JSON.stringify({ nextPageLink: link }) : null;
			return { ...outcome, header };
		};
		await client({ exchange: misled }).list("/VatCodes", VAT_CODES);
		expect(pages).toHaveLength(2);
		expect(seen).toEqual([]);
	});

	it("does not follow a redirect", async () => {
		let hits = 0;
		const elsewhere = await serverOf((_, response) => {
			hits += 1;
			response.end("{}");
		});
		const redirecting = await serverOf((_, response) => {
			response.writeHead(307, { location: elsewhere });
			response.end();
		});
		const { client } = await benchOf();
		const result = await client({ baseUrl: redirecting }).post("/Vouchers/CashJournals", "{}");
		expect(result.kind).toBe("uncertain");
		expect(hits).toBe(0);
	});

	it("tells what was not worked on from what nobody knows", async () => {
		const { client, clock, sandbox } = await benchOf({ switches: { retryAfter: false } });
		const { post } = client();
		const path = "/v2/Vouchers/CashJournals";
		const result = async (fault: Parameters<typeof sandbox.addFault>[0]["fault"], at = path) => {
			sandbox.addFault({ path: at, fault });
			return await post("/Vouchers/CashJournals", "{}");
		};
		expect((await result("timeoutBeforeAccepting", "/OAuth/Token")).kind).toBe("unsent");
		expect((await result("status500", "/OAuth/Token")).kind).toBe("unsent");
		expect((await result("malformedAnswer", "/OAuth/Token")).kind).toBe("unsent");
		expect((await result("timeoutAfterAccepting")).kind).toBe("uncertain");
		expect((await result("status500")).kind).toBe("uncertain");
		expect((await result("forbiddenEmptyBody")).kind).toBe("refused");
		expect((await result("malformedAnswer")).kind).toBe("refused");
		expect(await result("status429")).toEqual({ kind: "throttled", waitMs: 1000 });
		// The pause after a 429 holds the next call back before it is sent.
		const before = clock.stamp().utcMs;
		await post("/Vouchers/CashJournals", "{}");
		expect(clock.stamp().utcMs - before).toBeGreaterThanOrEqual(1000);
	});

	it("gives up on a server that holds the line", async () => {
		const { client, sandbox } = await benchOf();
		const { list } = client({ exchange: httpExchange(createTimers(), 50) });
		await list("/VatCodes", VAT_CODES);
		sandbox.addFault({ path: "/v2/VatCodes", fault: "timeoutBeforeAccepting", hold: true });
		expect(await list("/VatCodes", VAT_CODES)).toEqual({ kind: "uncertain", why: "no answer within 50 ms" });
	});

	it("reads ids beyond 2^53 as they are", async () => {
		const { client } = await benchOf({ clients: [clientSpec({ idBase: 9_007_199_254_740_993n })] });
		const result = await client().list("/GeneralLedgerAccounts", { accountNos: "1500" });
		const row = result.kind === "ok" ? objectOf(result.value[0]) : undefined;
		expect(numberTextOf(row?.["Id"])).toBe("9007199254741004");
	});
});
