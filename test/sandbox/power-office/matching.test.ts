import { describe, expect, it } from "vitest";
import type { OpenInvoiceSpec } from "../../../src/sandbox/power-office/client-spec.ts";
import { powerOfficeClient } from "../../../src/sandbox/power-office/default-client.ts";
import type { JsonOut } from "../../../src/sandbox/power-office/json.ts";
import type { PowerOfficeSwitches } from "../../../src/sandbox/power-office/switches.ts";
import { FRIDAY, line, startRun, type TestClient, transactions, voucher } from "./harness.ts";

const INVOICE: OpenInvoiceSpec = {
	customerNumber: 10000n,
	invoiceNo: "200123",
	amountMinor: 125_000n,
	voucherDate: "2025-03-01",
	dueDate: "2025-03-15",
	customMatchingReference: "POS-INV-200123",
	cid: "2001239",
};

function startWithInvoice(switches: Partial<PowerOfficeSwitches> = {}, invoices = [INVOICE]) {
	return startRun({ clients: [powerOfficeClient({ openInvoices: invoices })], switches });
}

/** Pays a customer's debt in the shop: debit card, credit the sub-ledger account. */
async function pay(
	go: TestClient,
	amount: string,
	changes: { readonly [name: string]: JsonOut },
	resource = "CashJournals",
	customer = 10000,
): Promise<string> {
	const lines = [
		await line(go, 1910, "0", amount),
		{
			...(await line(go, 1910, "0", amount.startsWith("-") ? amount.slice(1) : `-${amount}`)),
			AccountId: await go.subledger(customer),
			...changes,
		},
	];
	const reply = await go.post(`/Vouchers/${resource}`, voucher(lines));
	expect(reply.status).toBe(201);
	return String(reply.object["Id"]);
}

/** Invoice number or voucher type, amount, balance and whether matched, by what the statement says. */
async function statement(go: TestClient, filters = ""): Promise<readonly unknown[][]> {
	const reply = await go.get(`/Customerledger/Statement?fromDate=2025-01-01&toDate=${FRIDAY}${filters}`);
	return reply.list.map((entry) => [
		entry["InvoiceNo"] ?? entry["VoucherType"],
		entry["Amount"],
		entry["Balance"],
		entry["MatchId"] !== null,
	]);
}

describe("a payment in the till's own cash voucher", () => {
	it("is matched at once by the same reference and the exact opposite amount", async () => {
		const { go } = await startWithInvoice();
		expect(await statement(go)).toEqual([["200123", "1250", "1250", false]]);

		await pay(go, "1250.00", { CustomMatchingReference: "POS-INV-200123" });

		expect(await statement(go, "&customMatchingReferences=POS-INV-200123")).toEqual([
			["200123", "1250", "0", true],
			["CashJournal", "-1250", "0", true],
		]);
		expect((await go.get(`/Customerledger/OpenItems?date=${FRIDAY}`)).status).toBe(204);
		const entries = (await go.get(`/Customerledger/Statement?fromDate=2025-01-01&toDate=${FRIDAY}`)).list;
		expect(entries[0]?.["MatchId"]).toBe(entries[1]?.["MatchId"]);
	});

	it.each([
		["an øre less", "1249.99", "POS-INV-200123"],
		["an øre more", "1250.01", "POS-INV-200123"],
		["the reference in another case", "1250.00", "pos-inv-200123"],
		["a blank after the reference", "1250.00", "POS-INV-200123 "],
	])("stays open with %s", async (_what, amount, reference) => {
		const { go } = await startWithInvoice();
		await pay(go, amount, { CustomMatchingReference: reference });
		expect((await statement(go)).map(([, , , matched]) => matched)).toEqual([false, false]);
	});

	it("is not matched twice: the second payment stays open", async () => {
		const { go } = await startWithInvoice();
		await pay(go, "1250.00", { CustomMatchingReference: "POS-INV-200123" });
		await pay(go, "1250.00", { CustomMatchingReference: "POS-INV-200123" });
		expect(await statement(go)).toEqual([
			["200123", "1250", "0", true],
			["CashJournal", "-1250", "0", true],
			["CashJournal", "-1250", "-1250", false],
		]);
	});

	it("posts on the customer's control account and shows the customer", async () => {
		const { go } = await startWithInvoice();
		await pay(go, "1250.00", { CustomMatchingReference: "POS-INV-200123" });
		const [row] = await transactions(go, "&accountNos=1500");
		expect(row).toMatchObject({ AccountNo: "1500", CustomerAccountNo: "10000", Amount: "-1250", VatAmount: "0" });
		expect(row?.["SubLedgerEntryId"]).not.toBeNull();
	});

	it("is refused with a VAT code other than the control account's", async () => {
		const { go } = await startWithInvoice();
		const taxed = { ...(await line(go, 1910, "3", "-1250")), AccountId: await go.subledger(10000) };
		const reply = await go.post("/Vouchers/CashJournals", voucher([await line(go, 1910, "0", "1250"), taxed]));
		expect(reply.object["detail"]).toBe("Account 1500 is locked to VAT code 0, not 3.");
	});
});

