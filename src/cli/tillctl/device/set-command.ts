import { type Command, InvalidArgumentError, Option } from "commander";
import { checkSettings, loadConfig } from "../../../config/load/load-config.ts";
import { replaceFile } from "../../../config/load/replace-file.ts";
import { withScalar } from "../../../config/load/set-scalar.ts";
import { readSettings, type SettingsFile } from "../../../config/load/yaml-file.ts";
import { tillConfigSchema } from "../../../config/schema/till-config.ts";
import { profileNamed } from "../../../devices/provisioning/profile-named.ts";
import { Fault } from "../../../runtime/contract/fault.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { failed, type Output, show } from "../output.ts";
import type { Shell } from "../shell.ts";
import { addedLines } from "./added-lines.ts";
import { type BoxOptions, baudOption, boxOptions, checkDevices, profileShelf } from "./box.ts";

const HELP = `
What device test and doctor find can be put right so. The file is checked before and after;
the old one stays beside it as till.yaml.bak, and all comments stay. The change is in force
after: systemctl restart tilld

Examples:
  tillctl device set drawer --open-when low
  tillctl device set printer --baud 19200
  tillctl device set printer --profile generic-escpos-58mm --dry-run`;

interface SetOptions extends BoxOptions {
	readonly openWhen?: string;
	readonly baud?: number;
	readonly profile?: string;
	readonly dryRun?: true;
}

/** The file with everything that is wished for the device; throws when the device has no such setting. */
const changed = (file: SettingsFile, index: number, options: SetOptions): SettingsFile => {
	const place = ["devices", index];
	const { openWhen, baud, profile } = options;
	let result = file;
	if (profile !== undefined) result = withScalar(result, place, "profile", profile);
	if (openWhen !== undefined) result = withScalar(result, place, "openWhen", openWhen);
	if (baud !== undefined) result = withScalar(result, [...place, "port"], "baudRate", baud);
	return result;
};

const set = (id: string, options: SetOptions, output: Output): void => {
	const before = loadConfig(options.config, tillConfigSchema);
	const shelf = profileShelf(before);
	const index = before.devices.findIndex((device) => device.id === id);
	if (index < 0) {
		throw new Fault("TILL-0735", `there is no device ${id}`, { problems: before.devices.map((device) => device.id) });
	}
	if (options.openWhen === undefined && options.baud === undefined && options.profile === undefined) {
		throw new InvalidArgumentError("Say what is to be set: --open-when, --baud or --profile.");
	}
	if (options.profile !== undefined) profileNamed(options.profile, shelf);
	const file = readSettings(options.config);
	const result = changed(file, index, options);
	checkDevices(checkSettings(result, tillConfigSchema), shelf);
	const lines = addedLines(file.text, result.text);
	const written = options.dryRun !== true && lines.length > 0;
	if (written) replaceFile(options.config, result.text, "TILL-1009");
	show(output, { device: id, file: options.config, written, lines }, () =>
		[
			`${options.config}${written ? "" : " would get"}:`,
			...lines.map(({ line, text, sign }) => `${line.toString().padStart(5)} ${sign} ${text}`),
			written
				? `The old file is ${options.config}.bak. The change is in force after: systemctl restart tilld`
				: "Nothing was written.",
		].join("\n"),
	);
};

/** `device set`. */
export const addSetCommand = (device: Command, shell: Shell): void => {
	boxOptions(device.command("set"))
		.description("change a configured device: its drawer's switch, its line, its profile")
		.argument("<id>", "the device, as device list shows it")
		.addOption(
			new Option("--open-when <level>", "level of the drawer's switch while it is open").choices([
				"high",
				"low",
				"none",
			]),
		)
		.option("--baud <rate>", "rate of its serial line", baudOption)
		.option("--profile <name>", "profile of its model")
		.option("--dry-run", "show what would be written, and write nothing")
		.addHelpText("after", HELP)
		.action((id: string, options: SetOptions) => {
			try {
				set(id, options, shell.output());
				shell.end(EXIT_CODES.ok);
			} catch (thrown) {
				if (thrown instanceof InvalidArgumentError) throw thrown;
				shell.end(failed(shell.output(), thrown));
			}
		});
};
