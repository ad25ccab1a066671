import { type Command, InvalidArgumentError } from "commander";
import { drivers } from "../../../../drivers/registry.ts";
import { loadConfig } from "../../../config/load/load-config.ts";
import { type DeviceConfig, type TillConfig, tillConfigSchema } from "../../../config/schema/till-config.ts";
import type { DriverServices, PortConfig } from "../../../devices/contract/driver.ts";
import { parsePort } from "../../../devices/provisioning/port-text.ts";
import type { ProfileShelf } from "../../../devices/provisioning/propose.ts";
import { createDevices } from "../../../devices/supervisor/create-devices.ts";
import { readProfiles } from "../../../devices/supervisor/load-profiles.ts";
import { Fault } from "../../../runtime/contract/fault.ts";
import { createClock } from "../../../runtime/node/clock.ts";
import { createLogger } from "../../../runtime/node/logger.ts";
import { createTimers } from "../../../runtime/node/timers.ts";
import { profileDirectories } from "../../till/profile-directories.ts";

/** The options that every verb has. */
export interface BoxOptions {
	/** The box's till.yaml. */
	readonly config: string;
	/** Directory that stands for the box's /. */
	readonly root: string;
}

/** Adds the options that name the box's files. */
export const boxOptions = (command: Command): Command =>
	command
		.option("--config <file>", "the box's configuration", "/etc/tilld/till.yaml")
		.option("--root <directory>", "look for /sys, /dev and the like below this directory", "/");

/** What the box's configuration says of devices. */
export interface BoxSettings {
	readonly devices: readonly DeviceConfig[];
	/** Why it could not be read, with its code: a box that is only being set up has none yet. */
	readonly trouble: string | null;
	readonly code: string;
}

/** The configured devices; none, and why, while till.yaml is not filled in. */
export const readBoxSettings = ({ config }: BoxOptions): BoxSettings & { readonly settings: TillConfig | null } => {
	try {
		const settings = loadConfig(config, tillConfigSchema);
		return { settings, devices: settings.devices, trouble: null, code: "" };
	} catch (thrown) {
		if (!(thrown instanceof Fault)) throw thrown;
		return { settings: null, devices: [], trouble: thrown.message, code: thrown.code };
	}
};

/** The profiles of this box, and what is wrong with those that cannot be used. */
export interface BoxShelf extends ProfileShelf {
	readonly problems: readonly string[];
}

/** The profiles of this box, with those of its own directory. One that is broken takes none of the others with it. */
export const profileShelf = (settings: Pick<TillConfig, "profileDirectory"> | null): BoxShelf => ({
	...readProfiles(profileDirectories(settings ?? {})),
	serves,
});

const serves: ProfileShelf["serves"] = (profile, transport) =>
	drivers.some(
		(driver) =>
			driver.deviceClass === profile.deviceClass &&
			driver.name === profile.driver &&
			driver.transports.includes(transport),
	);

/** What drivers take from the system, for devices that a command speaks to by itself; they tell nobody. */
export const driverServices = (settings: Pick<TillConfig, "timeZone"> | null): DriverServices => ({
	clock: createClock({ timeZone: settings?.timeZone ?? "UTC" }),
	timers: createTimers(),
	logger: createLogger({ level: "error" }),
	listeners: { onState: () => undefined, onScan: () => undefined },
});

/** Judges configured devices as the service would at its start. Throws its Fault, TILL-0702, with every problem. */
export const checkDevices = (settings: TillConfig, { profiles }: ProfileShelf): void => {
	const { listeners, ...services } = driverServices(settings);
	createDevices(settings.devices, profiles, drivers, services, listeners);
};

/** A port from the command line, or a usage error. */
export const portArgument = (text: string): PortConfig => {
	const port = parsePort(text);
	if (port === undefined)
		throw new InvalidArgumentError(
			"A port is a path such as /dev/serial/by-id/..., or an address such as 192.168.1.50.",
		);
	return port;
};

/** The rates that printers are delivered with, the usual ones first. */
export const BAUD_RATES = [9_600, 38_400, 19_200, 115_200] as const;

/** A baud rate from the command line, or a usage error. */
export const baudOption = (text: string): number => {
	const rate = /^[0-9]{3,6}$/.test(text) ? Number.parseInt(text, 10) : 0;
	if (rate < 300 || rate > 921_600) throw new InvalidArgumentError("A baud rate is from 300 to 921600.");
	return rate;
};
