import { resolve } from "node:path";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { z } from "zod";
import { loadConfig } from "../../config/load/load-config.ts";
import { type RelayConfig, relayConfigSchema } from "../../config/schema/relay-config.ts";
import { mosquittoAcl, mosquittoConf, mosquittoPasswordCommands } from "../../feed/mqtt/acl.ts";
import type { TillAddress } from "../../feed/schema/topic.ts";
import { callControl } from "../../operator/control/client.ts";
import { type RelayRequest, relayRequestSchema } from "../../operator/control/relay-request.ts";
import type { ControlAnswer } from "../../operator/control/request.ts";
import { claimLedger } from "../../relay/ledger/claim.ts";
import { restoreLedger } from "../../relay/ledger/restore.ts";
import { RelayFault } from "../../relay/relay-fault.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import { createClock } from "../../runtime/node/clock.ts";
import { createEntropy } from "../../runtime/node/entropy.ts";
import { createLogger } from "../../runtime/node/logger.ts";
import { notifySystemd } from "../../runtime/node/systemd.ts";
import { createTimers } from "../../runtime/node/timers.ts";
import { runService } from "../run-service.ts";
import { EXIT_CODES } from "../tillctl/exit-code.ts";
import { VERSION } from "../version.ts";
import { type RelayResult, relayControl } from "./control-handler.ts";
import { openRelay, type RunRelayParts } from "./open-relay.ts";
import { runRelay } from "./run-relay.ts";

/** Time between two beats of the watchdog. */
const BEAT_MS = 30_000;

const HELP = `
Without a command the relay runs as a service. The commands ask the running relay, or act on its ledger when none runs.
Exit codes: 0 done; 1 a fault of a file, the configuration or the program; 2 the command line is not understood; 3 refused.`;

/** Where the broker's files are on a Debian machine. */
const BROKER_FILES = {
	aclFile: "/etc/mosquitto/tilld.acl",
	passwordFile: "/etc/mosquitto/tilld.passwd",
	caFile: "/etc/mosquitto/certs/ca.pem",
	certFile: "/etc/mosquitto/certs/server.pem",
	keyFile: "/etc/mosquitto/certs/server.key",
};

const partsOf = (config: RelayConfig): RunRelayParts => ({
	config,
	clock: createClock({ timeZone: "Europe/Oslo" }),
	timers: createTimers(),
	entropy: createEntropy(),
	logger: createLogger({ level: config.log.level }).child({ service: "till-relay" }),
});

/** The tills that the mapping names; a store that names none has tills nobody can list. */
const tillsOf = (config: RelayConfig): TillAddress[] =>
	Object.entries(config.mapping.stores).flatMap(([store, { tills }]) => (tills ?? []).map((till) => ({ store, till })));

interface Shell {
	readonly config: () => RelayConfig;
	readonly json: () => boolean;
	readonly say: (text: string) => void;
	readonly refuse: (text: string) => void;
}

/**
 * Asks the running relay; where none runs, carries the request out on the ledger itself. Opening the deliveries a second
 * time beside a running relay would take what is under way for lost, so the socket is always tried first.
 */
const ask = async (shell: Shell, request: z.input<typeof relayRequestSchema>): Promise<void> => {
	const config = shell.config();
	const answer = await callControl(config.controlSocket, request).catch((thrown: unknown) => {
		if (!(thrown instanceof Fault) || thrown.code !== "TILL-0904") throw thrown;
		return undefined;
	});
	show(shell, answer ?? (await onLedger(config, relayRequestSchema.parse(request))));
};

const show = (shell: Shell, answer: ControlAnswer): void => {
	if (answer.kind !== "ok") {
		shell.refuse(answer.message);
		return;
	}
	const { data, words } = answer.result as RelayResult;
	shell.say(shell.json() ? JSON.stringify(data, null, 2) : words);
};

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

const count = (text: string): number => {
	const value = /^[0-9]{1,9}$/.test(text) ? Number.parseInt(text, 10) : 0;
	if (value < 1) throw new InvalidArgumentError("a whole number from 1 is wanted");
	return value;
};

const addLedgerCommands = (program: Command, shell: Shell): void => {
	program
		.command("intake <file>")
		.description("take in a feed file that was carried here (tillctl journal export); a second time it changes nothing")
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
		.option("--limit <count>", "how many, newest first", count, 20)
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
			count,
		)
		.action((options: { termSeen?: number }) => {
			const { ledgerId, term } = restoreLedger(shell.config().ledger.file, createEntropy(), options.termSeen);
			shell.say(`The ledger ${ledgerId} is now in term ${term}.`);
		});
};

