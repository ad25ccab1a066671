import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { loadConfig } from "../../config/load/load-config.ts";
import { tillConfigSchema } from "../../config/schema/till-config.ts";
import { recoverFromMirror } from "../../journal/sqlite/recover-journal.ts";
import { createClock } from "../../runtime/node/clock.ts";
import { createEntropy } from "../../runtime/node/entropy.ts";
import { createLogger } from "../../runtime/node/logger.ts";
import { adoptFromBox } from "../till/open-till.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { failed, show } from "./output.ts";
import type { Shell } from "./shell.ts";

const CONFIG_OPTION = ["--config <file>", "the box's configuration", "/etc/tilld/till.yaml"] as const;

/** `journal recover|adopt`: what a technician does while the service is stopped; each takes the journal's lock. */
export const addRepairCommands = (journal: Command, shell: Shell): void => {
	// A person reads along: what only a service logs is left out.
	const logger = createLogger({ level: "warn" });
	const act = (work: () => { readonly result: unknown; readonly words: string }): void => {
		try {
			const { result, words } = work();
			show(shell.output(), result, () => words);
			shell.end(EXIT_CODES.ok);
		} catch (thrown) {
			shell.end(failed(shell.output(), thrown));
		}
	};
	journal
		.command("recover")
		.argument("<mirror>", "the directory that journal.mirror named")
		.description("with the service stopped: copy back from the mirror's directory what the journal lost")
		.option(...CONFIG_OPTION)
		.action((mirror: string, options: { config: string }) =>
			act(() => {
				const config = loadConfig(options.config, tillConfigSchema);
				mkdirSync(config.journal.directory, { recursive: true, mode: 0o750 });
				const result = recoverFromMirror(config.journal.directory, resolve(mirror), logger);
				return {
					result,
					words: `Journal ${result.journalId}: ${result.recordCount} records and ${result.messageCount} messages are back. Run tillctl journal verify.`,
				};
			}),
		);
	journal
		.command("adopt")
		.argument("<directory>", "the journal's directory of the other box")
		.description(
			"with the service stopped, on a box without a journal: continue the journal of another box, carried here",
		)
		.option(...CONFIG_OPTION)
		.action((directory: string, options: { config: string }) =>
			act(() => {
				const config = loadConfig(options.config, tillConfigSchema);
				const adopted = adoptFromBox(
					{
						config,
						clock: createClock({ timeZone: config.timeZone }),
						entropy: createEntropy(),
						options: { mirror: config.journal.mirror, logger },
					},
					resolve(directory),
				);
				const { journalId } = adopted;
				const waiting = adopted.feedHead().seq;
				adopted.close();
				return {
					result: { journalId, messagesToSend: waiting },
					words: `This box goes on as journal ${journalId}; ${waiting} messages that were not accepted are sent again.`,
				};
			}),
		);
};
