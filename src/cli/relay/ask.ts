import { InvalidArgumentError } from "commander";
import { z } from "zod";
import type { RelayConfig } from "../../config/schema/relay-config.ts";
import { callControl, isNobodyThere } from "../../operator/control/client.ts";
import { type RelayRequest, relayRequestSchema } from "../../operator/control/relay-request.ts";
import type { ControlAnswer } from "../../operator/control/request.ts";
import { claimLedger } from "../../relay/ledger/claim.ts";
import { RelayFault } from "../../relay/relay-fault.ts";
import { createClock } from "../../runtime/node/clock.ts";
import { createEntropy } from "../../runtime/node/entropy.ts";
import { createLogger } from "../../runtime/node/logger.ts";
import { createTimers } from "../../runtime/node/timers.ts";
import { EXIT_CODES, type ExitCode } from "../tillctl/exit-code.ts";
import { fail, failed, type Output, show } from "../tillctl/output.ts";
import { type RelayResult, relayControl } from "./control-handler.ts";
import { openRelay, type RunRelayParts } from "./open-relay.ts";

/** What the relay's commands share. */
export interface RelayShell {
	readonly config: () => RelayConfig;
	readonly output: () => Output;
	/** Says how the command ended. */
	readonly end: (code: ExitCode) => void;
}

/** The parts of a relay that come from the machine. */
export const partsOf = (config: RelayConfig): RunRelayParts => ({
	config,
	clock: createClock({ timeZone: "Europe/Oslo" }),
	timers: createTimers(),
	entropy: createEntropy(),
	logger: createLogger({ level: config.log.level }).child({ service: "till-relay" }),
});

/** Acts on the ledger itself, claimed for so long: RELAY-1005 when a relay has it. */
const onLedger = async (config: RelayConfig, request: RelayRequest): Promise<ControlAnswer> => {
	const giveBack = claimLedger(config.ledger.file);
	try {
		const parts = openRelay(partsOf(config));
		try {
			return await relayControl(request, parts);
		} finally {
			parts.ledger.close();
		}
	} finally {
		giveBack();
	}
};

/** The exit code of something thrown, after writing it. */
export const relayFailed = (output: Output, thrown: unknown): ExitCode => {
	if (!(thrown instanceof RelayFault)) return failed(output, thrown);
	fail(output, thrown.code, thrown.message);
	return thrown.code === "RELAY-1005" ? EXIT_CODES.refused : EXIT_CODES.fault;
};

/**
 * Asks the running relay; where none runs, carries the request out on the ledger itself. A relay that is there and does
 * not answer may have carried it out already: then nothing is done in its place.
 */
export const ask = async (shell: RelayShell, request: z.input<typeof relayRequestSchema>): Promise<void> => {
	const checked = relayRequestSchema.safeParse(request);
	if (!checked.success) throw new InvalidArgumentError(z.prettifyError(checked.error));
	const output = shell.output();
	const config = shell.config();
	const answer = await callControl(config.controlSocket, checked.data).catch((thrown: unknown) => {
		if (isNobodyThere(thrown)) return onLedger(config, checked.data);
		throw thrown;
	});
	switch (answer.kind) {
		case "ok": {
			const { data, words } = answer.result as RelayResult;
			show(output, data, () => words);
			return shell.end(EXIT_CODES.ok);
		}
		case "refused":
			fail(output, answer.code, answer.message);
			return shell.end(EXIT_CODES.refused);
		case "fault":
			fail(output, answer.code, answer.message, answer.problems);
			return shell.end(EXIT_CODES.fault);
	}
};
