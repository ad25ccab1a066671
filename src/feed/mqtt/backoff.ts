import type { Entropy } from "../../runtime/contract/clock.ts";

/** First wait before dialling the broker again. */
const REDIAL_MIN_MS = 500;

/** Longest wait: a broker that comes back is found within half a minute. */
const REDIAL_MAX_MS = 30_000;

/**
 * How long to wait before attempt `attempt` (1, 2, 3 ...): doubling, and of that a random part between one half and all,
 * so that the tills of a chain do not come back to a restarted broker in one instant.
 */
export const redialDelayMs = (attempt: number, entropy: Entropy): number => {
	const ceilingMs = Math.min(REDIAL_MAX_MS, REDIAL_MIN_MS * 2 ** Math.min(attempt - 1, 16));
	const [chance = 0] = entropy.bytes(1);
	return Math.round(ceilingMs / 2 + (ceilingMs / 2) * (chance / 255));
};
