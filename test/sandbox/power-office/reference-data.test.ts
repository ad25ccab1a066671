import { describe, expect, it } from "vitest";
import {
	NORWEGIAN_VAT_CODES,
	powerOfficeClient,
	SEED_ACCOUNTS,
} from "../../../src/sandbox/power-office/default-client.ts";
import { line, smallSale, startRun, transactions, voucher } from "./harness.ts";

describe("the default client", () => {
	it("has the accounts of the point-of-sale page under ids that are no numbers", async () => {
		const { go } = await startRun();
		const reply = await go.get("/GeneralLedgerAccounts?accountNos=1500,1901,1902,1910,3000-3003,7740");
		expect(reply.list.map((account) => [account["AccountNo"], account["Name"], account["VatCode"]])).toEqual([
			["1500", "Kundefordringer", "0"],
			["1901", "Cash", "0"],
			["1902", "Mastercard", "0"],
			["1910", "Visma", "0"],
			["3000", "In house food", "3"],
			["3001", "Take-away food", "31"],
			["3002", "Beer", "3"],
			["3003", "Soda", "3"],
			["7740", "Øresavrunding", "0"],
		]);
		for (const account of reply.list) expect(account["Id"]).not.toBe(account["AccountNo"]);
		const same = await go.get(`/GeneralLedgerAccounts/${reply.list[4]?.["Id"]}`);
		expect(same.object).toEqual(reply.list[4]);
	});

	it("has the Norwegian codes with exact rates under ids that are no codes", async () => {
		const { go } = await startRun();
		const codes = (await go.get("/VatCodes")).list;
		expect(codes.map((vat) => [vat["Code"], vat["Rate"]])).toEqual([
			["0", "0"],
			["3", "0.25"],
			["31", "0.15"],
			["32", "0.1111"],
			["33", "0.12"],
			["5", "0"],
			["51", "0"],
			["52", "0"],
			["6", "0"],
			["7", "0"],
		]);
		const ids = new Set(codes.map((vat) => vat["Id"]));
		for (const vat of codes) expect(ids.has(vat["Code"])).toBe(false);
	});

	it("says what it is", async () => {
		const { sandbox, go } = await startRun();
		expect((await go.get("/ClientIntegrationInformation")).object).toMatchObject({
			ClientId: sandbox.clients[0]?.clientId,
			ClientName: "Restaurant AS",
			ValidPrivileges: expect.arrayContaining(["CashVoucher_Full", "AccountTransaction"]),
			InvalidPrivileges: [],
		});
		expect((await go.get("/FinancialSettings")).object).toMatchObject({
			ConversionDate: "2020-01-01",
			CurrencyCode: "NOK",
		});
	});

	it.each([
		["/Customers?customerNos=10000", ["10000"]],
		["/Customers?customerNos=10001-", ["10001"]],
		["/Customers?externalNos=5002", ["10001"]],
		["/Customers?externalImportReference=nobody", []],
		["/Customers?contactGroupIds=1", []],
		["/Customers?lastChangedDateTimeOffsetGreaterThan=2025-03-14T22:59:59.999Z", ["10000", "10001"]],
		["/Customers?lastChangedDateTimeOffsetGreaterThan=2025-03-14T23:00:00Z", []],
	])("finds customers by %s", async (path, numbers) => {
		const { go } = await startRun();
		const reply = await go.get(path);
		expect(reply.list.map((customer) => customer["Number"])).toEqual(numbers);
		expect(reply.status).toBe(numbers.length === 0 ? 204 : 200);
	});

	it("answers by id, and 404 with the reference's text for an unknown one", async () => {
		const { go } = await startRun();
		const [customer] = (await go.get("/Customers")).list;
		expect((await go.get(`/Customers/${customer?.["Id"]}`)).object).toEqual(customer);
		const unknown = await go.get("/Customers/12345");
		expect(unknown.status).toBe(404);
		expect(unknown.object).toMatchObject({
			title: "Object(s) not found",
			detail: "Customer with id = 12345 not found.",
		});
	});

	it("lists departments and locations by code and state", async () => {
		const departments = [
			{ code: "1", name: "Restaurant" },
			{ code: "2", name: "Bar", active: false },
		];
		const { go } = await startRun({ clients: [powerOfficeClient({ departments })] });
		const codes = async (path: string) => (await go.get(path)).list.map((item) => item["Code"]);
		expect(await codes("/Departments")).toEqual(["1", "2"]);
		expect(await codes("/Departments?codes=2,3")).toEqual(["2"]);
		expect(await codes("/Departments?isActive=false")).toEqual(["2"]);
		expect(await codes("/Locations?codes=OSL&isActive=true")).toEqual(["OSL"]);
		expect((await go.get("/Departments?isActive=maybe")).status).toBe(400);
	});
});

it("shows expired VAT codes on demand only, and lets the two states be asked for", async () => {
	const vatCodes = [
		...NORWEGIAN_VAT_CODES,
		{ code: "C1", name: "Ended", rate: "0", validTo: "2025-03-13" },
		{ code: "C2", name: "Inactive", rate: "0", active: false },
		{ code: "C3", name: "Last day", rate: "0", validTo: "2025-03-14" },
	];
	const { go } = await startRun({ clients: [powerOfficeClient({ vatCodes })] });
	const codes = async (query: string) => (await go.get(`/VatCodes?${query}`)).list.map((vat) => vat["Code"]);
	expect(await codes("includeExpired=true")).toContain("C1");
	expect(await codes("includeExpired=false")).not.toContain("C1");
	expect(await codes("includeExpired=false")).toContain("C3");
	expect(await codes("isActive=false")).toEqual(["C2"]);
	expect(await codes("isActive=true")).not.toContain("C2");
});

