import { describe, expect, it } from "vitest";
import type { AccountSpec } from "../../../src/sandbox/power-office/client-spec.ts";
import {
	NORWEGIAN_VAT_CODES,
	powerOfficeClient,
	SEED_ACCOUNTS,
} from "../../../src/sandbox/power-office/default-client.ts";
import { exactNumber, type JsonObjectOut, type JsonOut } from "../../../src/sandbox/power-office/json.ts";
import type { PowerOfficeSwitches } from "../../../src/sandbox/power-office/switches.ts";
import {
	connect,
	FRIDAY,
	line,
	type Reply,
	smallSale,
	startRun,
	type TestClient,
	transactions,
	voucher,
} from "./harness.ts";

const SPECIAL_ACCOUNTS: readonly AccountSpec[] = [
	...SEED_ACCOUNTS,
	{ accountNo: 3090n, name: "Locked to 25 %", type: "Income", vatCode: "3", vatCodeLocked: true },
	{ accountNo: 3091n, name: "Closed", type: "Income", vatCode: "3", active: false },
	{ accountNo: 3092n, name: "By department", type: "Income", vatCode: "3", departmentRequired: true },
	{ accountNo: 3093n, name: "By project", type: "Income", vatCode: "3", projectRequired: true },
];

const SPECIAL_CLIENT = powerOfficeClient({
	accounts: SPECIAL_ACCOUNTS,
	vatCodes: [
		...NORWEGIAN_VAT_CODES,
		{ code: "C3", name: "Inactive", rate: "0", active: false },
		{ code: "C31", name: "Ended", rate: "0", validTo: "2024-12-31" },
		{ code: "C33", name: "Not yet", rate: "0", validFrom: "2026-01-01" },
	],
	departments: [
		{ code: "1", name: "Restaurant" },
		{ code: "9", name: "Closed", active: false },
	],
	lockDate: "2025-02-28",
	conversionDate: "2024-01-01",
});

type Attempt = { readonly reply: Reply; readonly booked: number };

/** Posts a cash voucher made by `make` and counts what was booked. */
async function attempt(
	make: (go: TestClient) => Promise<JsonObjectOut>,
	switches: Partial<PowerOfficeSwitches> = {},
): Promise<Attempt> {
	const { go } = await startRun({ clients: [SPECIAL_CLIENT], switches });
	const reply = await go.post("/Vouchers/CashJournals", await make(go));
	return { reply, booked: (await transactions(go)).length };
}

/** A sale whose income line is changed. */
function saleWith(
	changes: { readonly [name: string]: JsonOut },
	account = 3000,
	code = "3",
): (go: TestClient) => Promise<JsonObjectOut> {
	return async (go) =>
		voucher([await line(go, 1901, "0", "125.00"), await line(go, account, code, "-125.00", changes)]);
}

function expectRefused({ reply, booked }: Attempt, status: number, detail: string | RegExp): void {
	expect(reply.status).toBe(status);
	expect(reply.object).toMatchObject({ title: "Voucher validation error(s)", status: String(status) });
	expect(reply.object["detail"]).toMatch(detail);
	expect(booked).toBe(0);
}

