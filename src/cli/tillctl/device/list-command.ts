import type { Command } from "commander";
import { loadConfig } from "../../../config/load/load-config.ts";
import { type DeviceConfig, tillConfigSchema } from "../../../config/schema/till-config.ts";
import type { DeviceProfile } from "../../../devices/contract/profile.ts";
import { portText } from "../../../devices/provisioning/port-text.ts";
import type { ProfileShelf } from "../../../devices/provisioning/propose.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { failed, show } from "../output.ts";
import type { DeviceRow } from "../render.ts";
import type { Shell } from "../shell.ts";
import { type BoxOptions, boxOptions, profileShelf } from "./box.ts";
import { evidenceText } from "./found-text.ts";
import { serviceDevices } from "./service.ts";

const HELP = `
What till.yaml says, and what the running service says of each device now.

Examples:
  tillctl device list
  tillctl device list --json`;

/** A configured device with what is known of it. */
interface ListRow {
	readonly id: string;
	readonly deviceClass: DeviceConfig["deviceClass"];
	readonly profile: string | null;
	readonly evidence: DeviceProfile["evidence"] | null;
	/** Its port in words; for a drawer the printer it hangs on. */
	readonly port: string;
	/** Null when the service does not run, or does not know the device yet. */
	readonly state: DeviceRow["state"] | null;
}

const rowOf = (device: DeviceConfig, shelf: ProfileShelf, running: readonly DeviceRow[] | null): ListRow => ({
	id: device.id,
	deviceClass: device.deviceClass,
	profile: "profile" in device ? device.profile : null,
	evidence: "profile" in device ? (shelf.profiles.get(device.profile)?.evidence ?? null) : null,
	port: "port" in device ? portText(device.port) : `connector ${device.drawer + 1} of ${device.printer}`,
	state: running?.find(({ id }) => id === device.id)?.state ?? null,
});

const stateText = ({ state }: ListRow, isRunning: boolean): string => {
	if (state === null) return isRunning ? "not in force yet: systemctl restart tilld" : "the service does not run";
	const conditions = state.conditions.length === 0 ? "" : `, ${state.conditions.join(", ")}`;
	return `${state.power}${conditions}${state.detail === null ? "" : ` (${state.detail})`}`;
};

const rowText = (row: ListRow, isRunning: boolean): string =>
	[
		`${row.id}  ${row.deviceClass}`,
		...(row.profile === null
			? []
			: [
					`  profile  ${row.profile}, ${row.evidence === null ? "which is missing" : evidenceText(row.evidence.level)}`,
				]),
		`  port     ${row.port}`,
		`  now      ${stateText(row, isRunning)}`,
	].join("\n");

/** `device list`. */
export const addListCommand = (device: Command, shell: Shell): void => {
	boxOptions(device.command("list"))
		.description("the configured devices: profile, how well it is known, port, state now")
		.addHelpText("after", HELP)
		.action(async (options: BoxOptions) => {
			try {
				const settings = loadConfig(options.config, tillConfigSchema);
				const running = await serviceDevices(shell.socket());
				const shelf = profileShelf(settings);
				const devices = settings.devices.map((one) => rowOf(one, shelf, running));
				show(shell.output(), { serviceRuns: running !== null, devices }, () =>
					devices.length === 0
						? "No device is configured. What is plugged in: tillctl device detect"
						: devices.map((row) => rowText(row, running !== null)).join("\n"),
				);
				shell.end(EXIT_CODES.ok);
			} catch (thrown) {
				shell.end(failed(shell.output(), thrown));
			}
		});
};
