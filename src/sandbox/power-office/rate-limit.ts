/** Lets so many calls of a key through in any second, or says after how many milliseconds the next one may come. */
export type RateLimiter = { take(key: string, nowMs: number, callsPerSecond: number | null): number | null };

const WINDOW_MS = 1000;

/**
 * Section 1.3: 10 requests a second per subscription key, shared by all client keys; over it 429. A refused call does
 * not count against the window.
 */
export function createRateLimiter(): RateLimiter {
	const callsByKey = new Map<string, number[]>();
	return {
		take(key, nowMs, callsPerSecond) {
			if (callsPerSecond === null) return null;
			const recent = (callsByKey.get(key) ?? []).filter((at) => nowMs - at < WINDOW_MS);
			callsByKey.set(key, recent);
			if (recent.length < callsPerSecond) {
				recent.push(nowMs);
				return null;
			}
			return WINDOW_MS - (nowMs - (recent[0] ?? nowMs));
		},
	};
}
