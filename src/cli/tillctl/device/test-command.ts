import { writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { loadConfig } from "../../../config/load/load-config.ts";
import { deviceConfigSchema, tillConfigSchema } from "../../../config/schema/till-config.ts";
import type { PortConfig } from "../../../devices/contract/driver.ts";
import {
	type ConformanceReport,
	checksText,
	conformanceReportSchema,
	conformanceText,
	verdictOf,
} from "../../../devices/provisioning/conformance-report.ts";
import { deviceOnPort } from "../../../devices/provisioning/new-device.ts";
import { portText } from "../../../devices/provisioning/port-text.ts";
import { profileNamed } from "../../../devices/provisioning/profile-named.ts";
import { ownerOfPort } from "../../../devices/provisioning/propose.ts";
import { readSystem } from "../../../devices/provisioning/read-system.ts";
import { systemFiles } from "../../../devices/provisioning/system-files.ts";
import { localDateTime } from "../../../events/stamp.ts";
import { Fault, messageOf } from "../../../runtime/contract/fault.ts";
import { VERSION } from "../../version.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { failed, show } from "../output.ts";
import { type Shell, wholeNumber } from "../shell.ts";
import { type BoxOptions, boxOptions, driverServices, portArgument, profileShelf, readBoxSettings } from "./box.ts";
import { evidenceText } from "./found-text.ts";
import { serviceDevices } from "./service.ts";
import { talkOf } from "./talk.ts";
import type { TestedDevice } from "./tested-device.ts";
import { type Trial, type TrialSettings, tryDevice } from "./try-device.ts";

const HELP = `
A printer prints a page with every letter of every code page and the number that selects it;
a drawer is opened and its switch read; a display shows rows; a scanner is waited for. Where
the till runs it does this itself, between two sales: an opening is in its journal with the
cause "test", the page is no receipt, a scan sells nothing. Where none runs, the command
opens the port, and no journal knows of it.

What only eyes can tell is asked, y or n; with --yes, or without a terminal, nothing is asked
and stands as not known.

Examples:
  tillctl device test printer
  tillctl device test drawer --report drawer.txt --report drawer.json
  tillctl device test scanner --timeout 60 --json
  tillctl device test --profile epson-tm-t88v --port 192.168.1.50`;

interface TestOptions extends BoxOptions {
	readonly yes?: true;
	readonly report?: readonly string[];
	readonly timeout: number;
	readonly profile?: string;
	readonly port?: PortConfig;
}

/** What a device on a port is called that no till.yaml names. */
const NAMELESS = "device";

/** Settings with one device, on the port that the command line names; a port of the running till is refused. */
const onPort = async (
	profileName: string,
	port: PortConfig,
	options: BoxOptions,
	socket: string,
): Promise<TrialSettings> => {
	const { settings, devices } = readBoxSettings(options);
	const { owner } = ownerOfPort(port, readSystem(systemFiles(options.root)), devices);
	if (owner !== null && (await serviceDevices(socket)) !== null)
		throw new Fault("TILL-0721", `${portText(port)} is ${owner}'s: tillctl device test ${owner}`);
	const profile = profileNamed(profileName, profileShelf(settings));
	const device = deviceOnPort(NAMELESS, { name: profileName, deviceClass: profile.deviceClass }, port);
	return { timeZone: settings?.timeZone ?? "UTC", devices: [deviceConfigSchema.parse(device)] };
};

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

const reportOf = (trial: Trial, options: TestOptions, settings: TrialSettings): ConformanceReport => {
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

const isoParts = (
	settings: TrialSettings,
): { readonly date: string; readonly time: string; readonly offset: string } => {
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
		.description("try a device: print, open, show, scan; and ask what only eyes can tell")
		.argument("[id]", "what till.yaml calls the device")
		.option("--profile <profile>", "with --port: the model of a device that is not in till.yaml")
		.option("--port <port>", "with --profile: path below /dev, or address; not one of the running till", portArgument)
		.option("--yes", "ask nothing")
		.option(
			"--report <file>",
			"write a conformance report, JSON for FILE.json, else text; may be given again",
			addReport,
		)
		.option("--timeout <seconds>", "how long a scan is waited for", wholeNumber, 30)
		.addHelpText("after", HELP)
		.action(async (id: string | undefined, options: TestOptions) => {
			const output = shell.output();
			const { profile, port } = options;
			const isOnPort = profile !== undefined && port !== undefined;
			if (isOnPort === (id !== undefined) || (profile === undefined) !== (port === undefined))
				throw new InvalidArgumentError("The id of a configured device is wanted, or --profile and --port.");
			try {
				const settings = isOnPort
					? await onPort(profile, port, options, shell.socket())
					: loadConfig(options.config, tillConfigSchema);
				const trial = await tryDevice(id ?? NAMELESS, {
					settings,
					isOnPort,
					shelf: profileShelf(readBoxSettings(options).settings),
					talk: talkOf(shell, output, options.yes === true),
					scanTimeoutMs: options.timeout * 1_000,
					socket: shell.socket(),
				});
				const report = reportOf(trial, options, settings);
				for (const file of options.report ?? []) fileReport(file, report);
				const { vendor, model, evidence } = report.device;
				show(output, report, () =>
					[`${report.device.id}: ${vendor} ${model}, ${evidenceText(evidence.level)}`, checksText(report)].join("\n"),
				);
				shell.end(report.verdict === "failed" ? EXIT_CODES.findings : EXIT_CODES.ok);
			} catch (thrown) {
				shell.end(failed(output, thrown));
			}
		});
};
