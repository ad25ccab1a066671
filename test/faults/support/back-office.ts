import { join } from "node:path";
import { onTestFinished } from "vitest";
import { M3Books, PowerOfficeBooks } from "../../../scripts/shop/books.ts";
import { M3_MASTER_DATA, POWER_OFFICE_CLIENT } from "../../../scripts/shop/shop-data.ts";
import { relayConfig } from "../../../scripts/shop/shop-files.ts";
import { type RunningRelay, runRelay } from "../../../src/cli/relay/run-relay.ts";
import { createClock } from "../../../src/runtime/node/clock.ts";
import { createEntropy } from "../../../src/runtime/node/entropy.ts";
import { createLogger } from "../../../src/runtime/node/logger.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import { type M3Sandbox, startM3Sandbox } from "../../../src/sandbox/m3/m3-sandbox.ts";
import { type PowerOfficeSandbox, startPowerOfficeSandbox } from "../../../src/sandbox/power-office/sandbox.ts";
import { startEmbedded } from "../../feed/embedded.ts";

/** Everything behind the tills: a broker, both sandboxes, and a relay that can be stopped and started again. */
export interface BackOffice {
	readonly brokerUrl: string;
	readonly m3: M3Sandbox;
	readonly powerOffice: PowerOfficeSandbox;
	readonly m3Books: M3Books;
	readonly powerOfficeBooks: PowerOfficeBooks;
	readonly ledgerFile: string;
	relay(): RunningRelay;
	stopRelay(): Promise<void>;
	startRelay(): Promise<void>;
}

/** Starts a back office under a directory; it ends with the test. */
export const startBackOffice = async (directory: string): Promise<BackOffice> => {
	const m3 = await startM3Sandbox({ masterData: M3_MASTER_DATA });
	const powerOffice = await startPowerOfficeSandbox({
		clients: [POWER_OFFICE_CLIENT],
		switches: { callsPerSecond: null },
	});
	const broker = await startEmbedded();
	const config = relayConfig(directory, broker.url, m3.ionapi, powerOffice, POWER_OFFICE_CLIENT.clientKey);
	let relay: RunningRelay | undefined;
	const office: BackOffice = {
		brokerUrl: broker.url,
		m3,
		powerOffice,
		m3Books: new M3Books(m3),
		powerOfficeBooks: new PowerOfficeBooks(powerOffice, POWER_OFFICE_CLIENT.clientKey),
		ledgerFile: join(directory, "relay", "ledger.sqlite"),
		relay: () => {
			if (relay === undefined) throw new Error("the relay is stopped");
			return relay;
		},
		stopRelay: async () => {
			await relay?.stop();
			relay = undefined;
		},
		startRelay: async () => {
			relay = await runRelay({
				config,
				clock: createClock({ timeZone: "Europe/Oslo" }),
				timers: createTimers(),
				entropy: createEntropy(),
				logger: createLogger({ level: "error" }),
			});
		},
	};
	await office.startRelay();
	onTestFinished(async () => {
		await office.stopRelay();
		await broker.dispose();
		await powerOffice.close();
		await m3.close();
	});
	return office;
};

/** Waits until something holds; fails with what it waited for. */
export const until = async (
	what: string,
	holds: () => boolean | Promise<boolean>,
	patienceMs = 40_000,
): Promise<void> => {
	const deadline = performance.now() + patienceMs;
	while (!(await holds())) {
		if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
};
