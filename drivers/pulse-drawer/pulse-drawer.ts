import type { CashDrawer, DeviceState, DrawerOutcome } from "../../src/devices/contract/devices.ts";
import type { DrawerDriver, DrawerOptions, DriverServices } from "../../src/devices/contract/driver.ts";
import { StateCell } from "../state-cell.ts";

/** A cash drawer on a printer's drawer connector. It has no port: its pulses go through the printer's, in its queue. */
class PulseDrawer implements CashDrawer {
	readonly deviceClass = "CashDrawer";
	readonly id: string;
	readonly #options: DrawerOptions;
	readonly #state: StateCell;

	constructor(options: DrawerOptions, services: DriverServices) {
		this.id = options.id;
		this.#options = options;
		this.#state = new StateCell((state) => services.listeners.onState(this, state));
	}

	open(): void {
		const { openWhen } = this.#options.connector;
		this.#options.host.watch(({ power, detail }, level) => {
			const isOpen = openWhen !== undefined && level === openWhen;
			this.#state.set({ power, conditions: isOpen ? ["DrawerOpened"] : [], detail });
		});
	}

	/** Nothing to close: the port is the printer's. */
	close(): Promise<void> {
		return Promise.resolve();
	}

	state(): DeviceState {
		return this.#state.get();
	}

	openDrawer(expiryMs: number): Promise<DrawerOutcome> {
		return this.#options.host.pulse(this.#options.connector, expiryMs);
	}
}

/** Cash drawers kicked by a printer. */
export const pulseDrawerDriver: DrawerDriver = {
	deviceClass: "CashDrawer",
	name: "pulse-drawer",
	create: (options, services) => new PulseDrawer(options, services),
};
