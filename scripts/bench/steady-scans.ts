import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { drivers } from "../../drivers/registry.ts";
import { norway } from "../../src/cli/compose.no.ts";
import { type RunningTill, runTill } from "../../src/cli/till/run-till.ts";
import { type TillConfig, tillConfigSchema } from "../../src/config/schema/till-config.ts";
import { loadProfiles, PROFILE_DIRECTORY } from "../../src/devices/supervisor/load-profiles.ts";
import { createClock } from "../../src/runtime/node/clock.ts";
import { createEntropy } from "../../src/runtime/node/entropy.ts";
import { createLogger } from "../../src/runtime/node/logger.ts";
import { createTimers } from "../../src/runtime/node/timers.ts";
import { tillConfig, writeCatalog } from "../shop/shop-files.ts";
import { CASH, ITEM_CODE, NO_BROKER } from "./bench-till.ts";
import { type Finding, judged } from "./budget.ts";
import { openPty, openSlowPrinter } from "./far-ends.ts";
import { spreadOf } from "./figures.ts";
import { ITEMS } from "./sell-tickets.ts";

/** A quick cashier. */
const SCANS_PER_SECOND = 3;

/** A serial line of 9600 baud: a receipt then takes about as long as its ticket. */
const PRINTER_BYTES_PER_SECOND = 960;

const PRINTER_PROFILE = "epson-tm-t88v";

/** Where the first row of an Epson display begins: US $ 1 1. Once a text. */
const FIRST_CELL = Buffer.of(0x1f, 0x24, 1, 1);

const POLL_MS = 20;
const WAIT_MAX_MS = 60_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const until = async (what: string, holds: () => boolean): Promise<void> => {
	for (let waitedMs = 0; !holds(); waitedMs += POLL_MS) {
		if (waitedMs >= WAIT_MAX_MS) throw new Error(`${what} did not happen within ${WAIT_MAX_MS / 1_000} s`);
		await pause(POLL_MS);
	}
};

const occurrences = (bytes: Buffer, of: Buffer): number => {
	let count = 0;
	for (let at = bytes.indexOf(of); at >= 0; at = bytes.indexOf(of, at + 1)) count += 1;
	return count;
};

/** The shop's till with a scanner and a display on serial lines and a printer on the network. */
const configOf = (directory: string, ports: { scanner: string; display: string; printer: number }): TillConfig => {
	const plain = tillConfig(directory, { till: "1" }, NO_BROKER);
	return tillConfigSchema.parse({
		...plain,
		devices: [
			{
				deviceClass: "POSPrinter",
				id: "printer",
				profile: PRINTER_PROFILE,
				port: { transport: "tcp", host: "127.0.0.1", port: ports.printer },
			},
			{ deviceClass: "CashDrawer", id: "drawer", printer: "printer" },
			{
				deviceClass: "LineDisplay",
				id: "display",
				profile: "epson-dm-d110",
				port: { transport: "serial", path: ports.display },
			},
			{
				deviceClass: "Scanner",
				id: "scanner",
				profile: "generic-serial-scanner",
				port: { transport: "serial", path: ports.scanner },
			},
		],
	});
};

const isReady = (till: RunningTill): boolean => {
	const { readiness, warnings } = till.status();
	if (readiness === null || !readiness.print.able || !readiness.takeCash.able) return false;
	return !warnings.some((code) => /^(Scanner|LineDisplay)/.test(code));
};

/** Scans at a steady pace over real lines while the printer prints and the display shows: every code that was sent must be sold. */
export const measureSteadyScans = async (
	directory: string,
	seconds: number,
	progress: (text: string) => void,
): Promise<Finding[]> => {
	mkdirSync(directory, { recursive: true });
	const profile = loadProfiles([PROFILE_DIRECTORY]).get(PRINTER_PROFILE);
	if (profile?.deviceClass !== "POSPrinter") throw new Error(`${PRINTER_PROFILE} is no printer profile`);
	const shown: Uint8Array[] = [];
	const scanner = await openPty(join(directory, "scanner"), () => undefined);
	const display = await openPty(join(directory, "display"), (bytes) => shown.push(bytes));
	const printer = await openSlowPrinter(profile, PRINTER_BYTES_PER_SECOND);
	const config = configOf(directory, { scanner: scanner.path, display: display.path, printer: printer.port });
	let sold = 0;
	let confirmed = 0;
	let running: RunningTill | undefined;
	try {
		const till = await runTill({
			config,
			country: norway,
			drivers,
			clock: createClock({ timeZone: config.timeZone }),
			timers: createTimers(),
			entropy: createEntropy(),
			logger: createLogger({ level: "error" }),
			onAlive: () => undefined,
			onOutcome: (_body, { events }) => {
				for (const event of events) {
					if (event.type === "ItemSold") sold += 1;
					if (event.type === "PrintFinished" && event.outcome === "confirmed") confirmed += 1;
				}
			},
		});
		running = till;
		await till.importCatalog(writeCatalog(directory), undefined, () => undefined);
		till.submit("operator", { type: "DayOpenRequested", businessDate: null });
		await until("the devices' coming online", () => isReady(till));
		progress(`steady: ${SCANS_PER_SECOND} scans a second for ${seconds} s`);
		const code = Buffer.from(`${ITEM_CODE}\r\n`, "latin1");
		const count = seconds * SCANS_PER_SECOND;
		let tickets = 0;
		const begunMs = performance.now();
		for (let sent = 1; sent <= count; sent += 1) {
			scanner.send(code);
			await pause(begunMs + (sent * 1_000) / SCANS_PER_SECOND - performance.now());
			if (sent % ITEMS !== 0) continue;
			till.submit("operator", { type: "Tendered", tenderType: CASH, amountText: null, currency: null });
			tickets += 1;
		}
		await until("every paper", () => confirmed === tickets && printer.papers() === tickets);
		const displayTexts = occurrences(Buffer.concat(shown), FIRST_CELL);
		return [
			judged({
				name: `${SCANS_PER_SECOND} scans a second for ${seconds} s over real lines`,
				ratioOf: "items recorded / codes sent",
				ratio: spreadOf([sold / count]),
				budget: { is: "at least", ratio: 1 },
				figures: {
					codesSent: count,
					itemsRecorded: sold,
					displayTexts,
					papers: printer.papers(),
					printerBusyShare: printer.busyMs() / (performance.now() - begunMs),
				},
			}),
		];
	} finally {
		await running?.stop("the bench is over");
		await Promise.all([scanner.close(), display.close(), printer.close()]);
	}
};
