import { describe, expect, it } from "vitest";
import { addRow, goldenTicket, ledger, startTenant } from "./m3-test-client.ts";

describe("the ticket of the cash sales document", () => {
	it("goes through a bulk, BchPrcRound and OPS280 into the rows that the document prints", async () => {
		const tenant = await startTenant();
		const ITRN = await tenant.newRound();
		const upload = await tenant.bulk("OPS270MI", goldenTicket({ ITRN }).map(addRow));
		expect(upload).toMatchObject({ status: 200, nrOfSuccessfullTransactions: 4, nrOfFailedTransactions: 0 });
		const count = await tenant.get("OPS270MI/GetRoundNumber", { ITRN });
		expect(count.results[0]?.records).toEqual([{ ITRN, NOTR: "4" }]);

		const started = await tenant.process(ITRN, { OPMM: "1" });
		expect(started).toMatchObject({ status: 200, nrOfSuccessfullTransactions: 1 });
		const columns = "OPXRCD,OPITNO,OPIVQA,OPALUN,OPPYCD,OPFVT1,OPCUAM";
		expect(await tenant.select(`${columns} from OPSALE where OPORNO = 'T1000001'`)).toEqual([
			"1000;Item A;1;Pcs;;19.99;79.96",
			"1990;;;;MC;0.00;500.00",
			"1990;;;;CSH;0.00;-400.00",
			"1990;;;;RND;0.00;-0.05",
		]);
		expect(await tenant.select("MBITNO,MBSTQT from MITBAL")).toEqual(["Item A;99"]);
		expect(await tenant.select("MTRIDN,MTTRQT,MTNSTQ,MTEVEN from MITTRA")).toEqual(["T1000001;-1;99;OP10"]);
		expect(await tenant.select("MHCYP6,MHSOQT from MITSTA")).toEqual(["202601;1"]);
		expect(tenant.sandbox.rows("FGLEDG")).toEqual([]);
		expect(tenant.sandbox.rows("OSBSTD")).toEqual([]);

		const report = tenant.sandbox.runOps280({ inventory: true, salesStatistics: true, financial: true });
		expect(report).toEqual({ stockRows: 0, statisticsRows: 1, ledgerRows: 5 });
		expect(await tenant.select("EGEVEN,EGACTY,EGCUAM,EGBOPC,EGDBCR,EGACDT from FGLEDG")).toEqual([
			"OP20;101;500.00;47;D;20260105",
			"OP20;101;-400.00;45;C;20260105",
			"OP20;101;-0.05;46;C;20260105",
			"OP20;111;-19.99;;C;20260105",
			"OP20;120;-79.96;;C;20260105",
		]);
		expect(await tenant.select("UCORNO,UCITNO,UCIVQT,UCSAAM,UCORIG from OSBSTD")).toEqual([
			"T1000001;Item A;1;79.96;8",
		]);
	});

	it("is booked once however often OPS280 runs", async () => {
		const tenant = await startTenant();
		await tenant.process(await tenant.upload(...goldenTicket()), { OPMM: "1" });
		const everything = { inventory: true, salesStatistics: true, financial: true };
		tenant.sandbox.runOps280(everything);
		expect(tenant.sandbox.runOps280(everything)).toEqual({ stockRows: 0, statisticsRows: 0, ledgerRows: 0 });
		expect(ledger(tenant)).toHaveLength(5);
	});

	it("updates stock, statistics and ledger at once when BchPrcRound says so", async () => {
		const tenant = await startTenant();
		await tenant.process(await tenant.upload(...goldenTicket()), { OPMM: "1", OPSS: "1", OPGL: "1" });
		expect(ledger(tenant)).toHaveLength(5);
		expect(tenant.sandbox.rows("OSBSTD")).toHaveLength(1);
		expect(tenant.sandbox.rows("OPSALE").map((row) => row["OPSTAT"])).toEqual(["80", "80", "80", "80"]);
	});

	it("waits for its stock update before it is posted", async () => {
		const tenant = await startTenant();
		await tenant.process(await tenant.upload(...goldenTicket()), { OPMM: "0" });
		expect(tenant.sandbox.rows("OPSALE").map((row) => row["OPSTAT"])).toEqual(["40", "60", "60", "60"]);
		const financial = { inventory: false, salesStatistics: false, financial: true };
		expect(tenant.sandbox.runOps280(financial).ledgerRows).toBe(0);
		expect(tenant.sandbox.runOps280({ ...financial, inventory: true })).toMatchObject({ stockRows: 1, ledgerRows: 5 });
		expect(tenant.sandbox.rows("MITBAL")).toMatchObject([{ MBSTQT: "99" }]);
	});

	it.each([
		{ inventoryInterface: true, financialInterface: true, status: "40" },
		{ inventoryInterface: false, financialInterface: true, status: "60" },
		{ inventoryInterface: false, financialInterface: false, status: "80" },
	])(
		"reaches OPSALE with status $status when the shop's interfaces are $inventoryInterface, $financialInterface",
		async ({ status, ...interfaces }) => {
			const shops = [{ whlo: "001", cono: "100", divi: "AAA", ...interfaces }];
			const tenant = await startTenant({ masterData: { shops } });
			await tenant.process(await tenant.upload(...goldenTicket()));
			expect(tenant.sandbox.rows("OPSALE")[0]).toMatchObject({ OPXRCD: "1000", OPSTAT: status });
			tenant.sandbox.runOps280({ inventory: true, salesStatistics: true, financial: true });
			expect(ledger(tenant)).toHaveLength(interfaces.financialInterface ? 5 : 0);
			expect(tenant.sandbox.rows("MITTRA")).toHaveLength(interfaces.inventoryInterface ? 1 : 0);
		},
	);
});
