import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { loadConfig } from "../../../config/load/load-config.ts";
import { type TillConfig, tillConfigSchema } from "../../../config/schema/till-config.ts";
import {
	type ConformanceReport,
	checksText,
	conformanceReportSchema,
	conformanceText,
	verdictOf,
} from "../../../devices/provisioning/conformance-report.ts";
import { readSystem } from "../../../devices/provisioning/read-system.ts";
import { systemFiles } from "../../../devices/provisioning/system-files.ts";
import { localDateTime } from "../../../events/stamp.ts";
import { Fault, messageOf } from "../../../runtime/contract/fault.ts";
import { VERSION } from "../../version.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { failed, show } from "../output.ts";
import { type Shell, wholeNumber } from "../shell.ts";
import { type BoxOptions, boxOptions, driverServices, profileShelf } from "./box.ts";
import { evidenceText } from "./found-text.ts";
import { talkOf } from "./talk.ts";
import type { TestedDevice } from "./tested-device.ts";
import { type Trial, tryDevice } from "./try-device.ts";

const HELP = `
A printer prints a page with every letter of every code page and the number that selects it;
a drawer is opened and its switch read; a display shows rows; a scanner is waited for. Where
the till runs it does this itself, between two sales: an opening is in its journal with the
cause "test", the page is no receipt, a scan sells nothing. Else the command opens the port.

What only eyes can tell is asked, y or n; with --yes, or without a terminal, nothing is asked
and stands as not known.

Examples:
  tillctl device test printer
  tillctl device test drawer --report drawer.txt --report drawer.json
  tillctl device test scanner --timeout 60 --json`;

interface TestOptions extends BoxOptions {
	readonly yes?: true;
	readonly report?: readonly string[];
	readonly timeout: number;
}

/** What the printer said of itself. */
const reportedBy = ({ identification }: Trial): ConformanceReport["reported"] => {
	if (identification?.outcome !== "identified") return null;
	const { maker, model, firmware } = identification.identity;
	return { maker, model, firmware };
};

/** The USB ids of the device behind a port. */
const usbOf = ({ port }: TestedDevice, root: string): string | null => {
	if (!("path" in port)) return null;
	const { path } = port;
	const node = readSystem(systemFiles(root)).nodes.find((one) => one.path === path || one.names.includes(path));
	return node?.usb == null ? null : `${node.usb.vendorId}:${node.usb.productId}`;
};

const reportOf = (trial: Trial, options: TestOptions, settings: TillConfig): ConformanceReport => {
	const { tested, checks } = trial;
	const { profile } = tested;
	const { date, time, offset } = isoParts(settings);
	return conformanceReportSchema.parse({
		form: "tilld-conformance",
		version: 1,
		at: `${date}T${time}${offset}`,
		program: { version: VERSION, node: process.version, platform: `${process.platform} ${process.arch}` },
		device: {
			id: tested.config.id,
			deviceClass: tested.config.deviceClass,
			profile: tested.profileName,
			vendor: profile.vendor,
			model: profile.model,
			evidence: { level: profile.evidence.level, source: profile.evidence.source.slice(0, 400) },
			transport: tested.port.transport,
			usb: usbOf(tested, options.root),
		},
		through: trial.through,
		reported: reportedBy(trial),
		checks: checks.map((check) => ({ ...check, detail: check.detail.slice(0, 400) })),
		verdict: verdictOf(checks),
	});
};

const isoParts = (settings: TillConfig): { readonly date: string; readonly time: string; readonly offset: string } => {
	const stamp = driverServices(settings).clock.stamp();
	const minutes = stamp.offsetMinutes;
	const two = (value: number): string => Math.floor(value).toString().padStart(2, "0");
	const offset = `${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
	return { ...localDateTime(stamp), offset };
};

/** Writes the report as JSON where the file is called so, else as text. */
const fileReport = (file: string, report: ConformanceReport): void => {
	const text = file.endsWith(".json") ? `${JSON.stringify(report, null, "\t")}\n` : conformanceText(report);
	try {
		writeFileSync(file, text);
	} catch (thrown) {
		throw new Fault("TILL-0737", `${file}: ${messageOf(thrown)}`, { cause: thrown });
	}
};

const addReport = (file: string, before: readonly string[] = []): readonly string[] => [...before, file];

/** `device test`. */
export const addTestCommand = (device: Command, shell: Shell): void => {
	boxOptions(device.command("test"))
		.description("try a configured device: print, open, show, scan; and ask what only eyes can tell")
		.argument("<id>", "what till.yaml calls the device")
		.option("--yes", "ask nothing")
		.option(
			"--report <file>",
			"write a conformance report, JSON for FILE.json, else text; may be given again",
			addReport,
		)
		.option("--timeout <seconds>", "how long a scan is waited for", wholeNumber, 30)
		.addHelpText("after", HELP)
		.action(async (id: string, options: TestOptions) => {
			const output = shell.output();
			try {
				const settings = loadConfig(options.config, tillConfigSchema);
				const trial = await tryDevice(id, {
					settings,
					shelf: profileShelf(settings),
					talk: talkOf(shell, output, options.yes === true),
					scanTimeoutMs: options.timeout * 1_000,
					socket: shell.socket(),
				});
				const report = reportOf(trial, options, settings);
				for (const file of options.report ?? []) fileReport(file, report);
				show(output, report, () =>
					[
						`${id}: ${report.device.vendor} ${report.device.model}, ${evidenceText(report.device.evidence.level)}`,
						checksText(report),
					].join("\n"),
				);
				shell.end(report.verdict === "failed" ? EXIT_CODES.findings : EXIT_CODES.ok);
			} catch (thrown) {
				shell.end(failed(output, thrown));
			}
		});
};
