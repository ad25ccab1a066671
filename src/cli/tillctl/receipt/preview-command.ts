import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { paperText } from "../../../../drivers/paper/paper-text.ts";
import { loadConfig } from "../../../config/load/load-config.ts";
import { type TillConfig, tillConfigSchema } from "../../../config/schema/till-config.ts";
import type { PrintElement } from "../../../devices/contract/devices.ts";
import type { PrintContent } from "../../../devices/contract/effect.ts";
import { layOut } from "../../../devices/supervisor/lay-out.ts";
import type { TicketDocument } from "../../../events/ticket-document.ts";
import { ticketDocumentSchema } from "../../../feed/schema/ticket-schema.ts";
import { callControl } from "../../../operator/control/client.ts";
import { heading } from "../../../receipt/receipt-line.ts";
import { messageOf } from "../../../runtime/contract/fault.ts";
import { EXIT_CODES, type ExitCode } from "../exit-code.ts";
import { fail, failed, type Output, show } from "../output.ts";
import { type Shell, wholeNumber } from "../shell.ts";
import { type PaperPlan, planPaper } from "./paper-plan.ts";
import { printToPaper, writePictures } from "./print-to-paper.ts";
import { sampleTicket } from "./sample-ticket.ts";
import { sampleZ } from "./sample-z.ts";

const HELP = `
The paper is made as the till makes it: laid out, written as the printer's bytes, and
those read back strictly. Nothing is printed and nothing is recorded. A closed ticket is
asked of the running service; --sample needs none, and no till.yaml either. A picture of a
closed ticket says at both ends that it is no receipt.

Examples:
  tillctl receipt preview 123456
  tillctl receipt preview 123456 --copy --png copy.png
  tillctl receipt preview --sample --profile epson-tm-t20iii --logo logo.png --svg sample.svg
  tillctl receipt preview --sample z --columns 32`;

interface PreviewOptions {
	readonly config: string;
	readonly series: string;
	readonly sample?: "receipt" | "z";
	readonly copy?: true;
	readonly profile?: string;
	readonly columns?: number;
	readonly logo?: string;
	readonly svg?: string;
	readonly png?: string;
}

/** As many as till.yaml may say, too. */
const columnsOption = (text: string): number => {
	const columns = /^[0-9]{2}$/.test(text) ? Number.parseInt(text, 10) : 0;
	if (columns < 32 || columns > 64) throw new InvalidArgumentError("Columns are a number from 32 to 64.");
	return columns;
};

/** What codes look like on that printer: at the end of a sample, because no receipt has them. */
const SAMPLE_CODES: readonly PrintElement[] = [
	{ kind: "feed", lines: 1 },
	{ kind: "barcode", symbology: "EAN13", data: "7038010001659" },
	{ kind: "barcode", symbology: "Code128", data: "OSLO1-1-123456" },
	{ kind: "qr", data: "https://kvittering.example/Ø?n=123456" },
];

/**
 * A picture of a real sale, sent to any printer, would be a second receipt that nothing records: it says at both ends that
 * it is none (kassasystemforskrifta § 2-6(4): one copy, marked as such).
 */
const asNoReceipt = (lines: readonly PrintElement[], { style, columns }: PaperPlan): readonly PrintElement[] => {
	const mark = heading(style.texts.notAReceipt, columns);
	return [...mark, ...lines.toSpliced(-1, 0, ...mark)];
};

/** The box's settings; null with a note on a machine that has none. */
const readSettings = (file: string, output: Output): TillConfig | null => {
	try {
		return loadConfig(file, tillConfigSchema);
	} catch (thrown) {
		output.note(`Seller, language and printer are examples: ${messageOf(thrown)}`);
		return null;
	}
};

