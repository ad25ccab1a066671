import { resolve } from "node:path";
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { localDateTime, type Stamp } from "../../events/stamp.ts";
import type { ControlCall } from "../../operator/control/request.ts";
import type { TillView } from "../../till/view.ts";
import { VERSION } from "../version.ts";
import { EXIT_CODES, type ExitCode } from "./exit-code.ts";
import { addJournalCommands } from "./journal-commands.ts";
import { ask, STANDARD_STREAMS, type Streams } from "./output.ts";
import { type DeviceRow, statusText, viewText } from "./render.ts";
import { type Shell, wholeNumber } from "./shell.ts";

const HELP = `
Exit codes: 0 done; 1 a fault of the box, a file or the program; 2 the command line is not understood; 3 the till says
no and nothing changed; 4 the service does not answer; 5 a check found something wrong.
Every message carries a code (TILL-0412); \`tillctl explain CODE\` gives its cause and remedy.`;

const sellingCommands = (program: Command, shell: Shell): void => {
	const send = async (request: ControlCall): Promise<void> =>
		shell.end(await ask<TillView>(shell.output(), shell.socket(), request, viewText));
	program
		.command("scan")
		.argument("<code>", "bar code, or the item's own number")
		.description("sell an item by its bar code or own number")
		.option("-q, --quantity <quantity>", "how many, or how much of a weighed item; left out: one")
		.action((code: string, options: { quantity?: string }) => send({ command: "scan", code, ...options }));
	program
		.command("tender")
		.argument("<type>", "id of a tender type of till.yaml, such as cash")
		.argument("[amount]", "what was handed over, such as 500 or 49.50")
		.description("take a tender; without an amount, all that is left")
		.option("--currency <code>", "currency of the amount, when it is not the till's own")
		.action((tenderType: string, amount: string | undefined, options: { currency?: string }) =>
			send({ command: "tender", tenderType, ...(amount === undefined ? {} : { amount }), ...options }),
		);
	program
		.command("close")
		.description("close a ticket that needs no (more) tender")
		.action(() => send({ command: "close" }));
	program
		.command("view")
		.description("show the open ticket, or the last one")
		.action(() => send({ command: "view" }));
	const day = program.command("day").description("open and close the business day");
	day
		.command("open")
		.description("open the day; the date is proposed from the clock and the cut-over hour")
		.option("--date <date>", "business date, YYYY-MM-DD")
		.action((options: { date?: string }) =>
			send({ command: "dayOpen", ...(options.date === undefined ? {} : { businessDate: options.date }) }),
		);
	day
		.command("close")
		.description("close the day: journal, print and send the Z report")
		.action(() => send({ command: "dayClose" }));
	program
		.command("receipt")
		.description("receipts")
		.command("copy")
		.argument("<number>", "receipt number", wholeNumber)
		.description("print one marked copy of a receipt")
		.action((receiptNumber: number) => send({ command: "receiptCopy", receiptNumber }));
	program
		.command("doubt")
		.description("paper and drawer jobs whose outcome nobody knows")
		.command("settle")
		.argument("<jobId>", "the job, as view shows it")
		.addArgument(new Argument("<remedy>", "what you saw").choices(["itCameOut", "drawerChecked"]))
		.description("say what you saw of a paper or drawer job")
		.action((jobId: string, remedy: "itCameOut" | "drawerChecked") => send({ command: "doubtSettle", jobId, remedy }));
	program
		.command("clock")
		.description("the clock")
		.command("confirm")
		.description("say that the clock is right, after a look or a correction")
		.action(() => send({ command: "clockConfirm" }));
};

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/;

/** UTC milliseconds of a time with its offset: without one it would be another moment on another box. */
const timeWithOffset = (text: string): number => {
	const utcMs = TIME.test(text) ? Date.parse(text) : Number.NaN;
	if (Number.isNaN(utcMs)) throw new InvalidArgumentError("no time like 2026-12-01T00:00+01:00");
	return utcMs;
};

interface CatalogAnswer {
	readonly version: string;
	readonly itemCount: number;
	readonly isNew: boolean;
}

