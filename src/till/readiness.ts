import { type DeviceClass, type DeviceState, stopsPrinting } from "../devices/contract/devices.ts";
import type { TillState } from "./state.ts";

/** A device as it is now. */
interface KnownDevice {
	readonly deviceClass: DeviceClass;
	readonly state: DeviceState;
}

/** What the till knows of the world around it now; nothing of it is a record. */
export interface Surroundings {
	/** By id, in the order of the configuration: the first of a class is the till's own. */
	readonly devices: ReadonlyMap<string, KnownDevice>;
	/** Ids of drawers that were pulsed and are known to be shut still. */
	readonly stuckDrawers: ReadonlySet<string>;
	/** Whether there is a catalog that the next ticket would be sold from. */
	readonly hasCatalog: boolean;
	/** Whether less disk is left than the configured least. */
	readonly isDiskLow: boolean;
	/** What is wrong with the second medium; "none" when none is configured. */
	readonly mirrorTrouble: string | undefined;
	readonly isBrokerConnected: boolean;
	/** Whether the broker is reached in plain text on another machine. */
	readonly isFeedInsecure: boolean;
	/** Whether replay failed and the till started in recovery mode. */
	readonly isRecovery: boolean;
	/** Whether a logo is set for the receipts that cannot be printed. */
	readonly isLogoUnusable: boolean;
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

/**
 * What is the matter with devices now, by code, once each: what a cashier is told in words (`src/events/conditions.ts`) when
 * it begins and when it ends. A shop without a customer display or a scanner has chosen so, and is not told every time.
 */
export const deviceConditions = ({ sell, takeCash, print, close, warnings }: Readiness): string[] => [
	...new Set(
		[...[sell, print, takeCash, close].flatMap(({ codes }) => codes), ...warnings].filter((code) =>
			/^(POSPrinter\.|CashDrawer\.|(LineDisplay|Scanner)\.(?!NoHardware))/.test(code),
		),
	),
];

const capability = (codes: readonly (string | false)[]): Capability => {
	const real = codes.filter((code) => code !== false);
	return { able: real.length === 0, codes: [...new Set(real)] };
};

/** Codes of what keeps a device from working now; none when it works. */
const troubles = ({ deviceClass, state }: KnownDevice): string[] =>
	state.power === "online"
		? state.conditions.filter(stopsPrinting).map((condition) => `${deviceClass}.${condition}`)
		: [`${deviceClass}.Offline`];

const devicesOf = (surroundings: Surroundings, deviceClass: DeviceClass): KnownDevice[] =>
	[...surroundings.devices.values()].filter((device) => device.deviceClass === deviceClass);

/** Codes of a device class that is only warned of. */
const classTroubles = (surroundings: Surroundings, deviceClass: DeviceClass): string[] => {
	const devices = devicesOf(surroundings, deviceClass);
	return devices.length === 0 ? [`${deviceClass}.NoHardware`] : devices.flatMap(troubles);
};

/** Whether paper can come out: of any printer, because another one prints while the first cannot. */
const printing = (surroundings: Surroundings): { readonly print: Capability; readonly warnings: readonly string[] } => {
	const printers = devicesOf(surroundings, "POSPrinter");
	const all = classTroubles(surroundings, "POSPrinter");
	const isAble = printers.some((printer) => troubles(printer).length === 0);
	const near = printers.flatMap(({ state }) =>
		(["RecNearEnd", "HeadHot"] as const)
			.filter((condition) => state.power === "online" && state.conditions.includes(condition))
			.map((condition) => `POSPrinter.${condition}`),
	);
	return { print: capability(isAble ? [] : all), warnings: [...near, ...(isAble ? all : [])] };
};

/** Whether the till's own drawer can be opened; the others, and what their switches say amiss, are warned of. */
const cash = (
	state: TillState,
	surroundings: Surroundings,
): { readonly takeCash: Capability; readonly warnings: readonly string[] } => {
	const [own, ...others] = devicesOf(surroundings, "CashDrawer");
	const isOpenTooLong = [...surroundings.devices].some(
		([id, device]) => device.state.conditions.includes("DrawerOpened") && state.drawers[id]?.isTooLong === true,
	);
	const isUnsteady = [...surroundings.devices.values()].some(({ state: { conditions } }) =>
		conditions.includes("SwitchUnsteady"),
	);
	return {
		takeCash: capability(own === undefined ? ["CashDrawer.NoHardware"] : troubles(own)),
		warnings: [
			...others.flatMap(troubles),
			...(surroundings.stuckDrawers.size > 0 ? ["CashDrawer.NotOpened"] : []),
			...(isUnsteady ? ["CashDrawer.SwitchUnsteady"] : []),
			...(isOpenTooLong ? ["CashDrawer.OpenTooLong"] : []),
		],
	};
};

/** Judges what the till can do now. A missing device never stops a sale; it is said here instead. */
export const readinessOf = (state: TillState, surroundings: Surroundings): Readiness => {
	const { print, warnings: printerWarnings } = printing(surroundings);
	const { takeCash, warnings: drawerWarnings } = cash(state, surroundings);
	const warnings = [
		...(state.clockDoubt === undefined ? [] : [`Clock.${state.clockDoubt}`]),
		...(surroundings.mirrorTrouble === undefined
			? []
			: [surroundings.mirrorTrouble === "none" ? "Mirror.None" : "Mirror.Failed"]),
		...(surroundings.isBrokerConnected ? [] : ["Feed.Offline"]),
		...(surroundings.isFeedInsecure ? ["Feed.Insecure"] : []),
		...(surroundings.isRecovery ? ["Recovery"] : []),
		...(surroundings.isLogoUnusable ? ["Logo.Unusable"] : []),
		...printerWarnings,
		...drawerWarnings,
		...(state.doubts.some((doubt) => doubt.since === "unknown") ? ["Doubt"] : []),
		...(state.notPrinted.length > 0 ? ["NotPrinted"] : []),
		...(["Scanner", "LineDisplay"] as const).flatMap((deviceClass) => classTroubles(surroundings, deviceClass)),
	];
	return {
		sell: capability([
			state.day === undefined && "TILL-0412",
			!surroundings.hasCatalog && "TILL-0420",
			surroundings.isDiskLow && state.ticket === undefined && "TILL-0418",
		]),
		takeCash,
		print,
		close: capability([state.day === undefined && "TILL-0412", state.ticket !== undefined && "TILL-0414"]),
		warnings: [...new Set(warnings)],
	};
};
