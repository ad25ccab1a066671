import { resolve } from "node:path";
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { NO_SALE_REASONS, type NoSaleReason } from "../../events/journal-event.ts";
import { ticketDocumentSchema } from "../../feed/schema/ticket-schema.ts";
import type { ControlCall } from "../../operator/control/request.ts";
import type { TillView } from "../../till/view.ts";
import { VERSION } from "../version.ts";
import { addDeviceCommands } from "./device/device-commands.ts";
import { EXIT_CODES, type ExitCode } from "./exit-code.ts";
import { addJournalCommands } from "./journal-commands.ts";
import { ask, outputTo, STANDARD_STREAMS, type Streams } from "./output.ts";
import { questionsText } from "./questions.ts";
import { addPreviewCommand } from "./receipt/preview-command.ts";
import {
	type DeviceRow,
	DRAWER_OPENED,
	dayClosedText,
	dayOpenedText,
	reprintedText,
	saleText,
	statusText,
	viewText,
} from "./render.ts";
import { type Shell, wholeNumber } from "./shell.ts";
import { ticketText } from "./ticket-text.ts";

const HELP = `
Exit codes: 0 done; 1 a fault of the box, a file or the program; 2 the command
line is not understood; 3 the till says no and nothing changed; 4 the service
does not answer; 5 a check found something wrong.
What goes wrong has a code (TILL-0412); \`tillctl explain CODE\` gives its cause
and remedy.`;

/** The answers to the question of a doubt. */
const REMEDIES = ["itCameOut", "copyPrinted", "drawerChecked"] as const;

const CATALOG_HELP = `
The first line names the columns, separated by comma or semicolon:
  item_id,description,item_group,price,vat_code,unit   needed
  unit_text,unit_decimals,per,includes_vat,codes,currency   may be left out
One item a line; codes are separated by blanks. Every mistake is told by its line,
and then nothing is imported. All of it: src/catalog/core/README.md.`;

const RECALL_HELP = `
The first line names the columns: code,batch,reason. The code is a GTIN or an
item's own number; without a batch all of it is recalled; the reason is shown
to the cashier. The file is the whole list: a header alone ends every recall.`;

const sellingCommands = (program: Command, shell: Shell): void => {
	const send = async (request: ControlCall, words: (view: TillView) => string): Promise<void> =>
		shell.end(await ask<TillView>(shell.output(), shell.socket(), request, words));
	const saying =
		(text: string) =>
		(view: TillView): string =>
			[text, ...questionsText(view)].join("\n");
	program
		.command("scan")
		.argument("<code>", "bar code, or the item's own number")
		.description("sell an item by its bar code or own number")
		.option("-q, --quantity <quantity>", "how many, or how much of a weighed item; left out: one")
		.action((code: string, options: { quantity?: string }) => send({ command: "scan", code, ...options }, saleText));
	program
		.command("tender")
		.argument("<type>", "id of a tender type of till.yaml, such as cash")
		.argument("[amount]", "what was handed over, such as 500 or 49.50")
		.description("take a tender; without an amount, all that is left")
		.option("--currency <code>", "currency of the amount, when it is not the till's own")
		.action((tenderType: string, amount: string | undefined, options: { currency?: string }) =>
			send({ command: "tender", tenderType, ...(amount === undefined ? {} : { amount }), ...options }, saleText),
		);
	program
		.command("close")
		.description("close a ticket that needs no (more) tender")
		.action(() => send({ command: "close" }, saleText));
	program
		.command("view")
		.description("show the open ticket, or the last one; and what may not have come out")
		.action(() => send({ command: "view" }, viewText));
	const day = program.command("day").description("open and close the business day");
	day
		.command("open")
		.description("open the day; the date is proposed from the clock and the cut-over hour")
		.option("--date <date>", "business date, YYYY-MM-DD")
		.action((options: { date?: string }) =>
			send(
				{ command: "dayOpen", ...(options.date === undefined ? {} : { businessDate: options.date }) },
				dayOpenedText,
			),
		);
	day
		.command("close")
		.description("close the day: journal, print and send the Z report")
		.action(() => send({ command: "dayClose" }, dayClosedText));
	day
		.command("report")
		.argument("<z>", "number of the Z report", wholeNumber)
		.description("print a Z report once more, marked as a copy if it may have come out before")
		.action((z: number) => send({ command: "reportCopy", z }, saying(reprintedText(`Z report ${z}`))));
	const receipt = program.command("receipt").description("receipts");
	receipt
		.command("copy")
		.argument("<number>", "receipt number", wholeNumber)
		.description("print the one marked copy of a receipt; or the receipt itself, if nothing of it came out")
		.action((receiptNumber: number) =>
			send({ command: "receiptCopy", receiptNumber }, saying(reprintedText(`Receipt ${receiptNumber}`))),
		);
	addPreviewCommand(receipt, shell);
	program
		.command("doubt")
		.description("paper and drawer jobs whose outcome nobody knows")
		.command("settle")
		.argument("<jobId>", "the job, as view shows it")
		.addArgument(
			new Argument(
				"<answer>",
				"the paper is there; it is not, print a marked copy; or the drawer was looked at",
			).choices(REMEDIES),
		)
		.description("answer the question about a paper or drawer job, after a look")
		.action((jobId: string, remedy: (typeof REMEDIES)[number]) =>
			send(
				{ command: "doubtSettle", jobId, remedy },
				saying(remedy === "copyPrinted" ? "It is settled; a marked copy goes to the printer." : "It is settled."),
			),
		);
	program
		.command("drawer")
		.description("the cash drawer")
		.command("open")
		.addArgument(new Argument("<reason>", "why, without a sale; it stands in the journal").choices(NO_SALE_REASONS))
		.description("open the drawer without a sale")
		.option("--drawer <id>", "another drawer than the till's own, by its id in till.yaml")
		.action((reason: NoSaleReason, options: { drawer?: string }) =>
			send(
				{ command: "drawerOpen", reason, ...(options.drawer === undefined ? {} : { drawerId: options.drawer }) },
				saying(DRAWER_OPENED),
			),
		);
	program
		.command("clock")
		.description("the clock")
		.command("confirm")
		.description("say that the clock is right, after a look or a correction")
		.action(() => send({ command: "clockConfirm" }, saying("The clock counts as right.")));
};

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/;

