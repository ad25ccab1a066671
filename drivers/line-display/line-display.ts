import type { DeviceState, LineDisplay } from "../../src/devices/contract/devices.ts";
import type { DriverServices } from "../../src/devices/contract/driver.ts";
import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import { StateCell } from "../state-cell.ts";
import type { MakePort, Port } from "../transport/port.ts";
import type { DisplayProtocol } from "./display-protocol.ts";

type Shown = "written" | "replaced" | "failed";

interface Wanted {
	readonly rows: readonly string[];
	settle: (shown: Shown) => void;
}

/**
 * A customer display on its own port. It keeps one text, the newest: while a text is being written the next one waits and
 * is replaced by a newer one, and after a reconnect the newest is shown again.
 */
export class SerialLineDisplay implements LineDisplay {
	readonly deviceClass = "LineDisplay";
	readonly id: string;
	readonly deviceRows: number;
	readonly deviceColumns: number;
	readonly #profile: DisplayProfile;
	readonly #protocol: DisplayProtocol;
	readonly #port: Port;
	readonly #state: StateCell;
	#newest: readonly string[] | null = null;
	#waiting: Wanted | null = null;
	#busy = false;

	constructor(
		options: { readonly id: string; readonly profile: DisplayProfile },
		protocol: DisplayProtocol,
		makePort: MakePort,
		services: DriverServices,
	) {
		this.id = options.id;
		this.deviceRows = options.profile.deviceRows;
		this.deviceColumns = options.profile.deviceColumns;
		this.#profile = options.profile;
		this.#protocol = protocol;
		this.#state = new StateCell((state) => services.listeners.onState(this, state));
		this.#port = makePort({
			onOpen: () => this.#opened(),
			// A display answers nothing; reading is what makes an unplugged one noticed.
			onData: () => undefined,
			onClose: (detail) => this.#state.set({ power: "offline", conditions: [], detail }),
		});
	}

	open(): void {
		this.#port.open();
	}

	close(): Promise<void> {
		return this.#port.close();
	}

	state(): DeviceState {
		return this.#state.get();
	}

	displayText(rows: readonly string[]): Promise<Shown> {
		this.#newest = rows;
		this.#waiting?.settle("replaced");
		this.#waiting = null;
		if (!this.#port.isOpen()) return Promise.resolve("failed");
		return new Promise((settle) => {
			this.#waiting = { rows, settle };
			void this.#pump();
		});
	}

	#opened(): void {
		this.#state.set({ power: "online", conditions: [], detail: null });
		void this.#port.write(this.#protocol.initialise(this.#profile));
		if (this.#waiting === null && this.#newest !== null) {
			this.#waiting = { rows: this.#newest, settle: () => undefined };
		}
		void this.#pump();
	}

	async #pump(): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		for (let next = this.#take(); next !== null; next = this.#take()) {
			const { outcome } = await this.#port.write(this.#protocol.show(next.rows, this.#profile));
			next.settle(outcome === "written" ? "written" : "failed");
		}
		this.#busy = false;
	}

	#take(): Wanted | null {
		const next = this.#waiting;
		this.#waiting = null;
		return next;
	}
}
