import { join } from "node:path";
import { onTestFinished } from "vitest";
import { M3Books, PowerOfficeBooks } from "../../../scripts/shop/books.ts";
import { M3_MASTER_DATA, POWER_OFFICE_CLIENT } from "../../../scripts/shop/shop-data.ts";
import { relayConfig } from "../../../scripts/shop/shop-files.ts";
import { type RunningRelay, runRelay } from "../../../src/cli/relay/run-relay.ts";
import { relayConfigSchema } from "../../../src/config/schema/relay-config.ts";
import { createClock } from "../../../src/runtime/node/clock.ts";
import { createEntropy } from "../../../src/runtime/node/entropy.ts";
import { createLogger } from "../../../src/runtime/node/logger.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import { type M3Sandbox, startM3Sandbox } from "../../../src/sandbox/m3/m3-sandbox.ts";
import type { M3Switches } from "../../../src/sandbox/m3/switches.ts";
import { type PowerOfficeSandbox, startPowerOfficeSandbox } from "../../../src/sandbox/power-office/sandbox.ts";
import type { PowerOfficeSwitches } from "../../../src/sandbox/power-office/switches.ts";
import { startEmbedded } from "../../feed/embedded.ts";
import type { TestBroker } from "../../feed/mosquitto.ts";

/** Everything behind the tills: a broker, both sandboxes, and a relay that can be stopped and started again. */
export interface BackOffice {
	readonly brokerUrl: string;
	readonly broker: Pick<TestBroker, "start" | "stop">;
	readonly m3: M3Sandbox;
	readonly powerOffice: PowerOfficeSandbox;
	readonly m3Books: M3Books;
	readonly powerOfficeBooks: PowerOfficeBooks;
	readonly ledgerFile: string;
	relay(): RunningRelay;
	stopRelay(): Promise<void>;
	/** `termSeen` begins a new term, as `till-relay restore` does for a ledger from a backup. */
	startRelay(termSeen?: number): Promise<void>;
}

/** How the ERPs behind a back office behave, and how the relay is set up for them. */
export interface BackOfficePlan {
	readonly m3Switches?: Partial<M3Switches>;
	readonly powerOfficeSwitches?: Partial<PowerOfficeSwitches>;
	readonly readBack?: "none" | "EXPORTMI";
	/** Age of a round that is sent. */
	readonly roundMs?: number;
}

/** Starts a back office under a directory; it ends with the test. */
export const startBackOffice = async (directory: string, plan: BackOfficePlan = {}): Promise<BackOffice> => {
	const m3 = await startM3Sandbox({ masterData: M3_MASTER_DATA, switches: plan.m3Switches ?? {} });
	const powerOffice = await startPowerOfficeSandbox({
		clients: [POWER_OFFICE_CLIENT],
		switches: { callsPerSecond: null, ...plan.powerOfficeSwitches },
	});
	const broker = await startEmbedded();
	const shop = relayConfig(directory, broker.url, m3.ionapi, powerOffice, POWER_OFFICE_CLIENT.clientKey);
	const config = relayConfigSchema.parse({
		...shop,
		m3: {
			...shop.m3,
			readBack: plan.readBack ?? shop.m3?.readBack,
			round: { ...shop.m3?.round, ...(plan.roundMs === undefined ? {} : { intervalMs: plan.roundMs }) },
		},
	});
	let relay: RunningRelay | undefined;
	const office: BackOffice = {
		brokerUrl: broker.url,
		broker,
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
		startRelay: async (termSeen) => {
			relay = await runRelay({
				config,
				...(termSeen === undefined ? {} : { termSeen }),
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
