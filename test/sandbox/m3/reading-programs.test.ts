import { describe, expect, it } from "vitest";
import { startTenant } from "./m3-test-client.ts";

describe("OIS320MI GetPriceLine", () => {
	it.each([
		[{ CUNO: "CASH" }, { SAPR: "99.95", SACD: "1", LNAM: "99.95", NETP: "99.95", DIP1: "0.00", TINC: "1" }],
		[{ CUNO: "10001" }, { SAPR: "99.95", LNAM: "89.95", NETP: "89.95", DIP1: "10.00", DIA1: "10.00" }],
		[
			{ CUNO: "10001", ORQA: "3" },
			{ LNAM: "269.86", DIA1: "29.99", ORQA: "3", ALUN: "Pcs" },
		],
	])("prices %o", async (fields, expected) => {
		const tenant = await startTenant();
		const answer = await tenant.get("OIS320MI/GetPriceLine", { ITNO: "Item A", ...fields });
		expect(answer.results[0]?.records?.[0]).toMatchObject(expected);
	});

	it("prices by hundreds and in another unit", async () => {
		const items = [
			{ itno: "SCREW", itds: "Screw", unms: "Pcs", vtcs: "25", alternateUnits: [{ alun: "Box", factor: "250" }] },
		];
		const prices = [{ itno: "SCREW", cucd: "NOK", price: "19.90", per: 100, vatIncluded: false }];
		const tenant = await startTenant({ masterData: { items, prices } });
		const fields = { CUNO: "CASH", ITNO: "SCREW", ALUN: "Box", ORQA: "2" };
		const answer = await tenant.get("OIS320MI/GetPriceLine", fields);
		expect(answer.results[0]?.records?.[0]).toMatchObject({ SACD: "100", LNAM: "99.50", TINC: "0" });
	});

	it.each([
		[{ CUNO: "CASH" }, "MandatoryInputFieldNotFound", "ITNO"],
		[{ ITNO: "Item A" }, "MandatoryInputFieldNotFound", "CUNO"],
		[{ CUNO: "NOPE", ITNO: "Item A" }, "ServerReturnedNOK", "CUNO"],
		[{ CUNO: "CASH", ITNO: "NOPE" }, "ServerReturnedNOK", "ITNO"],
		[{ CUNO: "CASH", ITNO: "Item A", ALUN: "Box" }, "ServerReturnedNOK", "ALUN"],
		[{ CUNO: "CASH", ITNO: "Item A", CUCD: "EUR" }, "ServerReturnedNOK", "ITNO"],
	])("refuses %o", async (fields, errorType, errorField) => {
		const tenant = await startTenant();
		const answer = await tenant.get("OIS320MI/GetPriceLine", fields);
		expect(answer.results[0]).toMatchObject({ errorType, errorField });
	});

	it("answers zero for an item without a price where the tenant does", async () => {
		const tenant = await startTenant({ switches: { missingPrice: "zero" } });
		const answer = await tenant.get("OIS320MI/GetPriceLine", { CUNO: "CASH", ITNO: "Item A", CUCD: "EUR" });
		expect(answer.results[0]?.records?.[0]).toMatchObject({ SAPR: "0.00", LNAM: "0.00" });
	});
});

describe("the other reading programs", () => {
	it("know the item, the user and the session", async () => {
		const tenant = await startTenant();
		const item = await tenant.get("MMS200MI/GetItmBasic", { ITNO: "Item A" });
		expect(item.results[0]?.records?.[0]).toMatchObject({ ITDS: "Item A", UNMS: "Pcs", VTCS: "25" });
		const user = await tenant.get("MNS150MI/GetUserData");
		expect(user.results[0]?.records?.[0]).toMatchObject({ USID: "TILLPOS", CONO: "100", DIVI: "AAA", WHLO: "001" });
		expect((await tenant.get("MNS150MI/GetUserData", { USID: "NOBODY" })).status).toBe(400);
		const session = await tenant.get("MMS200MI/GetUserInfo");
		expect(session.results[0]?.records?.[0]).toMatchObject({ ZZUSID: "TILLPOS", ZDCONO: "100", ZDDIVI: "AAA" });
	});

	it("tell the server's time from the stand-in's clock", async () => {
		const tenant = await startTenant({ now: () => Date.UTC(2026, 0, 5, 9, 30, 7) });
		const answer = await tenant.get("OPS270MI/GetServerTime");
		expect(answer.results[0]?.records?.[0]).toMatchObject({ DATE: "20260105", TIME: "093007" });
	});

	it("list a transaction's fields with position, length, type and mandatory mark", async () => {
		const tenant = await startTenant();
		const fields = { MINM: "OPS270MI", TRNM: "BchPrcRound", TRTP: "I", returncols: "FLNM,FRPO,TOPO,LENG,TYPE,MAND" };
		const answer = await tenant.get("MRS001MI/LstFields", fields);
		const [first, second, third] = answer.results[0]?.records ?? [];
		expect(first).toEqual({ FLNM: "ITRN", FRPO: "16", TOPO: "31", LENG: "16", TYPE: "N", MAND: "1" });
		expect(second).toMatchObject({ FLNM: "DIVI", FRPO: "32", TOPO: "34" });
		expect(third).toMatchObject({ FLNM: "ACDT", TYPE: "D", MAND: "1" });
		expect((await tenant.get("MRS001MI/LstFields", { ...fields, TRNM: "Nope" })).status).toBe(400);
		expect((await tenant.get("MRS001MI/LstFields", { ...fields, TRTP: "X" })).status).toBe(400);
	});
});
