import { resolve } from "node:path";
import { Argument, Command, CommanderError, InvalidArgumentError } from "commander";
import { loadConfig } from "../../config/load/load-config.ts";
import { type RelayConfig, relayConfigSchema } from "../../config/schema/relay-config.ts";
import { restoreLedger } from "../../relay/ledger/restore.ts";
import { createEntropy } from "../../runtime/node/entropy.ts";
import { notifySystemd } from "../../runtime/node/systemd.ts";
import { runService } from "../run-service.ts";
import { EXIT_CODES, type ExitCode } from "../tillctl/exit-code.ts";
import { type Output, outputTo, STANDARD_STREAMS, type Streams, show } from "../tillctl/output.ts";
import { wholeNumber } from "../tillctl/shell.ts";
import { VERSION } from "../version.ts";
import { ask, partsOf, type RelayShell, relayFailed } from "./ask.ts";
import { addBrokerCommand } from "./broker-command.ts";
import { runRelay } from "./run-relay.ts";

/** Time between two beats of the watchdog. */
const BEAT_MS = 30_000;

const HELP = `
Without a command the relay runs as a service. The commands ask the running
relay, or act on its ledger when none runs.
Exit codes: 0 done; 1 a fault of a file, the configuration or the program; 2 the
command line is not understood; 3 the relay says no and nothing changed; 4 the
running relay does not answer. As a service: 0 stopped, 78 not started because
of configuration or files, 1 anything else.
What goes wrong has a code; \`tillctl explain CODE\` gives its cause and remedy.`;

const addLedgerCommands = (program: Command, shell: RelayShell): void => {
	program
		.command("intake")
		.argument("<file>", "a file of tillctl journal export")
		.description("take in a feed file that was carried here; a second time it changes nothing")
		.action((file: string) => ask(shell, { command: "intake", file: resolve(file) }));
	program
		.command("status")
		.description("tills, what waits for each ERP and why, alarms")
		.action(() => ask(shell, { command: "status" }));
	program
		.command("reconciliation")
		.description("what the tills sold, the feed carried and both ERPs booked, per till and Z")
		.option("--store <store>", "only of this store")
		.option("--till <till>", "only of this till")
		.option("--limit <count>", "how many, newest first, at most 1000", wholeNumber, 20)
		.action((options: { store?: string; till?: string; limit: number }) =>
			ask(shell, { command: "reconciliation", ...options }),
		);
	program
		.command("restore")
		.description(
			"after the ledger was restored from a backup, with the relay stopped: begin a new term, so that the tills send again what it lacks",
		)
		.option(
			"--term-seen <term>",
			"the highest term a till was told since the backup, after a second restore of one backup",
			wholeNumber,
		)
		.action((options: { termSeen?: number }) => {
			const restored = restoreLedger(shell.config().ledger.file, createEntropy(), options.termSeen);
			show(shell.output(), restored, () => `The ledger ${restored.ledgerId} is now in term ${restored.term}.`);
		});
};

/** What a person can say of one Z in PowerOffice Go. */
const Z_VERBS = [
	{ verb: "release", act: "release", what: "look at a held Z again" },
	{ verb: "repost", act: "repost", what: "reverse the booked voucher and post the Z as the next revision" },
	{ verb: "read", act: "readAgain", what: "read a booked voucher again: somebody may have changed it in Go" },
	{ verb: "twin-seen", act: "acknowledgeTwin", what: "end the alarm about a second Z of this number: it is seen to" },
] as const;

