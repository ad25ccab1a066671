/** A measurement of the journal's disk. */
interface Reading {
	readonly atMs: number;
	readonly freeBytes: number;
}

/** Readings kept: one an hour for three days tell the rate of selling. */
const READINGS_MAX = 72;

/** Time between two readings that are kept. */
const READING_PERIOD_MS = 3_600_000;

/** Shorter than this a rate says nothing. */
const RATE_SPAN_MS = 6 * 3_600_000;

const DAY_MS = 86_400_000;

/** How long the disk lasts, by what the last days took of it. */
export class DiskWatch {
	readonly #freeBytesMin: number;
	#readings: readonly Reading[] = [];
	#freeBytes: number | undefined;

	constructor(freeBytesMin: number) {
		this.#freeBytesMin = freeBytesMin;
	}

	/** Takes a measurement; undefined when the system gave none. */
	measured(freeBytes: number | undefined, monotonicMs: number): void {
		this.#freeBytes = freeBytes;
		const last = this.#readings.at(-1);
		if (freeBytes === undefined || (last !== undefined && monotonicMs - last.atMs < READING_PERIOD_MS)) return;
		this.#readings = [...this.#readings, { atMs: monotonicMs, freeBytes }].slice(-READINGS_MAX);
	}

	/** Whether no new ticket may be begun. */
	isLow(): boolean {
		return this.#freeBytes !== undefined && this.#freeBytes < this.#freeBytesMin;
	}

	/** Whole days until the least is reached; null while that cannot be told. */
	daysLeft(): number | null {
		const first = this.#readings[0];
		const last = this.#readings.at(-1);
		if (first === undefined || last === undefined || last.atMs - first.atMs < RATE_SPAN_MS) return null;
		const used = first.freeBytes - last.freeBytes;
		if (used <= 0) return null;
		return Math.max(0, Math.floor(((last.freeBytes - this.#freeBytesMin) * (last.atMs - first.atMs)) / used / DAY_MS));
	}
}
