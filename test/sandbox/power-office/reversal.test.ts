import { describe, expect, it } from "vitest";
import { powerOfficeClient } from "../../../src/sandbox/power-office/default-client.ts";
import { FRIDAY, line, smallSale, startRun, transactions, voucher } from "./harness.ts";

const CASH = "/Vouchers/CashJournals";

describe("a reversal", () => {
	it("nullifies the voucher in every account, VAT included, and links both ways", async () => {
		const { go } = await startRun();
		const id = (await go.post(CASH, await smallSale(go))).object["Id"];

		const reply = await go.post(`/Vouchers/Reverse/${id}`, "");

		expect([reply.status, reply.text]).toEqual([200, ""]);
		const rows = await transactions(go);
		expect(rows.map((row) => [row["VoucherType"], row["AccountNo"], row["Amount"], row["IsReversed"]])).toEqual([
			["CashJournal", "1901", "125", true],
			["CashJournal", "3000", "-100", true],
			["CashJournal", "2700", "-25", true],
			["ReversalVoucher", "1901", "-125", false],
			["ReversalVoucher", "3000", "100", false],
			["ReversalVoucher", "2700", "25", false],
		]);
		expect(rows[3]).toMatchObject({ ReversedVoucherId: id, ReversedVoucherNo: "1", VoucherNo: "2" });
		expect((await go.get(`${CASH}/${id}`)).object["IsReversed"]).toBe(true);
	});

	it("frees the ExternalImportReference for one new voucher", async () => {
		const { go } = await startRun();
		const sale = await smallSale(go, { ExternalImportReference: "Z-1" });
		const id = (await go.post(CASH, sale)).object["Id"];
		expect((await go.post(CASH, sale)).status).toBe(400);
		await go.post(`/Vouchers/Reverse/${id}`, "");
		expect((await go.post(CASH, sale)).status).toBe(201);
		expect((await go.post(CASH, sale)).status).toBe(400);
	});

	it("can be had once, and not of what is not the integration's own", async () => {
		const invoice = {
			customerNumber: 10000n,
			invoiceNo: "1",
			amountMinor: 100n,
			voucherDate: FRIDAY,
			dueDate: FRIDAY,
		};
		const { go } = await startRun({ clients: [powerOfficeClient({ openInvoices: [invoice] })] });
		const id = (await go.post(CASH, await smallSale(go))).object["Id"];
		await go.post(`/Vouchers/Reverse/${id}`, "");
		const again = await go.post(`/Vouchers/Reverse/${id}`, "");
		expect(again.status).toBe(400);
		const rows = await transactions(go);
		const reversalId = rows.find((row) => row["VoucherType"] === "ReversalVoucher")?.["VoucherId"];
		const invoiceId = rows.find((row) => row["VoucherType"] === "OutgoingInvoice")?.["VoucherId"];
		for (const foreign of [reversalId, invoiceId, "3f0e9a4c-7a5d-5b0e-8d3b-0c1f5d1f1042", "x"]) {
			expect((await go.post(`/Vouchers/Reverse/${foreign}`, "")).status).toBe(404);
		}
		expect(await transactions(go)).toHaveLength(rows.length);
	});

	it("opens again what the voucher had settled", async () => {
		const openInvoices = [
			{
				customerNumber: 10000n,
				invoiceNo: "200123",
				amountMinor: 125_000n,
				voucherDate: "2025-03-01",
				dueDate: FRIDAY,
				customMatchingReference: "R",
			},
		];
		const { go } = await startRun({ clients: [powerOfficeClient({ openInvoices })] });
		const onAccount = { AccountId: await go.subledger(10000), CustomMatchingReference: "R" };
		const payment = voucher([await line(go, 1910, "0", "1250"), await line(go, 1910, "0", "-1250", onAccount)]);
		const id = (await go.post(CASH, payment)).object["Id"];
		await go.post(`/Vouchers/Reverse/${id}`, "");

		const entries = (await go.get(`/Customerledger/Statement?fromDate=2025-01-01&toDate=${FRIDAY}`)).list;
		expect(entries.map((entry) => [entry["Amount"], entry["Balance"]])).toEqual([
			["1250", "1250"],
			["-1250", "0"],
			["1250", "0"],
		]);
		expect((await go.post(CASH, payment)).status).toBe(201);
		expect((await go.get(`/Customerledger/OpenItems?date=${FRIDAY}`)).status).toBe(204);
	});
});

it.each([200, 202] as const)("reverseStatus %i", async (reverseStatus) => {
	const { go } = await startRun({ switches: { reverseStatus } });
	const id = (await go.post(CASH, await smallSale(go))).object["Id"];
	expect((await go.post(`/Vouchers/Reverse/${id}`, "")).status).toBe(reverseStatus);
});

it.each([
	["refuse", 400, 3],
	["accept", 200, 6],
] as const)("reversalInLockedPeriod %s: %i", async (reversalInLockedPeriod, status, rows) => {
	const { sandbox, go } = await startRun({ switches: { reversalInLockedPeriod } });
	const id = (await go.post(CASH, await smallSale(go))).object["Id"];
	sandbox.setLockDate("sandbox-client-key", FRIDAY);
	expect((await go.post(`/Vouchers/Reverse/${id}`, "")).status).toBe(status);
	expect(await transactions(go)).toHaveLength(rows);
});

it.each([
	["kept", "Z-1"],
	["cleared", null],
] as const)("reversedReference %s: the reversed transactions show %s", async (reversedReference, shown) => {
	const { go } = await startRun({ switches: { reversedReference } });
	const id = (await go.post(CASH, await smallSale(go, { ExternalImportReference: "Z-1" }))).object["Id"];
	expect((await transactions(go))[0]?.["ExternalImportReference"]).toBe("Z-1");
	await go.post(`/Vouchers/Reverse/${id}`, "");
	const rows = await transactions(go);
	expect(rows[0]?.["ExternalImportReference"]).toBe(shown);
	expect(rows.at(-1)?.["ExternalImportReference"]).toBeNull();
});
