import type { Timers } from "../../src/runtime/contract/clock.ts";

interface Waiting {
	readonly name: string;
	readonly atMs: number;
	readonly callback: () => void;
}

/** Timers that a test moves: nothing is called back before `advance`. */
export class ManualTimers implements Timers {
	#nowMs = 0;
	readonly #waiting = new Set<Waiting>();

	after(name: string, delayMs: number, callback: () => void): () => void {
		const waiting = { name, atMs: this.#nowMs + delayMs, callback };
		this.#waiting.add(waiting);
		return () => {
			this.#waiting.delete(waiting);
		};
	}

	every(name: string, periodMs: number, callback: () => void): () => void {
		let cancel = (): void => {};
		const next = (): void => {
			cancel = this.after(name, periodMs, () => {
				next();
				callback();
			});
		};
		next();
		return () => cancel();
	}

	/** Names of what is waited for. */
	names(): string[] {
		return [...this.#waiting].map(({ name }) => name).sort();
	}

	/** How long until the timer of that name, in milliseconds. */
	dueInMs(name: string): number | undefined {
		const found = [...this.#waiting].find((waiting) => waiting.name === name);
		return found === undefined ? undefined : found.atMs - this.#nowMs;
	}

	/** Moves time, calling back in order of due time. */
	advance(ms: number): void {
		const untilMs = this.#nowMs + ms;
		for (;;) {
			const due = [...this.#waiting].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
			if (due === undefined) break;
			this.#waiting.delete(due);
			this.#nowMs = Math.max(this.#nowMs, due.atMs);
			due.callback();
		}
		this.#nowMs = untilMs;
	}
}
