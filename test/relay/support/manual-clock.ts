import type { Clock, Timers } from "../../../src/runtime/contract/clock.ts";

/** A clock that stands until it is moved. */
export interface ManualClock extends Clock {
	advance(ms: number): void;
}

const START_UTC_MS = Date.UTC(2026, 10, 23, 12, 0, 0);

/** Begins at 2026-11-23 12:00 UTC, an hour behind the tills' local time. */
export const manualClock = (): ManualClock => {
	let elapsedMs = 0;
	return {
		stamp: () => ({ utcMs: START_UTC_MS + elapsedMs, offsetMinutes: 60, bootId: "test-boot", monotonicMs: elapsedMs }),
		isSynchronised: () => true,
		advance: (ms) => {
			elapsedMs += ms;
		},
	};
};

/** Timers that never fire: a test drives by hand what they would start. */
export const noTimers = (): Timers => ({ after: () => () => {}, every: () => () => {} });
