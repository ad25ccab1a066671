/** First pause after a failure; doubled with each further one. */
const PAUSE_FIRST_MS = 1_000;
/** Longest pause. */
const PAUSE_MAX_MS = 300_000;

/**
 * Pauses by name (a round, M3 as a whole) on the monotonic clock: doubling from 1 s to 5 min. In memory only: a restart may
 * try at once.
 */
export interface BackOff {
	/** Whether the pause of this name still lasts. */
	isPaused(name: string, nowMs: number): boolean;
	/** Begins the next, longer pause; `atLeastMs` is what the other side asks for. */
	pause(name: string, nowMs: number, atLeastMs?: number): void;
	/** How often in a row this name was paused. */
	count(name: string): number;
	/** All is well again. */
	reset(name: string): void;
	/** Ends every pause: a person changed something. */
	clear(): void;
}

/** No pauses yet. */
export const createBackOff = (): BackOff => {
	const pauses = new Map<string, { readonly untilMs: number; readonly count: number }>();
	return {
		isPaused: (name, nowMs) => nowMs < (pauses.get(name)?.untilMs ?? 0),
		pause: (name, nowMs, atLeastMs = 0) => {
			const count = pauses.get(name)?.count ?? 0;
			const pauseMs = Math.max(Math.min(PAUSE_FIRST_MS * 2 ** Math.min(count, 20), PAUSE_MAX_MS), atLeastMs);
			pauses.set(name, { untilMs: nowMs + pauseMs, count: count + 1 });
		},
		count: (name) => pauses.get(name)?.count ?? 0,
		reset: (name) => void pauses.delete(name),
		clear: () => pauses.clear(),
	};
};
