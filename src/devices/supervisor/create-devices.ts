import type { DeviceConfig } from "../../config/schema/till-config.ts";
import { Fault } from "../../runtime/contract/fault.ts";
import type { CashDrawer, Device, DeviceListeners, LineDisplay, POSPrinter, Scanner } from "../contract/devices.ts";
import type { DriverRegistry, DriverServices, PortConfig, PulseHost } from "../contract/driver.ts";
import type { DeviceProfile, PrinterProfile } from "../contract/profile.ts";
import { endsNoRead, withScannerSettings } from "./scanner-settings.ts";

/** The devices of a till, in the order of the configuration. */
export interface Devices {
	readonly all: readonly Device[];
	readonly printers: readonly POSPrinter[];
	readonly drawers: readonly CashDrawer[];
	readonly displays: readonly LineDisplay[];
	readonly scanners: readonly Scanner[];
	/** Begins with all of them. Nothing that is missing delays or stops another. */
	open(): void;
	/** Ends with all of them. */
	close(): Promise<void>;
}

type Profiles = ReadonlyMap<string, DeviceProfile>;
type PortedConfig = Extract<DeviceConfig, { port: PortConfig }>;
type DrawerConfig = Extract<DeviceConfig, { deviceClass: "CashDrawer" }>;
type ConnectedPrinter = { readonly device: POSPrinter & PulseHost; readonly profile: PrinterProfile };

/**
 * Makes the devices of a till: the model from its profile, the driver from the model and the port. Nothing is opened yet.
 * A device that is missing, unplugged or silent is a state that it reports, never an error of this.
 * @throws Fault TILL-0702 with every problem, each with its place in `devices`, when the configuration cannot be served.
 */
export const createDevices = (
	configs: readonly DeviceConfig[],
	profiles: Profiles,
	registry: DriverRegistry,
	services: Omit<DriverServices, "listeners">,
	listeners: DeviceListeners,
): Devices => {
	const maker = new DeviceMaker(profiles, registry, { ...services, listeners: logged(listeners, services.logger) });
	const made = maker.makeAll(configs);
	if (maker.problems.length > 0) {
		throw new Fault("TILL-0702", `the devices cannot be served:\n${maker.problems.join("\n")}`, {
			problems: maker.problems,
		});
	}
	return {
		all: made,
		printers: made.filter((device): device is POSPrinter => device.deviceClass === "POSPrinter"),
		drawers: made.filter((device): device is CashDrawer => device.deviceClass === "CashDrawer"),
		displays: made.filter((device): device is LineDisplay => device.deviceClass === "LineDisplay"),
		scanners: made.filter((device): device is Scanner => device.deviceClass === "Scanner"),
		open: () => {
			for (const device of made) device.open();
		},
		close: async () => {
			await Promise.all(made.map((device) => device.close()));
		},
	};
};

/** The same listeners, with a line in the log for each change. */
const logged = (listeners: DeviceListeners, logger: DriverServices["logger"]): DeviceListeners => ({
	onScan: listeners.onScan,
	onState: (device, state) => {
		const fields = {
			device: device.id,
			power: state.power,
			conditions: state.conditions.join(" "),
			detail: state.detail,
		};
		if (state.power === "online" && state.conditions.length === 0) logger.info("device is well", fields);
		else logger.warn("device is not well", fields);
		listeners.onState(device, state);
	},
});

/** What no two devices may have; null for a virtual port, of which there are as many as one likes. */
const portName = (port: PortConfig): string | null => {
	switch (port.transport) {
		case "serial":
		case "usblp":
			return port.path;
		case "tcp":
			return `${port.host}:${port.port}`;
		case "usb":
			return `USB ${port.vendorId}:${port.productId}${port.serialNumber === undefined ? "" : ` ${port.serialNumber}`}`;
		case "virtual":
			return null;
	}
};

