import { expect, it } from "vitest";
import { FRIDAY, fridayNight, startRun, transactions } from "./harness.ts";

it("books the point-of-sale page's Friday night: 18 650 gross, 15 000 net, 3 650 VAT, and reads it back", async () => {
	const { go } = await startRun();

	const posted = await go.post("/Vouchers/CashJournals", await fridayNight(go));

	expect(posted.status).toBe(201);
	const read = await go.get(`/Vouchers/CashJournals/${posted.object["Id"]}`);
	expect(read.status).toBe(200);
	expect(read.object).toMatchObject({
		VoucherNo: "1",
		IsReversed: false,
		ImportedVoucherNo: "1042",
		ExternalImportReference: "3f0e9a4c-7a5d-5b0e-8d3b-0c1f5d1f1042",
		SaftSourceId: "TILL-OSL-1",
		SaftBatchId: "OSL-1-Z1042",
		VoucherDate: FRIDAY,
	});
	const booked = (await transactions(go, "&voucherTypes=CashJournal")).map((row) => [
		row["AccountNo"],
		row["VatCode"],
		row["Amount"],
		row["VatAmount"],
	]);
	expect(booked).toEqual([
		["1901", "0", "5000", "0"],
		["1910", "0", "13650", "0"],
		["3000", "3", "-10000", "-2500"],
		["3001", "31", "-1000", "-150"],
		["3002", "3", "-2000", "-500"],
		["3003", "3", "-2000", "-500"],
		["2700", "0", "-2500", "0"],
		["2701", "0", "-150", "0"],
		["2700", "0", "-500", "0"],
		["2700", "0", "-500", "0"],
	]);
});

it("identifies a voucher in the transactions by the reference and number that the till gave it", async () => {
	const { go } = await startRun();
	const posted = await go.post("/Vouchers/CashJournals", await fridayNight(go));

	const rows = await transactions(go, "&accountNos=1901");

	expect(rows).toHaveLength(1);
	expect(rows[0]).toMatchObject({
		ExternalImportReference: "3f0e9a4c-7a5d-5b0e-8d3b-0c1f5d1f1042",
		ImportedVoucherNo: "1042",
		VoucherId: posted.object["Id"],
		VoucherNo: "1",
		VoucherType: "CashJournal",
		IsReversed: false,
		PostingDate: FRIDAY,
		Description: "Cash",
		VoucherDescription: "Z 1042 till 1",
	});
});
