import { describe, expect, it } from "vitest";
import type { FaultKind } from "../../../src/sandbox/power-office/faults.ts";
import { askToken, smallSale, startRun, transactions } from "./harness.ts";

const PATH = "/v2/Vouchers/CashJournals";
const CASH = "/Vouchers/CashJournals";

/** Posts a sale under a fault; what came of it, and how many transactions were booked. */
async function postUnder(fault: FaultKind) {
	const { sandbox, go } = await startRun();
	const sale = await smallSale(go, { ExternalImportReference: "Z" });
	sandbox.addFault({ method: "POST", path: PATH, fault });
	const outcome = await go.post(CASH, sale).catch((error: unknown) => error);
	return { sandbox, go, sale, outcome, booked: (await transactions(go)).length };
}

describe("a fault", () => {
	it("timeoutAfterAccepting books and drops the socket; the same reference is then a duplicate", async () => {
		const { go, sale, outcome, booked } = await postUnder("timeoutAfterAccepting");
		expect(outcome).toBeInstanceOf(Error);
		expect(booked).toBe(3);
		expect((await go.post(CASH, sale)).status).toBe(400);
	});

	it("timeoutBeforeAccepting drops the socket and books nothing; the same reference is then taken", async () => {
		const { go, sale, outcome, booked } = await postUnder("timeoutBeforeAccepting");
		expect(outcome).toBeInstanceOf(Error);
		expect(booked).toBe(0);
		expect((await go.post(CASH, sale)).status).toBe(201);
	});

	it.each<[FaultKind, number, string]>([
		["status429", 429, '{"statusCode":"429","message":"Rate limit is exceeded. Try again in 1 seconds."}'],
		["unauthorized", 401, ""],
		["forbiddenEmptyBody", 403, ""],
	])("%s answers %i and books nothing, once", async (fault, status, text) => {
		const { go, sale, outcome, booked } = await postUnder(fault);
		expect(outcome).toMatchObject({ status, text });
		expect(booked).toBe(0);
		expect((await go.post(CASH, sale)).status).toBe(201);
	});

	it("status500 answers a problem and books nothing", async () => {
		const { outcome, booked } = await postUnder("status500");
		expect(outcome).toMatchObject({ status: 500, object: { title: "Internal Server Error", status: "500" } });
		expect(booked).toBe(0);
	});

	it("malformedAnswer books and answers 201 with half a body", async () => {
		const { sandbox, outcome } = await postUnder("malformedAnswer");
		expect(outcome).toBeInstanceOf(SyntaxError);
		const logged = sandbox.requests().find((request) => request.fault === "malformedAnswer");
		expect(logged).toMatchObject({ status: 201, method: "POST" });
		expect(() => JSON.parse(logged?.responseBody ?? "")).toThrow(SyntaxError);
	});

	it("malformedAnswer makes of an empty answer a page", async () => {
		const { sandbox } = await startRun();
		sandbox.addFault({ path: "/oauth/token", fault: "malformedAnswer" });
		await expect(askToken(sandbox)).rejects.toBeInstanceOf(SyntaxError);
	});

	it("held open stays silent until the client gives up, and ends with the sandbox", async () => {
		const { sandbox, go } = await startRun();
		const id = (await go.post(CASH, await smallSale(go))).object["Id"];
		sandbox.addFault({ path: `${PATH}/*`, fault: "timeoutAfterAccepting", hold: true });
		const gaveUp = AbortSignal.timeout(50);
		const headers = { "ocp-apim-subscription-key": sandbox.subscriptionKey };
		await expect(fetch(`${sandbox.url}${CASH}/${id}`, { headers, signal: gaveUp })).rejects.toThrow(/timeout/i);
		sandbox.addFault({ path: `${PATH}/*`, fault: "timeoutBeforeAccepting", hold: true });
		const pending = fetch(`${sandbox.url}${CASH}/${id}`, { headers }).catch(() => "ended");
		while (sandbox.requests().filter((request) => request.status === null).length < 2) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		await sandbox.close();
		expect(await pending).toBe("ended");
	});
});

