import { createHash } from "node:crypto";
import type { Clock } from "../../runtime/contract/clock.ts";
import type { Ledger } from "../ledger/ledger.ts";

/** PowerOffice counts by the second (poweroffice.md section 1.3); a little longer, because requests may bunch on their way. */
const WINDOW_MS = 1_100;

/** Takes one call, or says after how many milliseconds to ask again. */
export interface RateLimit {
	take(nowMs: number): number | null;
	/** PowerOffice said 429: nobody calls for so long. */
	pause(nowMs: number, waitMs: number): void;
}

/**
 * The limit of a subscription key over everything that uses the ledger: the last N calls of the key stand in it, and a
 * call is let through when the oldest of them left the window (DESIGN section 8). A clock that stepped back frees what
 * lies ahead of it. The key itself is never stored.
 */
export const rateLimit = (ledger: Ledger, subscriptionKey: string, callsPerSecond: number): RateLimit => {
	const key = createHash("sha256").update(subscriptionKey).digest("hex").slice(0, 16);
	const read = ledger.statement<{ slot: number; atMs: number }>(
		"SELECT slot, at_ms AS atMs FROM power_office_call WHERE subscription = ? AND slot < ?",
	);
	const write = ledger.statement(
		`INSERT INTO power_office_call (subscription, slot, at_ms) VALUES (?, ?, ?)
		ON CONFLICT (subscription, slot) DO UPDATE SET at_ms = excluded.at_ms`,
	);
	const pausedUntil = ledger.statement<{ untilMs: number }>(
		"SELECT until_ms AS untilMs FROM power_office_pause WHERE subscription = ?",
	);
	const writePause = ledger.statement(
		`INSERT INTO power_office_pause (subscription, until_ms) VALUES (?, ?)
		ON CONFLICT (subscription) DO UPDATE SET until_ms = excluded.until_ms`,
	);
	return {
		take: (nowMs) =>
			ledger.transaction(() => {
				const untilMs = pausedUntil.get(key)?.untilMs ?? 0;
				if (untilMs > nowMs && untilMs - nowMs <= PAUSE_MAX_MS) return untilMs - nowMs;
				const calls = new Map(read.all(key, callsPerSecond).map(({ slot, atMs }) => [slot, atMs]));
				let oldest = { slot: 0, atMs: Number.POSITIVE_INFINITY };
				for (let slot = 0; slot < callsPerSecond; slot += 1) {
					const atMs = calls.get(slot);
					if (atMs === undefined || atMs > nowMs || nowMs - atMs >= WINDOW_MS) {
						write.run(key, slot, nowMs);
						return null;
					}
					if (atMs < oldest.atMs) oldest = { slot, atMs };
				}
				return oldest.atMs + WINDOW_MS - nowMs;
			}),
		pause: (nowMs, waitMs) => void writePause.run(key, nowMs + Math.min(waitMs, PAUSE_MAX_MS)),
	};
};

/** The calls of one process, each in its turn. */
export interface CallTurns {
	/** Answers null when the call may go out, after a wait for the limit; or how long nobody may call, where that is longer. */
	next(): Promise<number | null>;
	/** PowerOffice said 429. */
	pause(waitMs: number): void;
}

/** Turns in a row that other processes may take before this one is told to come again. */
const TURNS_MAX = 20;

/**
 * Waits for the limit where that is a matter of a second: sleeping here costs nothing, while every Z that is put off would be
 * written to the disk, all of them again and again as long as there are more of them than calls.
 */
export const callTurns = (limit: RateLimit, clock: Clock, sleep: (ms: number) => Promise<void>): CallTurns => ({
	next: async () => {
		for (let turn = 0; turn < TURNS_MAX; turn += 1) {
			const waitMs = limit.take(clock.stamp().utcMs);
			if (waitMs === null || waitMs > WINDOW_MS) return waitMs;
			await sleep(waitMs);
		}
		return WINDOW_MS;
	},
	pause: (waitMs) => limit.pause(clock.stamp().utcMs, waitMs),
});

/** The longest pause taken from a Retry-After, and the furthest one believed after the clock stepped back. */
const PAUSE_MAX_MS = 60_000;
