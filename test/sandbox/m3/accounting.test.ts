import { describe, expect, it } from "vitest";
import { type Fields, goldenTicket, ledger, payment, saleLine, startTenant, type Tenant } from "./m3-test-client.ts";

const AT_ONCE = { OPMM: "1", OPSS: "1", OPGL: "1" };

async function book(tenant: Tenant, ...rows: readonly Fields[]): Promise<void> {
	await tenant.process(await tenant.upload(...rows), AT_ONCE);
	expect(tenant.sandbox.rows("OXSALE").map((row) => row["OXMSGD"])).toEqual(rows.map(() => ""));
}

/** A row without goods: record type, amount, and a payment method where there is one. */
function plainLine(XRCD: string, CUAM: string, more: Fields = {}): Fields {
	const { ITNO, ALUN, IVQA, FVT1, VTCD, ...common } = saleLine();
	return { ...common, XRCD, CUAM, ...more };
}

describe("the amount of a line", () => {
	it("is gross where the tenant takes it so, and stored net beside its VAT", async () => {
		const tenant = await startTenant({ switches: { cuam: "gross" } });
		const [line, ...payments] = goldenTicket();
		await book(tenant, { ...line, CUAM: "99.95" }, ...payments);
		expect(await tenant.select("OPFVT1,OPCUAM from OPSALE where OPXRCD = '1000'")).toEqual(["19.99;79.96"]);
		expect(ledger(tenant).slice(-2)).toEqual(["OP20 111 -19.99", "OP20 120 -79.96"]);
	});

	it("does not balance when it is sent gross to a tenant that takes it net", async () => {
		const tenant = await startTenant();
		const [line, ...payments] = goldenTicket();
		await tenant.process(await tenant.upload({ ...line, CUAM: "99.95" }, ...payments));
		expect(tenant.sandbox.rows("OPSALE")).toEqual([]);
	});

	it.each([
		{ cuam: "net", CUAM: "79.96", rate: { VTP1: "25.00" } },
		{ cuam: "net", CUAM: "79.96", rate: { VTCD: "25" } },
		{ cuam: "gross", CUAM: "99.95", rate: { VTP1: "25.00" } },
		{ cuam: "gross", CUAM: "99.95", rate: {} },
	] as const)("gets its VAT computed where the tenant does that: $cuam $rate", async ({ cuam, CUAM, rate }) => {
		const tenant = await startTenant({ switches: { cuam, fvt1: "computed" } });
		const [line, ...payments] = goldenTicket();
		await book(tenant, { ...line, CUAM, FVT1: "", VTCD: "", ...rate }, ...payments);
		expect(await tenant.select("OPFVT1,OPCUAM from OPSALE where OPXRCD = '1000'")).toEqual(["19.99;79.96"]);
	});

	it("cannot be told where VAT is to be computed and no rate is known", async () => {
		const items = [{ itno: "Item A", itds: "Item A", unms: "Pcs", vtcs: "99", alternateUnits: [] }];
		const tenant = await startTenant({ switches: { fvt1: "computed" }, masterData: { items } });
		await tenant.process(await tenant.upload(saleLine({ FVT1: "", VTCD: "" }), payment("MC", "99.95", "2")));
		expect(tenant.sandbox.rows("OXSALE")[0]).toMatchObject({
			OXSTAT: "05",
			OXMSGD: "OPX1010 The VAT amount cannot be computed: no VAT rate",
		});
	});

	it("may carry a second VAT amount, posted as type 112", async () => {
		const tenant = await startTenant();
		await book(tenant, saleLine({ FVT2: "1.00" }), payment("VIS", "100.95", "2"));
		expect(ledger(tenant)).toEqual(["OP20 101 100.95 48", "OP20 111 -19.99", "OP20 112 -1.00", "OP20 120 -79.96"]);
	});

	it("is recorded in the division's currency at the row's rate", async () => {
		const tenant = await startTenant();
		const euro = { CUCD: "EUR", ARAT: "11.50" };
		await book(tenant, saleLine(euro), payment("MC", "99.95", "2", euro));
		expect(await tenant.select("EGCUCD,EGCUAM,EGACAM from FGLEDG")).toEqual([
			"EUR;99.95;1149.43",
			"EUR;-19.99;-229.89",
			"EUR;-79.96;-919.54",
		]);
	});
});

describe("a return", () => {
	const MINUS = { XRCD: "1200", IVQA: "-1", CUAM: "-79.96", FVT1: "-19.99" };

	it.each([
		{ returnSign: "negative", line: MINUS },
		{ returnSign: "positive", line: { XRCD: "1200" } },
	] as const)("takes back money, goods and statistics whatever its sign: $returnSign", async ({ returnSign, line }) => {
		const tenant = await startTenant({ switches: { returnSign } });
		await book(tenant, saleLine(line), payment("CSH", "-100.00", "2"), payment("RND", "0.05", "3"));
		expect(ledger(tenant)).toEqual(["OP20 101 -100.00 45", "OP20 101 0.05 46", "OP20 111 19.99", "OP20 120 79.96"]);
		expect(await tenant.select("MTTRQT,MTNSTQ,MTEVEN from MITTRA")).toEqual(["1;101;OP05"]);
		expect(await tenant.select("MHSOQT from MITSTA")).toEqual(["-1"]);
		expect(await tenant.select("UCIVQT,UCSAAM from OSBSTD")).toEqual(["-1;-79.96"]);
	});

	it.each([
		{ returnSign: "negative", line: { XRCD: "1200" }, message: "IVQA of record type 1200 must be negative" },
		{ returnSign: "positive", line: MINUS, message: "IVQA of record type 1200 must be positive" },
	] as const)("is refused with the other sign: $returnSign", async ({ returnSign, line, message }) => {
		const tenant = await startTenant({ switches: { returnSign } });
		await tenant.process(await tenant.upload(saleLine(line), payment("MC", "-99.95", "2")));
		expect(tenant.sandbox.rows("OXSALE")[0]).toMatchObject({ OXSTAT: "05", OXMSGD: `OPX1015 ${message}` });
	});
});

