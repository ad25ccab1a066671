import { describe, expect, it, onTestFinished } from "vitest";
import { drivers } from "../../drivers/registry.ts";
import { createVirtualBench } from "../../drivers/virtual/virtual-bench.ts";
import { tillConfig, writeCatalog } from "../../scripts/shop/shop-files.ts";
import { openCatalog } from "../../src/catalog/sqlite/catalog-store.ts";
import { importCatalog } from "../../src/catalog/sqlite/import-csv.ts";
import { norway } from "../../src/cli/compose.no.ts";
import { boxDevices } from "../../src/cli/till/box-devices.ts";
import { openOrCreateJournal } from "../../src/cli/till/open-till.ts";
import { NO_LOGO } from "../../src/cli/till/receipt-logo.ts";
import { TillService } from "../../src/cli/till/till-service.ts";
import type { InputBody } from "../../src/till/input.ts";
import { ManualTimers, manualClock, seededEntropy, silentLogger } from "../support/manual-runtime.ts";
import { until } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";
import { BEER, SODA } from "./support/shop-till.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Friday 20 November 2026, 23:50 in Oslo. */
const FRIDAY_LATE = Date.UTC(2026, 10, 20, 22, 50);

/** A till in this process, on real files and virtual devices, whose time the test moves. */
const tillAt = async (utcMs: number) => {
	const directory = tempDir();
	const clock = manualClock();
	clock.set(utcMs);
	const timers = new ManualTimers(clock);
	const logger = silentLogger();
	const entropy = seededEntropy();
	const config = tillConfig(directory, { till: "1" }, "mqtt://127.0.0.1:1");
	const catalog = openCatalog(config.catalog.file);
	await importCatalog(catalog, writeCatalog(directory), {
		effectiveFromUtcMs: 0,
		importedAtUtcMs: utcMs,
		currency: config.currency,
		hasRate: () => true,
		onProgress: () => undefined,
	});
	const papers: (readonly string[])[] = [];
	const bench = createVirtualBench({
		onPaper: (_printer, lines) => papers.push(lines.map((line) => line.trim().replace(/ +/g, " "))),
	});
	const parts = { config, clock, timers, entropy, logger };
	const service = new TillService({
		...parts,
		country: norway,
		version: "test",
		journal: openOrCreateJournal({ ...parts, options: { logger } }),
		catalog,
		makeDevices: (listeners) => boxDevices({ ...parts, drivers: [...bench.drivers, ...drivers] }, listeners),
		logo: () => NO_LOGO,
		freeDiskBytes: () => undefined,
		onAdoptionNeeded: () => undefined,
		onAlive: () => undefined,
	});
	service.start();
	onTestFinished(async () => {
		// What the end waits for at most: nobody else lets time pass.
		const stopping = service.stop("the test is over");
		timers.advance(MINUTE_MS);
		await stopping;
		catalog.close();
	});
	const act = (body: InputBody): void => {
		const { refusal } = service.submit("operator", body);
		if (refusal !== undefined) throw new Error(`${body.type}: ${refusal.code}`);
	};
	return {
		service,
		/** Somebody sets the wall clock, so many milliseconds on or back. */
		setClock: (byMs: number) => clock.set(clock.stamp().utcMs + byMs),
		confirmClock: () => act({ type: "ClockConfirmRequested" }),
		/** Lets time pass and everything that waits for it happen. */
		pass: (ms: number) => void timers.advance(ms),
		openDay: () => act({ type: "DayOpenRequested", businessDate: null }),
		closeDay: () => act({ type: "DayCloseRequested" }),
		scan: (code: string) => act({ type: "Typed", code, quantityText: null }),
		pay: (tenderType: string) => act({ type: "Tendered", tenderType, amountText: null, currency: null }),
		paperWith: async (line: string): Promise<readonly string[]> => {
			await until(
				() => `the paper "${line}"; came out: ${JSON.stringify(papers)}`,
				() => papers.some((paper) => paper.includes(line)),
			);
			return papers.find((paper) => paper.includes(line)) ?? [];
		},
	};
};

describe("midnight passes in the midst of selling", () => {
	it("the business date stays that of the evening until the Z, the times on paper are the real ones", async () => {
		const till = await tillAt(FRIDAY_LATE);
		till.openDay();
		till.scan(BEER);
		till.pay("cash");
		const before = await till.paperWith("Receipt No. 1");
		expect(before).toContain("Till OSLO1/1 2026-11-20 23:50:00");
		// A ticket is open while the clock strikes.
		till.scan(BEER);
		till.pass(20 * MINUTE_MS);
		till.scan(SODA);
		till.pay("visa");
		const after = await till.paperWith("Receipt No. 2");
		expect(after).toContain("Till OSLO1/1 2026-11-21 00:10:00");
		till.pass(3 * HOUR_MS);
		expect(till.service.view().day).toMatchObject({ businessDate: "2026-11-20", ticketCount: 2, gross: "250.00" });
		expect(till.service.status().warnings.filter((warning) => warning.startsWith("Clock"))).toEqual([]);
		till.closeDay();
		const z = await till.paperWith("Z report 1");
		expect(z).toEqual(
			expect.arrayContaining([
				"Business date 2026-11-20",
				"Opened 2026-11-20 23:50:00",
				"Closed 2026-11-21 03:10:00",
				"Total cash sales 250.00",
			]),
		);
	});

	it.each([
		["before the cut-over hour is still the evening's", 2 * HOUR_MS, "2026-11-20"],
		["after it is the morning's", 8 * HOUR_MS, "2026-11-21"],
	])("a day that is opened %s", async (_name, laterMs, businessDate) => {
		const till = await tillAt(FRIDAY_LATE);
		till.pass(laterMs);
		till.openDay();
		expect(till.service.view().day).toMatchObject({ businessDate, z: 1 });
	});
});

describe("somebody sets the clock while the shop is open", () => {
	it.each([
		["back by an hour", -HOUR_MS, "Clock.steppedBack", "2026-11-20 22:50:00"],
		["a day ahead", 24 * HOUR_MS, "Clock.farAhead", "2026-11-21 23:50:00"],
	])(
		"%s: selling goes on, the status says so, and the manager's word ends it",
		async (_name, byMs, warning, printed) => {
			const till = await tillAt(FRIDAY_LATE);
			const clockWarnings = (): string[] => till.service.status().warnings.filter((text) => text.startsWith("Clock"));
			till.openDay();
			till.setClock(byMs);
			till.scan(BEER);
			expect(clockWarnings()).toEqual([warning]);
			till.pay("cash");
			expect(await till.paperWith("Receipt No. 1")).toContain(`Till OSLO1/1 ${printed}`);
			expect(till.service.view().day).toMatchObject({ businessDate: "2026-11-20", gross: "100.00" });
			till.confirmClock();
			expect(clockWarnings()).toEqual([]);
			till.scan(SODA);
			expect(clockWarnings()).toEqual([]);
		},
	);
});
