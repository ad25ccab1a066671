import { resolve } from "node:path";
import type { Command } from "commander";
import { FAULTS, REFUSALS } from "../../events/codes.ts";
import { localDateTime, type Stamp } from "../../events/stamp.ts";
import { verifyJournal } from "../../journal/sqlite/verify-journal.ts";
import type { ControlCall } from "../../operator/control/request.ts";
import { RELAY_CODES } from "../../relay/codes.ts";
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
								`${one.journalId}: ${one.recordCount} records, ${one.messageCount} messages in ${one.months.length} segments, head ${one.head.seq} ${one.head.sha256}`,
						),
						...report.findings.map((finding) => `! ${finding.code} record ${finding.seq ?? "-"}: ${finding.text}`),
						report.findings.length === 0 ? "Everything holds." : `${report.findings.length} findings.`,
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
		.option("--limit <count>", "how many", wholeNumber, 20)
		.option("--type <type...>", "only records of these types")
		.action(async (options: { from?: number; limit: number; type?: string[] }) => {
			const request: ControlCall = {
				command: "journalShow",
				limit: options.limit,
				...(options.from === undefined ? {} : { fromSeq: options.from }),
				...(options.type === undefined ? {} : { types: options.type }),
			};
			const words = ({ records }: { readonly records: readonly RecordRow[] }): string =>
				records.map(recordText).join("\n");
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
		.argument("<code>", "such as TILL-0412")
		.description("cause and remedy of a code")
		.action((code: string) => {
			const known: Readonly<Record<string, { readonly cause: string; readonly remedy: string }>> = {
				...REFUSALS,
				...FAULTS,
				...RELAY_CODES,
			};
			const text = known[code.toUpperCase()];
			if (text === undefined) {
				fail(shell.output(), code, `${code} is no code of this version`);
				shell.end(EXIT_CODES.refused);
				return;
			}
			show(
				shell.output(),
				{ code: code.toUpperCase(), ...text },
				() => `${code.toUpperCase()}\nCause:  ${text.cause}\nRemedy: ${text.remedy}`,
			);
		});
};
