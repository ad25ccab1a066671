/** Work that a batch job of M3 does after the call that started it was answered. */
export class BatchQueue {
	readonly #pending = new Map<NodeJS.Timeout, () => void>();

	/** Runs the work after `delayMs`, or earlier by `finish`. */
	add(work: () => void, delayMs: number): void {
		const timer = setTimeout(() => {
			this.#pending.delete(timer);
			work();
		}, delayMs);
		this.#pending.set(timer, work);
	}

	/** Runs everything that waits, now and in order. */
	finish(): void {
		const works = [...this.#pending.values()];
		this.discard();
		for (const work of works) work();
	}

	/** Forgets everything that waits. */
	discard(): void {
		for (const timer of this.#pending.keys()) clearTimeout(timer);
		this.#pending.clear();
	}
}
