import { describe, expect, it } from "vitest";
import type { M3Switches } from "../../../src/sandbox/m3/switches.ts";
import { addRow, type Fields, goldenTicket, ledger, oxsale, payment, saleLine, startTenant } from "./m3-test-client.ts";

const HELD = "05 Another row of the ticket has an error";

/** The cash sales ticket with its line or its Master Card row changed. */
function ticketWith(changes: { line?: Fields; card?: Fields }): readonly Fields[] {
	const [line, card, ...rest] = goldenTicket();
	return [{ ...line, ...changes.line }, { ...card, ...changes.card }, ...rest];
}

describe("a ticket with a bad row", () => {
	it.each<[string, { line?: Fields; card?: Fields }, string]>([
		["an unknown item", { line: { ITNO: "NOPE" } }, "05 OPX1012 Item number NOPE does not exist"],
		["no item", { line: { ITNO: "" } }, "05 OPX1012 Item number  does not exist"],
		["an unknown unit", { line: { ALUN: "Pce" } }, "05 OPX1013 Unit Pce is not a unit of Item A"],
		["no quantity", { line: { IVQA: "0" } }, "05 OPX1014 Invoiced quantity must be entered"],
		["a negative sale", { line: { IVQA: "-1" } }, "05 OPX1015 IVQA of record type 1000 must be positive"],
		["no VAT amount", { line: { FVT1: "" } }, "05 OPX1009 Calculated VAT amount 1 must be entered"],
		["a third VAT amount", { line: { FVT3: "1.00" } }, "05 OPX1011 FVT3 has no accounting type"],
		["an unknown VAT code", { line: { VTCD: "77" } }, "05 OPX1008 VAT code 77 does not exist"],
		["an unknown customer", { line: { CUNO: "NOPE" } }, "05 XIM0002 Customer number is invalid"],
		["too many decimals", { line: { CUAM: "79.955" } }, "05 OPX1005 CUAM has more than 2 decimals"],
		["an unknown currency", { line: { CUCD: "XXX" } }, "05 OPX1004 Currency XXX does not exist"],
		["no exchange rate", { line: { CUCD: "EUR" } }, "05 OPX1006 An exchange rate is needed from EUR to NOK"],
		["an unknown payment method", { card: { PYCD: "AMX" } }, "05 OPX1007 Payment method AMX does not exist"],
	])("stays in OXSALE whole: %s", async (_what, changes, message) => {
		const tenant = await startTenant();
		await tenant.process(await tenant.upload(...ticketWith(changes)), { OPMM: "1" });
		expect(oxsale(tenant)).toContain(message);
		expect(oxsale(tenant).filter((row) => row === HELD)).toHaveLength(3);
		expect(tenant.sandbox.rows("OPSALE")).toEqual([]);
		expect(tenant.sandbox.rows("MITBAL")).toMatchObject([{ MBSTQT: "100" }]);
	});

	it("stays whole for a warehouse that is no shop or another division's", async () => {
		const divisions = [{ cono: "100", divi: "BBB", name: "Other", faci: "B01", currency: "NOK" }];
		const tenant = await startTenant({ masterData: { divisions } });
		await tenant.process(await tenant.upload(...goldenTicket({ WHLO: "009" })));
		const other = await tenant.upload(...goldenTicket({ DIVI: "BBB" }));
		await tenant.process(other, { DIVI: "BBB" });
		expect(new Set(oxsale(tenant))).toEqual(
			new Set([
				"05 OPX1002 Warehouse 009 is not a shop of company 100",
				"05 OPX1003 Warehouse 001 does not belong to division BBB",
			]),
		);
	});

	it("does not hold back the other tickets of the round", async () => {
		const tenant = await startTenant();
		const bad = goldenTicket({ ORNO: "T1000002" }).map((row) => ({ ...row, ...(row["ITNO"] && { ITNO: "NOPE" }) }));
		await tenant.process(await tenant.upload(...bad, ...goldenTicket()));
		expect(new Set(tenant.sandbox.rows("OPSALE").map((row) => row["OPORNO"]))).toEqual(new Set(["T1000001"]));
	});

	it("goes through once the master data is put right, in a new round", async () => {
		const tenant = await startTenant();
		const ticket = ticketWith({ line: { ITNO: "Item B" } });
		await tenant.process(await tenant.upload(...ticket));
		expect(tenant.sandbox.rows("OPSALE")).toEqual([]);
		const items = [{ itno: "Item B", itds: "Item B", unms: "Pcs", vtcs: "25", alternateUnits: [] }];
		tenant.sandbox.addMasterData({ items });
		await tenant.process(await tenant.upload(...ticket));
		expect(tenant.sandbox.rows("OPSALE")).toHaveLength(4);
	});
});

describe("the sum of a ticket", () => {
	it("has to be the same for payments and lines, VAT included", async () => {
		const tenant = await startTenant();
		await tenant.process(await tenant.upload(...goldenTicket().slice(0, 3)));
		expect(new Set(oxsale(tenant))).toEqual(new Set(["05 OPX2002 Payments 1990 and lines differ by 0.05"]));
	});

	it("may differ by what OPS700 posts by itself, which the ledger then shows", async () => {
		const tenant = await startTenant({ switches: { roundingTolerance: "0.50" } });
		await tenant.process(await tenant.upload(...goldenTicket().slice(0, 3)), { OPMM: "1", OPGL: "1" });
		expect(ledger(tenant)).toEqual([
			"OP20 101 500.00 47",
			"OP20 101 -400.00 45",
			"OP20 111 -19.99",
			"OP20 120 -79.96",
			"OP20 ROUND -0.05",
		]);
		const tooMuch = [saleLine({ ORNO: "T1000002" }), payment("MC", "99.44", "2", { ORNO: "T1000002" })];
		await tenant.process(await tenant.upload(...tooMuch));
		expect(oxsale(tenant).at(-1)).toBe("05 OPX2002 Payments 1990 and lines differ by -0.51");
	});

	it("is in one currency", async () => {
		const tenant = await startTenant();
		const card = { CUCD: "EUR", ARAT: "11.50" };
		await tenant.process(await tenant.upload(...ticketWith({ card })));
		expect(oxsale(tenant)[0]).toBe("05 OPX2001 A ticket has one currency, not NOK and EUR");
	});
});

