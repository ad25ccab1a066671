import { createHash } from "node:crypto";
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

/** The longest pause taken from a Retry-After, and the furthest one believed after the clock stepped back. */
const PAUSE_MAX_MS = 60_000;
