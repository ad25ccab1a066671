import { describe, expect, it } from "vitest";
import type { FaultRule } from "../../../src/sandbox/m3/faults/fault.ts";
import { addRow, fetchToken, goldenTicket, readAnswer, startTenant, type Tenant } from "./m3-test-client.ts";

/** A tenant with an open round, faults scripted after the round was made. */
async function faultyTenant(
	...rules: readonly FaultRule[]
): Promise<Tenant & { readonly ITRN: string; readonly body: string }> {
	const tenant = await startTenant();
	const ITRN = await tenant.newRound();
	const transactions = goldenTicket({ ITRN }).map(addRow);
	tenant.sandbox.addFaults(...rules);
	return { ...tenant, ITRN, body: JSON.stringify({ program: "OPS270MI", transactions }) };
}

function rowsThere(tenant: Tenant): number {
	return tenant.sandbox.rows("OXSALE").length;
}

/** Sends the bulk to a server that will not answer, and gives up once it has taken the request in. */
async function sendAndGiveUp(tenant: Tenant & { readonly body: string }): Promise<void> {
	const giveUp = new AbortController();
	const headers = { ...tenant.headers, "content-type": "application/json" };
	const before = tenant.sandbox.requests().length;
	const pending = fetch(tenant.base, { method: "POST", headers, body: tenant.body, signal: giveUp.signal });
	await expect.poll(() => tenant.sandbox.requests().length).toBe(before + 1);
	giveUp.abort();
	await expect(pending).rejects.toThrow();
}

describe("a fault", () => {
	it.each([
		{ kind: "timeoutAfterAccepting", rows: 4 },
		{ kind: "timeoutBeforeAccepting", rows: 0 },
	] as const)("$kind leaves the connection hanging with $rows rows stored", async ({ kind, rows }) => {
		const tenant = await faultyTenant({ fault: { kind } });
		await sendAndGiveUp(tenant);
		expect(rowsThere(tenant)).toBe(rows);
		expect(tenant.sandbox.requests().at(-1)).toMatchObject({
			method: "POST",
			body: tenant.body,
			status: null,
			fault: kind,
		});
		expect((await tenant.post(tenant.body)).status).toBe(200);
	});

	it.each([
		{ fault: { kind: "timeoutAfterAccepting", connection: "reset" }, rows: 4 },
		{ fault: { kind: "timeoutBeforeAccepting", connection: "reset" }, rows: 0 },
		{ fault: { kind: "dropConnection", when: "beforeWork" }, rows: 0 },
	] as const)("$fault cuts the connection with $rows rows stored", async ({ fault, rows }) => {
		const tenant = await faultyTenant({ fault });
		await expect(tenant.post(tenant.body)).rejects.toThrow("fetch failed");
		expect(rowsThere(tenant)).toBe(rows);
	});

	it("dropConnection during the answer gives half of it, with the work done", async () => {
		const tenant = await faultyTenant({ fault: { kind: "dropConnection", when: "duringAnswer" } });
		const response = await tenant.post(tenant.body);
		expect(response.status).toBe(200);
		await expect(response.text()).rejects.toThrow();
		expect(rowsThere(tenant)).toBe(4);
	});

	it.each([{ retryAfterSeconds: 7, header: "7" }, { header: null }])(
		"status429 does no work and says Retry-After: $header",
		async ({ header, ...more }) => {
			const tenant = await faultyTenant({ fault: { kind: "status429", ...more } });
			const response = await tenant.post(tenant.body);
			expect(response.status).toBe(429);
			expect(response.headers.get("retry-after")).toBe(header);
			expect(rowsThere(tenant)).toBe(0);
		},
	);

	it.each([
		{ kind: "status500", status: 500 },
		{ kind: "unauthorized", status: 401 },
	] as const)("$kind hits once, without work", async ({ kind, status }) => {
		const tenant = await faultyTenant({ fault: { kind } });
		expect((await tenant.post(tenant.body)).status).toBe(status);
		expect(rowsThere(tenant)).toBe(0);
		expect((await tenant.post(tenant.body)).status).toBe(200);
		expect(rowsThere(tenant)).toBe(4);
	});

	it("halfBulk processes the first rows and says what is left", async () => {
		const tenant = await faultyTenant({ fault: { kind: "halfBulk", processed: 3 } });
		const answer = await readAnswer(await tenant.post(tenant.body));
		expect(answer).toMatchObject({ status: 200, wasTerminated: true, nrOfNotProcessedTransactions: 1 });
		expect(answer.terminationReason).toBe("The bulk was terminated by the server");
		expect(answer.results.map((result) => result.notProcessed)).toEqual([undefined, undefined, undefined, true]);
		expect(rowsThere(tenant)).toBe(3);
	});

	it.each(["brokenJson", "html"] as const)("malformed answers 200 with %s after the work", async (body) => {
		const tenant = await faultyTenant({ fault: { kind: "malformed", body } });
		const response = await tenant.post(tenant.body);
		expect(response.status).toBe(200);
		const text = await response.text();
		expect(() => JSON.parse(text)).toThrow();
		expect(rowsThere(tenant)).toBe(4);
	});
});

describe("a fault script", () => {
	it("hits the n-th request of its program and transaction", async () => {
		const match = { program: "OPS270MI", transaction: "BchPrcRound" };
		const tenant = await faultyTenant({ match, nth: 2, fault: { kind: "status500" } });
		const statuses: number[] = [];
		for (let turn = 0; turn < 3; turn += 1) statuses.push((await tenant.process("77")).status);
		expect(statuses).toEqual([400, 500, 400]);
		expect((await tenant.get("OPS270MI/AddRoundNumber")).status).toBe(200);
	});

	it("is played in order, one fault a request", async () => {
		const tenant = await faultyTenant({ fault: { kind: "status500" } }, { fault: { kind: "status429" } });
		expect(tenant.sandbox.pendingFaults()).toHaveLength(2);
		expect((await tenant.post(tenant.body)).status).toBe(500);
		expect((await tenant.post(tenant.body)).status).toBe(429);
		expect((await tenant.post(tenant.body)).status).toBe(200);
		expect(tenant.sandbox.pendingFaults()).toEqual([]);
	});

	it("finds a transaction inside a bulk, and tells bulks from single calls", async () => {
		const tenant = await faultyTenant(
			{ match: { transaction: "AddSlsTicketPay" }, fault: { kind: "status500" } },
			{ match: { bulk: false }, fault: { kind: "status429" } },
		);
		expect((await tenant.post(tenant.body)).status).toBe(500);
		expect((await tenant.post(tenant.body)).status).toBe(200);
		const single = await fetch(`${tenant.base}/OPS270MI/GetUserInfo`, { headers: tenant.headers });
		expect(single.status).toBe(429);
	});

	it("can hit the token endpoint and be called off", async () => {
		const tenant = await faultyTenant({ match: { path: "token" }, fault: { kind: "status500" } });
		expect((await tenant.get("OPS270MI/GetUserInfo")).status).toBe(200);
		const { pu, ot } = tenant.sandbox.ionapi;
		expect((await fetch(pu + ot, { method: "POST" })).status).toBe(500);
		tenant.sandbox.addFaults({ match: { path: "token" }, fault: { kind: "status500" } });
		tenant.sandbox.clearFaults();
		expect(await fetchToken(tenant.sandbox)).not.toBe("undefined");
	});
});
