import { closeSync, fsyncSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/**
 * The disk's own limit: a file that gets one write and one fsync a time, which is the sync call that SQLite makes, and
 * nothing else. `append` makes the file longer each time, as keeping so many bytes does; `overwrite` stays within bytes
 * that the file has already, as SQLite's log does after its first round: where that is cheaper it is no limit of the disk
 * but a merit of the log, so it is shown beside and judged by nobody.
 */
export class AppendSync {
	readonly #path: string;
	readonly #handle: number;
	readonly #bytes: Buffer;
	readonly #roomBytes: number;
	#at = 0;
	readonly #isGrowing: boolean;

	/** @param byteCount Bytes of one write. */
	constructor(directory: string, byteCount: number, mode: "append" | "overwrite") {
		this.#path = join(directory, `${mode}-sync`);
		this.#handle = openSync(this.#path, "w");
		this.#bytes = Buffer.alloc(byteCount, 0x5a);
		this.#roomBytes = byteCount * ROOM_WRITES;
		this.#isGrowing = mode === "append";
		if (!this.#isGrowing) this.#makeRoom();
	}

	/** Writes and syncs `count` times. Answers the milliseconds of each. */
	run(count: number): number[] {
		const took: number[] = [];
		for (let index = 0; index < count; index += 1) {
			if (this.#at >= this.#roomBytes && !this.#isGrowing) this.#at = 0;
			const begunMs = performance.now();
			writeSync(this.#handle, this.#bytes, 0, this.#bytes.length, this.#at);
			fsyncSync(this.#handle);
			took.push(performance.now() - begunMs);
			this.#at += this.#bytes.length;
		}
		return took;
	}

	/** Makes a file that grew small again, so that a long run does not fill the disk. */
	shrink(): void {
		if (!this.#isGrowing) return;
		ftruncateSync(this.#handle, 0);
		fsyncSync(this.#handle);
		this.#at = 0;
	}

	close(): void {
		closeSync(this.#handle);
		rmSync(this.#path, { force: true });
	}

	#makeRoom(): void {
		for (let at = 0; at < this.#roomBytes; at += this.#bytes.length) {
			writeSync(this.#handle, this.#bytes, 0, this.#bytes.length, at);
		}
		fsyncSync(this.#handle);
	}
}

/** Writes after which `overwrite` begins at the front again: about the length at which SQLite starts its log anew. */
const ROOM_WRITES = 1_000;
