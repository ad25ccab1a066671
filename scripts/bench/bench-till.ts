import { drivers } from "../../drivers/registry.ts";
import { createVirtualBench } from "../../drivers/virtual/virtual-bench.ts";
import type { VirtualScanner } from "../../drivers/virtual/virtual-scanner.ts";
import { norway } from "../../src/cli/compose.no.ts";
import { type RunningTill, runTill } from "../../src/cli/till/run-till.ts";
import { createClock } from "../../src/runtime/node/clock.ts";
import { createEntropy } from "../../src/runtime/node/entropy.ts";
import { createLogger } from "../../src/runtime/node/logger.ts";
import { createTimers } from "../../src/runtime/node/timers.ts";
import type { InputBody } from "../../src/till/input.ts";
import { tillConfig, writeCatalog } from "../shop/shop-files.ts";
import { displayOnLine, printerOnLine } from "./open-line.ts";

/** Nobody listens here: the cable is out, as it may be for ever, and no broker shares the machine with what is measured. */
export const NO_BROKER = "mqtt://127.0.0.1:1";

/** Item A of the shop's catalog. */
export const ITEM_CODE = "7038010001659";

/** Tender type of cash, which opens the drawer. */
export const CASH = "cash";

/** When something was asked of the till and when it came out of it, in milliseconds of one clock. */
export interface Took {
	readonly begunMs: number;
	readonly endedMs: number;
}

/** The whole till on virtual devices, its journal on a real disk, and a hand that scans and pays. */
export interface BenchTill {
	readonly running: RunningTill;
	/** Scans an item; ends when the display's bytes are written. */
	scan(): Promise<Took>;
	/** Pays what is left in cash; ends with the drawer's pulse. */
	pay(): Promise<Took>;
	/** Waits until drawer and paper of the ticket before are recorded too. */
	settled(): Promise<void>;
	stop(): Promise<void>;
}

/** Something that is waited for once at a time; told the moment it happened, not the one at which the waiter woke up. */
class Signal {
	#heard: (atMs: number) => void = () => undefined;

	next(): Promise<number> {
		return new Promise((resolve) => {
			this.#heard = resolve;
		});
	}

	tell(): void {
		this.#heard(performance.now());
	}
}

/** Every input comes in a turn of its own, as from a real line: what the till put off to later is done in between, and counts. */
const turn = (): Promise<void> =>
	new Promise((resolve) => {
		setImmediate(resolve);
	});

/** Starts a till with its files under a directory; a new one gets its catalog and opens the day. */
export const startBenchTill = async (directory: string): Promise<BenchTill> => {
	const displayed = new Signal();
	const pulsed = new Signal();
	const answered = new Signal();
	let openJobs = 0;
	const bench = createVirtualBench();
	const config = tillConfig(directory, { till: "1" }, NO_BROKER);
	const running = await runTill({
		config,
		country: norway,
		drivers: [displayOnLine(() => displayed.tell()), printerOnLine(() => pulsed.tell()), ...bench.drivers, ...drivers],
		clock: createClock({ timeZone: config.timeZone }),
		timers: createTimers(),
		entropy: createEntropy(),
		logger: createLogger({ level: "error" }),
		onAlive: () => undefined,
		onOutcome: (_body, { events }) => {
			for (const { type } of events) {
				if (type === "DrawerOpenStarted" || type === "PrintStarted") openJobs += 1;
				if (type === "DrawerOpenFinished" || type === "PrintFinished") openJobs -= 1;
			}
			if (openJobs === 0) answered.tell();
		},
	});
	const ask = (body: InputBody): void => {
		const { refusal } = running.submit("operator", body);
		if (refusal !== undefined) throw new Error(`${body.type} was refused: ${refusal.code}`);
	};
	if (running.view().day === null) {
		await running.importCatalog(writeCatalog(directory), undefined, () => undefined);
		ask({ type: "DayOpenRequested", businessDate: null });
	}
	const scanner = await scannerOf(bench.scanners);
	return {
		running,
		scan: async () => {
			await turn();
			const shown = displayed.next();
			const begunMs = performance.now();
			scanner.scan(ITEM_CODE);
			return { begunMs, endedMs: await shown };
		},
		pay: async () => {
			await turn();
			const opened = pulsed.next();
			const begunMs = performance.now();
			ask({ type: "Tendered", tenderType: CASH, amountText: null, currency: null });
			return { begunMs, endedMs: await opened };
		},
		settled: async () => {
			if (openJobs > 0) await answered.next();
		},
		stop: () => running.stop("the bench is over"),
	};
};

/** The till's one scanner, when its line stands. */
const scannerOf = async (scanners: ReadonlyMap<string, VirtualScanner>): Promise<VirtualScanner> => {
	const scanner = scanners.get("scanner");
	if (scanner === undefined) throw new Error("the till has no scanner");
	while (scanner.device.state().power !== "online") await new Promise((resolve) => setTimeout(resolve, 1));
	return scanner;
};
