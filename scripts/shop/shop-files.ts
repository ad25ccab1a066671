import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { RelayConfig } from "../../src/config/schema/relay-config.ts";
import { relayConfigSchema } from "../../src/config/schema/relay-config.ts";
import type { TillConfig } from "../../src/config/schema/till-config.ts";
import { tillConfigSchema } from "../../src/config/schema/till-config.ts";
import type { IonApi } from "../../src/sandbox/m3/ionapi.ts";
import type { PowerOfficeSandbox } from "../../src/sandbox/power-office/sandbox.ts";
import { CATALOG_CSV, COMPANY, MAPPING, ROUNDING_ACCOUNT, STORE, TENDER_TYPES } from "./shop-data.ts";

/** What is particular about one till of the shop. */
export interface TillPlan {
	readonly till: string;
	/** First receipt number. */
	readonly receiptStart?: number;
	readonly language?: "en" | "nb";
	/** The model that its customer display plays; left out: one that can show everything. */
	readonly displayProfile?: string | undefined;
}

/** Name of the relay's books in its folder. */
export const LEDGER_FILE = "ledger.sqlite";

/** Name of the relay's settings in its folder, for `till-relay --config`. */
export const RELAY_CONFIG_FILE = "relay.yaml";

const writeSecret = (path: string, text: string): string => {
	writeFileSync(path, `${text}\n`, { mode: 0o600 });
	return path;
};

/** Writes the price file that tills import. Answers its path. */
export const writeCatalog = (directory: string): string => {
	const path = join(directory, "catalog.csv");
	writeFileSync(path, CATALOG_CSV);
	return path;
};

/** The configuration of one till on virtual devices, its files under `directory`. */
export const tillConfig = (directory: string, plan: TillPlan, brokerUrl: string): TillConfig => {
	const folder = join(directory, `till-${plan.till}`);
	mkdirSync(folder, { recursive: true });
	return tillConfigSchema.parse({
		version: 1,
		store: STORE,
		till: plan.till,
		country: "NO",
		language: plan.language ?? "en",
		currency: "NOK",
		company: { name: "Fredagskroa AS", organisationNumber: "999999999", address: ["Storgata 1", "0155 Oslo"] },
		seriesStart: { receipt: plan.receiptStart ?? 1 },
		journal: { directory: join(folder, "journal"), freeBytesMin: 10_000_000 },
		catalog: { file: join(folder, "catalog.sqlite") },
		controlSocket: join(folder, "control.sock"),
		tenderTypes: TENDER_TYPES,
		devices: [
			{ deviceClass: "POSPrinter", id: "printer", profile: "virtual-printer", port: { transport: "virtual" } },
			{ deviceClass: "CashDrawer", id: "drawer", printer: "printer" },
			{
				deviceClass: "LineDisplay",
				id: "display",
				profile: plan.displayProfile ?? "virtual-display",
				port: { transport: "virtual" },
			},
			{ deviceClass: "Scanner", id: "scanner", profile: "virtual-scanner", port: { transport: "virtual" } },
		],
		mqtt: { url: brokerUrl },
	});
};

/** The relay's configuration against the two sandboxes, its files and secrets under `directory`. */
export const relayConfig = (
	directory: string,
	brokerUrl: string,
	ionapi: IonApi,
	powerOffice: PowerOfficeSandbox,
	clientKey: string,
): RelayConfig => {
	const folder = join(directory, "relay");
	mkdirSync(folder, { recursive: true });
	const settings = {
		version: 1,
		ledger: { file: join(folder, LEDGER_FILE) },
		controlSocket: join(folder, "control.sock"),
		mqtt: { url: brokerUrl },
		m3: {
			access: { kind: "ionapi", ionapiFile: writeSecret(join(folder, "m3.ionapi"), JSON.stringify(ionapi)) },
			readBack: "EXPORTMI",
			round: { ticketCountMax: 30, intervalMs: 1_000 },
		},
		powerOffice: {
			baseUrl: powerOffice.url,
			tokenUrl: powerOffice.tokenUrl,
			applicationKeyFile: writeSecret(join(folder, "application-key"), powerOffice.applicationKey),
			subscriptionKeyFile: writeSecret(join(folder, "subscription-key"), powerOffice.subscriptionKey),
		},
		mapping: {
			...MAPPING,
			companies: {
				[COMPANY]: {
					clientKeyFile: writeSecret(join(folder, "client-key"), clientKey),
					roundingAccount: ROUNDING_ACCOUNT,
				},
			},
		},
	};
	writeFileSync(join(folder, RELAY_CONFIG_FILE), stringify(settings));
	return relayConfigSchema.parse(settings);
};