const addPersonCommands = (program: Command, shell: RelayShell): void => {
	const m3 = program.command("m3").description("what only a person can resolve at M3");
	m3.command("round")
		.argument("<itrn>", "interface round number of a round of unknown outcome")
		.addArgument(new Argument("<outcome>", "what OPS275 shows of it").choices(["processed", "not-processed"]))
		.description("say what became of a round of unknown outcome")
		.action((itrn: string, outcome: "processed" | "not-processed") =>
			ask(shell, { command: "m3Round", itrn, outcome }),
		);
	m3.command("ticket")
		.argument("<reference>", "key of the quarantined ticket, as status shows it")
		.addArgument(
			new Argument("<what>", "send: its cause is gone; booked: it was brought into M3 by hand").choices([
				"send",
				"booked",
			]),
		)
		.description("release a quarantined ticket")
		.action((reference: string, what: "send" | "booked") => ask(shell, { command: "m3Ticket", reference, what }));
	m3.command("refused")
		.description(
			"send every ticket again of which M3 refused a row, once the cause is gone (a wrong code in the mapping)",
		)
		.option("--store <store>", "only of this store")
		.option("--till <till>", "only of this till")
		.action((options: { store?: string; till?: string }) => ask(shell, { command: "m3Refused", ...options }));
	program
		.command("day")
		.description("what only a person can resolve of a till's days")
		.command("close")
		.argument("<store>", "store of the till")
		.argument("<till>", "the till")
		.argument("<z>", "number that the day's Z would have had, as status shows it", wholeNumber)
		.requiredOption("--by <name>", "who closes it")
		.option("--accept-missing", "close it although messages are known to be missing: they are lost for good", false)
		.description("close a day whose Z will not come: it is booked by the tickets that are here")
		.action((store: string, till: string, z: number, options: { by: string; acceptMissing: boolean }) =>
			ask(shell, { command: "dayClose", store, till, z, ...options }),
		);
	const go = program.command("power-office").description("what only a person can resolve at PowerOffice Go");
	for (const { verb, act, what } of Z_VERBS) {
		go.command(verb)
			.argument("<store>", "store of the till")
			.argument("<till>", "till of the Z")
			.argument("<z>", "number of the Z", wholeNumber)
			.description(what)
			.action((store: string, till: string, z: number) => ask(shell, { command: "powerOffice", act, store, till, z }));
	}
};

const serve = (config: () => RelayConfig): Promise<void> =>
	runService("till-relay", async () => {
		const parts = partsOf(config());
		const relay = await runRelay(parts);
		// The beat says that the loop turns and the ledger answers.
		const stopBeat = parts.timers.every("watchdog", BEAT_MS, () => {
			relay.ledger.statement("SELECT term FROM ledger").get();
			notifySystemd("WATCHDOG=1");
		});
		return {
			logger: parts.logger,
			stop: () => {
				stopBeat();
				return relay.stop();
			},
		};
	});

/** Runs one command line of the relay; answers the exit code of a command. The service goes on when this has ended. */
export const tillRelay = async (args: readonly string[], streams: Streams = STANDARD_STREAMS): Promise<ExitCode> => {
	let code: ExitCode = EXIT_CODES.ok;
	const program = new Command("till-relay")
		.description("head office's relay: takes the tills' feed and books it in Infor M3 and PowerOffice Go")
		.version(VERSION)
		.option("--config <file>", "the relay's configuration", "/etc/tilld/relay.yaml")
		.option("--json", "answer in JSON")
		.configureHelp({ showGlobalOptions: true })
		.configureOutput({ writeOut: streams.out, writeErr: streams.err })
		.addHelpText("afterAll", HELP)
		.showHelpAfterError("(till-relay --help tells more)")
		.exitOverride();
	const options = (): { config: string; json?: true } => program.opts();
	const output = (): Output => outputTo(streams, options().json === true);
	const shell: RelayShell = {
		config: () => loadConfig(options().config, relayConfigSchema),
		output,
		end: (ended) => {
			code = ended;
		},
	};
	program.command("run", { isDefault: true, hidden: true }).action(() => serve(shell.config));
	addLedgerCommands(program, shell);
	addPersonCommands(program, shell);
	addBrokerCommand(program, shell);
	try {
		await program.parseAsync(args, { from: "user" });
		return code;
	} catch (thrown) {
		if (!(thrown instanceof CommanderError)) return relayFailed(output(), thrown);
		if (thrown instanceof InvalidArgumentError) streams.err(`${thrown.message}\n`);
		return thrown.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
	}
};
