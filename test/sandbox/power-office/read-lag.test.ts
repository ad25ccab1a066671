import { expect, it } from "vitest";
import { powerOfficeClient } from "../../../src/sandbox/power-office/default-client.ts";
import { FRIDAY, line, smallSale, startRun, type TestClient, transactions, voucher } from "./harness.ts";

const CASH = "/Vouchers/CashJournals";

async function isShown(go: TestClient): Promise<boolean> {
	return (await transactions(go)).length > 0;
}

it("shows a write at once without a lag", async () => {
	const { go } = await startRun({ switches: { readLag: {} } });
	await go.post(CASH, await smallSale(go));
	expect(await isShown(go)).toBe(true);
});

it("hides a write for as many list reads as the switch says", async () => {
	const { go } = await startRun({ switches: { readLag: { requests: 2 } } });
	expect(await isShown(go)).toBe(false);
	await go.post(CASH, await smallSale(go));
	expect([await isShown(go), await isShown(go), await isShown(go)]).toEqual([false, false, true]);
});

it("hides a write for as long as the clock has not passed the lag, while its reference is already taken", async () => {
	const { go, pass } = await startRun({ switches: { readLag: { ms: 1500 } } });
	const sale = await smallSale(go, { ExternalImportReference: "Z" });
	await go.post(CASH, sale);
	pass(1499);
	expect(await isShown(go)).toBe(false);
	expect((await go.post(CASH, sale)).status).toBe(400);
	pass(1);
	expect(await isShown(go)).toBe(true);
});

it("hides a reversal until it has arrived, on the reversed voucher too", async () => {
	const { go, pass } = await startRun({ switches: { readLag: { ms: 1000 } } });
	const id = (await go.post(CASH, await smallSale(go))).object["Id"];
	pass(1000);
	await go.post(`/Vouchers/Reverse/${id}`, "");
	expect((await transactions(go)).map((row) => row["IsReversed"])).toEqual([false, false, false]);
	pass(1000);
	expect((await transactions(go)).filter((row) => row["IsReversed"] === true)).toHaveLength(3);
});

it("applies to the customer ledger as well", async () => {
	const { go, pass } = await startRun({ switches: { readLag: { ms: 1000 } } });
	const owed = { AccountId: await go.subledger(10000) };
	await go.post(CASH, voucher([await line(go, 1910, "0", "-1"), await line(go, 1910, "0", "1", owed)]));
	expect((await go.get(`/Customerledger/OpenItems?date=${FRIDAY}`)).status).toBe(204);
	pass(1000);
	expect((await go.get(`/Customerledger/OpenItems?date=${FRIDAY}`)).list).toHaveLength(1);
});

it("shows an invoice as open until its payment has arrived", async () => {
	const openInvoices = [
		{
			customerNumber: 10000n,
			invoiceNo: "1",
			amountMinor: 100n,
			voucherDate: FRIDAY,
			dueDate: FRIDAY,
			customMatchingReference: "R",
		},
	];
	const { go, pass } = await startRun({
		clients: [powerOfficeClient({ openInvoices })],
		switches: { readLag: { ms: 1000 } },
	});
	const paid = { AccountId: await go.subledger(10000), CustomMatchingReference: "R" };
	await go.post(CASH, voucher([await line(go, 1910, "0", "1"), await line(go, 1910, "0", "-1", paid)]));
	const balances = async () =>
		(await go.get(`/Customerledger/Statement?fromDate=${FRIDAY}&toDate=${FRIDAY}`)).list.map(
			(entry) => entry["Balance"],
		);
	expect(await balances()).toEqual(["1"]);
	pass(1000);
	expect(await balances()).toEqual(["0", "0"]);
});

it.each([
	[false, 200],
	[true, 404],
])("vouchersById %s: a voucher just posted answers %i by its GUID", async (vouchersById, status) => {
	const { go, pass } = await startRun({ switches: { readLag: { ms: 1000, vouchersById } } });
	const id = (await go.post(CASH, await smallSale(go))).object["Id"];
	expect((await go.get(`${CASH}/${id}`)).status).toBe(status);
	pass(1000);
	expect((await go.get(`${CASH}/${id}`)).status).toBe(200);
});
