import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import { Copy, relationOf } from "./copy.ts";
import { makeFolder, readCurrent, segmentFile, writeCurrent } from "./files.ts";
import type { Batch } from "./row.ts";
import { Shelf } from "./shelf.ts";

/**
 * The journal's second medium, written in the same step. It comes second: after a crash it is behind or even, never
 * ahead. What goes wrong with it is said and tried again, and never stops the till (DESIGN section 6).
 */
export class Mirror {
	readonly #root: string;
	readonly #journalId: string;
	readonly #original: Shelf;
	readonly #logger: Logger;
	#copy: Copy | undefined;
	#trouble: Fault | undefined;

	constructor(root: string, journalId: string, original: Shelf, logger: Logger) {
		this.#root = root;
		this.#journalId = journalId;
		this.#original = original;
		this.#logger = logger;
	}

	/** Brings the mirror up as far as one step goes. Throws TILL-0611 when it is ahead: then the journal lost its end. */
	start(): void {
		this.tend();
		if (this.#trouble?.code === "TILL-0611") throw this.#trouble;
		if (existsSync(this.#root) && this.#sharesDisk()) {
			this.#logger.warn("the mirror lies on the same medium as the journal", { mirror: this.#root });
		}
	}

	/** Writes what the journal has just written, or goes on catching up. */
	follow(batch: Batch): void {
		if (this.#copy === undefined || this.#trouble !== undefined) {
			this.tend();
			return;
		}
		try {
			this.#copy.write(batch);
		} catch (error) {
			this.#fail(error);
		}
	}

	/** Copies a bounded part of what is missing; true while there is more to do that another call can do. */
	tend(): boolean {
		if (this.#trouble?.code === "TILL-0612") return false;
		try {
			this.#copy ??= this.#open();
			if (!this.#copy.step()) {
				this.#trouble = new Fault("TILL-0613", "the mirror is being filled and is not complete yet");
				return true;
			}
			if (readCurrent(this.#root) !== this.#journalId) writeCurrent(this.#root, this.#journalId);
			if (this.#trouble !== undefined) this.#logger.info("the mirror is complete again", { mirror: this.#root });
			this.#trouble = undefined;
		} catch (error) {
			this.#fail(error);
		}
		return false;
	}

	/** See `Segment.tendLog`; a failure shows at the next write. */
	tendLog(): void {
		try {
			this.#copy?.tendLog();
		} catch (error) {
			this.#logger.warn("the mirror's log cannot be brought into its file", { reason: messageOf(error) });
		}
	}

	/** What is wrong; undefined when all is well. */
	trouble(): string | undefined {
		return this.#trouble?.message;
	}

	/** Removes a month that the journal has removed. */
	forget(month: string): void {
		rmSync(segmentFile(join(this.#root, this.#journalId), month), { force: true });
	}

	close(): void {
		this.#copy?.close();
		this.#copy = undefined;
	}

	#open(): Copy {
		if (!existsSync(this.#root)) throw new Fault("TILL-0613", `${this.#root} is not there`);
		if (this.#sharesDisk() && !this.#wasHere()) {
			throw new Fault("TILL-0613", `${this.#root} lies on the journal's own disk: is the second medium mounted?`);
		}
		const folder = join(this.#root, this.#journalId);
		makeFolder(folder);
		const relation = relationOf(this.#original, new Shelf(folder));
		if (relation === "ahead") throw new Fault("TILL-0611", `${folder} holds more than ${this.#original.folder}`);
		if (relation === "forked") throw new Fault("TILL-0612", `${folder} does not belong to ${this.#original.folder}`);
		return new Copy(folder, this.#original);
	}

	#sharesDisk(): boolean {
		return statSync(this.#root).dev === statSync(this.#original.folder).dev;
	}

	/**
	 * Where the second medium is not mounted, its mount point is an empty folder on the journal's own disk, and a mirror
	 * made there would look sound. So on the same disk only a mirror that was there from the first record on counts.
	 */
	#wasHere(): boolean {
		return readCurrent(this.#root) !== undefined || this.#original.heads().record.seq === 1;
	}

	#fail(error: unknown): void {
		const fault =
			error instanceof Fault && ["TILL-0611", "TILL-0612", "TILL-0613"].includes(error.code)
				? error
				: new Fault("TILL-0613", messageOf(error), { cause: error });
		if (this.#trouble?.message !== fault.message) {
			this.#logger.error("the mirror does not follow", { mirror: this.#root, reason: fault.message });
		}
		this.#trouble = fault;
		this.close();
	}
}
