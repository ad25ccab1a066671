import type { Timers } from "../contract/clock.ts";

/** Node fires a longer timer at once (setTimeout counts in 32 bits). */
const DELAY_MS_MAX = 2 ** 31 - 1;

const checked = (name: string, ms: number): number => {
	if (Number.isFinite(ms) && ms <= DELAY_MS_MAX) return Math.max(0, ms);
	throw new RangeError(`timer "${name}": ${ms} ms is no time to wait`);
};

/** The system's timers. A wait that Node cannot keep (beyond 24.8 days, or no number) is a RangeError instead of no wait at all. */
export const createTimers = (): Timers => ({
	after: (name, delayMs, callback) => {
		const timer = setTimeout(callback, checked(name, delayMs));
		return () => clearTimeout(timer);
	},
	every: (name, periodMs, callback) => {
		const timer = setInterval(callback, checked(name, periodMs));
		return () => clearInterval(timer);
	},
});
