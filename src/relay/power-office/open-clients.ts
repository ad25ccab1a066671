import type { PowerOfficeConfig } from "../../config/schema/relay-config.ts";
import type { Clock, Timers } from "../../runtime/contract/clock.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { tokenSource } from "./access-token.ts";
import { powerOfficeClient } from "./client.ts";
import { type GoClient, goClient } from "./go-client.ts";
import { httpExchange } from "./http-exchange.ts";
import { callTurns, rateLimit } from "./rate-limit.ts";
import { POWER_OFFICE_STEPS } from "./tables.ts";

/** The keys behind the configuration's files. Secrets. */
export interface PowerOfficeSecrets {
	readonly applicationKey: string;
	readonly subscriptionKey: string;
	/** Company of the mapping -> client key. */
	readonly clientKeys: ReadonlyMap<string, string>;
}

/** What clients are opened with. */
export interface OpenClientsParts {
	readonly config: Pick<PowerOfficeConfig, "baseUrl" | "tokenUrl" | "ratePerSecond" | "requestTimeoutMs">;
	readonly secrets: PowerOfficeSecrets;
	readonly ledger: Ledger;
	readonly clock: Clock;
	readonly timers: Timers;
}

/** One Go client a company, each with its own token; all share the call limit of the subscription key. */
export const openGoClients = (parts: OpenClientsParts): ReadonlyMap<string, GoClient> => {
	const { config, secrets, ledger, clock, timers } = parts;
	const { applicationKey, subscriptionKey } = secrets;
	ledger.migrate("power-office", POWER_OFFICE_STEPS);
	const exchange = httpExchange(timers, config.requestTimeoutMs);
	const sleep = (ms: number): Promise<void> =>
		new Promise((resolve) => void timers.after("power-office turn", ms, resolve));
	const turns = callTurns(rateLimit(ledger, subscriptionKey, config.ratePerSecond), clock, sleep);
	return new Map(
		[...secrets.clientKeys].map(([company, clientKey]) => {
			const keys = { applicationKey, clientKey, subscriptionKey };
			const tokens = tokenSource(keys, config.tokenUrl, exchange, turns, clock);
			const { baseUrl } = config;
			return [company, goClient(powerOfficeClient({ baseUrl, subscriptionKey, tokens, exchange, turns }))];
		}),
	);
};
