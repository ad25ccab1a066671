import { describe, expect, it } from "vitest";
import { goldenTicket, startTenant, type Tenant } from "./m3-test-client.ts";

async function bookedTenant(options: Parameters<typeof startTenant>[0] = {}): Promise<Tenant> {
	const tenant = await startTenant(options);
	await tenant.process(await tenant.upload(...goldenTicket()), { OPMM: "1", OPSS: "1", OPGL: "1" });
	return tenant;
}

describe("EXPORTMI", () => {
	it.each([
		["OPPONR from OPSALE where OPPYCD = 'MC'", ["2"]],
		["OPPONR from OPSALE where OPXRCD = '1990' and OPCUAM < 0", ["3", "4"]],
		["OPPONR from OPSALE where OPCUAM >= 79.96 and OPCUAM <= 500", ["1", "2"]],
		["OPPONR from OPSALE where OPPYCD = 'MC' or OPPYCD = 'CSH' and OPCUAM > 0", ["2"]],
		["OPPONR from OPSALE where OPPYCD <> 'MC' and OPPYCD <> ''", ["3", "4"]],
		["OPPONR from OPSALE where OPORNO = 'it''s'", []],
		["OPPONR from OPSALE where OPCONO = '100' and OPORNO > 'T1000000'", ["1", "2", "3", "4"]],
		["EGBOPC from FGLEDG where EGACTY = '101'", ["47", "45", "46"]],
	])("answers %s", async (query, expected) => {
		const tenant = await bookedTenant();
		expect(await tenant.select(query)).toEqual(expected);
	});

	it.each([
		"OPPONR",
		"from OPSALE",
		"OPPONR from NOSUCH",
		"OPNOPE from OPSALE",
		"PONR from OPSALE",
		"OPPONR,,OPORNO from OPSALE",
		"OPPONR OPORNO from OPSALE",
		"OPPONR, from OPSALE",
		"OPPONR FROM OPSALE",
		"OPPONR from OPSALE where",
		"OPPONR from OPSALE where OPPONR = 1 and",
		"OPPONR from OPSALE where OPPONR = OPPONR",
		"OPPONR from OPSALE where OPPONR like '1'",
		"OPPONR from OPSALE where OPPONR = '1' AND OPPONR = '1'",
		"OPPONR from OPSALE where OPPONR = '1'; delete",
		"OPPONR from OPSALE order by OPPONR",
	])("refuses what it does not understand: %s", async (QERY) => {
		const tenant = await bookedTenant();
		const answer = await tenant.get("EXPORTMI/Select", { QERY, SEPC: ";" });
		expect(answer.status).toBe(400);
		expect(answer.results[0]).toMatchObject({ errorType: "ServerReturnedNOK", errorField: "QERY" });
	});

	it("heads the answer with the column names and joins by the separator", async () => {
		const tenant = await bookedTenant();
		const query = "MBITNO,MBSTQT from MITBAL";
		expect(await tenant.select(query, { HDRS: "1" })).toEqual(["MBITNO;MBSTQT", "Item A;99"]);
		expect(await tenant.select(query, { SEPC: "#" })).toEqual(["MBITNO Item A#MBSTQT 99"]);
	});

	it("answers fixed width without a separator, and always with SelectPad", async () => {
		const tenant = await bookedTenant();
		const QERY = "MBITNO,MBSTQT from MITBAL";
		const padded = "Item A         99               ";
		const plain = await tenant.get("EXPORTMI/Select;righttrim=false", { QERY });
		expect(plain.results[0]?.records?.[0]?.["REPL"]?.slice(0, 32)).toBe(padded);
		const pad = await tenant.get("EXPORTMI/SelectPad", { QERY, SEPC: ";" });
		expect(pad.results[0]?.records).toEqual([{ REPL: padded.trimEnd() }]);
	});

	it("is cut at the default number of records like any list", async () => {
		const tenant = await bookedTenant({ switches: { defaultMaxRecords: 3 } });
		const answer = await tenant.get("EXPORTMI/Select", { QERY: "OPPONR from OPSALE", SEPC: ";" });
		expect(answer.results[0]?.records).toHaveLength(3);
	});

	it("reads the session's company only", async () => {
		const divisions = [{ cono: "200", divi: "BBB", name: "Other", faci: "B01", currency: "NOK" }];
		const tenant = await bookedTenant({ masterData: { divisions } });
		const QERY = "OPPONR from OPSALE";
		const other = await tenant.get("EXPORTMI/Select;cono=200", { QERY });
		expect(other).toMatchObject({ status: 200, results: [{ records: [] }] });
	});

	it("refuses a filter on the company where the tenant does", async () => {
		const tenant = await bookedTenant({ switches: { exportMiCompanyFilter: "refused" } });
		const answer = await tenant.get("EXPORTMI/Select", { QERY: "OPPONR from OPSALE where OPCONO = '100'" });
		expect(answer.status).toBe(400);
		expect(await tenant.select("OPPONR from OPSALE where OPPONR = '1'")).toEqual(["1"]);
	});

	it("may be closed to the user", async () => {
		const tenant = await bookedTenant({ switches: { exportMi: "refused" } });
		for (const transaction of ["Select", "SelectPad"]) {
			const answer = await tenant.get(`EXPORTMI/${transaction}`, { QERY: "OPPONR from OPSALE" });
			expect(answer.results[0]).toMatchObject({ errorType: "ServerReturnedNOK" });
		}
	});
});
