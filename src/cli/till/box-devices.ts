import { testPaper } from "../../../drivers/escpos/test-paper.ts";
import type { TillConfig } from "../../config/schema/till-config.ts";
import type { DeviceListeners } from "../../devices/contract/devices.ts";
import type { DriverRegistry, DriverServices } from "../../devices/contract/driver.ts";
import { createDevices } from "../../devices/supervisor/create-devices.ts";
import { loadProfiles } from "../../devices/supervisor/load-profiles.ts";
import { profileDirectories } from "./profile-directories.ts";
import type { BoxDevices } from "./till-service.ts";

/** What the devices of a box are made from. */
export interface BoxDeviceParts extends Omit<DriverServices, "listeners"> {
	readonly config: TillConfig;
	readonly drivers: DriverRegistry;
}

/** Makes the devices of a box. The first printer, drawer and display are the till's own; more scanners are welcome. */
export const boxDevices = (parts: BoxDeviceParts, listeners: DeviceListeners): BoxDevices => {
	const { config, clock, timers, logger } = parts;
	const names = config.devices.flatMap((device) => (device.deviceClass === "CashDrawer" ? [] : [device.profile]));
	const profiles = loadProfiles(profileDirectories(config), names);
	const devices = createDevices(config.devices, profiles, parts.drivers, { clock, timers, logger }, listeners);
	return {
		all: devices.all,
		endLog: () => devices.endLog(),
		printers: devices.printers,
		drawers: devices.drawers,
		display: devices.displays[0],
		testPaper: (id) => {
			const device = config.devices.find((one) => one.id === id);
			if (device?.deviceClass !== "POSPrinter") return [];
			const profile = profiles.get(device.profile);
			return profile?.deviceClass === "POSPrinter" ? testPaper(profile, [id, device.profile]) : [];
		},
		scanners: devices.scanners,
	};
};