describe("stock", () => {
	it("moves in basic units when the line is in another unit", async () => {
		const alternateUnits = [{ alun: "Box", factor: "12.5" }];
		const items = [{ itno: "Item A", itds: "Item A", unms: "Pcs", vtcs: "25", alternateUnits }];
		const tenant = await startTenant({ masterData: { items } });
		await book(tenant, saleLine({ ALUN: "Box", IVQA: "2" }), payment("MC", "99.95", "2"));
		expect(tenant.sandbox.rows("MITBAL")).toMatchObject([{ MBSTQT: "75" }]);
	});

	it("is kept for each warehouse, and statistics for each month", async () => {
		const shop = { cono: "100", divi: "AAA", inventoryInterface: true, financialInterface: true };
		const tenant = await startTenant({ masterData: { shops: [{ ...shop, whlo: "002" }] } });
		const february = { WHLO: "002", TRDT: "20260201" };
		const ticket = (changes: Fields): readonly Fields[] => [saleLine(changes), payment("MC", "99.95", "2", changes)];
		await book(tenant, ...ticket({}), ...ticket({ ORNO: "T2" }), ...ticket(february));
		expect(await tenant.select("MBWHLO,MBSTQT from MITBAL")).toEqual(["001;98", "002;-1"]);
		expect(await tenant.select("MHWHLO,MHCYP6,MHSOQT,MHNOTR from MITSTA")).toEqual([
			"001;202601;2;2",
			"002;202602;1;1",
		]);
	});
});

describe("the other record types", () => {
	it.each<{ name: string; rows: readonly Fields[]; expected: readonly string[] }>([
		{
			name: "1100 gift certificate",
			rows: [plainLine("1100", "200.00"), payment("MC", "200.00", "2")],
			expected: ["OP20 101 200.00 47", "OP20 120 -200.00"],
		},
		{
			name: "4500 invoice payment",
			rows: [plainLine("4500", "350.00"), payment("CSH", "350.00", "2", { XRCD: "4590" })],
			expected: ["OP35 101 350.00 45", "OP35 100 -350.00"],
		},
		{
			name: "7000 petty cash expenses",
			rows: [plainLine("7000", "80.00", { FVT1: "20.00" }), payment("CSH", "100.00", "2", { XRCD: "7090" })],
			expected: ["OP40 101 -100.00 45", "OP40 211 20.00", "OP40 701 80.00"],
		},
		{
			name: "4000 reservation",
			rows: [plainLine("4000", "50.00"), payment("CSH", "50.00", "2", { XRCD: "4090" })],
			expected: ["OP20 101 -50.00 45", "OP20 120 50.00"],
		},
		{
			name: "5000 bank remittance",
			rows: [plainLine("5000", "9000.00", { PYCD: "CSH" })],
			expected: ["OP30 370 9000.00", "OP30 101 -9000.00 45"],
		},
		{
			name: "1610 to 1690 daily takings",
			rows: [
				plainLine("1610", "995.00"),
				plainLine("1620", "5.00", { PONR: "2" }),
				payment("CSH", "1000.00", "3", { XRCD: "1690" }),
			],
			expected: ["OP50 101 -1000.00 45", "OP50 370 995.00", "OP50 350 5.00"],
		},
		{ name: "1300 cancelled ticket", rows: [plainLine("1300", "99.95")], expected: [] },
	])("$name is posted as the page prints it", async ({ rows, expected }) => {
		const tenant = await startTenant();
		await book(tenant, ...rows);
		expect(ledger(tenant)).toEqual(expected);
		expect(tenant.sandbox.rows("OPSALE").map((row) => row["OPSTAT"])).toEqual(rows.map(() => "80"));
		expect(tenant.sandbox.rows("MITTRA")).toEqual([]);
	});

	it("balances each group with its own payments", async () => {
		const tenant = await startTenant();
		const invoice = plainLine("4500", "100.00", { PONR: "5" });
		await tenant.process(await tenant.upload(saleLine(), payment("MC", "199.95", "2"), invoice));
		expect(tenant.sandbox.rows("OXSALE")[0]?.["OXMSGD"]).toMatch(/^OPX2002 Payments 1990/);
		await tenant.process(
			await tenant.upload(
				saleLine(),
				payment("MC", "99.95", "2"),
				invoice,
				payment("MC", "100.00", "6", { XRCD: "4590" }),
			),
		);
		expect(tenant.sandbox.rows("OPSALE")).toHaveLength(4);
	});

	it("posts a gift certificate as debit where the tenant follows the page to the letter", async () => {
		const tenant = await startTenant({ switches: { giftCertificate: "debit" } });
		await book(tenant, plainLine("1100", "-200.00"), payment("MC", "200.00", "2"));
		expect(ledger(tenant)).toEqual(["OP20 101 200.00 47", "OP20 120 -200.00"]);
		await tenant.process(
			await tenant.upload(plainLine("1100", "200.00", { ORNO: "T2" }), payment("MC", "200.00", "2", { ORNO: "T2" })),
		);
		expect(tenant.sandbox.rows("OXSALE").at(-1)?.["OXSTAT"]).toBe("05");
	});
});
