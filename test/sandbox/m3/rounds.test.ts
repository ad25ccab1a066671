import { describe, expect, it } from "vitest";
import { addRow, goldenTicket, oxsale, payment, saleLine, startTenant } from "./m3-test-client.ts";

describe("an interface round", () => {
	it("is a new one with every AddRoundNumber", async () => {
		const tenant = await startTenant();
		expect(await tenant.newRound()).not.toBe(await tenant.newRound());
	});

	it("can be deleted with its rows before it is processed, and is then unknown", async () => {
		const tenant = await startTenant();
		const ITRN = await tenant.upload(...goldenTicket());
		const deleted = await tenant.get("OPS270MI/DelRoundNumber", { ITRN });
		expect(deleted.results[0]?.records).toMatchObject([{ ITRN }]);
		expect(tenant.sandbox.rows("OXSALE")).toEqual([]);
		for (const transaction of ["GetRoundNumber", "DelRoundNumber"]) {
			const answer = await tenant.get(`OPS270MI/${transaction}`, { ITRN });
			expect(answer.results[0]).toMatchObject({ errorType: "ServerReturnedNOK", errorField: "ITRN" });
		}
		expect((await tenant.process(ITRN)).results[0]).toMatchObject({ errorField: "ITRN" });
	});

	it("cannot be deleted once its rows are transferred", async () => {
		const tenant = await startTenant();
		const ITRN = await tenant.upload(...goldenTicket());
		await tenant.process(ITRN);
		expect((await tenant.get("OPS270MI/DelRoundNumber", { ITRN })).status).toBe(400);
		expect(tenant.sandbox.rows("OPSALE")).toHaveLength(4);
	});

	it("can be deleted when the transfer refused all of it", async () => {
		const tenant = await startTenant();
		const ITRN = await tenant.upload(saleLine());
		await tenant.process(ITRN);
		expect((await tenant.get("OPS270MI/DelRoundNumber", { ITRN })).status).toBe(200);
	});

	it("takes a row once, and none after it was processed", async () => {
		const tenant = await startTenant();
		const ITRN = await tenant.upload(...goldenTicket());
		const twice = await tenant.bulk("OPS270MI", [addRow(saleLine({ ITRN }))]);
		expect(twice.results[0]).toMatchObject({ errorCode: "OPX3006" });
		await tenant.process(ITRN);
		const late = await tenant.bulk("OPS270MI", [addRow(saleLine({ ITRN, PONR: "9" }))]);
		expect(late.results[0]).toMatchObject({ errorCode: "OPX3005" });
	});

	it("belongs to its company", async () => {
		const divisions = [{ cono: "200", divi: "BBB", name: "Other", faci: "B01", currency: "NOK" }];
		const tenant = await startTenant({ masterData: { divisions } });
		const ITRN = await tenant.newRound();
		expect((await tenant.get("OPS270MI/GetRoundNumber", { ITRN, CONO: "200" })).status).toBe(400);
		expect((await tenant.get("OPS270MI/GetRoundNumber;cono=100", { ITRN })).status).toBe(200);
	});

	it.each([
		{ deleteOxsaleAfterTransfer: false, count: "4", rows: 4 },
		{ deleteOxsaleAfterTransfer: true, count: "0", rows: 0 },
	])(
		"counts $count rows after the transfer with deleteOxsaleAfterTransfer $deleteOxsaleAfterTransfer",
		async ({ deleteOxsaleAfterTransfer, count, rows }) => {
			const tenant = await startTenant({ switches: { deleteOxsaleAfterTransfer } });
			const ITRN = await tenant.upload(...goldenTicket());
			await tenant.process(ITRN);
			const answer = await tenant.get("OPS270MI/GetRoundNumber", { ITRN });
			expect(answer.results[0]?.records).toEqual([{ ITRN, NOTR: count }]);
			expect(tenant.sandbox.rows("OXSALE")).toHaveLength(rows);
			expect(tenant.sandbox.rows("OPSALE")).toHaveLength(4);
		},
	);
});

