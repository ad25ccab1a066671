import type { DeviceState } from "../../devices/contract/devices.ts";
import type { Stamp } from "../../events/stamp.ts";
import type { Timers } from "../../runtime/contract/clock.ts";
import { elapsedMs } from "../../till/drawers.ts";
import type { InputBody } from "../../till/input.ts";
import type { DrawerState } from "../../till/state.ts";

/** What the watch of drawers is made from. */
export interface DrawerWatchParts {
	readonly timers: Timers;
	readonly now: () => Stamp;
	/** By device id, how long a drawer may stand open, in milliseconds; 0 or left out: for ever. */
	readonly openTooLongMs: ReadonlyMap<string, number>;
	/** What the records say of a drawer. */
	readonly recorded: (drawerId: string) => DrawerState | undefined;
	readonly submit: (input: Extract<InputBody, { type: "DrawerSensed" | "DrawerOverdue" }>) => void;
}

/** Open or closed; undefined while nobody can tell. */
const positionOf = ({ power, conditions }: DeviceState): boolean | undefined => {
	if (power !== "online") return undefined;
	return conditions.includes("DrawerOpened") ? true : conditions.includes("DrawerClosed") ? false : undefined;
};

/** Makes inputs of what drawers report: opened, closed, and open for too long. Time runs here, outside the loop. */
export class DrawerWatch {
	readonly #parts: DrawerWatchParts;
	readonly #positions = new Map<string, boolean>();
	readonly #timers = new Map<string, () => void>();

	constructor(parts: DrawerWatchParts) {
		this.#parts = parts;
	}

	/** Takes a drawer's state in. What is not known is no input; what is known again after that is told as found. */
	changed(drawerId: string, state: DeviceState): void {
		const isOpen = positionOf(state);
		const before = this.#positions.get(drawerId);
		if (isOpen === before) return;
		this.#cancel(drawerId);
		if (isOpen === undefined) {
			this.#positions.delete(drawerId);
			return;
		}
		this.#positions.set(drawerId, isOpen);
		this.#parts.submit({
			type: "DrawerSensed",
			drawerId,
			isOpen,
			seen: before === undefined ? "afterGap" : "change",
		});
		if (isOpen) this.#time(drawerId);
	}

	/** Ends: nothing is told any more. */
	stop(): void {
		for (const cancel of this.#timers.values()) cancel();
		this.#timers.clear();
	}

	/** An opening that was recorded before a restart or a gap goes on from its record. */
	#time(drawerId: string): void {
		const { timers, now, openTooLongMs, recorded, submit } = this.#parts;
		const limitMs = openTooLongMs.get(drawerId) ?? 0;
		const since = recorded(drawerId)?.since ?? now();
		if (limitMs === 0 || recorded(drawerId)?.isTooLong === true) return;
		const overdue = (): void => submit({ type: "DrawerOverdue", drawerId, openMs: elapsedMs(since, now()) });
		const waitMs = Math.max(0, limitMs - elapsedMs(since, now()));
		this.#timers.set(drawerId, timers.after(`${drawerId} open too long`, waitMs, overdue));
	}

	#cancel(drawerId: string): void {
		this.#timers.get(drawerId)?.();
		this.#timers.delete(drawerId);
	}
}
