import { describe, expect, it } from "vitest";
import { powerOfficeClient } from "../../../src/sandbox/power-office/default-client.ts";
import { exactNumber } from "../../../src/sandbox/power-office/json.ts";
import type { PowerOfficeSwitches } from "../../../src/sandbox/power-office/switches.ts";
import { askToken, line, send, smallSale, startRun, transactions, voucher } from "./harness.ts";

const CASH = "/Vouchers/CashJournals";

function run(switches: Partial<PowerOfficeSwitches>) {
	return startRun({ switches });
}

/** Three times 0.13 at 25 %: 0.026 rounds to 0.03 on each line (0.09), 0.078 to 0.08 on the sum. */
async function threeSmallLines(switches: Partial<PowerOfficeSwitches>) {
	const { go } = await run(switches);
	const lines = [
		await line(go, 1901, "0", "0.39"),
		await line(go, 3000, "3", "-0.13"),
		await line(go, 3002, "3", "-0.13"),
		await line(go, 3003, "3", "-0.13"),
	];
	expect((await go.post(CASH, voucher(lines))).status).toBe(201);
	return (await transactions(go)).map((row) => `${row["AccountNo"]} ${row["Amount"]} ${row["VatAmount"]}`);
}

describe("vatRounding", () => {
	it("perLine rounds each line, and the VAT account carries each", async () => {
		expect(await threeSmallLines({ vatRounding: "perLine" })).toEqual([
			"1901 0.39 0",
			"3000 -0.1 -0.03",
			"3002 -0.1 -0.03",
			"3003 -0.1 -0.03",
			"2700 -0.03 0",
			"2700 -0.03 0",
			"2700 -0.03 0",
		]);
	});

	it("perVoucherPerCode rounds the sum of a code once, and net and VAT still make the gross", async () => {
		expect(await threeSmallLines({ vatRounding: "perVoucherPerCode" })).toEqual([
			"1901 0.39 0",
			"3000 -0.11 -0.02",
			"3002 -0.1 -0.03",
			"3003 -0.1 -0.03",
			"2700 -0.08 0",
		]);
	});

	it("perVoucherPerCode keeps posting dates and codes apart", async () => {
		const { go } = await run({ vatRounding: "perVoucherPerCode" });
		const before = { PostingDate: "2025-03-13" };
		const lines = [
			await line(go, 1901, "0", "3.40"),
			await line(go, 3000, "3", "-1.25"),
			await line(go, 3000, "3", "-1.00", before),
			await line(go, 3001, "31", "-1.15"),
		];
		expect((await go.post(CASH, voucher(lines))).status).toBe(201);
		const rows = (await go.get("/AccountTransactions?fromDate=2025-03-13&toDate=2025-03-14&accountNos=2700-2799")).list;
		expect(rows.map((row) => [row["PostingDate"], row["AccountNo"], row["Amount"]])).toEqual([
			["2025-03-14", "2700", "-0.25"],
			["2025-03-13", "2700", "-0.2"],
			["2025-03-14", "2701", "-0.15"],
		]);
	});
});

it.each([
	["codeZero", "0"],
	["lineCode", "3"],
] as const)("vatTransactionCode %s: a 27xx transaction carries VAT code %s", async (vatTransactionCode, code) => {
	const { go } = await run({ vatTransactionCode });
	await go.post(CASH, await smallSale(go));
	expect((await transactions(go, "&accountNos=2700"))[0]?.["VatCode"]).toBe(code);
});

it.each([
	["zero", "0"],
	["missing", undefined],
	["final", "1"],
] as const)("voucherNoInPost %s: the 201 says %s, the read says 1", async (voucherNoInPost, shown) => {
	const { go } = await run({ voucherNoInPost });
	const posted = await go.post(CASH, await smallSale(go));
	expect(posted.object["VoucherNo"]).toBe(shown);
	expect("VoucherNo" in posted.object).toBe(shown !== undefined);
	expect((await go.get(`${CASH}/${posted.object["Id"]}`)).object["VoucherNo"]).toBe("1");
});

it.each([400, 409] as const)("duplicateStatus %i", async (duplicateStatus) => {
	const { go } = await run({ duplicateStatus });
	const sale = await smallSale(go, { ExternalImportReference: "Z" });
	await go.post(CASH, sale);
	const again = await go.post(CASH, sale);
	expect(again.status).toBe(duplicateStatus);
	expect(again.object["status"]).toBe(String(duplicateStatus));
});