/** A closed ticket of the running till, or the exit code after its refusal was written. */
const askTicket = async (receiptNumber: number, series: string, shell: Shell): Promise<TicketDocument | ExitCode> => {
	const answer = await callControl(shell.socket(), { command: "ticketShow", receiptNumber, series });
	switch (answer.kind) {
		case "ok":
			return z.decode(z.object({ ticket: ticketDocumentSchema }), answer.result as never).ticket;
		case "refused":
			fail(shell.output(), answer.code, answer.message);
			return EXIT_CODES.refused;
		case "fault":
			fail(shell.output(), answer.code, answer.message, answer.problems);
			return EXIT_CODES.fault;
	}
};

const preview = async (number: number | undefined, options: PreviewOptions, shell: Shell): Promise<ExitCode> => {
	const output = shell.output();
	if ((number === undefined) === (options.sample === undefined))
		throw new InvalidArgumentError("A receipt number or --sample is wanted, one of the two.");
	const settings = readSettings(options.config, output);
	const plan = await planPaper(settings, options);
	if (plan.columns > plan.profile.recLineChars)
		throw new InvalidArgumentError(
			`${plan.profileName} prints ${plan.profile.recLineChars} columns; --columns cannot be more.`,
		);
	const place = {
		store: settings?.store ?? "OSLO1",
		till: settings?.till ?? "1",
		currency: settings?.currency ?? "NOK",
	};
	const ticket = number === undefined ? sampleTicket(place) : await askTicket(number, options.series, shell);
	if (typeof ticket === "number") return ticket;
	const copy = options.copy === true;
	const content: PrintContent =
		options.sample === "z"
			? { kind: "zReport", report: sampleZ(ticket), copy }
			: { kind: "ticket", document: ticket, copy };
	const lines = layOut(content, plan.style, plan.columns);
	const files = {
		...(options.svg === undefined ? {} : { svg: resolve(options.svg) }),
		...(options.png === undefined ? {} : { png: resolve(options.png) }),
	};
	const isPictureOfSale = number !== undefined && Object.keys(files).length > 0;
	const elements = isPictureOfSale
		? asNoReceipt(lines, plan)
		: options.sample === "receipt"
			? lines.toSpliced(-1, 0, ...SAMPLE_CODES)
			: lines;
	const paper = printToPaper(elements, plan.profile);
	if (plan.logoTrouble !== null) output.note(plan.logoTrouble);
	await writePictures(paper, files);
	const text = paperText(paper);
	const result = {
		profile: plan.profileName,
		columns: plan.columns,
		logoTrouble: plan.logoTrouble,
		lines: text,
		...files,
	};
	const written = Object.values(files);
	show(output, result, () => (written.length === 0 ? text : written.map((file) => `Written: ${file}`)).join("\n"));
	return EXIT_CODES.ok;
};

/** `receipt preview`. */
export const addPreviewCommand = (receipt: Command, shell: Shell): void => {
	receipt
		.command("preview")
		.argument("[number]", "receipt number of a closed ticket", wholeNumber)
		.description("show a receipt as it comes out on paper, as text, SVG or PNG; prints nothing")
		.addOption(
			new Option("--series <series>", "series of the number")
				.choices(["receipt", "return", "delivery", "training"])
				.default("receipt"),
		)
		.addOption(
			new Option("--sample [paper]", "an example with everything a paper can hold, or a Z; without a service")
				.choices(["receipt", "z"])
				.preset("receipt"),
		)
		.option("--copy", "as its copy, which says so")
		.option("--profile <name>", "as that model prints it; left out: the till's own printer")
		.option("--columns <count>", "characters a line; left out: as the till, or the model", columnsOption)
		.option("--logo <file>", "with this PNG file as the logo; left out: receipt.logo of till.yaml")
		.option("--svg <file>", "write a drawing in the paper's size")
		.option("--png <file>", "write a picture, two pixels a dot of the printer")
		.option("--config <file>", "the box's configuration: seller, language, printer, logo", "/etc/tilld/till.yaml")
		.addHelpText("after", HELP)
		.action(async (number: number | undefined, options: PreviewOptions) => {
			try {
				shell.end(await preview(number, options, shell));
			} catch (thrown) {
				if (thrown instanceof InvalidArgumentError) throw thrown;
				shell.end(failed(shell.output(), thrown));
			}
		});
};
