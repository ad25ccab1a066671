import { describe, expect, it } from "vitest";
import { addRow, goldenTicket, payment, readAnswer, saleLine, startTenant } from "./m3-test-client.ts";

describe("a single GET", () => {
	it("answers v2: string records, the counts with Infor's double l", async () => {
		const tenant = await startTenant();
		const answer = await tenant.get("OPS270MI/AddRoundNumber", { CONO: "100" });
		expect(answer).toEqual({
			status: 200,
			results: [{ transaction: "AddRoundNumber", records: [{ ITRN: "1000001" }] }],
			wasTerminated: false,
			nrOfSuccessfullTransactions: 1,
			nrOfFailedTransactions: 0,
		});
	});

	it("takes parameters in the query and as matrix parameters", async () => {
		const tenant = await startTenant();
		const fields = { MINM: "OPS270MI", TRNM: "BchPrcRound", TRTP: "I" };
		const inQuery = await tenant.get("MRS001MI/LstFields", { ...fields, maxrecs: "2", returncols: "FLNM" });
		const inMatrix = await tenant.get("MRS001MI/LstFields;maxrecs=2;returncols=FLNM;metadata=false", fields);
		expect(inQuery.results[0]?.records).toEqual([{ FLNM: "ITRN" }, { FLNM: "DIVI" }]);
		expect(inMatrix.results).toEqual(inQuery.results);
	});

	it("leaves out empty fields, pads values and echoes the input when asked", async () => {
		const tenant = await startTenant();
		const fields = { ITNO: "Item A", returncols: "ITNO,FUDS" };
		const plain = await tenant.get("MMS200MI/GetItmBasic", fields);
		expect(plain.results[0]?.records).toEqual([{ ITNO: "Item A", FUDS: "" }]);
		const dense = await tenant.get("MMS200MI/GetItmBasic", { ...fields, excludeempty: "true" });
		expect(dense.results[0]?.records).toEqual([{ ITNO: "Item A" }]);
		const padded = await tenant.get("MMS200MI/GetItmBasic;excludempty=true", { ...fields, righttrim: "false" });
		expect(padded.results[0]?.records).toEqual([{ ITNO: "Item A         " }]);
		const echoed = await tenant.get("MMS200MI/GetItmBasic", { ...fields, extendedresult: "true" });
		expect(echoed.results[0]?.parameters).toEqual({ ITNO: "Item A" });
	});

	it("refuses with 400 and a padded message that carries code and field", async () => {
		const tenant = await startTenant();
		const answer = await tenant.get("MMS200MI/GetItmBasic", { ITNO: "NOPE" });
		expect(answer).toMatchObject({ status: 400, nrOfSuccessfullTransactions: 0, nrOfFailedTransactions: 1 });
		const [result] = answer.results;
		expect(result).toMatchObject({ errorType: "ServerReturnedNOK", errorField: "ITNO" });
		expect(result?.errorMessage).toMatch(/^Item number NOPE does not exist {3,}OPX1012 +ITNO +$/);
	});

	it("can carry the failure in a 200, or at top level, as tenants do", async () => {
		const inOk = await startTenant({ switches: { singleFailureStatus: 200 } });
		const answer = await inOk.get("MMS200MI/GetItmBasic", { ITNO: "NOPE" });
		expect(answer).toMatchObject({ status: 200, nrOfFailedTransactions: 1 });
		const onTop = await startTenant({ switches: { singleFailureBody: "topLevel" } });
		const top = await onTop.get("MMS200MI/GetItmBasic", { ITNO: "NOPE" });
		expect(top).toMatchObject({ status: 400, results: [], errorType: "ServerReturnedNOK", errorField: "ITNO" });
	});

	it.each([
		["OPS270MI/AddSalesTickLin", {}, "TransactionNotFound", ""],
		["OPS999MI/AddRoundNumber", {}, "TransactionNotFound", ""],
		["OPS270MI/BchPrcRound", { ITRN: "1", DIVI: "AAA" }, "MandatoryInputFieldNotFound", "ACDT"],
		["OPS270MI/AddSlsTicketLin", saleLine({ ITRN: "1", ORNO: "12345678901" }), "InputFieldTooLong", "ORNO"],
		["OPS270MI/AddSlsTicketLin", saleLine({ ITRN: "1", PONR: "100000" }), "InputFieldTooLong", "PONR"],
		["OPS270MI/AddSlsTicketLin", saleLine({ ITRN: "1", CUAM: "79,96" }), "ServerReturnedNOK", "CUAM"],
		["OPS270MI/AddSlsTicketLin", saleLine({ ITRN: "1", CUAM: "79.96-" }), "ServerReturnedNOK", "CUAM"],
		["OPS270MI/AddSlsTicketLin", saleLine({ ITRN: "1", TRDT: "2026-01-05" }), "ServerReturnedNOK", "TRDT"],
		["OPS270MI/AddSlsTicketLin", saleLine({ ITRN: "1", TRDT: "20260231" }), "ServerReturnedNOK", "TRDT"],
		["OPS270MI/AddSlsTicketPay", payment("MC", "1.00", "1", { ITNO: "Item A" }), "InputFieldNotFound", "ITNO"],
		["OPS270MI/AddRoundNumber", { CONO: "999" }, "ServerReturnedNOK", "CONO"],
	])("refuses %s %o as %s", async (tail, fields, errorType, errorField) => {
		const tenant = await startTenant();
		const answer = await tenant.get(tail, fields);
		expect(answer.status).toBe(400);
		expect(answer.results[0]).toMatchObject({ errorType, errorField });
	});

	it("names the company that the session may not use with M3's own code", async () => {
		const tenant = await startTenant();
		const answer = await tenant.get("OPS270MI/AddRoundNumber;cono=999");
		expect(answer.results[0]).toMatchObject({ errorCode: "XAU0008" });
	});

	it("ignores an unknown field where the tenant does", async () => {
		const tenant = await startTenant({ switches: { unknownField: "ignored" } });
		expect((await tenant.get("OPS270MI/AddRoundNumber", { NOPE: "1" })).status).toBe(200);
	});

	it.each(["metadata=true", "dateformat=DMY6", "maxrecs=all", "format=XML"])("refuses %s", async (parameter) => {
		const tenant = await startTenant();
		const response = await fetch(`${tenant.base}/OPS270MI/GetUserInfo?${parameter}`, { headers: tenant.headers });
		expect(response.status).toBe(400);
	});

	it("answers the same in many lines with format=PRETTY", async () => {
		const tenant = await startTenant();
		const url = `${tenant.base}/MMS200MI/GetItmBasic?ITNO=Item%20A`;
		const [compact, pretty] = await Promise.all(
			["COMPACT", "PRETTY"].map(async (format) => {
				const response = await fetch(`${url}&format=${format}`, { headers: tenant.headers });
				return response.text();
			}),
		);
		expect(pretty?.split("\n").length).toBeGreaterThan(10);
		expect(JSON.parse(pretty ?? "")).toEqual(JSON.parse(compact ?? ""));
	});

	it("cuts records at the tenant's default, at maxrecs, and at the tenant's cap", async () => {
		const fields = { MINM: "OPS270MI", TRNM: "AddSlsTicketLin", TRTP: "I" };
		const tenant = await startTenant({ switches: { defaultMaxRecords: 10, maxRecordsCap: 30 } });
		expect((await tenant.get("MRS001MI/LstFields", fields)).results[0]?.records).toHaveLength(10);
		expect((await tenant.get("MRS001MI/LstFields;maxrecs=20", fields)).results[0]?.records).toHaveLength(20);
		expect((await tenant.get("MRS001MI/LstFields;maxrecs=0", fields)).results[0]?.records).toHaveLength(30);
		const open = await startTenant({ switches: { maxRecordsCap: null } });
		expect((await open.get("MRS001MI/LstFields;maxrecs=0", fields)).results[0]?.records).toHaveLength(54);
	});

	it("answers 404 beside its addresses and 405 for another method", async () => {
		const tenant = await startTenant();
		const { headers, sandbox } = tenant;
		const v1 = `${sandbox.url}/${sandbox.ionapi.ti}/M3/m3api-rest/execute/OPS270MI/AddRoundNumber`;
		expect((await fetch(v1, { headers })).status).toBe(404);
		expect((await fetch(`${tenant.base}X/OPS270MI`, { headers })).status).toBe(404);
		expect((await fetch(`${tenant.base}/OPS270MI`, { headers })).status).toBe(404);
		expect((await fetch(`${tenant.base}/OPS270MI/Get%ZZ`, { headers })).status).toBe(400);
		expect((await fetch(tenant.base, { headers })).status).toBe(405);
		expect((await fetch(`${tenant.base}/OPS270MI/AddRoundNumber`, { headers, method: "POST" })).status).toBe(405);
	});
});