it.each([404, 400] as const)("unresolvedStatus %i", async (unresolvedStatus) => {
	const { go } = await run({ unresolvedStatus });
	const lines = [await line(go, 1901, "0", "1", { DepartmentId: 5n }), await line(go, 1910, "0", "-1")];
	expect((await go.post(CASH, voucher(lines))).status).toBe(unresolvedStatus);
});

describe("extraDecimals", () => {
	it("refuse", async () => {
		const { go } = await run({ extraDecimals: "refuse" });
		const lines = [await line(go, 1901, "0", "1.005"), await line(go, 1910, "0", "-1.005")];
		const reply = await go.post(CASH, voucher(lines));
		expect(reply.status).toBe(400);
		expect(reply.object["detail"]).toMatch(/1\.005 has more than two decimals/);
	});

	it("round takes half away from zero, which floating point would not", async () => {
		const { go } = await run({ extraDecimals: "round" });
		const lines = [await line(go, 1901, "0", "1.005"), await line(go, 1910, "0", "-1.005")];
		expect((await go.post(CASH, voucher(lines))).status).toBe(201);
		expect((await transactions(go)).map((row) => row["Amount"])).toEqual(["1.01", "-1.01"]);
	});

	it("takes more digits that are zeros, and exponents, either way", async () => {
		const { go } = await run({ extraDecimals: "refuse" });
		const lines = [await line(go, 1901, "0", "1.25e2"), await line(go, 1910, "0", "-125.000")];
		expect((await go.post(CASH, voucher(lines))).status).toBe(201);
	});
});

it.each([
	["refuse", 400],
	["ignore", 201],
] as const)("unknownProperty %s: %i", async (unknownProperty, status) => {
	const { go } = await run({ unknownProperty });
	const reply = await go.post(CASH, await smallSale(go, { EnterpriseId: 1n }));
	expect(reply.status).toBe(status);
});

it.each([
	["refuse", 400],
	["ignore", 200],
] as const)("unknownQueryParameter %s: %i; OData is refused either way", async (unknownQueryParameter, status) => {
	const { go } = await run({ unknownQueryParameter });
	expect((await go.get("/VatCodes?codes=3")).status).toBe(status);
	for (const odata of ["$top=1", "$skip=1", "$filter=Code%20eq%20'3'"]) {
		expect((await go.get(`/VatCodes?${odata}`)).status).toBe(400);
	}
});

it.each([
	["perField", true],
	["detailOnly", false],
] as const)("modelBindingErrors %s", async (modelBindingErrors, hasErrors) => {
	const { go } = await run({ modelBindingErrors });
	const reply = await go.post(CASH, "{}");
	expect("errors" in reply.object).toBe(hasErrors);
	expect(reply.object["detail"]).toMatch(/VoucherDate: The property is required/);
});

it.each([
	["empty", ""],
	["problem", '{"title":"Unauthorized","status":401}'],
] as const)("accessRefusalBody %s", async (accessRefusalBody, text) => {
	const { sandbox } = await run({ accessRefusalBody });
	const reply = await send(sandbox, "no-token", "GET", "/VatCodes");
	expect([reply.status, reply.text]).toEqual([401, text]);
});

it.each([true, false])("retryAfter %s", async (retryAfter) => {
	const { sandbox, go } = await run({ retryAfter });
	sandbox.setSwitches({ callsPerSecond: 0 });
	const reply = await go.get("/VatCodes");
	expect(reply.status).toBe(429);
	expect(reply.headers.get("retry-after")).toBe(retryAfter ? "1" : null);
});

it.each([
	["absent", "{}"],
	["empty", '{"nextPageLink":""}'],
] as const)("lastPageLink %s", async (lastPageLink, header) => {
	const { go } = await run({ lastPageLink });
	expect((await go.get("/VatCodes")).headers.get("x-pagination")).toBe(header);
});

it.each([
	["linkOnly", "{}"],
	["withTotals", '{"totalCount":10,"pageSize":5000,"currentPage":1,"totalPages":1}'],
] as const)("paginationMembers %s", async (paginationMembers, header) => {
	const { go } = await run({ paginationMembers });
	expect((await go.get("/VatCodes")).headers.get("x-pagination")).toBe(header);
});