describe("the script", () => {
	it("strikes the n-th matching request, so many times, and leaves other routes alone", async () => {
		const { sandbox, go } = await startRun();
		sandbox.addFault({ method: "get", path: "/v2/vatcodes", nth: 2, times: 2, fault: "status500" });
		const statuses: number[] = [];
		for (let call = 0; call < 5; call += 1) {
			statuses.push((await go.get("/VatCodes")).status);
			statuses.push((await go.get("/Customers")).status);
		}
		expect(statuses).toEqual([200, 200, 500, 200, 500, 200, 200, 200, 200, 200]);
	});

	it("is ordered: rules strike one after the other on the same route", async () => {
		const { sandbox, go } = await startRun();
		sandbox.addFault({ path: "/v2/VatCodes", nth: 1, fault: "unauthorized" });
		sandbox.addFault({ path: "/v2/VatCodes", nth: 2, fault: "status429" });
		sandbox.addFault({ path: "/v2/VatCodes", nth: 3, fault: "status500" });
		const statuses = [];
		for (let call = 0; call < 4; call += 1) statuses.push((await go.get("/VatCodes")).status);
		expect(statuses).toEqual([401, 429, 500, 200]);
	});

	it("strikes the token call too, and is forgotten on demand", async () => {
		const { sandbox } = await startRun();
		sandbox.addFault({ path: "/OAuth/Token", times: 2, fault: "status500" });
		expect((await askToken(sandbox)).status).toBe(500);
		sandbox.clearFaults();
		expect((await askToken(sandbox)).status).toBe(200);
	});
});

describe("the controls", () => {
	it("take rules by POST /admin/faults, one or many, and forget them by DELETE", async () => {
		const { sandbox, go } = await startRun();
		const one = { path: "/v2/VatCodes", fault: "status500" };
		const added = await fetch(`${sandbox.adminUrl}/faults`, { method: "POST", body: JSON.stringify([one, one]) });
		expect([added.status, await added.json()]).toEqual([201, { added: 2 }]);
		expect((await go.get("/VatCodes")).status).toBe(500);
		await fetch(`${sandbox.adminUrl}/faults`, { method: "POST", body: JSON.stringify(one) });
		expect((await fetch(`${sandbox.adminUrl}/faults`, { method: "DELETE" })).status).toBe(204);
		expect((await go.get("/VatCodes")).status).toBe(200);
	});

	it.each(["{", "{}", '{"path":"/v2/VatCodes","fault":"earthquake"}', '{"path":"x","fault":"status500"}'])(
		"refuse the rule %s",
		async (body) => {
			const { sandbox } = await startRun();
			const reply = await fetch(`${sandbox.adminUrl}/faults`, { method: "POST", body });
			expect([reply.status, await reply.json()]).toEqual([400, { error: expect.any(String) }]);
		},
	);

	it("are nowhere below /v2, and know nothing else", async () => {
		const { sandbox, go } = await startRun();
		expect((await go.get("/admin/requests")).status).toBe(404);
		expect((await fetch(`${sandbox.adminUrl}/vouchers`)).status).toBe(404);
	});

	it("show the request log, without keys and tokens and without themselves", async () => {
		const { sandbox, go } = await startRun();
		await go.get("/VatCodes?Fields=Code&PageSize=1");
		await fetch(`${sandbox.url}/VatCodes?subscription-key=${sandbox.subscriptionKey}`);
		const shown = await (await fetch(`${sandbox.adminUrl}/requests`)).text();
		expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify(sandbox.requests())));
		expect(sandbox.requests().map((request) => [request.seq, request.method, request.path, request.status])).toEqual([
			[1, "POST", "/OAuth/Token", 200],
			[2, "GET", "/v2/VatCodes", 200],
			[3, "GET", "/v2/VatCodes", 401],
		]);
		expect(sandbox.requests()[1]).toMatchObject({ query: "?Fields=Code&PageSize=1", clientName: "Restaurant AS" });
		expect(sandbox.requests()[0]).toMatchObject({ requestBody: null, responseBody: null });
		expect(shown).not.toContain(sandbox.subscriptionKey);
		expect(shown).not.toContain("access_token");
		expect(shown).not.toContain("sandbox-client-key");
	});
});
