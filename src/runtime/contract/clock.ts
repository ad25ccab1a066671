import type { Stamp } from "../../events/stamp.ts";

/** The box's clocks. Only composition roots make a real one; everything that decides takes a {@link Stamp}. */
export interface Clock {
	/** Now. */
	stamp(): Stamp;
	/** Whether the wall clock was set from a trusted source since boot; undefined when the system does not say. */
	isSynchronised(): boolean | undefined;
}

/** Timers by name, so that a stuck test prints which one waits. */
export interface Timers {
	/** Calls back once after `delayMs`. Answers a function that cancels it. */
	after(name: string, delayMs: number, callback: () => void): () => void;
	/** Calls back every `periodMs` until the answered function is called. */
	every(name: string, periodMs: number, callback: () => void): () => void;
}

/** Chance. */
export interface Entropy {
	/** `count` random bytes. */
	bytes(count: number): Uint8Array;
}