describe("a bulk POST", () => {
	it("answers 200 with failed and successful transactions side by side", async () => {
		const tenant = await startTenant();
		const ITRN = await tenant.newRound();
		const answer = await tenant.bulk("OPS270MI", [
			addRow(saleLine({ ITRN })),
			addRow(saleLine({ ITRN, PONR: "2", ORNO: "12345678901" })),
			{ transaction: "NoSuchThing", record: {} },
			{ transaction: "GetRoundNumber", record: { ITRN }, selectedColumns: ["NOTR"] },
		]);
		expect(answer).toMatchObject({ status: 200, wasTerminated: false });
		expect(answer).toMatchObject({ nrOfSuccessfullTransactions: 2, nrOfFailedTransactions: 2 });
		expect(answer.results.map((result) => result.errorType)).toEqual([
			undefined,
			"InputFieldTooLong",
			"TransactionNotFound",
			undefined,
		]);
		expect(answer.results[3]?.records).toEqual([{ NOTR: "1" }]);
	});

	it("stops at the first failure where the tenant does, and says what it did not process", async () => {
		const tenant = await startTenant({ switches: { bulkOnError: "stop" } });
		const ITRN = await tenant.newRound();
		const [line, ...payments] = goldenTicket({ ITRN });
		const rows = [line, { ...payments[0], PYCD: "TOO LONG" }, payments[1], payments[2]];
		const answer = await tenant.bulk(
			"OPS270MI",
			rows.map((row) => addRow(row ?? {})),
		);
		expect(answer).toMatchObject({ status: 200, wasTerminated: true, nrOfNotProcessedTransactions: 2 });
		expect(answer).toMatchObject({ nrOfSuccessfullTransactions: 1, nrOfFailedTransactions: 1 });
		expect(answer.results.map((result) => result.notProcessed ?? false)).toEqual([false, false, true, true]);
		expect(tenant.sandbox.rows("OXSALE")).toHaveLength(1);
	});

	it("may run its transactions in another order, and still answers in the order sent", async () => {
		const tenant = await startTenant({ switches: { bulkOrder: "reversed" } });
		const ITRN = await tenant.newRound();
		const batch = { transaction: "BchPrcRound", record: { ITRN, DIVI: "AAA", ACDT: "20260105" } };
		const answer = await tenant.bulk("OPS270MI", [...goldenTicket({ ITRN }).map(addRow), batch]);
		expect(answer.results.map((result) => result.errorType)).toEqual([
			...Array.from({ length: 4 }, () => "ServerReturnedNOK"),
			undefined,
		]);
		expect(tenant.sandbox.rows("OPSALE")).toEqual([]);
	});

	it("may carry rows and BchPrcRound together where the order is the one sent", async () => {
		const tenant = await startTenant();
		const ITRN = await tenant.newRound();
		const batch = { transaction: "BchPrcRound", record: { ITRN, DIVI: "AAA", ACDT: "20260105" } };
		await tenant.bulk("OPS270MI", [...goldenTicket({ ITRN }).map(addRow), batch]);
		expect(tenant.sandbox.rows("OPSALE")).toHaveLength(4);
	});

	it("refuses more transactions than the tenant takes, whole", async () => {
		const tenant = await startTenant({ switches: { maxBulkTransactions: 3 } });
		const ITRN = await tenant.newRound();
		const rows = goldenTicket({ ITRN }).map(addRow);
		expect((await tenant.bulk("OPS270MI", rows)).status).toBe(400);
		expect(tenant.sandbox.rows("OXSALE")).toEqual([]);
		expect((await tenant.bulk("OPS270MI", rows.slice(0, 3))).status).toBe(200);
	});

	it("wants transactions as the last property, unless the tenant does not care", async () => {
		const body = JSON.stringify({ transactions: [{ transaction: "GetUserInfo", record: {} }], program: "OPS270MI" });
		const strict = await startTenant();
		expect((await strict.post(body)).status).toBe(400);
		const lenient = await startTenant({ switches: { bulkPropertyOrder: "any" } });
		expect((await lenient.post(body)).status).toBe(200);
	});

	it.each([
		["no JSON", '{"program":'],
		["no program", '{"transactions":[{"transaction":"GetUserInfo"}]}'],
		["no transactions", '{"program":"OPS270MI","transactions":[]}'],
		["an unknown property", '{"program":"OPS270MI","CONO":"100","transactions":[{"transaction":"GetUserInfo"}]}'],
		["a number as a value", '{"program":"OPS270MI","transactions":[{"transaction":"GetUserInfo","record":{"A":1}}]}'],
		["an unknown member", '{"program":"OPS270MI","transactions":[{"transaction":"GetUserInfo","recrod":{}}]}'],
		["columns as text", '{"program":"OPS270MI","transactions":[{"transaction":"GetUserInfo","selectedColumns":"A"}]}'],
	])("refuses a body with %s", async (_what, body) => {
		const tenant = await startTenant();
		const answer = await readAnswer(await tenant.post(body));
		expect(answer).toMatchObject({ status: 400, wasTerminated: true, results: [] });
		expect(answer.terminationReason).not.toBe("");
	});

	it("refuses a body that is not declared as JSON", async () => {
		const tenant = await startTenant();
		const body = '{"program":"OPS270MI","transactions":[{"transaction":"GetUserInfo"}]}';
		expect((await tenant.post(body, "text/plain")).status).toBe(415);
	});
});
