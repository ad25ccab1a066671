import type { DeviceState, StateListener } from "../src/devices/contract/devices.ts";

/** Before anything was tried. */
const STATE_UNTRIED: DeviceState = { power: "unknown", conditions: [], detail: null };

const same = (a: DeviceState, b: DeviceState): boolean =>
	a.power === b.power && a.detail === b.detail && a.conditions.join() === b.conditions.join();

/** Keeps a device's state and tells of changes only, so that a device that keeps failing the same way is told once. */
export class StateCell {
	#state: DeviceState = STATE_UNTRIED;
	readonly #changed: StateListener;

	constructor(changed: StateListener) {
		this.#changed = changed;
	}

	get(): DeviceState {
		return this.#state;
	}

	set(state: DeviceState): void {
		if (same(this.#state, state)) return;
		this.#state = state;
		this.#changed(state);
	}
}
