import type { DeviceConfig } from "../../config/schema/till-config.ts";
import { Fault } from "../../runtime/contract/fault.ts";
import type { CashDrawer, Device, DeviceListeners, LineDisplay, POSPrinter, Scanner } from "../contract/devices.ts";
import type { DriverRegistry, DriverServices, LineHost, PortConfig, PulseHost } from "../contract/driver.ts";
import type { DeviceProfile, PrinterProfile } from "../contract/profile.ts";
import { endsNoRead, withScannerSettings } from "./scanner-settings.ts";
import { StateLog } from "./state-log.ts";

/** The devices of a till, in the order of the configuration. */
export interface Devices {
	readonly all: readonly Device[];
	readonly printers: readonly POSPrinter[];
	readonly drawers: readonly CashDrawer[];
	readonly displays: readonly LineDisplay[];
	readonly scanners: readonly Scanner[];
	/** Begins with all of them. Nothing that is missing delays or stops another. */
	open(): void;
	/** Writes what is still to be logged of them: whoever ends with each by itself calls it last. */
	endLog(): void;
	/** Ends with all of them. */
	close(): Promise<void>;
}

type Profiles = ReadonlyMap<string, DeviceProfile>;
type PortedConfig = Extract<DeviceConfig, { port: PortConfig }>;
type DrawerConfig = Extract<DeviceConfig, { deviceClass: "CashDrawer" }>;
type ConnectedPrinter = { readonly device: POSPrinter & PulseHost & LineHost; readonly profile: PrinterProfile };

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
	const log = new StateLog(services);
	const logged: DeviceListeners = {
		onScan: listeners.onScan,
		onState: (device, state) => {
			log.changed(device.id, state);
			listeners.onState(device, state);
		},
		onPrintJob: (printer, job) => {
			const { jobId, state, confirmation, detail } = job;
			const level = state === "failed" || state === "unknown" ? "warn" : "debug";
			services.logger[level]("print job", { device: printer.id, jobId, state, confirmation, detail });
			listeners.onPrintJob?.(printer, job);
		},
	};
	const maker = new DeviceMaker(profiles, registry, { ...services, listeners: logged });
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
			log.end();
		},
		endLog: () => log.end(),
	};
};

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
		case "hid":
			return `HID ${port.vendorId}:${port.productId} ${port.serialNumber ?? ""}`.trimEnd();
		case "shared":
			return `the place in ${port.with}'s line`;
		case "virtual":
			return null;
	}
};

/** Whether two ports may be one: a USB device that is named without its serial number is any of its model. */
const mayBeOne = (one: PortConfig, other: PortConfig): boolean => {
	if ((one.transport === "usb" || one.transport === "hid") && one.transport === other.transport) {
		const isOneModel = one.vendorId === other.vendorId && one.productId === other.productId;
		return isOneModel && (one.serialNumber ?? other.serialNumber) === (other.serialNumber ?? one.serialNumber);
	}
	const name = portName(one);
	return name !== null && name === portName(other);
};

class DeviceMaker {
	readonly problems: string[] = [];
	readonly #profiles: Profiles;
	readonly #registry: DriverRegistry;
	readonly #services: DriverServices;
	readonly #printers = new Map<string, ConnectedPrinter>();
	/** Printers whose line a display can be in: a virtual one has none. */
	readonly #hosts = new Map<string, LineHost>();
	readonly #ports: { readonly port: PortConfig; readonly owner: string }[] = [];
	/** By printer, the drawer that is sensed by its switch line. */
	readonly #switches = new Map<string, string>();

	constructor(profiles: Profiles, registry: DriverRegistry, services: DriverServices) {
		this.#profiles = profiles;
		this.#registry = registry;
		this.#services = services;
	}

	/** Printers first, because drawers and displays may hang on them; answered in the configured order. */
	makeAll(configs: readonly DeviceConfig[]): readonly Device[] {
		const made = new Map<number, Device | null>();
		const make = (config: DeviceConfig, place: string): Device | null =>
			config.deviceClass === "CashDrawer" ? this.#drawer(config, place) : this.#ported(config, place);
		for (const printersAreMade of [false, true]) {
			configs.forEach((config, index) => {
				if ((config.deviceClass !== "POSPrinter") === printersAreMade)
					made.set(index, make(config, `devices.${index}`));
			});
		}
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
			if (port.transport !== "virtual") this.#hosts.set(id, device);
			return device;
		}
		if (driver?.deviceClass === "LineDisplay" && profile.deviceClass === "LineDisplay") {
			const brightness = config.deviceClass === "LineDisplay" ? config.brightness : undefined;
			if (port.transport !== "shared") return driver.create({ id, profile, port, brightness }, this.#services);
			const host = this.#hosts.get(port.with);
			if (host === undefined) return this.#problem(`${place}.port.with`, `${port.with} is no printer on a real line`);
			return driver.create({ id, profile, port, brightness, host }, this.#services);
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
		const claimed = this.#ports.find((other) => mayBeOne(port, other.port));
		if (claimed === undefined) this.#ports.push({ port, owner: config.id });
		else {
			const hint = "vendorId" in port ? "; two of one model each need their serialNumber" : "";
			this.#problem(`${place}.port`, `${portName(port)} already belongs to ${claimed.owner}${hint}`);
		}
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
		const openWhen = this.#openWhen(config, place, connector.openWhen);
		return driver.create({ id: config.id, host: printer.device, connector, openWhen }, this.#services);
	}

	/**
	 * How a drawer's switch is read. A printer's connector has one line for the switches of all its drawers (UnifiedPOS
	 * CapStatusMultiDrawerDetect false), so the first drawer that is sensed has it: told twice, one opening would be two.
	 */
	#openWhen(config: DrawerConfig, place: string, ofProfile: "high" | "low" | undefined): "high" | "low" | undefined {
		const wanted = config.openWhen ?? ofProfile;
		if (wanted === undefined || wanted === "none") return undefined;
		const owner = this.#switches.get(config.printer);
		if (owner === undefined) {
			this.#switches.set(config.printer, config.id);
			return wanted;
		}
		if (config.openWhen !== undefined) {
			this.#problem(`${place}.openWhen`, `${config.printer} has one switch line, and ${owner} is sensed by it`);
		}
		return undefined;
	}
}