describe("BchPrcRound", () => {
	it("answers before the work is done where the tenant runs it as a batch", async () => {
		const tenant = await startTenant({ switches: { batchCompletion: "async", batchDelayMs: 3_600_000 } });
		const ITRN = await tenant.upload(...goldenTicket());
		expect((await tenant.process(ITRN)).status).toBe(200);
		expect(tenant.sandbox.rows("OPSALE")).toEqual([]);
		expect((await tenant.get("OPS270MI/DelRoundNumber", { ITRN })).status).toBe(400);
		tenant.sandbox.finishBatches();
		expect(tenant.sandbox.rows("OPSALE")).toHaveLength(4);
	});

	it("is done some time later by itself", async () => {
		const tenant = await startTenant({ switches: { batchCompletion: "async", batchDelayMs: 1 } });
		await tenant.process(await tenant.upload(...goldenTicket()));
		await expect.poll(() => tenant.select("OPPONR from OPSALE")).toEqual(["1", "2", "3", "4"]);
	});

	it.each([
		{ repeatedBatch: "tolerated", status: 200, rows: 4, stock: "99" },
		{ repeatedBatch: "refused", status: 400, rows: 4, stock: "99" },
		{ repeatedBatch: "doubles", status: 200, rows: 8, stock: "98" },
	] as const)("repeated: $repeatedBatch", async ({ repeatedBatch, status, rows, stock }) => {
		const tenant = await startTenant({ switches: { repeatedBatch } });
		const ITRN = await tenant.upload(...goldenTicket());
		await tenant.process(ITRN, { OPMM: "1", OPGL: "1" });
		expect((await tenant.process(ITRN, { OPMM: "1", OPGL: "1" })).status).toBe(status);
		expect(tenant.sandbox.rows("OPSALE")).toHaveLength(rows);
		expect(tenant.sandbox.rows("MITBAL")).toMatchObject([{ MBSTQT: stock }]);
	});

	it.each([
		[{ DIVI: "XXX" }, "DIVI"],
		[{ OPMM: "2" }, "OPMM"],
		[{ ACDT: "20261301" }, "ACDT"],
		[{ ITRN: "77" }, "ITRN"],
	])("refuses %o", async (changes, errorField) => {
		const tenant = await startTenant();
		const ITRN = await tenant.upload(...goldenTicket());
		const answer = await tenant.process(ITRN, changes);
		expect(answer.status).toBe(400);
		expect(answer.results[0]).toMatchObject({ errorField });
		expect(oxsale(tenant)).toEqual(["00", "00", "00", "00"]);
	});

	it("leaves rows of another warehouse or date than it is asked for", async () => {
		const shops = [{ whlo: "002", cono: "100", divi: "AAA", inventoryInterface: true, financialInterface: true }];
		const tenant = await startTenant({ masterData: { shops } });
		const ITRN = await tenant.upload(...goldenTicket(), ...goldenTicket({ WHLO: "002" }));
		await tenant.process(ITRN, { WHLO: "002" });
		expect(oxsale(tenant)).toEqual(["00", "00", "00", "00", "90", "90", "90", "90"]);
	});
});

describe("Snd*", () => {
	it("is answered without an error whatever becomes of the row", async () => {
		const tenant = await startTenant();
		const ITRN = await tenant.newRound();
		const good = await tenant.get("OPS270MI/SndSlsTicketLin", saleLine({ ITRN }));
		const bad = await tenant.get("OPS270MI/SndSlsTicketPay", payment("MC", "1.00", "2", { ITRN: "77" }));
		expect([good.status, bad.status]).toEqual([200, 200]);
		expect(bad.nrOfFailedTransactions).toBe(0);
		expect(tenant.sandbox.rows("OXSALE")).toHaveLength(1);
	});

	it("is never answered where m3api-rest waits for a reply that M3 does not send", async () => {
		const tenant = await startTenant({ switches: { sndAnswer: "none" } });
		const ITRN = await tenant.newRound();
		const fields = new URLSearchParams(saleLine({ ITRN }));
		const giveUp = new AbortController();
		const url = `${tenant.base}/OPS270MI/SndSlsTicketLin?${fields}`;
		const pending = fetch(url, { headers: tenant.headers, signal: giveUp.signal });
		await expect.poll(() => tenant.sandbox.rows("OXSALE").length).toBe(1);
		giveUp.abort();
		await expect(pending).rejects.toThrow();
		expect(tenant.sandbox.requests().at(-1)).toMatchObject({ status: null, fault: null });
	});
});
