import { expect, onTestFinished } from "vitest";
import { pulseDrawerDriver } from "../../../drivers/pulse-drawer/pulse-drawer.ts";
import { createVirtualBench } from "../../../drivers/virtual/virtual-bench.ts";
import { norway } from "../../../src/cli/compose.no.ts";
import { type RunningTill, runTill } from "../../../src/cli/till/run-till.ts";
import { tillConfigSchema } from "../../../src/config/schema/till-config.ts";
import type { DrawerOpenFinished, PrintFinished, PrintStarted } from "../../../src/events/journal-event.ts";
import type { FarEnd } from "../../drivers/support/far-end.ts";
import { printerProfile } from "../../drivers/support/profiles.ts";
import { ManualTimers, manualClock, recordingLogger, seededEntropy } from "../../support/manual-runtime.ts";
import { PAPER_PRINTER_PROFILE } from "../../support/paper-printer.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { boxConfig, catalogFile } from "./box-config.ts";
import { FailingPrinter, type PowerLoss } from "./failing-printer.ts";
import { type QuietTime, quietTime } from "./quiet-time.ts";

/** How far time goes on at a look: an eighth of the shortest wait that matters. */
const STEP_MS = 250;

/** The tender that opens the drawer, and the item; every receipt of these tests is the same but for its number. */
const ITEM = "BEER";
const TENDERED = "500";

/** A till with one printer on a real line, its drawer and a display. Time moves by hand. */
export interface MatrixTill extends QuietTime {
	readonly printer: FailingPrinter;
	readonly till: RunningTill;
	/** What the display showed, oldest first. */
	readonly shown: string[];
	/** By job: how many bytes of paper had come when its record was not there yet; must stay empty. */
	readonly unrecorded: number[];
	nowMs(): number;
	/** Sells a beer. */
	scan(): void;
	/** Takes cash for it; answers the receipt's number, which is given at once. */
	pay(): number;
	started(): PrintStarted[];
	/** The outcomes of a receipt's original. */
	outcomesOf(receiptNumber: number): PrintFinished[];
	finishedCount(): number;
	pulses(): DrawerOpenFinished[];
}

/** Starts the till with its day open and its printer well. */
export const matrixTill = async (makeEnd: () => Promise<FarEnd>, powerLoss: PowerLoss): Promise<MatrixTill> => {
	const clock = manualClock();
	const timers = new ManualTimers(clock);
	const nowMs = (): number => clock.stamp().monotonicMs;
	const end = await makeEnd();
	const printer = new FailingPrinter(end, printerProfile(PAPER_PRINTER_PROFILE), powerLoss, { timers, now: nowMs });
	const shown: string[] = [];
	const bench = createVirtualBench({ onDisplay: (_, rows) => shown.push(rows.join("|")) });
	const directory = tempDir();
	const devices = [
		{ deviceClass: "POSPrinter", id: "printer", profile: PAPER_PRINTER_PROFILE, port: end.port },
		{ deviceClass: "CashDrawer", id: "drawer", printer: "printer" },
		{ deviceClass: "LineDisplay", id: "display", profile: "epson-dm-d110", port: { transport: "virtual" } },
	];
	const till = await runTill({
		config: tillConfigSchema.parse(boxConfig(directory, "mqtt://127.0.0.1:1", {}, { devices })),
		country: norway,
		drivers: [printer.driver(), pulseDrawerDriver, ...bench.drivers],
		clock,
		timers,
		entropy: seededEntropy(),
		logger: recordingLogger(),
		onAlive: () => undefined,
	});
	onTestFinished(() => till.stop("the test is over"));
	const { pass, until } = quietTime(printer, timers, STEP_MS, () => [till.view(), till.deviceStates()]);
	const records = <Type extends PrintStarted["type"] | PrintFinished["type"] | DrawerOpenFinished["type"]>(
		type: Type,
	) =>
		till
			.journal()
			.records({ fromSeq: 1, limit: 1_000, types: [type] })
			.map(({ event }) => event)
			.filter((event): event is Extract<typeof event, { type: Type }> => event.type === type);
	const started = (): PrintStarted[] => records("PrintStarted");
	const unrecorded: number[] = [];
	printer.onJob = () => {
		const finished = new Set(records("PrintFinished").map(({ jobId }) => jobId));
		if (started().every(({ jobId }) => finished.has(jobId))) unrecorded.push(nowMs());
	};
	await till.importCatalog(catalogFile(directory), undefined, () => undefined);
	till.submit("operator", { type: "DayOpenRequested", businessDate: null });
	await pass("the printer", () => till.status().readiness?.print.able === true);
	return {
		printer,
		till,
		shown,
		unrecorded,
		nowMs,
		scan: () => void till.submit("operator", { type: "Typed", code: ITEM, quantityText: null }),
		pay: () => {
			till.submit("operator", { type: "Tendered", tenderType: "cash", amountText: TENDERED, currency: null });
			expect(till.view().ticket).toBeNull();
			return till.view().lastTicket?.receiptNumber ?? 0;
		},
		started,
		outcomesOf: (receiptNumber) => {
			const jobs = started().flatMap(({ jobId, subject }) =>
				subject.kind === "ticket" && subject.receiptNumber === receiptNumber && !subject.copy ? [jobId] : [],
			);
			return records("PrintFinished").filter(({ jobId }) => jobs.includes(jobId));
		},
		finishedCount: () => records("PrintFinished").length,
		pulses: () => records("DrawerOpenFinished"),
		pass,
		until,
	};
};
