import { existsSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import { Copy, relationOf } from "./copy.ts";
import { makeFolder, readCurrent, segmentMonths, writeCurrent } from "./files.ts";
import { whileLocked } from "./lock.ts";
import { settleCurrent } from "./settle-current.ts";
import { Shelf } from "./shelf.ts";

/** What a recovery brought back. */
export interface Recovered {
	readonly journalId: string;
	readonly recordCount: number;
	readonly messageCount: number;
}

/**
 * Copies from the mirror what the journal lost: its end after TILL-0611, or all of it into an empty directory. Nothing on
 * the mirror is changed, and nothing of the journal is written over. The mirror must have been complete when the journal
 * was lost (no TILL-0613): otherwise numbers that the relay already holds would be given again, and the journal has to be
 * adopted instead. Throws TILL-0612 when the two do not belong together, 0609 when the mirror holds nothing of it.
 */
export const recoverFromMirror = (directory: string, mirror: string, logger: Logger): Recovered =>
	whileLocked(directory, () => {
		const journalId = settleCurrent(directory, logger) ?? readCurrent(mirror);
		if (journalId === undefined || segmentMonths(join(mirror, journalId)).length === 0) {
			throw new Fault("TILL-0609", mirror);
		}
		const recovered = recover(directory, mirror, journalId);
		writeCurrent(directory, journalId);
		return recovered;
	});

const recover = (directory: string, mirror: string, journalId: string): Recovered => {
	const original = new Shelf(join(mirror, journalId));
	const parent = original.header(original.lastMonth()).adoptedFrom;
	const isLost = parent !== null && !existsSync(join(directory, parent)) && existsSync(join(mirror, parent));
	if (isLost) recover(directory, mirror, parent);

	const folder = join(directory, journalId);
	makeFolder(folder);
	const lost = new Shelf(folder);
	const relation = relationOf(original, lost);
	if (relation === "forked") throw new Fault("TILL-0612", `${original.folder} does not continue ${folder}`);
	if (relation !== "behind") return { journalId, recordCount: 0, messageCount: 0 };
	const oldest = original.months()[0];
	const before =
		lost.months().length > 0 || oldest === undefined
			? lost.heads()
			: { record: { seq: original.header(oldest).seqBefore }, feed: { seq: original.header(oldest).feedSeqBefore } };
	const copy = new Copy(folder, original);
	try {
		while (!copy.step());
	} finally {
		copy.close();
	}
	const after = original.heads();
	return {
		journalId,
		recordCount: after.record.seq - before.record.seq,
		messageCount: after.feed.seq - before.feed.seq,
	};
};
