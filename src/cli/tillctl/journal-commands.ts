import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { localDateTime, type Stamp } from "../../events/stamp.ts";
import { journalEventSchema } from "../../journal/contract/event-schema.ts";
import { verifyJournal } from "../../journal/sqlite/verify-journal.ts";
import type { ControlCall } from "../../operator/control/request.ts";
import { codeText } from "./code-text.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { ask, fail, failed, show } from "./output.ts";
import { addRepairCommands } from "./repair-commands.ts";
import { type Shell, wholeNumber } from "./shell.ts";

interface RecordRow {
	readonly seq: number;
	readonly at: Stamp;
	readonly source: string;
	readonly sha256: string;
	readonly event: { readonly type: string } & Readonly<Record<string, unknown>>;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const findingText = (finding: {
	readonly code: string;
	readonly seq: number | null;
	readonly text: string;
}): string => {
	const place = finding.seq === null ? "" : ` record ${finding.seq}`;
	const cause = codeText(finding.code)?.cause;
	return `! ${finding.code}${place}: ${finding.text}${cause === undefined ? "" : `\n    ${cause}`}`;
};

const RECORD_TYPES: readonly string[] = journalEventSchema.options.map((option) => option.shape.type.value);

/** Adds a type of record to those named before. */
const recordType = (text: string, before: readonly string[] | undefined): readonly string[] => {
	if (!RECORD_TYPES.includes(text))
		throw new InvalidArgumentError(`There is no such type; there are ${RECORD_TYPES.join(", ")}.`);
	return [...(before ?? []), text];
};

const EVENT_WIDTH = 96;

const recordText = ({ seq, at, event, sha256 }: RecordRow): string => {
	const { type, ...rest } = event;
	const { date, time } = localDateTime(at);
	const text = JSON.stringify(rest);
	const short = text.length > EVENT_WIDTH ? `${text.slice(0, EVENT_WIDTH)}...` : text;
	return `${seq.toString().padStart(8)}  ${date} ${time}  ${sha256.slice(0, 8)}  ${type.padEnd(20)} ${short}`;
};

/** `journal verify|show|export` and `explain`. */
export const addJournalCommands = (program: Command, shell: Shell): void => {
	const journal = program.command("journal").description("the journal: the till's own record of everything");
	journal
		.command("verify")
		.description(
			"read every record and message, check chains, numbers and anchors; reads the files, the service may run",
		)
		.option("--directory <path>", "the journal's directory", "/var/lib/tilld/journal")
		.action((options: { directory: string }) => {
			try {
				const report = verifyJournal(options.directory);
				show(shell.output(), report, () =>
					[
						...report.journals.map(
							(one) =>
								`${one.journalId}: ${one.recordCount} records, ${one.messageCount} messages in ${counted(one.months.length, "month")}, head ${one.head.seq} ${one.head.sha256}`,
						),
						...report.findings.map(findingText),
						report.findings.length === 0
							? "Everything holds."
							: `${counted(report.findings.length, "finding")}. tillctl explain CODE says what each means and what to do.`,
					].join("\n"),
				);
				shell.end(report.findings.length === 0 ? EXIT_CODES.ok : EXIT_CODES.findings);
			} catch (thrown) {
				shell.end(failed(shell.output(), thrown));
			}
		});
	journal
		.command("show")
		.description("show records, the newest 20 unless told otherwise")
		.option("--from <seq>", "first record", wholeNumber)
		.option("--limit <count>", "how many, at most 1000", wholeNumber, 20)
		.option("--type <type...>", "only records of these types, such as TicketClosed", recordType)
		.action(async (options: { from?: number; limit: number; type?: string[] }) => {
			const request: ControlCall = {
				command: "journalShow",
				limit: options.limit,
				...(options.from === undefined ? {} : { fromSeq: options.from }),
				...(options.type === undefined ? {} : { types: options.type }),
			};
			const words = ({ records }: { readonly records: readonly RecordRow[] }): string =>
				records.length === 0 ? "No such record." : records.map(recordText).join("\n");
			shell.end(await ask(shell.output(), shell.socket(), request, words));
		});
	journal
		.command("export")
		.argument("<file>", "file to be written, by the service; one that is there is replaced")
		.description("write the feed into a file, to be carried to the relay by hand (till-relay intake FILE)")
		.option("--from <feedSeq>", "first message; otherwise the first that is not accepted", wholeNumber)
		.action(async (file: string, options: { from?: number }) => {
			const request: ControlCall = {
				command: "journalExport",
				file: resolve(file),
				...(options.from === undefined ? {} : { fromFeedSeq: options.from }),
			};
			const words = (written: { readonly feedSeqFirst: number; readonly feedSeqLast: number }): string =>
				`Messages ${written.feedSeqFirst} to ${written.feedSeqLast} are in ${resolve(file)}.`;
			shell.end(await ask(shell.output(), shell.socket(), request, words));
		});
	addRepairCommands(journal, shell);
	program
		.command("explain")
		.argument("<code>", "such as TILL-0412 or RELAY-2301, or a condition such as POSPrinter.RecEmpty")
		.description("cause and remedy of a code, or of a condition that the status names")
		.action((code: string) => {
			const text = codeText(code);
			if (text === undefined) {
				fail(
					shell.output(),
					code,
					`${code} is no code of this version; one is such as TILL-0412 or POSPrinter.RecEmpty`,
				);
				shell.end(EXIT_CODES.refused);
				return;
			}
			show(shell.output(), text, () => `${text.code}\nCause:  ${text.cause}\nRemedy: ${text.remedy}`);
		});
};