describe("partialMatching", () => {
	it.each([
		["none", ["1250", false], ["-1000", false]],
		["apply", ["250", true], ["0", true]],
	] as const)("%s: a part payment by reference", async (partialMatching, invoice, payment) => {
		const { go } = await startWithInvoice({ partialMatching });
		await pay(go, "1000", { CustomMatchingReference: "POS-INV-200123" });
		expect((await statement(go)).map(([, , balance, matched]) => [balance, matched])).toEqual([invoice, payment]);
	});

	it("apply: an overpayment leaves the rest of the payment open", async () => {
		const { go } = await startWithInvoice({ partialMatching: "apply" });
		await pay(go, "1300", { CustomMatchingReference: "POS-INV-200123" });
		expect((await statement(go)).map(([, , balance]) => balance)).toEqual(["0", "-50"]);
	});
});

it.each([
	[false, ["1250", "-1250"]],
	[true, ["0", "0"]],
])("matchAcrossCustomers %s: another customer pays", async (matchAcrossCustomers, balances) => {
	const { go } = await startWithInvoice({ matchAcrossCustomers });
	await pay(go, "1250", { CustomMatchingReference: "POS-INV-200123" }, "CashJournals", 10001);
	expect((await statement(go)).map(([, , balance]) => balance)).toEqual(balances);
});

describe("a bank journal line", () => {
	it("settles a part of the invoice it names, and the next one the rest", async () => {
		const untouched: OpenInvoiceSpec = { ...INVOICE, invoiceNo: "200125" };
		const { go } = await startWithInvoice({}, [INVOICE, untouched]);
		await pay(go, "1000", { InvoiceNo: "200123" }, "BankJournals");
		expect((await statement(go)).map(([, , balance]) => balance)).toEqual(["250", "1250", "0"]);
		const open = (await go.get(`/Customerledger/OpenItems?date=${FRIDAY}&onlyBalancesLessThanAmount=true`)).list;
		expect(open.map((entry) => entry["InvoiceNo"])).toEqual(["200123"]);
		await pay(go, "250", { InvoiceNo: "200123" }, "BankJournals");
		expect((await statement(go)).map(([, , balance]) => balance)).toEqual(["0", "1250", "0", "0"]);
	});

	it("settles nothing of the same sign: a refund to the customer leaves the invoice open", async () => {
		const { go } = await startWithInvoice();
		await pay(go, "-1250", { InvoiceNo: "200123" }, "BankJournals");
		expect((await statement(go)).map(([, , balance]) => balance)).toEqual(["1250", "1250"]);
	});

	it("is matched by its Cid and the opposite amount, not by another amount", async () => {
		const { go } = await startWithInvoice();
		await pay(go, "1249", { Cid: "2001239" }, "BankJournals");
		await pay(go, "1250", { Cid: "2001239" }, "BankJournals");
		expect((await statement(go)).map(([, , balance]) => balance)).toEqual(["0", "-1249", "0"]);
	});
});

it("tells pollers of an old invoice that a payment has changed it", async () => {
	const { go, pass } = await startWithInvoice();
	pass(60_000);
	await pay(go, "1250", { CustomMatchingReference: "POS-INV-200123" });
	const changed = await statement(go, "&lastChangedDateTimeOffsetGreaterThan=2025-03-14T23:00:30Z");
	expect(changed.map(([invoiceNo]) => invoiceNo)).toEqual(["200123", "CashJournal"]);
	const created = await statement(go, "&createdDateTimeOffsetGreaterThan=2025-03-14T23:00:30Z");
	expect(created.map(([invoiceNo]) => invoiceNo)).toEqual(["CashJournal"]);
});

describe("the customer ledger's filters", () => {
	const second: OpenInvoiceSpec = { ...INVOICE, customerNumber: 10001n, invoiceNo: "200124", amountMinor: -5_000n };

	it.each([
		["&customerNos=10001", ["200124"]],
		["&externalNos=5001", ["200123"]],
		["&invoiceNos=200124,1", ["200124"]],
		["&voucherTypes=OutgoingInvoice", ["200123"]],
		["&voucherTypes=OutgoingCreditNote,CashJournal", ["200124"]],
		["&customMatchingReferences=POS-INV-200123", ["200123", "200124"]],
		["&onlyCreatedByCurrentIntegration=true", []],
		["&departmentCodes=-1", ["200123", "200124"]],
		["&departmentCodes=1", []],
	])("%s", async (filter, invoices) => {
		const { go } = await startWithInvoice({}, [INVOICE, second]);
		expect((await statement(go, filter)).map(([invoiceNo]) => invoiceNo)).toEqual(invoices);
	});

	it("want their dates, and names of voucher types", async () => {
		const { go } = await startWithInvoice();
		expect((await go.get("/Customerledger/Statement?fromDate=2025-01-01")).status).toBe(400);
		expect((await go.get("/Customerledger/OpenItems")).status).toBe(400);
		expect((await go.get("/Customerledger/OpenItems?date=2025-01-01&voucherTypes=Cash")).status).toBe(400);
	});

	it("balance is that of the last day asked for", async () => {
		const { go } = await startWithInvoice();
		await pay(go, "1250", { CustomMatchingReference: "POS-INV-200123" });
		const before = await go.get("/Customerledger/OpenItems?date=2025-03-13");
		expect(before.list.map((entry) => entry["Balance"])).toEqual(["1250"]);
	});
});
