import type { DeviceConfig } from "../../config/schema/till-config.ts";
import type { DeviceClass } from "../contract/devices.ts";
import type { PortConfig } from "../contract/driver.ts";
import type { DeviceProfile } from "../contract/profile.ts";

/** What the first device of a class is called unless somebody says otherwise. */
const ID_OF: Readonly<Record<DeviceClass, string>> = {
	POSPrinter: "printer",
	CashDrawer: "drawer",
	LineDisplay: "display",
	Scanner: "scanner",
};

/** An id for a further device of a class: printer, printer-2, printer-3. */
export const freeId = (deviceClass: DeviceClass, devices: readonly DeviceConfig[]): string => {
	const base = ID_OF[deviceClass];
	const taken = new Set(devices.map(({ id }) => id));
	for (let number = 1; ; number += 1) {
		const id = number === 1 ? base : `${base}-${number}`;
		if (!taken.has(id)) return id;
	}
};

/** What of a device stands in till.yaml: the class by the profile, everything that is as by default left out. */
export const deviceOnPort = (
	id: string,
	profile: { readonly name: string; readonly deviceClass: DeviceProfile["deviceClass"] },
	port: PortConfig,
): Readonly<Record<string, unknown>> => ({
	id,
	deviceClass: profile.deviceClass,
	profile: profile.name,
	port: port.transport === "tcp" && port.port === 9100 ? { transport: port.transport, host: port.host } : port,
});

/** A drawer as it stands in till.yaml: on the connector of a printer. */
export const drawerOn = (
	id: string,
	printer: string,
	connector: number,
	openWhen: string | undefined,
): Readonly<Record<string, unknown>> => ({
	id,
	deviceClass: "CashDrawer",
	printer,
	...(connector === 0 ? {} : { drawer: connector }),
	...(openWhen === undefined ? {} : { openWhen }),
});
