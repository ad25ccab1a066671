import type { TillConfig } from "../../config/schema/till-config.ts";
import type { DeviceListeners } from "../../devices/contract/devices.ts";
import type { DriverRegistry, DriverServices } from "../../devices/contract/driver.ts";
import { createDevices } from "../../devices/supervisor/create-devices.ts";
import { loadProfiles, PROFILE_DIRECTORY } from "../../devices/supervisor/load-profiles.ts";
import type { BoxDevices } from "./till-service.ts";

/** What the devices of a box are made from. */
export interface BoxDeviceParts extends Omit<DriverServices, "listeners"> {
	readonly config: TillConfig;
	readonly drivers: DriverRegistry;
}

/** Makes the devices of a box. One printer, one drawer and one display are the till's own; more scanners are welcome. */
export const boxDevices = (parts: BoxDeviceParts, listeners: DeviceListeners): BoxDevices => {
	const { config, clock, timers, logger } = parts;
	const directories = config.profileDirectory === undefined ? [] : [config.profileDirectory];
	const names = config.devices.flatMap((device) => (device.deviceClass === "CashDrawer" ? [] : [device.profile]));
	const profiles = loadProfiles([PROFILE_DIRECTORY, ...directories], names);
	const devices = createDevices(config.devices, profiles, parts.drivers, { clock, timers, logger }, listeners);
	return {
		all: devices.all,
		printer: devices.printers[0],
		drawer: devices.drawers[0],
		display: devices.displays[0],
		scanners: devices.scanners,
	};
};