it.each([
	["minimal", ["125", "-100", "-25"]],
	["fixed", ["125.00", "-100.00", "-25.00"]],
] as const)("amountText %s", async (amountText, amounts) => {
	const { go } = await run({ amountText });
	await go.post(CASH, await smallSale(go));
	expect((await transactions(go)).map((row) => row["Amount"])).toEqual(amounts);
});

it.each([
	["externalImportReferenceMaxLength", "ExternalImportReference", 60, 201],
	["externalImportReferenceMaxLength", "ExternalImportReference", 50, 400],
	["descriptionMaxLength", "Description", 60, 201],
	["descriptionMaxLength", "Description", 50, 400],
] as const)("%s: a %s of 55 where %i are allowed", async (name, property, maxLength, status) => {
	const { go } = await run({ [name]: maxLength });
	expect((await go.post(CASH, await smallSale(go, { [property]: "x".repeat(55) }))).status).toBe(status);
	const { go: unlimited } = await run({ [name]: null });
	const reply = await unlimited.post(CASH, await smallSale(unlimited, { [property]: "x".repeat(500) }));
	expect(reply.status).toBe(201);
});

it.each([
	[null, 201],
	[20, 201],
	[19, 400],
] as const)(
	"customMatchingReferenceMaxLength %s: 20 characters, %i",
	async (customMatchingReferenceMaxLength, status) => {
		const { go } = await run({ customMatchingReferenceMaxLength });
		const reference = { CustomMatchingReference: "x".repeat(20) };
		const lines = [await line(go, 1901, "0", "1"), await line(go, 1910, "0", "-1", reference)];
		expect((await go.post(CASH, voucher(lines))).status).toBe(status);
	},
);

it.each([
	[null, 201],
	[2, 201],
	[1, 400],
] as const)("maxVoucherLines %s: two lines, %i", async (maxVoucherLines, status) => {
	const { go } = await run({ maxVoucherLines });
	expect((await go.post(CASH, await smallSale(go))).status).toBe(status);
});

it.each([
	["refuse", 400],
	["accept", 201],
] as const)("directVatAccountPosting %s: %i", async (directVatAccountPosting, status) => {
	const { go } = await run({ directVatAccountPosting });
	const lines = [await line(go, 1901, "0", "25"), await line(go, 2700, "0", "-25")];
	expect((await go.post(CASH, voucher(lines))).status).toBe(status);
});

it.each([
	["null", null],
	["minDate", "0001-01-01"],
] as const)("noLockDate %s", async (noLockDate, shown) => {
	const { sandbox, go } = await run({ noLockDate });
	expect((await go.get("/LockDateSettings")).object).toEqual({ LockDate: shown });
	sandbox.setLockDate("sandbox-client-key", "2025-03-13");
	expect((await go.get("/LockDateSettings")).object).toEqual({ LockDate: "2025-03-13" });
});

it.each([
	["2025", undefined],
	["2026", false],
] as const)("clientInformation %s", async (clientInformation, allowSendInvoice) => {
	const { go } = await run({ clientInformation });
	expect((await go.get("/ClientIntegrationInformation")).object["AllowSendInvoice"]).toBe(allowSendInvoice);
});

it.each([
	["YearEndVoucher_Full", ["YearEndVoucher_Full"], 200],
	["YearEndVoucher_Full", ["CashVoucher_Full"], 403],
	["voucherType", ["CashVoucher_Full"], 200],
	["voucherType", ["BankVoucher_Full"], 403],
] as const)("reverseRole %s with %s: %i", async (reverseRole, privileges, status) => {
	const { sandbox, go } = await startRun({ clients: [powerOfficeClient()], switches: { reverseRole } });
	const posted = await go.post(CASH, await smallSale(go));
	sandbox.setPrivileges("sandbox-client-key", privileges);
	const token = String((await askToken(sandbox)).object["access_token"]);
	const reply = await send(sandbox, token, "POST", `/Vouchers/Reverse/${posted.object["Id"]}`);
	expect(reply.status).toBe(status);
});

it("an exact rate of 1 is no foreign currency", async () => {
	const { go } = await run({});
	const rate = { CurrencyExchangeRate: exactNumber("1.00") };
	const lines = [await line(go, 1901, "0", "1", rate), await line(go, 1910, "0", "-1")];
	expect((await go.post(CASH, voucher(lines))).status).toBe(201);
});
