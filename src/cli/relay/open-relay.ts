import { readSecret } from "../../config/load/read-secret.ts";
import type { RelayConfig } from "../../config/schema/relay-config.ts";
import { FeedSubscriber } from "../../feed/mqtt/feed-subscriber.ts";
import { openAlarmBook } from "../../relay/alarm/alarm-book.ts";
import { openIntake } from "../../relay/intake/intake.ts";
import { type Ledger, openLedger } from "../../relay/ledger/ledger.ts";
import { createM3Delivery, type M3Delivery } from "../../relay/m3/delivery.ts";
import { openM3Client, secretFileOf } from "../../relay/m3/open-m3.ts";
import { openPowerOfficeDelivery, type PowerOfficeDelivery } from "../../relay/power-office/delivery.ts";
import { openGoClients } from "../../relay/power-office/open-clients.ts";
import { openReconciler, type Reconciler } from "../../relay/reconciliation/reconciler.ts";
import { createRelay, RELAY_OUTSTANDING_MAX, type Relay } from "../../relay/relay.ts";
import type { Clock, Entropy, Timers } from "../../runtime/contract/clock.ts";
import type { Logger } from "../../runtime/contract/logger.ts";

/** What running a relay takes. */
export interface RunRelayParts {
	readonly config: RelayConfig;
	readonly clock: Clock;
	readonly timers: Timers;
	readonly entropy: Entropy;
	readonly logger: Logger;
	/**
	 * Given when the ledger is a restored backup or a new one in the place of another: the highest term that a till was
	 * told. The relay then begins a higher one, and the tills send again what it does not hold (DESIGN section 7).
	 */
	readonly termSeen?: number;
}

/** The relay's parts on one ledger, nothing running yet; commands that need no broker use them as they are. */
export interface RelayParts {
	readonly ledger: Ledger;
	readonly relay: Relay;
	readonly reconciler: Reconciler;
	readonly m3: M3Delivery | undefined;
	readonly powerOffice: PowerOfficeDelivery | undefined;
}

/** Puts a relay together from its configuration: ledger, intake, what is configured of the two deliveries, reconciliation. */
export const openRelay = (parts: RunRelayParts): RelayParts => {
	const { config, clock, timers, entropy, logger } = parts;
	const ledger = openLedger(config.ledger.file, entropy);
	if (parts.termSeen !== undefined) ledger.newTerm(parts.termSeen);
	const alarms = openAlarmBook(ledger, logger);
	const intake = openIntake(ledger, alarms, clock);
	const m3 =
		config.m3 === undefined
			? undefined
			: createM3Delivery({
					ledger,
					alarms,
					clock,
					client: openM3Client({ m3: config.m3, secret: readSecret(secretFileOf(config.m3)), clock, timers }),
					m3: config.m3,
					mapping: config.mapping,
				});
	const powerOffice = config.powerOffice === undefined ? undefined : openPowerOffice(parts, ledger, alarms);
	const reconciler = openReconciler({
		ledger,
		mapping: config.mapping,
		m3: config.m3,
		powerOffice: config.powerOffice !== undefined,
		clock,
		alarms,
	});
	const relay = createRelay({
		ledger,
		alarms,
		intake,
		deliveries: [m3, powerOffice].filter((delivery) => delivery !== undefined),
		openFeed: (listener) =>
			new FeedSubscriber({
				...listener,
				mqtt: config.mqtt,
				clientId: `relay-${ledger.ledgerId.slice(0, 16)}`,
				outstandingMax: RELAY_OUTSTANDING_MAX,
				timers,
				entropy,
				logger,
			}),
		clock,
		timers,
		entropy,
		log: logger,
	});
	return { ledger, relay, reconciler, m3, powerOffice };
};

const openPowerOffice = (
	{ config, clock, timers, logger }: RunRelayParts,
	ledger: Ledger,
	alarms: ReturnType<typeof openAlarmBook>,
): PowerOfficeDelivery | undefined => {
	const { powerOffice, mapping } = config;
	if (powerOffice === undefined) return undefined;
	const secrets = {
		applicationKey: readSecret(powerOffice.applicationKeyFile),
		subscriptionKey: readSecret(powerOffice.subscriptionKeyFile),
		clientKeys: new Map(
			Object.entries(mapping.companies).map(([company, { clientKeyFile }]) => [company, readSecret(clientKeyFile)]),
		),
	};
	return openPowerOfficeDelivery({
		ledger,
		settings: { mapping, saftSourceId: powerOffice.saftSourceId ?? null },
		clients: openGoClients({ config: powerOffice, secrets, ledger, clock, timers }),
		clock,
		alarms,
		log: logger,
	});
};
