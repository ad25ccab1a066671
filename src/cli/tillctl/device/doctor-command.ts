import type { Command } from "commander";
import type { TillConfig } from "../../../config/schema/till-config.ts";
import type { DeviceState } from "../../../devices/contract/devices.ts";
import type { BoxFacts, Finding } from "../../../devices/provisioning/box-facts.ts";
import { diagnoseBox } from "../../../devices/provisioning/diagnose-box.ts";
import { diagnosePorts } from "../../../devices/provisioning/diagnose-ports.ts";
import type { ProfileShelf } from "../../../devices/provisioning/propose.ts";
import {
	groupNames,
	hasLibrary,
	readLineErrors,
	readProcesses,
	readUser,
} from "../../../devices/provisioning/read-facts.ts";
import { readSystem } from "../../../devices/provisioning/read-system.ts";
import { systemFiles } from "../../../devices/provisioning/system-files.ts";
import { Fault } from "../../../runtime/contract/fault.ts";
import { codeText } from "../code-text.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { failed, type Output, show } from "../output.ts";
import { type Shell, wholeNumber } from "../shell.ts";
import { type BoxOptions, boxOptions, checkDevices, profileShelf, readBoxSettings } from "./box.ts";
import { installedRules } from "./installed-rules.ts";
import { serviceDevices } from "./service.ts";
import { talkOf } from "./talk.ts";
import { tryAll } from "./try-all.ts";

const HELP = `
Looks at settings, profiles, udev rules, rights, ports and who has them open; with --try it
also tries each device as tillctl device test does, and asks what only eyes can tell. Each
finding has a code (tillctl explain CODE) and the command that mends it; with findings the
exit code is 5. Run it as root: others do not see who has a port open.

Examples:
  sudo tillctl device doctor
  sudo tillctl device doctor --try
  sudo tillctl device doctor --json`;

interface DoctorOptions extends BoxOptions {
	readonly try?: true;
	readonly yes?: true;
	readonly timeout: number;
}

/** The user that systemd/tilld.service names. */
const SERVICE_USER = "tilld";

/** What keeps the till from starting with these devices; the ports of a till that plays devices are not judged. */
const unserved = (settings: TillConfig | null, shelf: ProfileShelf): BoxFacts["faults"] => {
	if (settings === null || settings.devices.some((one) => "port" in one && one.port.transport === "virtual")) return [];
	try {
		checkDevices(settings, shelf);
		return [];
	} catch (thrown) {
		if (!(thrown instanceof Fault)) throw thrown;
		return thrown.problems.map((what) => ({ code: thrown.code, what }));
	}
};

const readFacts = async (options: BoxOptions, socket: string): Promise<BoxFacts> => {
	const files = systemFiles(options.root);
	const { devices, settings, code, trouble } = readBoxSettings(options);
	const shelf = profileShelf(settings);
	const running = await serviceDevices(socket);
	return {
		configFile: options.config,
		devices,
		faults: [
			...(trouble === null ? [] : [{ code, what: trouble.replace(`${code} `, "") }]),
			...unserved(settings, shelf),
			...shelf.problems.map((what) => ({ code: "TILL-0701", what })),
		],
		found: readSystem(files),
		shelf,
		user: readUser(files, SERVICE_USER),
		ownerOf: files.owner,
		groupName: groupNames(files),
		rules: installedRules(files),
		processes: readProcesses(files),
		lineErrors: readLineErrors(files),
		hasLibusb: hasLibrary(files, "libusb-1.0.so.0"),
		hasBrltty: files.real("/usr/bin/brltty") !== null || files.real("/sbin/brltty") !== null,
		running: running === null ? null : new Map(running.map((row) => [row.id, row.state as DeviceState])),
	};
};

const findingText = ({ code, device, what, mend }: Finding): string =>
	[
		`! ${code}${device === null ? "" : ` ${device}`}: ${what}`,
		`    ${codeText(code)?.cause ?? ""}`,
		`    mend it:  ${mend}`,
	].join("\n");

const wordsOf = (findings: readonly Finding[], notes: readonly string[]): string =>
	[
		...findings.map(findingText),
		...notes,
		findings.length === 0
			? "Nothing is wrong with the devices of this box."
			: `${findings.length} ${findings.length === 1 ? "finding" : "findings"}.`,
	].join("\n");

const doctor = async (options: DoctorOptions, shell: Shell, output: Output): Promise<void> => {
	const facts = await readFacts(options, shell.socket());
	const passive = [...diagnoseBox(facts), ...diagnosePorts(facts)];
	const ill = new Set(passive.flatMap(({ device }) => (device === null ? [] : [device])));
	const wellDevices = facts.devices.filter(({ id }) => !ill.has(id));
	const tried =
		options.try === true
			? await tryAll(wellDevices, options, talkOf(shell, output, options.yes === true), shell.socket())
			: [];
	const findings = [...passive, ...tried];
	const notes = [
		...(facts.running === null ? ["The till does not run: nobody knows how the devices are now."] : []),
		...(process.getuid?.() === 0 ? [] : ["Not run as root: who has a port open is not known."]),
	];
	show(output, { findings, notes }, () => wordsOf(findings, notes));
	shell.end(findings.length === 0 ? EXIT_CODES.ok : EXIT_CODES.findings);
};

/** `device doctor`. */
export const addDoctorCommand = (device: Command, shell: Shell): void => {
	boxOptions(device.command("doctor"))
		.description("say what is wrong with the devices of the box, and the command that mends it")
		.option("--try", "also try each device that nothing is known to be wrong with")
		.option("--yes", "with --try: ask nothing")
		.option("--timeout <seconds>", "with --try: how long a scan is waited for", wholeNumber, 30)
		.addHelpText("after", HELP)
		.action(async (options: DoctorOptions) => {
			const output = shell.output();
			try {
				await doctor(options, shell, output);
			} catch (thrown) {
				shell.end(failed(output, thrown));
			}
		});
};
