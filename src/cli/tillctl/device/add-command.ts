import { type Command, InvalidArgumentError, Option } from "commander";
import { withItem } from "../../../config/load/add-to-list.ts";
import { checkSettings, loadConfig } from "../../../config/load/load-config.ts";
import { replaceFile } from "../../../config/load/replace-file.ts";
import { readSettings } from "../../../config/load/yaml-file.ts";
import { type TillConfig, tillConfigSchema } from "../../../config/schema/till-config.ts";
import { deviceOnPort, drawerOn, freeId } from "../../../devices/provisioning/new-device.ts";
import { profileNamed } from "../../../devices/provisioning/profile-named.ts";
import type { ProfileShelf } from "../../../devices/provisioning/propose.ts";
import { Fault } from "../../../runtime/contract/fault.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { failed, type Output, show } from "../output.ts";
import type { Shell } from "../shell.ts";
import { addedLines } from "./added-lines.ts";
import { type BoxOptions, baudOption, boxOptions, checkDevices, portArgument, profileShelf } from "./box.ts";
import { evidenceText } from "./found-text.ts";

const HELP = `
PROFILE is a file name of device-profiles without .yaml (tillctl device detect and probe
propose them); PORT is a path such as /dev/serial/by-id/... or an address. A drawer has no
port: it hangs on a printer.

The file is checked before and after; the old one stays beside it as till.yaml.bak, and all
comments stay. The device is in force after: systemctl restart tilld

Examples:
  tillctl device add epson-tm-t20iii 192.168.1.50
  tillctl device add --drawer-of printer
  tillctl device add zebra-ds2208-serial /dev/serial/by-id/usb-Symbol_Technologies-if00
  tillctl device add epson-dm-d110 /dev/ttyS0 --id display --dry-run`;

interface AddOptions extends BoxOptions {
	readonly id?: string;
	readonly drawerOf?: string;
	readonly connector: number;
	readonly openWhen?: string;
	readonly inLineOf?: string;
	readonly baud?: number;
	readonly dryRun?: true;
}

/** A connector as people count: 1 or 2. */
const connectorOption = (text: string): number => {
	if (text !== "1" && text !== "2") throw new InvalidArgumentError("A printer's drawer connectors are 1 and 2.");
	return Number.parseInt(text, 10);
};

const wishedDevice = (
	profileName: string | undefined,
	portText: string | undefined,
	options: AddOptions,
	settings: TillConfig,
	shelf: ProfileShelf,
): Readonly<Record<string, unknown>> => {
	const { devices } = settings;
	if (options.drawerOf !== undefined) {
		if (profileName !== undefined) throw new InvalidArgumentError("A drawer has neither profile nor port.");
		const printers = devices.filter(({ deviceClass }) => deviceClass === "POSPrinter").map(({ id }) => id);
		if (!printers.includes(options.drawerOf))
			throw new Fault("TILL-0735", `there is no printer ${options.drawerOf}`, { problems: printers });
		return drawerOn(
			options.id ?? freeId("CashDrawer", devices),
			options.drawerOf,
			options.connector - 1,
			options.openWhen,
		);
	}
	if (profileName === undefined || (portText === undefined) === (options.inLineOf === undefined))
		throw new InvalidArgumentError(
			"A profile and a port (or --in-line-of) are wanted, or --drawer-of with a printer's id.",
		);
	const profile = profileNamed(profileName, shelf);
	const id = options.id ?? freeId(profile.deviceClass, devices);
	const port =
		options.inLineOf === undefined
			? portArgument(portText ?? "")
			: ({ transport: "shared", with: options.inLineOf } as const);
	if (options.baud === undefined)
		return deviceOnPort(id, { name: profileName, deviceClass: profile.deviceClass }, port);
	if (port.transport !== "serial") throw new InvalidArgumentError("Only a serial line has a baud rate.");
	const line = { ...port, baudRate: options.baud };
	return deviceOnPort(id, { name: profileName, deviceClass: profile.deviceClass }, line);
};

const add = (
	profileName: string | undefined,
	portText: string | undefined,
	options: AddOptions,
	output: Output,
): void => {
	const before = loadConfig(options.config, tillConfigSchema);
	const shelf = profileShelf(before);
	const device = wishedDevice(profileName, portText, options, before, shelf);
	const file = readSettings(options.config);
	const changed = withItem(file, "devices", device);
	const after = checkSettings(changed, tillConfigSchema);
	checkDevices(after, shelf);
	const lines = addedLines(file.text, changed.text);
	const written = options.dryRun !== true;
	if (written) replaceFile(options.config, changed.text, "TILL-1009");
	const profile = profileName === undefined ? undefined : shelf.profiles.get(profileName);
	show(output, { device, file: options.config, written, lines, evidence: profile?.evidence ?? null }, () =>
		[
			`${options.config}${written ? "" : " would get"}:`,
			...lines.map(({ line, text, sign }) => `${line.toString().padStart(5)} ${sign} ${text}`),
			...(profile === undefined
				? []
				: [`${profile.vendor} ${profile.model}, ${evidenceText(profile.evidence.level)}.`]),
			...(written
				? [
						`The old file is ${options.config}.bak. The device is in force after: systemctl restart tilld`,
						`Then try it: tillctl device test ${String(device["id"])}`,
					]
				: ["Nothing was written."]),
		].join("\n"),
	);
};

/** `device add`. */
export const addAddCommand = (device: Command, shell: Shell): void => {
	boxOptions(device.command("add"))
		.description("write a device into till.yaml, checked before and after")
		.argument("[profile]", "the model's profile, such as epson-tm-t20iii")
		.argument("[port]", "path below /dev, usb:VENDOR:PRODUCT, hid:VENDOR:PRODUCT, or address of a network device")
		.option("--id <id>", "what the device is called; left out: by its class")
		.option("--drawer-of <printer>", "add a drawer that hangs on this printer")
		.option("--in-line-of <printer>", "in place of a port: a display that this printer passes bytes on to")
		.option("--connector <number>", "which of the printer's drawer connectors, 1 or 2", connectorOption, 1)
		.addOption(
			new Option("--open-when <level>", "level of the drawer's switch while it is open; device test says it").choices([
				"high",
				"low",
				"none",
			]),
		)
		.option("--baud <rate>", "rate of a serial line that is not set as the profile says", baudOption)
		.option("--dry-run", "show what would be written, and write nothing")
		.addHelpText("after", HELP)
		.action((profile: string | undefined, port: string | undefined, options: AddOptions) => {
			try {
				add(profile, port, options, shell.output());
				shell.end(EXIT_CODES.ok);
			} catch (thrown) {
				if (thrown instanceof InvalidArgumentError) throw thrown;
				shell.end(failed(shell.output(), thrown));
			}
		});
};
