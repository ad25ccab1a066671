import { type RelayRequest, relayRequestSchema } from "../../operator/control/relay-request.ts";
import { type ControlServer, startControlServer } from "../../operator/control/server.ts";
import { type DeliveryLoop, runDelivery } from "../../relay/delivery-loop.ts";
import type { DayKey } from "../../relay/intake/days.ts";
import type { FileIntake } from "../../relay/intake/intake-file.ts";
import type { CloseOptions } from "../../relay/intake/orphan-day.ts";
import type { RelayReport } from "../../relay/intake/relay-report.ts";
import { claimLedger } from "../../relay/ledger/claim.ts";
import type { Ledger } from "../../relay/ledger/ledger.ts";
import type { Reconciliation } from "../../relay/reconciliation/reconciliation.ts";
import type { RelayStatus } from "../../relay/relay-status.ts";
import { relayControl } from "./control-handler.ts";

import { openRelay, type RelayParts, type RunRelayParts } from "./open-relay.ts";

/** A relay that runs. */
export interface RunningRelay {
	status(): RelayStatus;
	/** The kept reconciliations, newest business date first. */
	reconciliations(): Reconciliation[];
	intakeFile(path: string): Promise<FileIntake>;
	/** A person closes a day whose Z will not come; see the function of that name. */
	closeOrphanDay(day: DayKey, closedBy: string, options?: CloseOptions): RelayReport;
	readonly ledger: Ledger;
	stop(): Promise<void>;
}

/**
 * Opens a relay and its socket with the ledger claimed throughout: opening the deliveries takes what is under way for lost,
 * and a command that came between would do so a second time.
 */
const openClaimed = async (parts: RunRelayParts): Promise<{ opened: RelayParts; control: ControlServer }> => {
	const giveBack = claimLedger(parts.config.ledger.file);
	try {
		const opened = openRelay(parts);
		const service = { schema: relayRequestSchema, handler: (request: RelayRequest) => relayControl(request, opened) };
		const control = await startControlServer(parts.config.controlSocket, service, parts.logger).catch(
			(thrown: unknown) => {
				opened.ledger.close();
				throw thrown;
			},
		);
		return { opened, control };
	} finally {
		giveBack();
	}
};

/** Opens a relay and runs it until it is stopped. Answers on its control socket; a second relay on the same one does not start. */
export const runRelay = async (parts: RunRelayParts): Promise<RunningRelay> => {
	const { opened, control } = await openClaimed(parts);
	const { ledger, relay, reconciler } = opened;
	relay.start();
	const comparing: DeliveryLoop = runDelivery(reconciler, parts.timers, parts.logger);
	parts.logger.info("relay is ready", { ledger: ledger.ledgerId, term: ledger.term });
	return {
		status: () => relay.status(),
		reconciliations: () => reconciler.list(),
		intakeFile: (path) => relay.intakeFile(path),
		closeOrphanDay: (day, closedBy, options) => relay.closeOrphanDay(day, closedBy, options),
		ledger,
		stop: async () => {
			await control.close();
			await relay.stop();
			await comparing.stop();
			ledger.close();
		},
	};
};
