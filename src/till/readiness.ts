import type { DeviceClass, DeviceState } from "../devices/contract/devices.ts";
import type { TillState } from "./state.ts";

/** What the till knows of the world around it now; nothing of it is a record. */
export interface Surroundings {
	readonly devices: ReadonlyMap<string, { readonly deviceClass: DeviceClass; readonly state: DeviceState }>;
	/** Whether less disk is left than the configured least. */
	readonly isDiskLow: boolean;
	/** What is wrong with the second medium; "none" when none is configured. */
	readonly mirrorTrouble: string | undefined;
	readonly isBrokerConnected: boolean;
	/** Whether the broker is reached in plain text on another machine. */
	readonly isFeedInsecure: boolean;
	/** Whether replay failed and the till started in recovery mode. */
	readonly isRecovery: boolean;
}

/** Whether one thing can be done, and the codes that say why not. */
export interface Capability {
	readonly able: boolean;
	readonly codes: readonly string[];
}

/** What the till can do now (DESIGN section 7: status). */
export interface Readiness {
	readonly sell: Capability;
	readonly takeCash: Capability;
	readonly print: Capability;
	readonly close: Capability;
	/** What a person should know though nothing is refused for it. */
	readonly warnings: readonly string[];
}

const capability = (codes: readonly (string | false)[]): Capability => {
	const real = codes.filter((code) => code !== false);
	return { able: real.length === 0, codes: real };
};

/** Codes of a device class: missing altogether, or its conditions. */
const deviceCodes = (surroundings: Surroundings, deviceClass: DeviceClass): string[] => {
	const devices = [...surroundings.devices.values()].filter((device) => device.deviceClass === deviceClass);
	if (devices.length === 0) return [`${deviceClass}.NoHardware`];
	return devices.flatMap(({ state }) =>
		state.power === "online"
			? state.conditions.filter((c) => c !== "RecNearEnd" && c !== "DrawerOpened").map((c) => `${deviceClass}.${c}`)
			: [`${deviceClass}.Offline`],
	);
};

/** Judges what the till can do now. A missing device never stops a sale; it is said here instead. */
export const readinessOf = (state: TillState, surroundings: Surroundings): Readiness => {
	const printer = deviceCodes(surroundings, "POSPrinter");
	const nearEnd = [...surroundings.devices.values()].some((device) => device.state.conditions.includes("RecNearEnd"));
	return {
		sell: capability([
			state.day === undefined && "TILL-0412",
			state.catalogVersion === undefined && "TILL-0420",
			surroundings.isDiskLow && state.ticket === undefined && "TILL-0418",
		]),
		takeCash: capability(deviceCodes(surroundings, "CashDrawer")),
		print: capability(printer),
		close: capability([state.day === undefined && "TILL-0412", state.ticket !== undefined && "TILL-0414"]),
		warnings: [
			...(state.clockDoubt === undefined ? [] : [`Clock.${state.clockDoubt}`]),
			...(surroundings.mirrorTrouble === undefined
				? []
				: [surroundings.mirrorTrouble === "none" ? "Mirror.None" : "Mirror.Failed"]),
			...(surroundings.isBrokerConnected ? [] : ["Feed.Offline"]),
			...(surroundings.isFeedInsecure ? ["Feed.Insecure"] : []),
			...(surroundings.isRecovery ? ["Recovery"] : []),
			...(nearEnd ? ["POSPrinter.RecNearEnd"] : []),
			...(state.doubts.some((doubt) => doubt.since === "unknown") ? ["Doubt"] : []),
			...(["Scanner", "LineDisplay"] as const).flatMap((deviceClass) => deviceCodes(surroundings, deviceClass)),
		],
	};
};
