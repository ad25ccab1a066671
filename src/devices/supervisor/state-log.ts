import type { DeviceState } from "../contract/devices.ts";
import type { DriverServices } from "../contract/driver.ts";

/** A device's changes are logged at most this often: a printer on a loose plug changes fifty times a second. */
export const LOG_PERIOD_MS = 10_000;

interface Entry {
	writtenAtMs: number;
	/** The newest state that was left out; undefined when the last one was written. */
	state: DeviceState | undefined;
	leftOut: number;
	cancel: () => void;
}

const isWell = ({ power, conditions }: DeviceState): boolean =>
	power === "online" && conditions.every((condition) => condition === "DrawerClosed" || condition === "DrawerOpened");

/** Writes how devices are to the log: each change, or where they come too fast the last of them with a count of the others. */
export class StateLog {
	readonly #services: Pick<DriverServices, "timers" | "clock" | "logger">;
	readonly #entries = new Map<string, Entry>();

	constructor(services: Pick<DriverServices, "timers" | "clock" | "logger">) {
		this.#services = services;
	}

	/** Logs a change now, or at the end of the period that began with the line before. */
	changed(device: string, state: DeviceState): void {
		const { clock, timers } = this.#services;
		const nowMs = clock.stamp().monotonicMs;
		const entry = this.#entries.get(device);
		const waitMs = entry === undefined ? 0 : entry.writtenAtMs + LOG_PERIOD_MS - nowMs;
		if (entry === undefined || (waitMs <= 0 && entry.state === undefined)) {
			this.#entries.set(device, { writtenAtMs: nowMs, state: undefined, leftOut: 0, cancel: () => undefined });
			this.#write(device, state, 0);
			return;
		}
		if (entry.state === undefined) {
			entry.cancel = timers.after(`${device} log`, waitMs, () => this.#late(device, entry));
		} else {
			entry.leftOut += 1;
		}
		entry.state = state;
	}

	/** Logs at once what is still to be logged: the program ends. */
	end(): void {
		for (const [device, entry] of this.#entries) {
			entry.cancel();
			if (entry.state !== undefined) this.#late(device, entry);
		}
	}

	#late(device: string, { state, leftOut }: Entry): void {
		this.#entries.delete(device);
		if (state === undefined) return;
		const writtenAtMs = this.#services.clock.stamp().monotonicMs;
		this.#entries.set(device, { writtenAtMs, state: undefined, leftOut: 0, cancel: () => undefined });
		this.#write(device, state, leftOut);
	}

	#write(device: string, state: DeviceState, leftOut: number): void {
		const { power, conditions, detail } = state;
		const fields = {
			device,
			power,
			conditions: conditions.join(" "),
			detail,
			...(leftOut === 0 ? {} : { changesLeftOut: leftOut }),
		};
		if (isWell(state)) this.#services.logger.info("device is well", fields);
		else this.#services.logger.warn("device is not well", fields);
	}
}
