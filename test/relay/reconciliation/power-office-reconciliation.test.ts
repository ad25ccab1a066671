import { describe, expect, it } from "vitest";
import { openAlarmBook } from "../../../src/relay/alarm/alarm-book.ts";
import { openReconciler, type Reconciler } from "../../../src/relay/reconciliation/reconciler.ts";
import { reconciliationReport } from "../../../src/relay/reconciliation/reconciliation-report.ts";
import { reconciliationTable } from "../../../src/relay/reconciliation/reconciliation-table.ts";
import { NORWEGIAN_VAT_CODES, powerOfficeClient } from "../../../src/sandbox/power-office/default-client.ts";
import { recordingLogger } from "../../support/manual-runtime.ts";
import { mappingOf } from "../power-office/support/mapping.ts";
import { type Life, type Rig, runToRest, startRig } from "../power-office/support/rig.ts";
import { FRIDAY_NIGHT, type TicketSpec } from "../power-office/support/tickets.ts";

const KEY = { store: "0001", till: "1", z: 1042 };

const reconcilerOf = (rig: Rig, life: Life): Reconciler =>
	openReconciler({
		ledger: life.ledger,
		mapping: mappingOf(),
		m3: undefined,
		powerOffice: true,
		clock: rig.clock,
		alarms: openAlarmBook(life.ledger, recordingLogger()),
	});

const four = (minor: bigint) => ({ journal: minor, feed: minor, m3: null, powerOffice: minor });