const addPersonCommands = (program: Command, shell: Shell): void => {
	const m3 = program.command("m3").description("what only a person can resolve at M3");
	m3.command("round <itrn> <outcome>")
		.description("say what OPS275 shows of a round of unknown outcome: processed or not-processed")
		.action((itrn: string, outcome: string) => {
			if (outcome !== "processed" && outcome !== "not-processed")
				throw new InvalidArgumentError("processed or not-processed");
			return ask(shell, { command: "m3Round", itrn, outcome });
		});
	m3.command("ticket <reference> <what>")
		.description("release a quarantined ticket: send (its cause is gone) or booked (brought into M3 by hand)")
		.action((reference: string, what: string) => {
			if (what !== "send" && what !== "booked") throw new InvalidArgumentError("send or booked");
			return ask(shell, { command: "m3Ticket", reference, what });
		});
	const go = program.command("power-office").description("what only a person can resolve at PowerOffice Go");
	for (const act of ["release", "repost"] as const) {
		go.command(`${act} <store> <till> <z>`)
			.description(
				act === "release" ? "look at a held Z again" : "reverse the booked voucher and post the Z as the next revision",
			)
			.action((store: string, till: string, z: string) =>
				ask(shell, { command: "powerOffice", act, store, till, z: count(z) }),
			);
	}
};

const addBrokerCommand = (program: Command, shell: Shell): void => {
	program
		.command("broker")
		.description(
			"print what a Mosquitto needs: its configuration, the ACL of every till in the mapping, how to make passwords",
		)
		.option("--identity <kind>", "password or certificate", "password")
		.option("--reader <user...>", "head office's users, who may only read", [])
		.action((options: { identity: string; reader: string[] }) => {
			const { identity } = options;
			if (identity !== "password" && identity !== "certificate")
				throw new InvalidArgumentError("password or certificate");
			const config = shell.config();
			const users = { tills: tillsOf(config), relay: config.mqtt.username ?? "relay", readers: options.reader };
			shell.say(
				[
					"# /etc/mosquitto/conf.d/tilld.conf",
					mosquittoConf(identity, BROKER_FILES),
					`# ${BROKER_FILES.aclFile}`,
					mosquittoAcl(users),
					...(identity === "password"
						? ["# run once, each asks for a password", mosquittoPasswordCommands(users, BROKER_FILES.passwordFile)]
						: []),
				].join("\n"),
			);
		});
};

const serve = (config: () => RelayConfig): Promise<void> =>
	runService("till-relay", async () => {
		const parts = partsOf(config());
		const relay = await runRelay(parts);
		// The beat says that the loop turns and the ledger answers.
		const stopBeat = parts.timers.every("watchdog", BEAT_MS, () => {
			relay.status();
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

/** Runs one command line of the relay. */
export const tillRelay = async (args: readonly string[]): Promise<void> => {
	const program = new Command("till-relay")
		.description("head office's relay: takes the tills' feed and books it in Infor M3 and PowerOffice Go")
		.version(VERSION)
		.option("--config <file>", "the relay's configuration", "/etc/tilld/relay.yaml")
		.option("--json", "answer in JSON", false)
		.addHelpText("after", HELP)
		.showHelpAfterError("(till-relay --help tells more)")
		.exitOverride();
	const options = (): { config: string; json: boolean } => program.opts();
	const shell: Shell = {
		config: () => loadConfig(options().config, relayConfigSchema),
		json: () => options().json,
		say: (text) => process.stdout.write(`${text}\n`),
		refuse: (text) => {
			process.stderr.write(`${text}\n`);
			process.exitCode = EXIT_CODES.refused;
		},
	};
	program.command("run", { isDefault: true, hidden: true }).action(() => serve(shell.config));
	addLedgerCommands(program, shell);
	addPersonCommands(program, shell);
	addBrokerCommand(program, shell);
	for (const command of allCommands(program)) command.exitOverride();
	try {
		await program.parseAsync(args, { from: "user" });
	} catch (thrown) {
		if (thrown instanceof CommanderError) {
			if (thrown instanceof InvalidArgumentError) process.stderr.write(`${thrown.message}\n`);
			process.exitCode = thrown.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
			return;
		}
		const problems = thrown instanceof Fault ? thrown.problems : [];
		for (const line of [messageOf(thrown), ...problems.map((problem) => `  ${problem}`)])
			process.stderr.write(`${line}\n`);
		process.exitCode = thrown instanceof RelayFault ? EXIT_CODES.refused : EXIT_CODES.fault;
	}
};

const allCommands = (command: Command): Command[] =>
	command.commands.flatMap((child) => [child, ...allCommands(child)]);
