import { describe, expect, it } from "vitest";
import { startM3Sandbox } from "../../../src/sandbox/m3/m3-sandbox.ts";
import { goldenTicket, startTenant, type Tenant } from "./m3-test-client.ts";

async function admin(
	tenant: Tenant,
	method: string,
	path: string,
	body?: unknown,
): Promise<{ status: number; body: unknown }> {
	const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
	const response = await fetch(`${tenant.sandbox.url}/admin/${path}`, init);
	return { status: response.status, body: JSON.parse(await response.text()) };
}

describe("the admin surface", () => {
	it("starts OPS280 and shows the tables", async () => {
		const tenant = await startTenant();
		await tenant.process(await tenant.upload(...goldenTicket()), { OPMM: "1" });
		const report = await admin(tenant, "POST", "ops280", { salesStatistics: true, financial: true });
		expect(report).toEqual({ status: 200, body: { stockRows: 0, statisticsRows: 1, ledgerRows: 5 } });
		const rows = await admin(tenant, "GET", "tables/FGLEDG");
		expect(rows.body).toEqual(tenant.sandbox.rows("FGLEDG"));
		expect(rows.body).toHaveLength(5);
		expect((await admin(tenant, "GET", "tables/NOSUCH")).status).toBe(404);
	});

	it("scripts faults, lists and clears them", async () => {
		const tenant = await startTenant();
		const rule = { match: { transaction: "BchPrcRound" }, fault: { kind: "status500" } };
		expect(await admin(tenant, "POST", "faults", [rule, rule])).toEqual({ status: 200, body: [rule, rule] });
		expect((await tenant.get("OPS270MI/BchPrcRound")).status).toBe(500);
		expect((await admin(tenant, "GET", "faults")).body).toEqual([rule]);
		expect((await admin(tenant, "DELETE", "faults")).body).toEqual([]);
		expect((await admin(tenant, "POST", "faults", { fault: { kind: "earthquake" } })).status).toBe(400);
		expect((await admin(tenant, "POST", "faults", {})).status).toBe(400);
	});

	it("takes master data, and refuses stock of a warehouse that is no shop", async () => {
		const tenant = await startTenant();
		const paymentMethods = [{ pycd: "AMX", name: "American Express", bankOperation: "49" }];
		expect((await admin(tenant, "POST", "master-data", { paymentMethods })).status).toBe(200);
		const [line, card, ...rest] = goldenTicket();
		await tenant.process(await tenant.upload({ ...line }, { ...card, PYCD: "AMX" }, ...rest), { OPMM: "1", OPGL: "1" });
		expect(tenant.sandbox.rows("FGLEDG")[0]).toMatchObject({ EGBOPC: "49" });
		const stock = [{ whlo: "999", itno: "Item A", quantity: "1" }];
		const refused = await admin(tenant, "POST", "master-data", { stock });
		expect(refused).toEqual({ status: 400, body: { error: "opening stock of Item A: no shop 999" } });
	});

	it("finishes the batch jobs that wait", async () => {
		const tenant = await startTenant({ switches: { batchCompletion: "async", batchDelayMs: 3_600_000 } });
		await tenant.process(await tenant.upload(...goldenTicket()));
		await admin(tenant, "POST", "finish-batches");
		expect(tenant.sandbox.rows("OPSALE")).toHaveLength(4);
	});

	it("shows the request log, itself left out", async () => {
		const tenant = await startTenant({ now: () => 42 });
		await tenant.get("OPS270MI/GetRoundNumber", { ITRN: "77" });
		const { body } = await admin(tenant, "GET", "requests");
		expect(body).toHaveLength(2);
		expect(body).toMatchObject([
			{ number: 1, method: "POST", path: "/SANDBOX_TST/as/token.oauth2", status: 200 },
			{ number: 2, atMs: 42, method: "GET", body: "", status: 400, fault: null },
		]);
	});

	it("refuses what it does not have", async () => {
		const tenant = await startTenant();
		expect((await admin(tenant, "GET", "ops280")).status).toBe(404);
		const notJson = await fetch(`${tenant.sandbox.url}/admin/ops280`, { method: "POST", body: "{" });
		expect(notJson.status).toBe(400);
	});
});

describe("a stand-in", () => {
	it("can be given a port, and refuses one that is taken", async () => {
		const { sandbox } = await startTenant();
		const port = Number(new URL(sandbox.url).port);
		await expect(startM3Sandbox({ port })).rejects.toThrow("EADDRINUSE");
		await sandbox.close();
		const next = await startM3Sandbox({ port });
		expect(next.url).toBe(sandbox.url);
		await next.close();
	});

	it("knows nothing of the one before it", async () => {
		const first = await startTenant();
		await first.process(await first.upload(...goldenTicket()));
		const second = await startTenant();
		expect(second.sandbox.rows("OPSALE")).toEqual([]);
		expect((await second.process(await second.upload(...goldenTicket()))).status).toBe(200);
		expect(second.sandbox.rows("OPSALE")).toHaveLength(4);
	});
});