/** UTC milliseconds of a time with its offset: without one it would be another moment on another box. */
const timeWithOffset = (text: string): number => {
	const utcMs = TIME.test(text) ? Date.parse(text) : Number.NaN;
	if (Number.isNaN(utcMs))
		throw new InvalidArgumentError("A time with its offset is wanted, such as 2026-12-01T00:00+01:00.");
	return utcMs;
};

interface CatalogAnswer {
	readonly version: string;
	readonly itemCount: number;
	readonly isNew: boolean;
}

interface RecallAnswer {
	readonly recallCount: number;
	readonly replacedCount: number;
}

interface TicketAnswer {
	readonly seq: number;
	readonly sha256: string;
	readonly ticket: z.input<typeof ticketDocumentSchema>;
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
			const words = ({ ticket, ...record }: TicketAnswer): string =>
				ticketText(z.decode(ticketDocumentSchema, ticket), record);
			shell.end(await ask<TicketAnswer>(shell.output(), shell.socket(), request, words));
		});
	const catalog = program.command("catalog").description("items, prices and recalls");
	catalog
		.command("import")
		.argument("<file>", "CSV in UTF-8 that the service may read; columns: see below")
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
		})
		.addHelpText("after", CATALOG_HELP);
	catalog
		.command("recall")
		.argument("<file>", "CSV in UTF-8 that the service may read; columns: see below")
		.description("put a list of recalls in the place of the one before: all or nothing, in force at once")
		.action(async (file: string) => {
			const words = ({ recallCount, replacedCount }: RecallAnswer): string =>
				`${recallCount} recalls are in force; the list before had ${replacedCount}.`;
			const request: ControlCall = { command: "catalogRecall", file: resolve(file) };
			shell.end(await ask<RecallAnswer>(shell.output(), shell.socket(), request, words));
		})
		.addHelpText("after", RECALL_HELP);
};

/** Runs one command line; answers the exit code. */
export const tillctl = async (args: readonly string[], streams: Streams = STANDARD_STREAMS): Promise<ExitCode> => {
	let code: ExitCode = EXIT_CODES.ok;
	const program = new Command("tillctl")
		.description("speaks to the till service of this box")
		.version(VERSION)
		.option(
			"--socket <path>",
			"control socket of the service (or the variable TILLD_SOCKET)",
			process.env["TILLD_SOCKET"] ?? "/run/tilld/control.sock",
		)
		.option("--json", "answer in JSON; amounts are decimal text, in tickets and records whole minor units")
		.configureHelp({ showGlobalOptions: true })
		.configureOutput({ writeOut: streams.out, writeErr: streams.err })
		.addHelpText("afterAll", HELP)
		.showHelpAfterError("(tillctl --help tells more)")
		.exitOverride();
	const options = (): { socket: string; json?: true } => program.opts();
	const shell: Shell = {
		end: (ended) => {
			code = ended;
		},
		output: () => outputTo(streams, options().json === true),
		socket: () => options().socket,
		ask: () => streams.answer ?? null,
	};
	sellingCommands(program, shell);
	askingCommands(program, shell);
	addDeviceCommands(program, shell);
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
