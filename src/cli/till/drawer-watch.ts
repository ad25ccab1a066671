import type { DeviceState } from "../../devices/contract/devices.ts";
import type { Stamp } from "../../events/stamp.ts";
import type { Timers } from "../../runtime/contract/clock.ts";
import { elapsedMs, PULSE_OPENS_WITHIN_MS } from "../../till/drawers.ts";
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
	/** A drawer was found stuck, or has opened after all. */
	readonly onStuck: () => void;
}

/** Open or closed; undefined while nobody can tell. */
const positionOf = ({ power, conditions }: DeviceState): boolean | undefined => {
	if (power !== "online") return undefined;
	return conditions.includes("DrawerOpened") ? true : conditions.includes("DrawerClosed") ? false : undefined;
};

/**
 * Makes inputs of what drawers report: opened, closed, and open for too long; and knows the ones that were pulsed and did not
 * open. Time runs here, outside the loop.
 */
export class DrawerWatch {
	readonly #parts: DrawerWatchParts;
	readonly #positions = new Map<string, boolean>();
	readonly #timers = new Map<string, () => void>();
	readonly #pulses = new Map<string, { readonly jobId: string; readonly cancel: () => void }>();
	readonly #stuck = new Set<string>();

	constructor(parts: DrawerWatchParts) {
		this.#parts = parts;
	}

	/** Takes a drawer's state in. What is not known is no input; what is known again after that is told as found. */
	changed(drawerId: string, state: DeviceState): void {
		const isOpen = positionOf(state);
		const before = this.#positions.get(drawerId);
		if (isOpen === before) return;
		this.#cancel(drawerId);
		if (isOpen !== false) this.#unstick(drawerId);
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

	/** Drawers that are known to be shut though they were pulsed: locked, jammed, or their cable is out. */
	stuck(): ReadonlySet<string> {
		return this.#stuck;
	}

	/** A drawer is to be opened. One that is known to be shut, and still is when the pulse has had its time, is stuck. */
	pulsed(drawerId: string, jobId: string): void {
		if (this.#positions.get(drawerId) !== false) return;
		this.#pulses.get(drawerId)?.cancel();
		const cancel = this.#parts.timers.after(`${drawerId} stays shut`, PULSE_OPENS_WITHIN_MS, () => {
			this.#pulses.delete(drawerId);
			this.#stuck.add(drawerId);
			this.#parts.onStuck();
		});
		this.#pulses.set(drawerId, { jobId, cancel });
	}

	/** A pulse that was not sent opens nothing, and says nothing about its drawer. */
	notSent(jobId: string): void {
		for (const [drawerId, pulse] of this.#pulses) {
			if (pulse.jobId !== jobId) continue;
			pulse.cancel();
			this.#pulses.delete(drawerId);
		}
	}

	/** Ends: nothing is told any more. */
	stop(): void {
		for (const { cancel } of this.#pulses.values()) cancel();
		this.#pulses.clear();
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

	/** It has opened, or nobody can tell any more. */
	#unstick(drawerId: string): void {
		this.#pulses.get(drawerId)?.cancel();
		this.#pulses.delete(drawerId);
		if (this.#stuck.delete(drawerId)) this.#parts.onStuck();
	}

	#cancel(drawerId: string): void {
		this.#timers.get(drawerId)?.();
		this.#timers.delete(drawerId);
	}
}
