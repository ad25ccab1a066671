import { describe, expect, it } from "vitest";
import { mappingSchema } from "../../../src/config/schema/relay-mapping.ts";
import type { CallOutcome } from "../../../src/relay/m3/client.ts";
import { booksOf, FULL_MAPPING, GOLDEN_BOOKS, m3World } from "../support/m3-world.ts";
import { TestTill } from "../support/test-till.ts";

const executed = (requests: readonly { path: string; body: string }[], transaction: string): number =>
	requests.filter(({ path, body }) => path.includes(transaction) || body.includes(`"${transaction}"`)).length;

describe("delivery to M3", () => {
	it("books the sale of the M3 document to the øre, stock at once", async () => {
		const world = await m3World();
		const relay = world.boot({ settings: { readBack: "EXPORTMI" } });
		const till = new TestTill(1);
		relay.take(till.sell());
		await world.settle(relay);
		expect(booksOf(world.sandbox)).toEqual({ [`${till.journalId}/1`]: GOLDEN_BOOKS });
		expect(relay.states()).toEqual({ booked: 1 });
		expect(relay.alarmList()).toEqual([]);
		expect(world.sandbox.rows("OPSALE")[0]).toMatchObject({
			OPORNO: "T1000001",
			OPDLIX: "1",
			OPWHLO: "001",
			OPTRDT: "20261123",
			OPTRTM: "140509",
			OPACDT: "20261123",
			OPCUNO: "CASH",
		});
		expect(world.sandbox.rows("MITBAL")).toMatchObject([{ MBITNO: "Item A", MBSTQT: "99" }]);
		world.sandbox.runOps280({ inventory: true, salesStatistics: true, financial: true });
		const ledger = world.sandbox.rows("FGLEDG").map((row) => `${row["EGACTY"]} ${row["EGBOPC"]} ${row["EGCUAM"]}`);
		expect(ledger).toEqual(["101 47 500.00", "101 45 -400.00", "101 46 -0.05", "111  -19.99", "120  -79.96"]);
	});

	it("keeps the booked amounts of every row as evidence", async () => {
		const world = await m3World();
		const relay = world.boot({ settings: { readBack: "EXPORTMI" } });
		relay.take(new TestTill(1).sell());
		await world.settle(relay);
		expect(relay.rows("SELECT ponr, booked_cuam, booked_fvt1 FROM m3_row ORDER BY seq")).toEqual([
			{ ponr: 1, booked_cuam: "79.96", booked_fvt1: "19.99" },
			{ ponr: 2, booked_cuam: "500.00", booked_fvt1: "0.00" },
			{ ponr: 3, booked_cuam: "-400.00", booked_fvt1: "0.00" },
			{ ponr: 4, booked_cuam: "-0.05", booked_fvt1: "0.00" },
		]);
	});

	it("ends as acknowledged where M3 cannot be read back", async () => {
		const world = await m3World();
		const relay = world.boot();
		relay.take(new TestTill(1).sell());
		await world.settle(relay);
		expect(relay.states()).toEqual({ acknowledged: 1 });
		expect(executed(world.sandbox.requests(), "Select")).toBe(0);
	});

	it.each([
		["net, returns negative", {}, {}],
		["gross", { cuam: "gross" }, { cuam: "gross" }],
		["returns positive", { returnSign: "positive" }, { returnSign: "positive" }],
		[
			"gross, returns positive, VAT computed",
			{ cuam: "gross", returnSign: "positive", fvt1: "computed" },
			{ cuam: "gross", returnSign: "positive" },
		],
	] as const)(
		"books sales, returns, gift cards and invoice payments on a tenant that wants %s",
		async (_, switches, settings) => {
			const world = await m3World({ switches });
			const relay = world.boot({ settings: { readBack: "EXPORTMI", ...settings } });
			const till = new TestTill(1);
			relay.take(
				till.sell(),
				till.sell({
					lines: [{ kind: "return", gross: -9995n }],
					tenders: [{ type: "cash", amount: -10000n }],
					rounding: 5n,
				}),
				till.sell({
					lines: [
						{ gross: 20000n, quantity: 2_000_000n },
						{ kind: "return", gross: -5000n },
					],
				}),
				till.sell({ lines: [{ kind: "giftCardIssue", gross: 50000n, percent: 0, itemId: null }, { gross: 9995n }] }),
				till.sell({ lines: [{ kind: "invoicePayment", gross: 125000n, percent: 0, itemId: null }] }),
			);
			await world.settle(relay);
			expect(relay.states()).toEqual({ booked: 5 });
			expect(relay.alarmList()).toEqual([]);
			const xrcds = Object.values(booksOf(world.sandbox)).map((rows) => rows.map((row) => row.split(" ")[0]));
			expect(xrcds).toEqual([
				["1000", "1990", "1990", "1990"],
				["1200", "1990", "1990"],
				["1000", "1200", "1990"],
				["1100", "1000", "1990", "1990"],
				["4500", "4590"],
			]);
		},
	);

	it("sends many tickets in few bulks, one division, date and currency a round", async () => {
		const world = await m3World();
		const relay = world.boot({ settings: { readBack: "EXPORTMI" } });
		const till = new TestTill(1);
		for (let n = 0; n < 120; n += 1) relay.take(till.sell({ businessDate: n < 60 ? "2026-11-23" : "2026-11-24" }));
		await world.settle(relay);
		expect(relay.states()).toEqual({ booked: 120 });
		expect(executed(world.sandbox.requests(), "AddSlsTicketLin")).toBe(2);
		expect(executed(world.sandbox.requests(), "BchPrcRound")).toBe(2);
		expect(relay.rows("SELECT acdt, count(*) AS n FROM m3_round GROUP BY acdt")).toEqual([
			{ acdt: "20261123", n: 1 },
			{ acdt: "20261124", n: 1 },
		]);
	});

	it("never puts more rows into a bulk than it may, and counts on M3's order for nothing", async () => {
		const world = await m3World({ switches: { maxBulkTransactions: 5, bulkOrder: "reversed" } });
		const relay = world.boot({ settings: { readBack: "EXPORTMI", bulkRowsMax: 5 } });
		const till = new TestTill(1);
		relay.take(till.sell(), till.sell(), till.sell({ lines: Array.from({ length: 12 }, () => ({ gross: 1000n })) }));
		await world.settle(relay);
		expect(relay.states()).toEqual({ booked: 3 });
		expect(executed(world.sandbox.requests(), "AddRoundNumber")).toBe(1);
	});

	it.each(["continue", "stop"] as const)(
		"takes a ticket with a refused row out whole and books the others, on a tenant that would %s",
		async (bulkOnError) => {
			const world = await m3World({ switches: { bulkOnError, rowValidation: "onAdd" } });
			const relay = world.boot({ settings: { readBack: "EXPORTMI" } });
			const till = new TestTill(1);
			relay.take(
				till.sell(),
				till.sell({ lines: [{ gross: 1000n }, { gross: 2000n, itemId: "Nowhere" }] }),
				till.sell(),
			);
			await world.settle(relay);
			expect(relay.states()).toEqual({ booked: 2, quarantined: 1 });
			expect(Object.keys(booksOf(world.sandbox))).toEqual([`${till.journalId}/1`, `${till.journalId}/3`]);
			expect(relay.delivery.summary().tills[0]?.quarantined).toMatchObject([
				{
					key: `${till.journalId}/2`,
					code: "RELAY-2201",
					reason: expect.stringMatching(/Item number Nowhere does not exist/),
				},
			]);
			expect(world.sandbox.rows("OXSALE").map((row) => row["OXSTAT"])).toEqual(Array(8).fill("90"));
			world.sandbox.addMasterData({
				items: [{ itno: "Nowhere", itds: "", unms: "Pcs", vtcs: "25", alternateUnits: [] }],
			});
			expect(relay.delivery.releaseTicket(`${till.journalId}/2`, "send")).toEqual({ done: true });
			await world.settle(relay);
			expect(relay.states()).toEqual({ booked: 3 });
			expect(relay.alarmList()).toEqual([]);
		},
	);

	it("tells what M3 could not transfer, with M3's words, and never sends it again by itself", async () => {
		const world = await m3World();
		const relay = world.boot({ settings: { readBack: "EXPORTMI" } });
		const till = new TestTill(1);
		relay.take(till.sell(), till.sell({ lines: [{ gross: 2000n, itemId: "Nowhere" }] }));
		await world.settle(relay);
		expect(relay.states()).toEqual({ booked: 1, quarantined: 1 });
		expect(relay.delivery.summary().tills[0]?.quarantined[0]).toMatchObject({
			code: "RELAY-2202",
			reason: expect.stringMatching(/05 .*Item number Nowhere does not exist/),
		});
		expect(executed(world.sandbox.requests(), "AddSlsTicketLin")).toBe(1);
	});

	it("holds what the mapping lacks, with all reasons, lets the rest go on, and goes on by itself when it is there", async () => {
		const world = await m3World();
		const before = world.boot({
			settings: { readBack: "EXPORTMI" },
			mapping: mappingSchema.parse({
				stores: FULL_MAPPING.stores,
				tenders: { mc: { paymentMethod: "MC" } },
				m3: { vatCodes: { "3": 25 } },
			}),
		});
		const till = new TestTill(1);
		before.take(
			till.sell({ lines: [{ gross: 1000n }] }),
			till.sell({ lines: [{ gross: 1000n, percent: 15 }], tenders: [{ type: "cash", amount: 1000n }] }),
			new TestTill(2, "S9", "T9").sell(),
		);
		await world.settle(before);
		expect(before.states()).toEqual({ booked: 1, waiting: 2 });
		expect(before.delivery.summary().tills).toMatchObject([
			{
				store: "S1",
				till: "T1",
				waiting: [{ count: 1, reason: "VAT code 31 is not mapped; tender cash has no payment method" }],
			},
			{ store: "S9", till: "T9", waiting: [{ count: 1, code: "RELAY-2101", reason: "store S9 is not mapped" }] },
		]);
		expect(before.alarmList()).toEqual(
			["RELAY-2103 m3 S1/T1", "RELAY-2104 m3 S1/T1", "RELAY-2101 m3 S9/T9"].toSorted(),
		);
		before.kill();
		const after = world.boot({ settings: { readBack: "EXPORTMI" } });
		await world.settle(after);
		expect(after.states()).toEqual({ booked: 2, waiting: 1 });
		expect(after.alarmList()).toEqual(["RELAY-2101 m3 S9/T9"]);
	});

	it("confirms a batch that M3 works off later", async () => {
		const world = await m3World({ switches: { batchCompletion: "async", batchDelayMs: 100_000 } });
		const relay = world.boot({ settings: { readBack: "EXPORTMI" } });
		relay.take(new TestTill(1).sell());
		await world.settle(relay);
		expect(relay.states()).toEqual({ acknowledged: 1 });
		expect(relay.alarmList()).toEqual(["RELAY-2305 m3 round 1"]);
		world.sandbox.finishBatches();
		await world.settle(relay);
		expect(relay.states()).toEqual({ booked: 1 });
		expect(relay.alarmList()).toEqual([]);
		expect(executed(world.sandbox.requests(), "BchPrcRound")).toBe(1);
	});

	it.each([
		["answers few records at a time", { maxRecordsCap: 3 }],
		["takes no condition on the company", { exportMiCompanyFilter: "refused" }],
		["forgets OXSALE after the transfer", { deleteOxsaleAfterTransfer: true }],
		["answers refusals at top level with 200", { singleFailureStatus: 200, singleFailureBody: "topLevel" }],
	] as const)("reads back on a tenant that %s", async (_, switches) => {
		const world = await m3World({ switches });
		const relay = world.boot({ settings: { readBack: "EXPORTMI" } });
		const till = new TestTill(1);
		relay.take(till.sell(), till.sell());
		await world.settle(relay);
		expect(relay.states()).toEqual({ booked: 2 });
	});

	it("reads back by the tickets' references where the tables have no column for the round", async () => {
		const world = await m3World();
		const refused: CallOutcome = {
			kind: "answered",
			results: [{ outcome: "refused", words: "no such column", field: "QERY" }],
		};
		const relay = world.boot({
			settings: { readBack: "EXPORTMI" },
			wrap: (client) => ({
				...client,
				read: (program, transaction, session) =>
					/O[PX]ITRN/.test(transaction.record["QERY"] ?? "")
						? Promise.resolve(refused)
						: client.read(program, transaction, session),
			}),
		});
		const till = new TestTill(1);
		for (let n = 0; n < 25; n += 1) relay.take(till.sell());
		await world.settle(relay);
		expect(relay.states()).toEqual({ booked: 25 });
		expect(executed(world.sandbox.requests(), "Select")).toBe(2);
	});

	it("says when M3 lets nothing be read back, and leaves the tickets acknowledged", async () => {
		const world = await m3World({ switches: { exportMi: "refused" } });
		const relay = world.boot({ settings: { readBack: "EXPORTMI" } });
		relay.take(new TestTill(1).sell());
		await world.settle(relay);
		expect(relay.states()).toEqual({ acknowledged: 1 });
		expect(relay.alarmList()).toEqual(["RELAY-2304 m3"]);
	});

	it("keeps the tickets of a swapped box apart from those of the old one with the same receipt numbers", async () => {
		const world = await m3World();
		const relay = world.boot({ settings: { readBack: "EXPORTMI" } });
		relay.take(new TestTill(1).sell(), new TestTill(2).sell());
		await world.settle(relay);
		expect(relay.states()).toEqual({ booked: 2 });
		expect(world.sandbox.rows("OPSALE").map((row) => `${row["OPORNO"]}-${row["OPDLIX"]}`)).toEqual([
			...Array(4).fill("T1000001-1"),
			...Array(4).fill("T1000001-2"),
		]);
	});

	it("does not chop a backlog into many small rounds while M3 is away", async () => {
		const world = await m3World();
		const relay = world.boot({ settings: { readBack: "EXPORTMI" } });
		const till = new TestTill(1);
		world.sandbox.addFaults(...Array.from({ length: 30 }, () => ({ fault: { kind: "status429" } as const })));
		for (let n = 0; n < 30; n += 1) {
			relay.take(till.sell());
			await world.settle(relay, 1);
		}
		world.sandbox.clearFaults();
		await world.settle(relay);
		expect(relay.states()).toEqual({ booked: 30 });
		expect(relay.rows("SELECT id FROM m3_round")).toHaveLength(2);
	});
});
