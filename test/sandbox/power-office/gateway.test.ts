import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { writeJson } from "../../../src/sandbox/power-office/json.ts";
import { askToken, send, smallSale, startRun } from "./harness.ts";

describe("the rate limit", () => {
	it("lets 10 calls a second through, the token call among them, and refuses the 11th", async () => {
		const { sandbox, go, pass } = await startRun({ switches: { callsPerSecond: 10 } });
		for (let call = 2; call <= 10; call += 1) expect((await go.get("/VatCodes")).status).toBe(200);

		const refused = await go.get("/VatCodes");
		expect(refused.status).toBe(429);
		expect(refused.object).toEqual({
			statusCode: "429",
			message: "Rate limit is exceeded. Try again in 1 seconds.",
		});
		expect((await askToken(sandbox)).status).toBe(429);
		pass(999);
		const almost = await go.get("/VatCodes");
		expect([almost.status, almost.headers.get("retry-after")]).toEqual([429, "1"]);
		pass(1);
		expect((await go.get("/VatCodes")).status).toBe(200);
	});

	it("slides: two halves of a burst do not pass together", async () => {
		const { go, pass } = await startRun({ switches: { callsPerSecond: 4 } });
		pass(1000);
		await go.get("/VatCodes");
		await go.get("/VatCodes");
		pass(900);
		await go.get("/VatCodes");
		await go.get("/VatCodes");
		pass(100);
		expect((await go.get("/VatCodes")).status).toBe(200);
		expect((await go.get("/VatCodes")).status).toBe(200);
		expect((await go.get("/VatCodes")).status).toBe(429);
	});

	it("is per subscription key, not per client or token", async () => {
		const { sandbox, go } = await startRun({ subscriptionKeys: ["aa11", "bb22"], switches: { callsPerSecond: 1 } });
		expect((await go.get("/VatCodes")).status).toBe(429);
		const otherKey = { "ocp-apim-subscription-key": "bb22" };
		const token = await askToken(sandbox, { headers: otherKey });
		expect(token.status).toBe(200);
		const reply = await send(sandbox, String(token.object["access_token"]), "GET", "/VatCodes", undefined, otherKey);
		expect(reply.status).toBe(429);
	});
});

it.each([
	["GET", "/Vouchers/CashJournals"],
	["GET", "/Vouchers/CashJournals?externalImportReference=Z"],
	["GET", "/Vouchers"],
	["PATCH", "/Vouchers/CashJournals/3f0e9a4c-7a5d-5b0e-8d3b-0c1f5d1f1042"],
	["DELETE", "/Vouchers/CashJournals/3f0e9a4c-7a5d-5b0e-8d3b-0c1f5d1f1042"],
	["POST", "/SalesOrders"],
	["POST", "/AccountTransactions"],
	["GET", "/Nothing"],
	["POST", "/Vouchers/OutgoingInvoiceJournals"],
])("has no %s %s: the gateway's 404, before key and token", async (method, path) => {
	const { sandbox } = await startRun();
	const response = await fetch(`${sandbox.url}${path}`, { method });
	expect([response.status, await response.json()]).toEqual([404, { statusCode: 404, message: "Resource not found" }]);
});

it.each([
	["GET", "/GeneralLedgerAccounts"],
	["GET", "/VatCodes"],
	["GET", "/Customers"],
	["GET", "/Departments"],
	["GET", "/Locations"],
	["GET", "/LockDateSettings"],
	["GET", "/FinancialSettings"],
	["GET", "/AccountTransactions"],
	["GET", "/Customerledger/Statement"],
	["GET", "/Customerledger/OpenItems"],
	["POST", "/Vouchers/CashJournals"],
	["POST", "/Vouchers/BankJournals"],
	["POST", "/Vouchers/ManualJournals"],
	["GET", "/Vouchers/CashJournals/x"],
	["POST", "/Vouchers/Reverse/x"],
])("refuses %s %s without the privilege, before it looks at the request", async (method, path) => {
	const { sandbox } = await startRun();
	sandbox.setPrivileges("sandbox-client-key", ["Project_Full"]);
	const token = String((await askToken(sandbox)).object["access_token"]);
	const reply = await send(sandbox, token, method, path, method === "POST" ? "{}" : undefined);
	expect([reply.status, reply.text]).toEqual([403, ""]);
});

it.each([
	["application/json", 201],
	["application/json; charset=utf-8", 201],
	["application/json-patch+json", 201],
	["text/json", 201],
	["application/xml", 415],
	["text/plain", 415],
])("answers a voucher sent as %s with %i", async (contentType, status) => {
	const { sandbox, go } = await startRun();
	const token = String((await askToken(sandbox)).object["access_token"]);
	const body = writeJson(await smallSale(go));
	const reply = await send(sandbox, token, "POST", "/Vouchers/CashJournals", body, { "content-type": contentType });
	expect(reply.status).toBe(status);
});

it("refuses a body larger than it would ever book", async () => {
	const { go } = await startRun();
	const reply = await go.post("/Vouchers/CashJournals", `{"Description":"${"x".repeat(6_000_000)}"}`);
	expect(reply.status).toBe(413);
});

it("answers targets that are no path and goes on", async () => {
	const { sandbox, go } = await startRun();
	const socket = connect(sandbox.port, "127.0.0.1");
	const answered = new Promise<string>((resolve) => socket.once("data", (data) => resolve(data.toString())));
	socket.write("GET http://elsewhere/v2/VatCodes HTTP/1.1\r\nHost: elsewhere\r\n\r\n");
	expect(await answered).toMatch(/^HTTP\/1\.1 404/);
	socket.destroy();
	expect((await go.get("/VatCodes")).status).toBe(200);
});