it("carries ids beyond 2^53 without losing a digit", async () => {
	const { go } = await startRun({ clients: [powerOfficeClient({ idBase: 9_007_199_254_740_993n })] });
	const posted = await go.post("/Vouchers/CashJournals", await smallSale(go));
	expect(posted.status).toBe(201);
	expect((await go.get("/GeneralLedgerAccounts?accountNos=1500")).list[0]?.["Id"]).toBe("9007199254741004");
});

it("numbers vouchers from where the client's series stands, each client its own", async () => {
	const { go } = await startRun({ clients: [powerOfficeClient({ firstVoucherNo: 20250001n })] });
	for (const no of ["20250001", "20250002"]) {
		const id = (await go.post("/Vouchers/ManualJournals", await smallSale(go))).object["Id"];
		expect((await go.get(`/Vouchers/ManualJournals/${id}`)).object["VoucherNo"]).toBe(no);
	}
});

it("keeps a voucher to its own resource", async () => {
	const { go } = await startRun();
	const id = (await go.post("/Vouchers/BankJournals", await smallSale(go))).object["Id"];
	expect((await go.get(`/Vouchers/BankJournals/${id}`)).object["VoucherLines"]).toHaveLength(2);
	expect((await go.get(`/Vouchers/CashJournals/${id}`)).status).toBe(404);
});

describe("AccountTransactions", () => {
	it.each([
		["&accountNos=3000-3999", ["3000"]],
		["&vatCodes=3", ["3000"]],
		["&departmentCodes=1", ["1901"]],
		["&departmentCodes=-1", ["3000", "2700"]],
		["&voucherNos=1", ["1901", "3000", "2700"]],
		["&voucherNos=2-", []],
		["&voucherTypes=BankJournal", []],
		["&voucherTypes=BankJournal,CashJournal", ["1901", "3000", "2700"]],
		["&projectCodes=1", []],
		["&createdDateTimeOffsetGreaterThan=2025-03-14T22:59:59.9990000Z", ["1901", "3000", "2700"]],
		["&createdDateTimeOffsetGreaterThan=2025-03-15%2000:00:00.0000000%20%2B01:00", []],
	])("filters by %s", async (filter, accounts) => {
		const { go } = await startRun();
		const department = BigInt(String((await go.get("/Departments?codes=1")).list[0]?.["Id"]));
		const lines = [await line(go, 1901, "0", "125", { DepartmentId: department }), await line(go, 3000, "3", "-125")];
		await go.post("/Vouchers/CashJournals", voucher(lines));
		expect((await transactions(go, filter)).map((row) => row["AccountNo"])).toEqual(accounts);
	});

	it("goes by posting date, both ends inclusive, and wants both", async () => {
		const { go } = await startRun();
		const lines = [
			await line(go, 1901, "0", "1", { PostingDate: "2025-03-13" }),
			await line(go, 1910, "0", "-1", { PostingDate: "2025-03-15" }),
		];
		await go.post("/Vouchers/CashJournals", voucher(lines));
		const between = async (from: string, to: string) =>
			(await go.get(`/AccountTransactions?fromDate=${from}&toDate=${to}`)).list.map((row) => row["AccountNo"]);
		expect(await between("2025-03-13", "2025-03-15")).toEqual(["1901", "1910"]);
		expect(await between("2025-03-14", "2025-03-15")).toEqual(["1910"]);
		expect(await between("2025-03-14", "2025-03-14")).toEqual([]);
		expect((await go.get("/AccountTransactions?fromDate=2025-03-14")).status).toBe(400);
		expect((await go.get("/AccountTransactions?fromDate=2025-03-14&toDate=soon")).status).toBe(400);
	});

	it("orders amounts as numbers", async () => {
		const { go } = await startRun();
		const lines = [
			await line(go, 1901, "0", "100"),
			await line(go, 1902, "0", "20"),
			await line(go, 1903, "0", "9.5"),
			await line(go, 1910, "0", "-129.5"),
		];
		await go.post("/Vouchers/CashJournals", voucher(lines));
		const amounts = (await transactions(go, "&OrderBy=Amount")).map((row) => row["Amount"]);
		expect(amounts).toEqual(["-129.5", "9.5", "20", "100"]);
	});
});

describe("a client that contradicts itself is refused at the start", () => {
	it.each([
		[
			"an account with an unknown VAT code",
			{ accounts: [{ accountNo: 1n, name: "x", type: "Asset", vatCode: "99" } as const] },
		],
		[
			"customers without a control account",
			{ accounts: SEED_ACCOUNTS.filter((account) => account.accountNo !== 1500n) },
		],
		["a rate without an account", { vatCodes: [...NORWEGIAN_VAT_CODES, { code: "C3", name: "x", rate: "0.25" }] }],
		["a rate that is none", { vatCodes: [...NORWEGIAN_VAT_CODES, { code: "C3", name: "x", rate: "25 %" }] }],
	])("%s", async (_what, overrides) => {
		await expect(startRun({ clients: [powerOfficeClient(overrides)] })).rejects.toBeInstanceOf(RangeError);
	});
});
