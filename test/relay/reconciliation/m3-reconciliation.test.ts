import { describe, expect, it } from "vitest";
import { NO_TOTALS, withTicket } from "../../../src/business-day/totals.ts";
import { mappingSchema } from "../../../src/config/schema/relay-mapping.ts";
import { ZERO } from "../../../src/money/amount.ts";
import { openAlarmBook } from "../../../src/relay/alarm/alarm-book.ts";
import { openReconciler } from "../../../src/relay/reconciliation/reconciler.ts";
import type { Reconciliation } from "../../../src/relay/reconciliation/reconciliation.ts";
import { recordingLogger } from "../../support/manual-runtime.ts";
import { FULL_MAPPING, type M3Process, type M3World, m3Settings, m3World } from "../support/m3-world.ts";
import { type TestTicket, TestTill } from "../support/test-till.ts";

/** Sells a day and closes it with the till's own totals. */
const sellDay = (process: M3Process, specs: readonly TestTicket[]): void => {
	const till = new TestTill(1);
	const tickets = specs.map((spec) => till.document(spec));
	const sent = tickets.map((ticket) => till.send("ticket", ticket.businessDate, ticket));
	const totals = {
		...tickets.reduce(withTicket, NO_TOTALS),
		feedSeqFirst: sent[0]?.feedSeq ?? null,
		feedSeqLast: sent.at(-1)?.feedSeq ?? null,
	};
	const [first] = tickets;
	if (first === undefined) throw new Error("a day has a ticket");
	const report = {
		version: 1,
		store: till.store,
		till: till.till,
		z: 1,
		businessDate: first.businessDate,
		currency: "NOK",
		openedAt: first.openedAt,
		closedAt: first.closedAt,
		operatorId: "1",
		receiptNumberFirst: 1,
		receiptNumberLast: tickets.length,
		totals,
		grandTotals: { sales: totals.gross, returns: ZERO, net: totals.gross },
		head: { seq: 1, sha256: "0".repeat(64) },
	};
	process.take(...sent, till.send("report", first.businessDate, report));
};

const reconcileDay = (
	world: M3World,
	process: M3Process,
	settings: Record<string, unknown> = {},
	mapping = FULL_MAPPING,
): Reconciliation | undefined =>
	openReconciler({
		ledger: process.ledger,
		mapping,
		m3: m3Settings(settings),
		powerOffice: false,
		clock: world.clock,
		alarms: openAlarmBook(process.ledger, recordingLogger()),
	}).reconcile({ store: "S1", till: "T1", z: 1 });

/** The M3 document's sale, a return, and a sale of two VAT codes. */
const DAY: readonly TestTicket[] = [
	{},
	{ lines: [{ gross: -9995n, kind: "return" }], tenders: [{ type: "visa", amount: -9995n }], series: "return" },
	{
		lines: [{ gross: 12_500n }, { gross: 11_500n, percent: 15 }],
		tenders: [{ type: "visa", amount: 24_000n }],
	},
];
const four = (minor: bigint) => ({ journal: minor, feed: minor, m3: minor, powerOffice: null });

describe("the reconciliation with M3", () => {
	for (const settings of [
		{ readBack: "EXPORTMI" },
		{ readBack: "EXPORTMI", cuam: "gross" },
		{ readBack: "none" },
		{ readBack: "none", cuam: "gross", returnSign: "positive" },
	]) {
		const evidence = settings.readBack === "none" ? "acknowledged" : "booked";
		it(`finds a day equal, ${evidence}, with ${JSON.stringify(settings)}`, async () => {
			const world = await m3World({ switches: { cuam: settings.cuam === "gross" ? "gross" : "net" } });
			const process = world.boot({ settings });
			sellDay(process, DAY);
			await world.settle(process);
			const result = reconcileDay(world, process, settings);
			expect(result).toMatchObject({
				equal: true,
				findings: [],
				evidence: { m3: evidence, powerOffice: null },
				gross: four(24_000n),
				net: four(20_000n),
				vat: four(4_000n),
				rounding: four(-5n),
				counts: { tickets: { journal: 3, feed: 3, m3: 3 }, lines: { journal: 4, feed: 4, m3: 4 } },
			});
			expect(result?.tenders.map(({ tenderType, m3 }) => [tenderType, m3])).toEqual([
				["mc", 50_000n],
				["cash", -40_000n],
				["visa", 14_005n],
			]);
			expect(result?.vatCodes.map(({ vatCode, vat }) => [vatCode, vat.m3])).toEqual([
				["3", 2_500n],
				["31", 1_500n],
			]);
		});
	}

	it("says of each ticket why it is not in M3 yet", async () => {
		const world = await m3World();
		const process = world.boot();
		sellDay(process, [{}, { lines: [{ gross: 100n }], tenders: [{ type: "vipps", amount: 100n }] }]);
		await world.settle(process);
		expect(reconcileDay(world, process)).toMatchObject({
			equal: false,
			evidence: { m3: null },
			gross: { journal: 10_095n, feed: 10_095n, m3: 9_995n },
			findings: [{ code: "RELAY-4006", detail: "receipt 2 waiting: tender vipps has no payment method" }],
		});
	});

	it("finds what M3 booked otherwise, in every figure that it moves", async () => {
		const world = await m3World();
		const settings = { readBack: "EXPORTMI" };
		const process = world.boot({ settings });
		sellDay(process, DAY);
		await world.settle(process);
		process.ledger.statement("UPDATE m3_row SET booked_cuam = '79.00' WHERE booked_cuam = '79.96'").run();
		process.ledger.statement("UPDATE m3_row SET booked_cuam = '499.00' WHERE booked_cuam = '500.00'").run();
		const result = reconcileDay(world, process, settings);
		expect(result?.equal).toBe(false);
		expect(result?.findings).toEqual([
			{ code: "RELAY-4005", detail: "gross: tickets 240.00, M3 239.04" },
			{ code: "RELAY-4005", detail: "net: tickets 200.00, M3 199.04" },
			{ code: "RELAY-4005", detail: "tender mc: tickets 500.00, M3 499.00" },
		]);
		expect(process.alarmList()).toContain("RELAY-4005 S1/T1 Z 1");
	});

	it("compares tender types that M3 cannot tell apart by their sum", async () => {
		const world = await m3World();
		const mapping = mappingSchema.parse({
			...FULL_MAPPING,
			tenders: { cash: { paymentMethod: "CSH" }, mc: { paymentMethod: "MC" }, visa: { paymentMethod: "MC" } },
		});
		const process = world.boot({ mapping });
		sellDay(process, DAY);
		await world.settle(process);
		const result = reconcileDay(world, process, {}, mapping);
		expect(result).toMatchObject({ equal: true, findings: [] });
		expect(result?.tenders.map(({ tenderType, m3 }) => [tenderType, m3])).toEqual([
			["mc", null],
			["cash", -40_000n],
			["visa", null],
		]);
	});
});
