import { RelayFault } from "../relay/relay-fault.ts";
import { Fault, messageOf } from "../runtime/contract/fault.ts";
import type { Logger } from "../runtime/contract/logger.ts";
import { notifySystemd } from "../runtime/node/systemd.ts";
import { troubleLines } from "./tillctl/code-text.ts";

/** A service that has started. */
export interface StartedService {
	readonly logger: Logger;
	readonly stop: (reason: string) => Promise<void>;
}

/** Exit code of a service that could not start because of its configuration or files; systemd does not retry it at once. */
const EXIT_CONFIG = 78;

/** A stop that takes longer than this is given up, so that systemd need not kill. */
const STOP_TIMEOUT_MS = 20_000;

/**
 * The life of a service process: start, tell systemd, wait for SIGTERM or SIGINT, stop. A fault at the start is written in
 * words with its code; anything else that is thrown is a bug: it ends the process, systemd starts it again, and replay
 * restores the state (DESIGN section 4, rule 5).
 */
export const runService = async (name: string, start: () => Promise<StartedService>): Promise<void> => {
	let service: StartedService;
	try {
		service = await start();
	} catch (thrown) {
		const lines =
			thrown instanceof Fault || thrown instanceof RelayFault
				? troubleLines(thrown.code, thrown.message, thrown instanceof Fault ? thrown.problems : [])
				: [messageOf(thrown)];
		process.stderr.write(`${name}: ${lines.join("\n")}\n`);
		process.exitCode = thrown instanceof Fault || thrown instanceof RelayFault ? EXIT_CONFIG : 1;
		// Ports and timers that were opened before the fault keep the process; it has nothing left to do.
		process.exit();
	}
	notifySystemd("READY=1");
	let isStopping = false;
	const stop = (signal: string): void => {
		if (isStopping) return;
		isStopping = true;
		notifySystemd("STOPPING=1");
		const giveUp = setTimeout(() => process.exit(1), STOP_TIMEOUT_MS);
		giveUp.unref();
		service.stop(signal).then(
			() => process.exit(0),
			(thrown: unknown) => {
				service.logger.error("the service did not stop cleanly", { error: messageOf(thrown) });
				process.exit(1);
			},
		);
	};
	process.on("SIGTERM", () => stop("SIGTERM"));
	process.on("SIGINT", () => stop("SIGINT"));
};