describe("the reconciliation with PowerOffice Go", () => {
	it("finds the Friday night equal in journal, feed and books, with the evidence booked", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, FRIDAY_NIGHT);
		const reconciler = reconcilerOf(rig, life);
		const before = reconciler.reconcile(KEY);
		expect(before).toMatchObject({ equal: false, findings: [{ code: "RELAY-4004", detail: "not begun" }] });
		await runToRest(rig, life);
		const result = reconciler.reconcile(KEY);
		expect(result).toMatchObject({
			equal: true,
			evidence: { m3: null, powerOffice: "booked" },
			gross: four(1_865_000n),
			net: four(1_500_000n),
			vat: four(365_000n),
			rounding: four(0n),
			vatDifference: 0n,
			counts: { tickets: { journal: 3, feed: 3, m3: null }, lines: { journal: 7, feed: 7, m3: null } },
			findings: [],
		});
		expect(result?.tenders).toEqual([
			{ tenderType: "visa", description: "By visa", ...four(1_365_000n) },
			{ tenderType: "cash", description: "By cash", ...four(500_000n) },
		]);
		expect(result?.vatCodes.map(({ vatCode, vat }) => [vatCode, vat.powerOffice])).toEqual([
			["3", 350_000n],
			["31", 15_000n],
		]);
		expect(reconciler.list()).toEqual([result]);
		const report = result === undefined ? undefined : reconciliationReport(result);
		expect(report).toMatchObject({
			equal: true,
			gross: { journal: "18650.00", feed: "18650.00", m3: null, powerOffice: "18650.00" },
			tenders: { visa: { powerOffice: "13650.00" }, cash: { powerOffice: "5000.00" } },
			vatCodes: { "31": { vat: { powerOffice: "150.00" }, difference: "0.00", explained: true } },
			vatDifference: "0.00",
		});
		expect(JSON.parse(JSON.stringify(report))).toEqual(report);
	});

	it("explains what rounding each line makes of the VAT, and shows it", async () => {
		const rig = await startRig();
		const life = rig.open();
		// Three times 0.33 hold 0.07 VAT each; PowerOffice finds 0.20 in their sum of 0.99.
		rig.feed(
			life,
			Array.from({ length: 3 }, (): TicketSpec => ({ lines: [{ gross: 33 }], tenders: [["visa", 33]] })),
		);
		await runToRest(rig, life);
		const result = reconcilerOf(rig, life).reconcile(KEY);
		expect(result).toMatchObject({
			equal: true,
			vatDifference: -1n,
			vat: { journal: 21n, feed: 21n, powerOffice: 20n },
			findings: [],
		});
		expect(result?.vatCodes[0]).toMatchObject({ lineCount: 3, difference: -1n, explained: true });
		expect(result === undefined ? "" : reconciliationTable(result)).toContain(
			"VAT code 3: PowerOffice's own VAT differs by -0.01; rounding 3 lines explains it",
		);
	});

	it("raises an alarm when PowerOffice's VAT differs by more than rounding explains", async () => {
		const vatCodes = NORWEGIAN_VAT_CODES.map((vat) => (vat.code === "3" ? { ...vat, rate: "0.24" } : vat));
		const rig = await startRig({ clients: [powerOfficeClient({ vatCodes })] });
		const life = rig.open();
		rig.feed(life, [{ lines: [{ gross: 10_000 }], tenders: [["visa", 10_000]] }]);
		await runToRest(rig, life);
		const result = reconcilerOf(rig, life).reconcile(KEY);
		expect(result).toMatchObject({ equal: false, vatDifference: -65n });
		expect(result?.findings).toEqual([{ code: "RELAY-4003", detail: "VAT code 3: -0.65 on 1 lines" }]);
		expect(life.alarms()).toEqual(["RELAY-4003 0001/1 Z 1042"]);
	});

	it("compares again by itself when something changed, and rests when nothing did", async () => {
		const rig = await startRig();
		const life = rig.open();
		const reconciler = reconcilerOf(rig, life);
		await reconciler.step();
		expect(reconciler.summary().states).toEqual({ equal: 0, unequal: 0 });
		rig.feed(life, FRIDAY_NIGHT);
		rig.feed(life, FRIDAY_NIGHT, { store: "0002" });
		rig.clock.advance(10_000);
		await reconciler.step();
		expect(reconciler.summary().states).toEqual({ equal: 0, unequal: 2 });
		await runToRest(rig, life);
		rig.clock.advance(10_000);
		await reconciler.step();
		expect(reconciler.summary().states).toEqual({ equal: 2, unequal: 0 });
		expect(reconciler.list({ store: "0002" }).map(({ store, equal }) => [store, equal])).toEqual([["0002", true]]);
		const before = life.ledger.statement("SELECT * FROM reconciliation").all();
		rig.clock.advance(10_000);
		await reconciler.step();
		expect(life.ledger.statement("SELECT * FROM reconciliation").all()).toEqual(before);
	});

	it("finds within ten minutes what was changed about a Z of last week that was equal", async () => {
		const rig = await startRig();
		const life = rig.open();
		const reconciler = reconcilerOf(rig, life);
		rig.feed(life, FRIDAY_NIGHT, { businessDate: "2026-11-13" });
		await runToRest(rig, life);
		await reconciler.step();
		expect(reconciler.summary().states).toEqual({ equal: 1, unequal: 0 });
		life.delivery.repost(KEY);
		rig.clock.advance(600_000);
		await reconciler.step();
		expect(reconciler.summary().states).toEqual({ equal: 0, unequal: 1 });
	});

	it("finds a voucher that was reversed in Go when the booked one is read again", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, FRIDAY_NIGHT);
		await runToRest(rig, life);
		const reconciler = reconcilerOf(rig, life);
		expect(reconciler.reconcile(KEY)?.equal).toBe(true);
		await rig.reverseByHand();
		life.delivery.readAgain(KEY);
		await runToRest(rig, life);
		expect(life.alarms()).toEqual(["RELAY-3015 0001/1 Z 1042"]);
		expect(reconciler.reconcile(KEY)).toMatchObject({
			equal: false,
			evidence: { powerOffice: null },
			gross: { journal: 1_865_000n, feed: 1_865_000n, powerOffice: null },
		});
	});

	it("prints one row a figure and one column a place", async () => {
		const rig = await startRig();
		const life = rig.open();
		rig.feed(life, [
			{
				lines: [{ gross: 9995 }],
				tenders: [
					["mc", 50_000],
					["cash", -40_000, "change"],
				],
				rounding: -5,
			},
			{ lines: [{ gross: 7000 }], settlement: "credit" },
		]);
		await runToRest(rig, life);
		const result = reconcilerOf(rig, life).reconcile(KEY);
		expect(result?.equal).toBe(true);
		expect(`\n${result === undefined ? "" : reconciliationTable(result)}\n`).toBe(`
Store 0001  till 1  Z 1042  2025-03-14  NOK  EQUAL
                                 journal          feed            M3   PowerOffice
evidence                                                           -        booked
gross                             169.95        169.95             -         99.95
net                               135.96        135.96             -         79.96
VAT                                33.99         33.99             -         19.99
  gross, VAT code 3               169.95        169.95             -         99.95
  VAT, VAT code 3                  33.99         33.99             -         19.99
mc (By mc)                        500.00        500.00             -        500.00
cash (By cash)                   -400.00       -400.00             -       -400.00
cash rounding                      -0.05         -0.05             -         -0.05
of it on account                   70.00         70.00             -             -
tickets                                2             2             -             -
lines                                  2             2             -             -

PowerOffice account             VAT code        posted        booked
account 1901                           0       -400.00       -400.00
account 1902                           0        500.00        500.00
account 3000                           3        -99.95        -99.95
account 7740                           0         -0.05         -0.05
`);
	});
});
