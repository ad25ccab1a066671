import { mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { JournalCreated } from "../../events/journal-event.ts";
import type { Stamp } from "../../events/stamp.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import { compose } from "./compose.ts";
import {
	HALF_MADE,
	journalFolders,
	putInPlace,
	readCurrent,
	removeHalfMade,
	segmentFile,
	segmentMonths,
	syncFile,
	writeCurrent,
} from "./files.ts";
import { checkedHeads } from "./heads.ts";
import { type JournalLock, lockedFor } from "./lock.ts";
import { makeSegment, sealSegment } from "./make-segment.ts";
import { Mirror } from "./mirror.ts";
import { openSegment } from "./segment.ts";
import { headerBehind, NO_HEADS } from "./segment-header.ts";
import { settleCurrent } from "./settle-current.ts";
import { Shelf } from "./shelf.ts";
import { SqliteJournal } from "./sqlite-journal.ts";
import { StateFile } from "./state-file.ts";

/** What a journal is opened with. */
export interface JournalOptions {
	/** A directory on a second medium, written in the same step; it must exist. */
	readonly mirror?: string | undefined;
	readonly logger: Logger;
}

/** Whether there is a journal in a directory. */
export const hasJournal = (directory: string): boolean =>
	readCurrent(directory) !== undefined || journalFolders(directory).length > 0;

/**
 * Makes the first journal of a directory and opens it. `created` is its first record, `month` its first business month
 * ("2026-11"). A crash leaves no journal or a whole one. Throws TILL-0610 when there is one already, and other Faults.
 */
export const createJournal = (
	directory: string,
	options: JournalOptions,
	created: JournalCreated,
	at: Stamp,
	month: string,
): SqliteJournal => {
	mkdirSync(directory, { recursive: true });
	return lockedFor(directory, (lock) => {
		if (hasJournal(directory)) throw new Fault("TILL-0610", directory);
		removeHalfMade(directory);
		const composed = compose(created, NO_HEADS, at, "service", [created], []);
		const header = headerBehind(NO_HEADS, { ...created, month, adoptedFrom: created.adoptedFrom?.journalId ?? null });
		const folder = join(directory, created.journalId);
		mkdirSync(folder + HALF_MADE);
		makeSegment(folder + HALF_MADE, header, (segment) => segment.write(composed.batch));
		putInPlace(folder + HALF_MADE, folder);
		writeCurrent(directory, created.journalId);
		syncFile(dirname(directory));
		return openLocked(directory, options, lock);
	});
};

/**
 * Opens the journal in force in a directory, for this process alone. Checks the settings, the tables and the ends of the
 * chains; nothing is read that grows with the number of records. Throws a Fault: TILL-0609 when there is none, 0601 when
 * it is in use, 0607 when its end is damaged, 0611 when the mirror is ahead, and others.
 */
export const openJournal = (directory: string, options: JournalOptions): SqliteJournal => {
	if (!hasJournal(directory)) throw new Fault("TILL-0609", directory);
	return lockedFor(directory, (lock) => openLocked(directory, options, lock));
};

/** Opens the journal in force under a lock that the caller has taken; the journal releases it when it is closed. */
export const openLocked = (directory: string, options: JournalOptions, lock: JournalLock): SqliteJournal => {
	const { logger } = options;
	const journalId = settleCurrent(directory, logger);
	if (journalId === undefined) throw new Fault("TILL-0609", directory);
	const folder = join(directory, journalId);
	removeHalfMade(folder);
	const month = segmentMonths(folder).at(-1);
	if (month === undefined) throw new Fault("TILL-0614", `${folder} holds no segment`);
	const live = openSegment(segmentFile(folder, month));
	const closeAtFault: { close(): void }[] = [live];
	try {
		const { header } = live;
		if (header.journalId !== journalId || header.month !== month) {
			throw new Fault("TILL-0614", `${live.file} is ${header.month} of ${header.journalId}`);
		}
		const heads = checkedHeads(live);
		sealOlder(folder, month, logger);
		if (header.adoptedFrom !== null) sealOlder(join(directory, header.adoptedFrom), undefined, logger);
		const shelf = new Shelf(folder, live);
		const state = new StateFile(folder, logger);
		closeAtFault.push(state);
		const mirror = options.mirror === undefined ? undefined : new Mirror(options.mirror, journalId, shelf, logger);
		if (mirror !== undefined) closeAtFault.push(mirror);
		mirror?.start();
		return new SqliteJournal({ live, shelf, heads, state, mirror, lock, logger });
	} catch (error) {
		for (const part of closeAtFault) part.close();
		throw error;
	}
};

/** Makes closed months read-only that a crash left writable. */
const sealOlder = (folder: string, openMonth: string | undefined, logger: Logger): void => {
	for (const month of segmentMonths(folder)) {
		if (month === openMonth) continue;
		try {
			sealSegment(segmentFile(folder, month));
		} catch (error) {
			logger.warn("a closed month could not be made read-only", {
				journal: basename(folder),
				month,
				reason: messageOf(error),
			});
		}
	}
};
