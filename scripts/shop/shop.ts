import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { drivers } from "../../drivers/registry.ts";
import { type BenchEvents, createVirtualBench, type VirtualBench } from "../../drivers/virtual/virtual-bench.ts";
import { norway } from "../../src/cli/compose.no.ts";
import { type RunningRelay, runRelay } from "../../src/cli/relay/run-relay.ts";
import { type RunningTill, runTill } from "../../src/cli/till/run-till.ts";
import type { OutcomeListener } from "../../src/cli/till/till-service.ts";
import type { RelayConfig } from "../../src/config/schema/relay-config.ts";
import { type EmbeddedBroker, startEmbeddedBroker } from "../../src/feed/mqtt/embedded-broker.ts";
import { claimLedger } from "../../src/relay/ledger/claim.ts";
import type { Logger } from "../../src/runtime/contract/logger.ts";
import { createClock } from "../../src/runtime/node/clock.ts";
import { createEntropy } from "../../src/runtime/node/entropy.ts";
import { createTimers } from "../../src/runtime/node/timers.ts";
import { type M3Sandbox, startM3Sandbox } from "../../src/sandbox/m3/m3-sandbox.ts";
import { type PowerOfficeSandbox, startPowerOfficeSandbox } from "../../src/sandbox/power-office/sandbox.ts";
import { M3_MASTER_DATA, POWER_OFFICE_CLIENT } from "./shop-data.ts";
import { LEDGER_FILE, relayConfig, type TillPlan, tillConfig, writeCatalog } from "./shop-files.ts";
import { virtualDrawer } from "./virtual-drawer.ts";

/** What happens at a till, for whoever shows it. */
export interface TillEvents extends BenchEvents {
	readonly onOutcome?: OutcomeListener;
}

/** How a shop is started. */
export interface ShopPlan {
	/** Everything that lasts is under this folder. */
	readonly directory: string;
	readonly tills: readonly TillPlan[];
	readonly logger: Logger;
	/** What each till tells. */
	readonly events?: (till: string) => TillEvents;
	/**
	 * Begins with an empty ledger, in a term of its own: the tills send their whole journals again, and the sandboxes, which
	 * forget everything when they end, hold all of it.
	 */
	readonly freshRelay?: boolean;
	/** Changes head office's settings; left out, they are the shop's. */
	readonly relay?: ((config: RelayConfig) => RelayConfig) | undefined;
	/** An address of a broker that runs already; otherwise the embedded one is started. */
	readonly brokerUrl?: string;
}

/** One till of a running shop with its virtual devices. */
export interface ShopTill {
	readonly running: RunningTill;
	readonly bench: VirtualBench;
	/** Opens the drawer by its key; somebody shuts it soon. */
	readonly slideDrawerOpen: () => void;
}

/** A running shop. */
export interface Shop {
	readonly tills: ReadonlyMap<string, ShopTill>;
	readonly m3: M3Sandbox;
	readonly powerOffice: PowerOfficeSandbox;
	readonly relay: RunningRelay;
	readonly catalogFile: string;
	stop(): Promise<void>;
}

/** Starts sandboxes, broker, relay and tills, in the order in which each needs the other; stops what was started when one fails. */
export const startShop = async (plan: ShopPlan): Promise<Shop> => {
	mkdirSync(plan.directory, { recursive: true });
	const stops: (() => Promise<void>)[] = [];
	const stop = async (): Promise<void> => {
		for (const end of stops.toReversed()) await end();
	};
	try {
		const m3 = await startM3Sandbox({ masterData: M3_MASTER_DATA });
		stops.push(() => m3.close());
		const powerOffice = await startPowerOfficeSandbox({ clients: [POWER_OFFICE_CLIENT] });
		stops.push(() => powerOffice.close());
		const brokerUrl = plan.brokerUrl ?? (await startBroker(stops)).url;
		const services = { timers: createTimers(), entropy: createEntropy(), logger: plan.logger };
		const clock = createClock({ timeZone: "Europe/Oslo" });
		if (plan.freshRelay === true) forgetRelay(join(plan.directory, "relay"));
		const settings = relayConfig(plan.directory, brokerUrl, m3.ionapi, powerOffice, POWER_OFFICE_CLIENT.clientKey);
		const relay = await runRelay({
			...services,
			clock,
			...(plan.freshRelay === true ? { termSeen: Math.floor(clock.stamp().utcMs / 1000) } : {}),
			config: plan.relay?.(settings) ?? settings,
		});
		stops.push(() => relay.stop());
		const tills = new Map<string, ShopTill>();
		for (const tillPlan of plan.tills) {
			const events = plan.events?.(tillPlan.till) ?? {};
			const bench: VirtualBench = createVirtualBench({
				...events,
				onPulse: (printer, pin) => {
					events.onPulse?.(printer, pin);
					slideDrawerOpen();
				},
			});
			const slideDrawerOpen = virtualDrawer(bench, "printer");
			const running = await runTill({
				...services,
				clock,
				config: tillConfig(plan.directory, tillPlan, brokerUrl),
				country: norway,
				drivers: [...bench.drivers, ...drivers],
				onAlive: () => undefined,
				...(events.onOutcome === undefined ? {} : { onOutcome: events.onOutcome }),
			});
			stops.push(() => running.stop("the shop is closed"));
			tills.set(tillPlan.till, { running, bench, slideDrawerOpen });
		}
		return { tills, m3, powerOffice, relay, catalogFile: writeCatalog(plan.directory), stop };
	} catch (thrown) {
		await stop();
		throw thrown;
	}
};

/** Removes a relay's files; throws RELAY-1005 when one runs on them. */
const forgetRelay = (directory: string): void => {
	mkdirSync(directory, { recursive: true });
	const giveBack = claimLedger(join(directory, LEDGER_FILE));
	rmSync(directory, { recursive: true });
	giveBack();
};

const startBroker = async (stops: (() => Promise<void>)[]): Promise<EmbeddedBroker> => {
	const broker = await startEmbeddedBroker({ port: 0 });
	stops.push(() => broker.close());
	return broker;
};