class DeviceMaker {
	readonly problems: string[] = [];
	readonly #profiles: Profiles;
	readonly #registry: DriverRegistry;
	readonly #services: DriverServices;
	readonly #printers = new Map<string, ConnectedPrinter>();
	readonly #ports = new Map<string, string>();

	constructor(profiles: Profiles, registry: DriverRegistry, services: DriverServices) {
		this.#profiles = profiles;
		this.#registry = registry;
		this.#services = services;
	}

	/** Printers first, because drawers hang on them; answered in the configured order. */
	makeAll(configs: readonly DeviceConfig[]): readonly Device[] {
		const made = new Map<number, Device | null>();
		configs.forEach((config, index) => {
			if (config.deviceClass !== "CashDrawer") made.set(index, this.#ported(config, `devices.${index}`));
		});
		configs.forEach((config, index) => {
			if (config.deviceClass === "CashDrawer") made.set(index, this.#drawer(config, `devices.${index}`));
		});
		return configs.map((_, index) => made.get(index) ?? null).filter((device) => device !== null);
	}

	#problem(place: string, what: string): null {
		this.problems.push(`${place}: ${what}`);
		return null;
	}

	#ported(config: PortedConfig, place: string): Device | null {
		this.#claimPort(config, place);
		const profile = this.#profiles.get(config.profile);
		if (profile === undefined) return this.#problem(`${place}.profile`, `there is no profile ${config.profile}`);
		if (profile.deviceClass !== config.deviceClass) {
			return this.#problem(`${place}.profile`, `${config.profile} is a profile of a ${profile.deviceClass}`);
		}
		const { id, port } = config;
		const serves = (driver: DriverRegistry[number]): boolean =>
			driver.deviceClass === profile.deviceClass &&
			driver.transports.includes(port.transport) &&
			(port.transport === "virtual" || driver.name === profile.driver);
		const driver = this.#registry.find(serves);
		if (driver?.deviceClass === "POSPrinter" && profile.deviceClass === "POSPrinter") {
			const device = driver.create({ id, profile, port }, this.#services);
			this.#printers.set(id, { device, profile });
			return device;
		}
		if (driver?.deviceClass === "LineDisplay" && profile.deviceClass === "LineDisplay") {
			const brightness = config.deviceClass === "LineDisplay" ? config.brightness : undefined;
			return driver.create({ id, profile, port, brightness }, this.#services);
		}
		if (driver?.deviceClass === "Scanner" && profile.deviceClass === "Scanner" && config.deviceClass === "Scanner") {
			const set = withScannerSettings(profile, config.settings);
			if (endsNoRead(set)) return this.#problem(`${place}.settings`, "a scanner without suffix needs idleFlushMs");
			return driver.create({ id, profile: set, port, duplicateGuardMs: config.duplicateGuardMs }, this.#services);
		}
		return this.#problem(`${place}.port`, `no driver of this program serves ${profile.driver} on ${port.transport}`);
	}

	/** One owner a port: two writers would cut into each other's bytes. */
	#claimPort(config: PortedConfig, place: string): void {
		const { port } = config;
		const name = portName(port);
		if (name === null) return;
		const owner = this.#ports.get(name);
		if (owner === undefined) this.#ports.set(name, config.id);
		else this.#problem(`${place}.port`, `${name} already belongs to ${owner}`);
	}

	#drawer(config: DrawerConfig, place: string): Device | null {
		const printer = this.#printers.get(config.printer);
		if (printer === undefined) return this.#problem(`${place}.printer`, `${config.printer} is no usable printer`);
		const connector = printer.profile.drawers[config.drawer];
		if (connector === undefined) {
			return this.#problem(`${place}.drawer`, `the printer has ${printer.profile.drawers.length} drawer connectors`);
		}
		const driver = this.#registry.find((candidate) => candidate.deviceClass === "CashDrawer");
		if (driver?.deviceClass !== "CashDrawer") return this.#problem(place, "no driver of this program serves drawers");
		return driver.create({ id: config.id, host: printer.device, connector }, this.#services);
	}
}