describe("a voucher line is refused", () => {
	it("with an amount of 0", async () => {
		const zero = saleWith({ CurrencyAmount: exactNumber("0.00") });
		expectRefused(
			await attempt(zero),
			400,
			"VoucherLines[1].CurrencyAmount must be a positive or negative number not 0.",
		);
	});

	it("without an amount", async () => {
		const none = async (go: TestClient) =>
			voucher([{ ...(await line(go, 1901, "0", "1")), CurrencyAmount: undefined }]);
		expectRefused(await attempt(none), 400, /not 0/);
	});

	it("with an account number where the id belongs", async () => {
		expectRefused(await attempt(saleWith({ AccountId: 3000n })), 404, "Account with id = 3000 not found.");
	});

	it("with a VAT code where the id belongs", async () => {
		expectRefused(await attempt(saleWith({ VatId: 3n })), 404, "VatCode with id = 3 not found.");
	});

	it("with an unknown department, and with one that is closed", async () => {
		expectRefused(await attempt(saleWith({ DepartmentId: 1n })), 404, "Department with id = 1 not found.");
		const closed = async (go: TestClient) => {
			const id = (await go.get("/Departments?codes=9")).list[0]?.["Id"];
			return saleWith({ DepartmentId: BigInt(String(id)) })(go);
		};
		expectRefused(await attempt(closed), 400, "Department 9 is not active.");
	});

	it.each([
		["LocationId", "Location"],
		["ProjectId", "Project"],
		["ProductId", "Product"],
		["Dim1Id", "Dimension 1"],
		["Dim2Id", "Dimension 2"],
		["Dim3Id", "Dimension 3"],
	])("with an unknown %s", async (property, kind) => {
		expectRefused(await attempt(saleWith({ [property]: 77n })), 404, `${kind} with id = 77 not found.`);
	});

	it.each([1500, 2400])("on the sub-ledger control account %i", async (control) => {
		expectRefused(await attempt(saleWith({}, control, "0")), 400, `Account ${control} is a sub-ledger account`);
	});

	it("on an account that is not active", async () => {
		expectRefused(await attempt(saleWith({}, 3091)), 400, "Account 3091 is not active.");
	});

	it("with another VAT code than the account is locked to", async () => {
		expectRefused(await attempt(saleWith({}, 3090, "31")), 400, "Account 3090 is locked to VAT code 3, not 31.");
	});

	it("with a VAT code that is inactive, ended or not yet valid on the posting date", async () => {
		expectRefused(await attempt(saleWith({}, 3000, "C3")), 400, "VAT code C3 is not active.");
		expectRefused(await attempt(expiredCode), 400, `VAT code C31 is not valid on ${FRIDAY}.`);
		expectRefused(await attempt(saleWith({}, 3000, "C33")), 400, `VAT code C33 is not valid on ${FRIDAY}.`);
	});

	it("but not with a VAT code on its first or last day", async () => {
		const vatCodes = [
			...NORWEGIAN_VAT_CODES,
			{ code: "C9", name: "A day", rate: "0", validFrom: FRIDAY, validTo: FRIDAY },
		];
		const { go } = await startRun({ clients: [powerOfficeClient({ vatCodes })] });
		const sale = voucher([await line(go, 1901, "0", "1"), await line(go, 3000, "C9", "-1")]);
		expect((await go.post("/Vouchers/CashJournals", sale)).status).toBe(201);
	});

	it("without the department or project that the account requires", async () => {
		expectRefused(await attempt(saleWith({}, 3092)), 400, "Department is required on account 3092.");
		expectRefused(await attempt(saleWith({}, 3093)), 400, "Project is required on account 3093.");
	});

	it.each([
		["2025-02-28", "PostingDate 2025-02-28 is in a locked period. The lock date is 2025-02-28."],
		["2023-12-31", "PostingDate 2023-12-31 is in a locked period."],
	])("on the locked date %s", async (date, detail) => {
		expectRefused(await attempt(saleWith({ PostingDate: date })), 400, detail);
	});

	it("in a foreign currency, at another rate than 1, or with a currency code of another length", async () => {
		expectRefused(await attempt(saleWith({ CurrencyCode: "EUR" })), 400, "Currency with code = 'EUR' is not active");
		expectRefused(
			await attempt(saleWith({ CurrencyExchangeRate: exactNumber("11.5") })),
			400,
			"CurrencyExchangeRate 11.5",
		);
		expectRefused(await attempt(saleWith({ CurrencyCode: "KRONE" })), 400, "is not three letters");
	});

	it("with a number too long to be an amount", async () => {
		expectRefused(await attempt(saleWith({ CurrencyAmount: exactNumber("1e999999999") })), 400, /out of range/);
	});
});

async function expiredCode(go: TestClient): Promise<JsonObjectOut> {
	const codes = (await go.get("/VatCodes?includeExpired=true")).list;
	const id = codes.find((vat) => vat["Code"] === "C31")?.["Id"];
	return saleWith({ VatId: BigInt(String(id)) })(go);
}

describe("a voucher is refused", () => {
	it("when its lines do not sum to 0, by a single øre", async () => {
		const crooked = async (go: TestClient) =>
			voucher([await line(go, 1901, "0", "125.01"), await line(go, 3000, "3", "-125.00")]);
		expectRefused(await attempt(crooked), 400, "The voucher is not balanced");
	});

	it("without lines", async () => {
		expectRefused(await attempt(async () => voucher([])), 400, "The voucher has no lines.");
	});

	it("before the conversion date", async () => {
		const { go } = await startRun({ clients: [powerOfficeClient({ conversionDate: "2025-01-01" })] });
		const early = voucher([
			await line(go, 1901, "0", "1", { PostingDate: "2024-12-31" }),
			await line(go, 1910, "0", "-1", { PostingDate: "2024-12-31" }),
		]);
		const reply = await go.post("/Vouchers/CashJournals", early);
		expect(reply.status).toBe(400);
		expect(reply.object["detail"]).toBe("PostingDate 2024-12-31 is before the conversion date 2025-01-01.");
		const onTheDay = voucher([
			await line(go, 1901, "0", "1", { PostingDate: "2025-01-01" }),
			await line(go, 1910, "0", "-1", { PostingDate: "2025-01-01" }),
		]);
		expect((await go.post("/Vouchers/CashJournals", onTheDay)).status).toBe(201);
	});

	it.each([
		["SaftSourceId", 35],
		["SaftBatchId", 35],
		["ExternalImportReference", 50],
	])("with a %s longer than %i characters, and taken with one as long", async (property, maxLength) => {
		const long = await attempt((go) => smallSale(go, { [property]: "x".repeat(maxLength + 1) }));
		expectRefused(long, 400, `${property} is longer than ${maxLength} characters.`);
		const fitting = await attempt((go) => smallSale(go, { [property]: "x".repeat(maxLength) }));
		expect(fitting.reply.status).toBe(201);
	});

	it("in a foreign currency", async () => {
		expectRefused(await attempt((go) => smallSale(go, { CurrencyCode: "EUR" })), 400, "Currency with code = 'EUR'");
	});

	it("with an ExternalImportReference in use, in the shape of the customer example, on every voucher resource", async () => {
		const { go } = await startRun();
		const sale = await smallSale(go, { ExternalImportReference: "Z-7" });
		const first = await go.post("/Vouchers/CashJournals", sale);
		for (const resource of ["CashJournals", "BankJournals", "ManualJournals"]) {
			const again = await go.post(`/Vouchers/${resource}`, sale);
			expect(again.status).toBe(400);
			expect(again.object["title"]).toBe("Voucher validation error(s)");
			expect(again.object["detail"]).toBe(
				`ExternalImportReference is already in use. 'Z-7' is used on (voucher) Id = ${first.object["Id"]}.`,
			);
		}
		expect(await transactions(go)).toHaveLength(3);
	});

	it("but not because another client uses the same reference", async () => {
		const { sandbox, go } = await startRun({
			clients: [powerOfficeClient(), powerOfficeClient({ clientKey: "second" })],
		});
		const second = await connect(sandbox, "second");
		expect(
			(await go.post("/Vouchers/CashJournals", await smallSale(go, { ExternalImportReference: "Z" }))).status,
		).toBe(201);
		const other = await second.post(
			"/Vouchers/CashJournals",
			await smallSale(second, { ExternalImportReference: "Z" }),
		);
		expect(other.status).toBe(201);
	});
});