describe("a ticket that OPSALE holds already", () => {
	it("is found when it comes again in another round", async () => {
		const tenant = await startTenant();
		await tenant.process(await tenant.upload(...goldenTicket()));
		await tenant.process(await tenant.upload(...goldenTicket()), { OPMM: "1" });
		expect(oxsale(tenant).slice(4)).toEqual(Array.from({ length: 4 }, () => "06 Record already exists in OPSALE"));
		expect(tenant.sandbox.rows("OPSALE")).toHaveLength(4);
	});

	it("is told row by row where only some of it is there", async () => {
		const tenant = await startTenant();
		await tenant.process(await tenant.upload(...goldenTicket()));
		const [line, ...payments] = goldenTicket();
		await tenant.process(await tenant.upload({ ...line, PONR: "9" }, ...payments));
		const [first, second] = oxsale(tenant).slice(4);
		expect(first).toBe("05 Another row of the ticket already exists in OPSALE");
		expect(second).toBe("06 Record already exists in OPSALE");
	});

	it.each<[M3Switches["duplicateKey"], number]>([
		[["CONO", "WHLO", "ORNO", "DLIX", "PONR", "POSX"], 8],
		[["CONO", "WHLO", "ORNO", "PONR"], 4],
	])("is known by the tenant's key %o", async (duplicateKey, rows) => {
		const tenant = await startTenant({ switches: { duplicateKey } });
		await tenant.process(await tenant.upload(...goldenTicket()));
		await tenant.process(await tenant.upload(...goldenTicket({ DLIX: "2" })));
		expect(tenant.sandbox.rows("OPSALE")).toHaveLength(rows);
	});
});

describe("Add*", () => {
	it.each([
		[saleLine({ XRCD: "3000" }), "XRCD"],
		[saleLine({ XRCD: "" }), "XRCD"],
		[saleLine({ ORNO: "" }), "ORNO"],
		[saleLine({ CUAM: "" }), "CUAM"],
		[saleLine({ TRTM: "250000" }), "TRTM"],
		[payment("", "1.00", "2"), "PYCD"],
	])("refuses %o for %s", async (fields, errorField) => {
		const tenant = await startTenant();
		const ITRN = await tenant.newRound();
		const answer = await tenant.bulk("OPS270MI", [addRow({ ...fields, ITRN })]);
		expect(answer.results[0]).toMatchObject({ errorType: "ServerReturnedNOK", errorField });
		expect(tenant.sandbox.rows("OXSALE")).toEqual([]);
	});

	it("keeps lines and payments apart", async () => {
		const tenant = await startTenant();
		const ITRN = await tenant.newRound();
		const { ITNO, ALUN, IVQA, FVT1, VTCD, ...asPayment } = saleLine({ ITRN, PYCD: "MC" });
		const answer = await tenant.bulk("OPS270MI", [
			{ transaction: "AddSlsTicketPay", record: asPayment },
			{ transaction: "AddSlsTicketLin", record: payment("MC", "1.00", "2", { ITRN }) },
		]);
		expect(answer.results.map((result) => result.errorField)).toEqual(["XRCD", "XRCD"]);
	});

	it("checks master data at once where the tenant does, else at the transfer", async () => {
		const rows = [saleLine({ ITNO: "NOPE" }), payment("AMX", "99.95", "2")];
		const early = await startTenant({ switches: { rowValidation: "onAdd" } });
		const ITRN = await early.newRound();
		const answer = await early.bulk(
			"OPS270MI",
			rows.map((row) => addRow({ ...row, ITRN })),
		);
		expect(answer.results.map((result) => result.errorField)).toEqual(["ITNO", "PYCD"]);
		expect((await early.get("OPS270MI/GetRoundNumber", { ITRN })).results[0]?.records).toEqual([{ ITRN, NOTR: "0" }]);
		const late = await startTenant();
		await late.process(await late.upload(...rows));
		expect(oxsale(late)).toEqual([
			"05 OPX1012 Item number NOPE does not exist",
			"05 OPX1007 Payment method AMX does not exist",
		]);
	});

	it("insists on the fields that the tenant insists on", async () => {
		const switches = { requiredLineFields: ["CUNO"], requiredPaymentFields: ["CSHC"] };
		const tenant = await startTenant({ switches });
		const ITRN = await tenant.newRound();
		const rows = [saleLine({ ITRN }), payment("MC", "99.95", "2", { ITRN })];
		const refused = await tenant.bulk("OPS270MI", rows.map(addRow));
		expect(refused.results.map((result) => result.errorField)).toEqual(["CUNO", "CSHC"]);
		const complete = rows.map((row) => addRow({ ...row, ...(row["ITNO"] ? { CUNO: "CASH" } : { CSHC: "T1" }) }));
		expect((await tenant.bulk("OPS270MI", complete)).nrOfFailedTransactions).toBe(0);
	});
});
