import type { PrintJobStatus, PrintOutcome } from "../../src/devices/contract/devices.ts";

/** Jobs that have ended and can still be asked for. */
const ENDED_MAX = 16;

/** Where each print job is, for whoever asks, and a word to `changed` each time that one goes on. */
export class JobBoard {
	readonly #changed: (status: PrintJobStatus) => void;
	/** In the order of their coming. */
	#jobs: readonly PrintJobStatus[] = [];

	constructor(changed: (status: PrintJobStatus) => void) {
		this.#changed = changed;
	}

	/** Oldest first; of those that have ended the last {@link ENDED_MAX}. */
	list(): readonly PrintJobStatus[] {
		return this.#jobs;
	}

	queued(jobId: string): void {
		this.#put({ jobId, state: "queued", confirmation: null, detail: null });
	}

	sent(jobId: string): void {
		this.#put({ jobId, state: "sent", confirmation: null, detail: null });
	}

	ended(jobId: string, { outcome, confirmation, detail }: PrintOutcome): void {
		this.#put({ jobId, state: outcome, confirmation, detail });
	}

	/** The printer's word on a job came after it was given up: it stays what it was told to be, and this is said with it. */
	lateWord(jobId: string): void {
		const at = this.#jobs.findLastIndex((job) => job.jobId === jobId && job.state === "unknown");
		const job = this.#jobs[at];
		if (job === undefined) return;
		const late = { ...job, detail: [job.detail, "but said later that it is printed"].filter(Boolean).join(", ") };
		this.#jobs = this.#jobs.with(at, late);
		this.#changed(late);
	}

	#put(status: PrintJobStatus): void {
		const at = this.#jobs.findIndex(
			({ jobId, state }) => jobId === status.jobId && (state === "queued" || state === "sent"),
		);
		const jobs = at < 0 ? [...this.#jobs, status] : this.#jobs.with(at, status);
		const tooMany = jobs.filter(({ state }) => state !== "queued" && state !== "sent").length - ENDED_MAX;
		const oldest = tooMany <= 0 ? -1 : jobs.findIndex(({ state }) => state !== "queued" && state !== "sent");
		this.#jobs = oldest < 0 ? jobs : jobs.toSpliced(oldest, 1);
		this.#changed(status);
	}
}