interface TicketAnswer {
	readonly seq: number;
	readonly sha256: string;
	readonly ticket: { readonly closedAt: Stamp } & Readonly<Record<string, unknown>>;
}

const askingCommands = (program: Command, shell: Shell): void => {
	program
		.command("status")
		.description("what the till can do now, and why not; devices, journal, feed")
		.action(async () => {
			type Result = Parameters<typeof statusText>[0] & { readonly devices: readonly DeviceRow[] };
			shell.end(await ask<Result>(shell.output(), shell.socket(), { command: "status" }, statusText));
		});
	program
		.command("ticket")
		.description("closed tickets")
		.command("show")
		.argument("<number>", "receipt number", wholeNumber)
		.description("show a closed ticket by its receipt number")
		.addOption(
			new Option("--series <series>", "series of the number")
				.choices(["receipt", "return", "delivery", "training"])
				.default("receipt"),
		)
		.action(async (receiptNumber: number, options: { series: string }) => {
			const request: ControlCall = { command: "ticketShow", receiptNumber, series: options.series };
			const words = ({ seq, sha256, ticket }: TicketAnswer): string => {
				const { date, time } = localDateTime(ticket.closedAt);
				return `closed ${date} ${time}, record ${seq} ${sha256}\n${JSON.stringify(ticket, null, 2)}`;
			};
			shell.end(await ask<TicketAnswer>(shell.output(), shell.socket(), request, words));
		});
	program
		.command("catalog")
		.description("items and prices")
		.command("import")
		.argument("<file>", "CSV with a first line of column names; the service must be able to read it")
		.description("import a CSV file as a new version: all or nothing, in force from the next ticket on")
		.option("--effective-from <time>", "not before this time, such as 2026-12-01T00:00+01:00", timeWithOffset)
		.action(async (file: string, options: { effectiveFrom?: number }) => {
			const from = options.effectiveFrom;
			const request: ControlCall = {
				command: "catalogImport",
				file: resolve(file),
				...(from === undefined ? {} : { effectiveFromUtcMs: from }),
			};
			const words = (answer: CatalogAnswer): string =>
				answer.isNew
					? `Version ${answer.version} with ${answer.itemCount} items is in; it is in force from the next ticket after its time.`
					: `Version ${answer.version} holds exactly this file already; nothing changed.`;
			shell.end(await ask<CatalogAnswer>(shell.output(), shell.socket(), request, words));
		});
};

/** Runs one command line; answers the exit code. */
export const tillctl = async (args: readonly string[], streams: Streams = STANDARD_STREAMS): Promise<ExitCode> => {
	let code: ExitCode = EXIT_CODES.ok;
	const program = new Command("tillctl")
		.description("speaks to the till service of this box")
		.version(VERSION)
		.option(
			"--socket <path>",
			"control socket of the service",
			process.env["TILLD_SOCKET"] ?? "/run/tilld/control.sock",
		)
		.option("--json", "answer in JSON; amounts are decimal text, in tickets and records whole minor units", false)
		.configureHelp({ showGlobalOptions: true })
		.configureOutput({ writeOut: streams.out, writeErr: streams.err })
		.addHelpText("afterAll", HELP)
		.showHelpAfterError("(tillctl --help tells more)")
		.exitOverride();
	const options = (): { socket: string; json: boolean } => program.opts();
	const shell: Shell = {
		end: (ended) => {
			code = ended;
		},
		output: () => ({
			json: options().json,
			say: (text) => streams.out(`${text}\n`),
			note: (text) => streams.err(`${text}\n`),
		}),
		socket: () => options().socket,
	};
	sellingCommands(program, shell);
	askingCommands(program, shell);
	addJournalCommands(program, shell);
	try {
		await program.parseAsync(args, { from: "user" });
	} catch (thrown) {
		if (!(thrown instanceof CommanderError)) throw thrown;
		if (thrown instanceof InvalidArgumentError) streams.err(`${thrown.message}\n`);
		return thrown.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
	}
	return code;
};
