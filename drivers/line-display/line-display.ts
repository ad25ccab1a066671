import type { DeviceState, LineDisplay } from "../../src/devices/contract/devices.ts";
import type { DeviceBrightness, DisplayOptions, DriverServices } from "../../src/devices/contract/driver.ts";
import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import { StateCell } from "../state-cell.ts";
import type { MakePort, Port } from "../transport/port.ts";
import { DisplayDialogue, type Said } from "./display-dialogue.ts";
import type { DisplayProtocol, DisplayStep } from "./display-protocol.ts";

/** How often a display that answers is shown its text again: it proves that it is there, and lights up one that was off. */
const LOOK_MS = 10_000;

/** How often one that did not answer is tried, or a port that took nothing. */
const RETRY_MS = 2_000;

const ONLINE: DeviceState = { power: "online", conditions: [], detail: null };

type Shown = "written" | "replaced" | "failed";

interface Wanted {
	readonly rows: readonly string[];
	settle: (shown: Shown) => void;
}

interface Work {
	readonly steps: readonly DisplayStep[];
	readonly settle: (shown: Shown) => void;
}

const nobody = (): void => undefined;

/**
 * A customer display on its own port, or on its share of one. It keeps one text, the newest: while a text is being written
 * the next one waits and is replaced by a newer one, and after a reconnect the newest is shown again. A display that
 * answers is online while it does; of any other an open port is all that is known.
 */
export class SerialLineDisplay implements LineDisplay {
	readonly deviceClass = "LineDisplay";
	readonly id: string;
	readonly deviceRows: number;
	readonly deviceColumns: number;
	readonly #profile: DisplayProfile;
	readonly #brightness: DeviceBrightness | undefined;
	readonly #protocol: DisplayProtocol;
	readonly #services: DriverServices;
	readonly #port: Port;
	readonly #dialogue: DisplayDialogue;
	readonly #state: StateCell;
	#newest: readonly string[] | null = null;
	#waiting: Wanted | null = null;
	#isNew = false;
	#isBusy = false;
	#cancelLook = nobody;

	constructor(
		options: Omit<DisplayOptions, "port">,
		protocol: DisplayProtocol,
		makePort: MakePort,
		services: DriverServices,
	) {
		this.id = options.id;
		this.deviceRows = options.profile.deviceRows;
		this.deviceColumns = options.profile.deviceColumns;
		this.#profile = options.profile;
		this.#brightness = options.brightness;
		this.#protocol = protocol;
		this.#services = services;
		this.#state = new StateCell((state) => services.listeners.onState(this, state));
		this.#port = makePort({
			onOpen: () => this.#opened(),
			// Reading is also what makes an unplugged display noticed that answers nothing.
			onData: (bytes) => this.#dialogue.heard(bytes),
			onClose: (detail) => this.#closed(detail),
		});
		this.#dialogue = new DisplayDialogue(this.#port, protocol.answers, services.timers);
	}

	open(): void {
		this.#port.open();
	}

	async close(): Promise<void> {
		this.#cancelLook();
		await this.#port.close();
		this.#dialogue.lost();
		this.#cancelLook();
	}

	state(): DeviceState {
		return this.#state.get();
	}

	displayText(rows: readonly string[]): Promise<Shown> {
		this.#newest = rows;
		this.#waiting?.settle("replaced");
		this.#waiting = null;
		if (this.#state.get().power !== "online") return Promise.resolve("failed");
		return new Promise((settle) => {
			this.#waiting = { rows, settle };
			void this.#pump();
		});
	}

	#opened(): void {
		if (this.#protocol.answers === null) this.#state.set(ONLINE);
		this.#begin();
	}

	#closed(detail: string): void {
		this.#cancelLook();
		this.#dialogue.lost();
		this.#state.set({ power: "offline", conditions: [], detail });
	}

	/** Begins with a display of which nothing is known. */
	#begin(): void {
		this.#isNew = true;
		this.#again();
	}

	/** The newest text once more, unless a newer one waits already. */
	#again(): void {
		if (this.#waiting === null && this.#newest !== null) this.#waiting = { rows: this.#newest, settle: nobody };
		void this.#pump();
	}

	async #pump(): Promise<void> {
		if (this.#isBusy) return;
		this.#isBusy = true;
		for (;;) {
			// Chosen when the line is free: a printer on the same line may have it for a while, and the newest text is shown.
			await this.#port.turn();
			const work = this.#take();
			if (work === null) break;
			const said = await this.#dialogue.send(work.steps);
			this.#judge(said);
			work.settle(said === "written" ? "written" : "failed");
		}
		this.#isBusy = false;
	}

	#take(): Work | null {
		if (this.#isNew) {
			this.#isNew = false;
			return { steps: this.#protocol.initialise(this.#profile, this.#brightness), settle: nobody };
		}
		const next = this.#waiting;
		this.#waiting = null;
		return next === null ? null : { steps: this.#protocol.show(next.rows, this.#profile), settle: next.settle };
	}

	/** Presence of a display that answers. That a line is gone is told by its port; one that only refused is tried again. */
	#judge(said: Said): void {
		if (said === "failed") {
			if (this.#port.isOpen()) this.#lookIn(RETRY_MS, () => this.#begin());
			return;
		}
		if (this.#protocol.answers === null) return;
		if (said === "silent") {
			this.#waiting?.settle("failed");
			this.#waiting = null;
			this.#state.set({ power: "offline", conditions: [], detail: "the display does not answer" });
			this.#lookIn(RETRY_MS, () => this.#begin());
			return;
		}
		this.#state.set(
			said === "written"
				? ONLINE
				: { power: "online", conditions: ["Error"], detail: "the display refuses its commands" },
		);
		this.#lookIn(LOOK_MS, () => (this.#newest === null ? this.#begin() : this.#again()));
	}

	#lookIn(delayMs: number, look: () => void): void {
		this.#cancelLook();
		this.#cancelLook = this.#services.timers.after(`${this.id} presence`, delayMs, look);
	}
}
