import type { Clock, Entropy, Timers } from "../../src/runtime/contract/clock.ts";
import type { LogFields, Logger } from "../../src/runtime/contract/logger.ts";

const START_UTC_MS = Date.UTC(2026, 10, 23, 12, 0, 0);

/** A clock that stands until it is moved. */
export interface ManualClock extends Clock {
	/** Lets time pass: both clocks go on. */
	advance(ms: number): void;
	/** Sets the wall clock, as somebody does by hand; the monotonic clock does not notice. */
	set(utcMs: number): void;
	/** What the system says of the wall clock from now on; true at first. */
	setSynchronised(synchronised: boolean | undefined): void;
}

/** Begins at 2026-11-23 12:00 UTC, 13:00 in Oslo, in the boot "test-boot". */
export const manualClock = (): ManualClock => {
	let utcMs = START_UTC_MS;
	let monotonicMs = 0;
	let isSynchronised: boolean | undefined = true;
	return {
		stamp: () => ({ utcMs, offsetMinutes: 60, bootId: "test-boot", monotonicMs }),
		isSynchronised: () => isSynchronised,
		advance: (ms) => {
			utcMs += ms;
			monotonicMs += ms;
		},
		set: (to) => {
			utcMs = to;
		},
		setSynchronised: (synchronised) => {
			isSynchronised = synchronised;
		},
	};
};

interface Waiting {
	readonly name: string;
	readonly atMs: number;
	readonly callback: () => void;
}

/** Timers that a test moves: nothing is called back before `advance`. A clock given moves with them. */
export class ManualTimers implements Timers {
	#nowMs = 0;
	readonly #waiting = new Set<Waiting>();
	readonly #clock: ManualClock | undefined;

	constructor(clock?: ManualClock) {
		this.#clock = clock;
	}

	after(name: string, delayMs: number, callback: () => void): () => void {
		const waiting = { name, atMs: this.#nowMs + delayMs, callback };
		this.#waiting.add(waiting);
		return () => {
			this.#waiting.delete(waiting);
		};
	}

	every(name: string, periodMs: number, callback: () => void): () => void {
		let cancel = (): void => {};
		const next = (): void => {
			cancel = this.after(name, periodMs, () => {
				next();
				callback();
			});
		};
		next();
		return () => cancel();
	}

	/** Names of what is waited for, in alphabetical order. */
	names(): string[] {
		return [...this.#waiting].map(({ name }) => name).sort();
	}

	/** How long until the timer of that name, in milliseconds. */
	dueInMs(name: string): number | undefined {
		const found = [...this.#waiting].find((waiting) => waiting.name === name);
		return found === undefined ? undefined : found.atMs - this.#nowMs;
	}

	/** Moves time, calling back in order of due time. Answers the names of what still waits. */
	advance(ms: number): string[] {
		const untilMs = this.#nowMs + ms;
		for (;;) {
			const due = [...this.#waiting].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
			if (due === undefined) break;
			this.#waiting.delete(due);
			this.#moveTo(Math.max(this.#nowMs, due.atMs));
			due.callback();
		}
		this.#moveTo(untilMs);
		return this.names();
	}

	#moveTo(ms: number): void {
		this.#clock?.advance(ms - this.#nowMs);
		this.#nowMs = ms;
	}
}

/** Chance that is none: the bytes of a small generator (xorshift32), the same in every run of a seed. */
export const seededEntropy = (seed = 1): Entropy => {
	let state = Math.imul(seed, 0x9e3779b1) | 1;
	const next = (): number => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 16) & 0xff;
	};
	return { bytes: (count) => Uint8Array.from({ length: count }, next) };
};

/** A logged line. */
export interface LogLine {
	readonly level: "debug" | "info" | "warn" | "error";
	readonly message: string;
	/** The line's own fields and those of the loggers it came through. */
	readonly fields: LogFields;
}

/** A logger that keeps its lines, and its children's, for the test to read. */
export const recordingLogger = (): Logger & { readonly lines: LogLine[] } => {
	const lines: LogLine[] = [];
	const logger = (common: LogFields): Logger => {
		const at =
			(level: LogLine["level"]) =>
			(message: string, fields: LogFields = {}): void => {
				lines.push({ level, message, fields: { ...common, ...fields } });
			};
		return {
			debug: at("debug"),
			info: at("info"),
			warn: at("warn"),
			error: at("error"),
			child: (fields) => logger({ ...common, ...fields }),
		};
	};
	return { lines, ...logger({}) };
};

/** A logger that keeps nothing. */
export const silentLogger = (): Logger => {
	const nothing = (): void => {};
	const logger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => logger };
	return logger;
};
