import type { DeviceConfig, TillConfig } from "../../../config/schema/till-config.ts";
import type { PortConfig } from "../../../devices/contract/driver.ts";
import type { DeviceProfile } from "../../../devices/contract/profile.ts";
import { profileNamed } from "../../../devices/provisioning/profile-named.ts";
import type { ProfileShelf } from "../../../devices/provisioning/propose.ts";
import { Fault } from "../../../runtime/contract/fault.ts";

/** A device that is to be tried: its configuration, and its profile and port, which are the printer's for a drawer. */
export interface TestedDevice {
	readonly config: DeviceConfig;
	readonly profileName: string;
	readonly profile: DeviceProfile;
	readonly port: PortConfig;
	/** Everything that has to be made for it: the printer first that it hangs on or shares the line of. */
	readonly needed: readonly DeviceConfig[];
}

/** Finds a configured device by its id. Faults: TILL-0735 without one, TILL-0720 without its profile. */
export const testedDevice = (id: string, settings: Pick<TillConfig, "devices">, shelf: ProfileShelf): TestedDevice => {
	const { devices } = settings;
	const config = devices.find((one) => one.id === id);
	if (config === undefined)
		throw new Fault("TILL-0735", `there is no device ${id}`, { problems: devices.map((one) => one.id) });
	const hostId = config.deviceClass === "CashDrawer" ? config.printer : id;
	const host = devices.find((one) => one.id === hostId);
	if (host === undefined || host.deviceClass === "CashDrawer")
		throw new Fault("TILL-0735", `there is no printer ${hostId}`, { problems: devices.map((one) => one.id) });
	const profile = profileNamed(host.profile, shelf);
	const { port } = host;
	const line = port.transport === "shared" ? devices.filter((one) => one.id === port.with) : [];
	const needed = [...line, host, ...(config === host ? [] : [config])];
	return { config, profileName: host.profile, profile, port, needed };
};
