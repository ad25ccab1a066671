import {
	type CashDrawer,
	type DeviceCondition,
	type DeviceState,
	type DrawerOutcome,
	stopsPrinting,
} from "../../src/devices/contract/devices.ts";
import type { DrawerDriver, DrawerOptions, DriverServices } from "../../src/devices/contract/driver.ts";
import { StateCell } from "../state-cell.ts";
import { type DrawerPosition, DrawerSwitch } from "./drawer-switch.ts";

const CONDITION_OF: Readonly<Partial<Record<DrawerPosition, DeviceCondition>>> = {
	open: "DrawerOpened",
	closed: "DrawerClosed",
	unsteady: "SwitchUnsteady",
};

const PRINTER_UNKNOWN: DeviceState = { power: "unknown", conditions: [], detail: null };

/**
 * A cash drawer on a printer's drawer connector. It has no port: its pulses go through the printer's, in its queue. A drawer
 * that is known to be open is pulsed like any other: its switch may be wrong or late, another pulse does no harm, and a sale
 * that cannot get at its change does.
 */
class PulseDrawer implements CashDrawer {
	readonly deviceClass = "CashDrawer";
	readonly id: string;
	readonly #options: DrawerOptions;
	readonly #state: StateCell;
	readonly #switch: DrawerSwitch | undefined;
	#printer: DeviceState = PRINTER_UNKNOWN;

	constructor(options: DrawerOptions, services: DriverServices) {
		this.id = options.id;
		this.#options = options;
		this.#state = new StateCell((state) => services.listeners.onState(this, state));
		const { id, openWhen } = options;
		this.#switch =
			openWhen === undefined
				? undefined
				: new DrawerSwitch(`${id} switch`, openWhen, services, () => this.#state.set(this.#now()));
	}

	open(): void {
		this.#options.host.watch((printer, level) => {
			this.#printer = printer;
			this.#switch?.take(printer.power === "online" ? level : "unknown");
			this.#state.set(this.#now());
		});
	}

	/** Nothing to close: the port is the printer's. */
	close(): Promise<void> {
		this.#switch?.stop();
		return Promise.resolve();
	}

	state(): DeviceState {
		return this.#state.get();
	}

	openDrawer(expiryMs: number): Promise<DrawerOutcome> {
		return this.#options.host.pulse(this.#options.connector, expiryMs);
	}

	#now(): DeviceState {
		const { power, conditions, detail } = this.#printer;
		const position = this.#switch?.position() ?? "unknown";
		const sensed = CONDITION_OF[position];
		const inTheWay = power === "online" ? conditions.filter(stopsPrinting) : [];
		return {
			power,
			conditions: [...(sensed === undefined ? [] : [sensed]), ...(inTheWay.length === 0 ? [] : ["Error" as const])],
			detail:
				inTheWay.length > 0
					? `its printer: ${inTheWay.join(", ")}`
					: (detail ??
						(position === "unsteady" ? "its switch changes too often to be believed: a loose contact?" : null)),
		};
	}
}

/** Cash drawers kicked by a printer. */
export const pulseDrawerDriver: DrawerDriver = {
	deviceClass: "CashDrawer",
	name: "pulse-drawer",
	create: (options, services) => new PulseDrawer(options, services),
};
