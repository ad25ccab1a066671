import { describe, expect, it } from "vitest";
import { powerOfficeClient } from "../../../src/sandbox/power-office/default-client.ts";
import { startRun } from "./harness.ts";

describe("a list", () => {
	it("is a bare array, paged by the links of X-Pagination until there is none", async () => {
		const { sandbox, go } = await startRun();
		const seen: unknown[] = [];
		let path: string | null = "/VatCodes?PageSize=4&OrderBy=Code&PageNumber=1";
		while (path !== null) {
			const reply = await go.get(path);
			expect(reply.status).toBe(200);
			seen.push(...reply.list.map((vat) => vat["Code"]));
			const link: unknown = JSON.parse(reply.headers.get("x-pagination") ?? "").nextPageLink;
			path = typeof link === "string" ? link.replace(sandbox.url, "") : null;
		}
		expect(seen).toEqual(["0", "3", "31", "32", "33", "5", "51", "52", "6", "7"]);
	});

	it("is an empty 204 beyond the last page and when nothing is there", async () => {
		const { go } = await startRun();
		for (const path of [
			"/VatCodes?PageNumber=2",
			"/Customers?customerNos=1",
			"/AccountTransactions?fromDate=2025-01-01&toDate=2025-12-31",
		]) {
			const reply = await go.get(path);
			expect([reply.status, reply.text]).toEqual([204, ""]);
		}
	});

	it.each([
		"PageNumber=0",
		"PageNumber=x",
		"PageSize=0",
		"PageSize=20001",
		"PageSize=-1",
		"Fields=Id,,Name",
		"Fields=",
		"Fields=Nothing",
		"OrderBy=Nothing",
		"OrderBy=Name%20up",
	])("refuses %s", async (parameter) => {
		const { go } = await startRun();
		const reply = await go.get(`/Customers?${parameter}`);
		expect(reply.status).toBe(400);
		expect(reply.object["title"]).toBe("Invalid resourceParameter");
	});

	it("takes the largest page of 20 000", async () => {
		const { go } = await startRun();
		expect((await go.get("/Customers?PageSize=20000&PageNumber=1")).list).toHaveLength(2);
	});

	it("shows 5 000 unless told otherwise", async () => {
		const customers = Array.from({ length: 5001 }, (_, index) => ({ number: 10000n + BigInt(index), name: "K" }));
		const { go } = await startRun({ clients: [powerOfficeClient({ customers })] });
		const reply = await go.get("/Customers?Fields=Id");
		expect(reply.list).toHaveLength(5000);
		expect(reply.headers.get("x-pagination")).toMatch(/PageNumber=2/);
		expect((await go.get("/Customers?Fields=Id&PageNumber=2")).list).toHaveLength(1);
	});

	it("projects to Fields, in any case, and orders by OrderBy in both directions", async () => {
		const { go } = await startRun();
		const reply = await go.get(
			"/GeneralLedgerAccounts?accountNos=1900-1910&Fields=AccountNo,name&OrderBy=accountno%20desc",
		);
		expect(reply.list.map((account) => Object.values(account))).toEqual([
			["1910", "Visma"],
			["1909", "Kassedifferanse"],
			["1903", "Vipps"],
			["1902", "Mastercard"],
			["1901", "Cash"],
			["1900", "Kontanter"],
		]);
	});
});

describe("a filter of ranges", () => {
	it.each([
		["1901", ["1901"]],
		["1901,1910", ["1901", "1910"]],
		["3000-3002, 1901", ["1901", "3000", "3001", "3002"]],
		["8060-", ["8060", "8160"]],
	])("accountNos=%s", async (filter, numbers) => {
		const { go } = await startRun();
		const reply = await go.get(`/GeneralLedgerAccounts?accountNos=${encodeURIComponent(filter)}`);
		expect(reply.list.map((account) => account["AccountNo"])).toEqual(numbers);
	});

	it.each(["x", "1-2-3", "-5", "1 2", ","])("refuses %s", async (filter) => {
		const { go } = await startRun();
		expect((await go.get(`/GeneralLedgerAccounts?accountNos=${encodeURIComponent(filter)}`)).status).toBe(400);
	});

	it("is not used when blank", async () => {
		const { go } = await startRun();
		const all = (await go.get("/GeneralLedgerAccounts")).list.length;
		expect((await go.get("/GeneralLedgerAccounts?accountNos=%20")).list).toHaveLength(all);
	});
});