describe("a malformed request", () => {
	it.each<[string, { readonly [name: string]: JsonOut }, string]>([
		["an unknown property", { DepartmentId: 1n }, "DepartmentId"],
		["a property in another case", { description: "z" }, "description"],
		["an integer with decimals", { ImportedVoucherNo: exactNumber("1042.5") }, "ImportedVoucherNo"],
		["an integer beyond int64", { ImportedVoucherNo: 2n ** 63n }, "ImportedVoucherNo"],
		["an integer as text", { ImportedVoucherNo: "1042" }, "ImportedVoucherNo"],
		["a date that does not exist", { VoucherDate: "2025-02-29" }, "VoucherDate"],
		["a date in Norwegian order", { VoucherDate: "14.03.2025" }, "VoucherDate"],
		["a null where a value is required", { CurrencyCode: null }, "CurrencyCode"],
		["lines that are no array", { VoucherLines: {} }, "VoucherLines"],
	])("names %s", async (_what, change, path) => {
		const { reply, booked } = await attempt((go) => smallSale(go, change));
		expect(reply.status).toBe(400);
		expect(reply.object["errors"]).toHaveProperty(path);
		expect(booked).toBe(0);
	});

	it("names every wrong property of every line at once", async () => {
		const wrong = voucher([
			{ AccountId: 1n, VatId: 2n ** 31n, CurrencyAmount: "5000.00", PostingDate: FRIDAY },
			{
				AccountId: null,
				VatId: 1n,
				CurrencyAmount: exactNumber("1"),
				VatReturnSpecification: "PurchasesEligibleForCompensation",
			},
		]);
		const { reply } = await attempt(async () => wrong);
		expect(Object.keys(reply.object["errors"] ?? {}).sort()).toEqual([
			"VoucherLines[0].CurrencyAmount",
			"VoucherLines[0].VatId",
			"VoucherLines[1].AccountId",
			"VoucherLines[1].PostingDate",
			"VoucherLines[1].VatReturnSpecification",
		]);
	});

	it("is one that is no JSON, or no object", async () => {
		const { go } = await startRun();
		expect((await go.post("/Vouchers/CashJournals", '{"VoucherDate":')).status).toBe(400);
		expect((await go.post("/Vouchers/CashJournals", "[]")).status).toBe(400);
	});

	it.each(["Cid", "InvoiceNo"])(
		"names %s on a cash or manual line, where only bank lines have it",
		async (property) => {
			const { go } = await startRun();
			const sale = voucher([await line(go, 1901, "0", "1", { [property]: "1" }), await line(go, 1910, "0", "-1")]);
			for (const resource of ["CashJournals", "ManualJournals"]) {
				const reply = await go.post(`/Vouchers/${resource}`, sale);
				expect(reply.status).toBe(400);
				expect(reply.object["errors"]).toHaveProperty([`VoucherLines[0].${property}`]);
			}
			expect((await go.post("/Vouchers/BankJournals", sale)).status).toBe(201);
		},
	);
});

it("takes a date-time and keeps its date only", async () => {
	const { reply } = await attempt((go) => smallSale(go, { VoucherDate: `${FRIDAY}T12:00:00Z` }));
	expect(reply.status).toBe(201);
	expect(reply.object["VoucherDate"]).toBe(FRIDAY);
});
