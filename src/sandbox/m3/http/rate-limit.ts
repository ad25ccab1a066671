/** How many calls the gateway lets through; numbers are a tenant's own (m3.md section 4: "throttling exists (429)"). */
export interface RateLimit {
	readonly requests: number;
	readonly perSeconds: number;
}

/** Counts calls in fixed windows. */
export class RateLimiter {
	readonly #limit: RateLimit;
	readonly #now: () => number;
	#windowStartMs = Number.NEGATIVE_INFINITY;
	#count = 0;

	constructor(limit: RateLimit, now: () => number) {
		this.#limit = limit;
		this.#now = now;
	}

	/** Counts one call; returns the seconds to wait when it is one too many. */
	take(): number | undefined {
		const windowMs = this.#limit.perSeconds * 1000;
		const nowMs = this.#now();
		if (nowMs - this.#windowStartMs >= windowMs) {
			this.#windowStartMs = nowMs;
			this.#count = 0;
		}
		this.#count += 1;
		if (this.#count <= this.#limit.requests) return undefined;
		return Math.ceil((this.#windowStartMs + windowMs - nowMs) / 1000);
	}
}
