import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { JournalCreated } from "../../events/journal-event.ts";
import type { Stamp } from "../../events/stamp.ts";
import { isCurrencyCode } from "../../money/currency.ts";
import { Fault } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import { compose } from "./compose.ts";
import {
	HALF_MADE,
	journalFolders,
	putInPlace,
	readCurrent,
	removeHalfMade,
	segmentMonths,
	syncFile,
	writeCurrent,
} from "./files.ts";
import { lockedFor, whileLocked } from "./lock.ts";
import { makeSegment } from "./make-segment.ts";
import { type JournalOptions, openLocked } from "./open-journal.ts";
import { personalFiles } from "./personal-file.ts";
import { reissue } from "./reissue.ts";
import { headerBehind, NO_HEADS } from "./segment-header.ts";
import { settleCurrent } from "./settle-current.ts";
import { Shelf } from "./shelf.ts";
import type { SqliteJournal } from "./sqlite-journal.ts";

/** How a journal that is a restored copy, or comes from another box, is continued under a new id. */
export interface Adoption extends Pick<JournalCreated, "journalId" | "counters" | "grandTotals"> {
	readonly reason: Exclude<JournalCreated["reason"], "provisioned">;
	/** Business month of the new journal's first segment, "2026-11". */
	readonly month: string;
	/**
	 * The journal directory of the other box or backup, writable and not in use; it is copied first. Left out: the journal in force in the
	 * directory itself is continued.
	 */
	readonly from?: string | undefined;
}

/**
 * Continues a journal under the new id `adoption.journalId` and opens it. The new journal's first record names the old
 * one's end; every message that the old one does not know to be accepted is sent again behind it (DESIGN sections 6, 7).
 * The old journal stays beside it, read-only. A crash leaves the old journal in force or the new one. `counters` go on
 * behind both the old journal's and those that the relay has seen. Throws TILL-0616 when the copy is not whole, 0610 when
 * the directory has a journal of its own and `from` is given, and other Faults.
 */
export const adoptJournal = (
	directory: string,
	options: JournalOptions,
	adoption: Adoption,
	at: Stamp,
): SqliteJournal => {
	mkdirSync(directory, { recursive: true });
	return lockedFor(directory, (lock) => {
		const oldId =
			adoption.from === undefined
				? settleCurrent(directory, options.logger)
				: importCopy(adoption.from, directory, adoption.journalId, options.logger);
		if (oldId === undefined) throw new Fault("TILL-0609", directory);
		if (existsSync(join(directory, adoption.journalId))) throw new Fault("TILL-0610", adoption.journalId);
		makeHeir(directory, oldId, adoption, at, options.logger);
		writeCurrent(directory, adoption.journalId);
		return openLocked(directory, options, lock);
	});
};

const makeHeir = (directory: string, oldId: string, adoption: Adoption, at: Stamp, logger: Logger): void => {
	const old = new Shelf(join(directory, oldId));
	const { store, till, currency } = old.header(old.lastMonth());
	if (!isCurrencyCode(currency)) throw new Fault("TILL-0616", `${oldId} is in the currency ${currency}`);
	const created: JournalCreated = {
		type: "JournalCreated",
		journalId: adoption.journalId,
		store,
		till,
		currency,
		counters: adoption.counters,
		grandTotals: adoption.grandTotals,
		adoptedFrom: { journalId: oldId, ...old.heads().record },
		reason: adoption.reason,
	};
	const { batch, heads } = compose(created, NO_HEADS, at, "service", [created], []);
	const header = headerBehind(NO_HEADS, { ...created, month: adoption.month, adoptedFrom: oldId });
	const folder = join(directory, adoption.journalId);
	mkdirSync(folder + HALF_MADE);
	makeSegment(folder + HALF_MADE, header, (segment) => {
		segment.write(batch);
		const count = reissue(old, segment, created, heads, at);
		logger.info("messages of the adopted journal are sent again", { journalId: oldId, count });
	});
	putInPlace(folder + HALF_MADE, folder);
};

/**
 * Copies the journal in force on another medium into the directory. `current` names the journal to be made before the
 * copy is there: after a crash the copy is not taken for a journal in force, and the adoption is asked for again.
 */
const importCopy = (from: string, directory: string, heirId: string, logger: Logger): string => {
	removeHalfMade(directory);
	const named = readCurrent(directory);
	const isUnfinished = named !== undefined && !journalFolders(directory).includes(named);
	if (!isUnfinished && (named !== undefined || journalFolders(directory).length > 0)) {
		throw new Fault("TILL-0610", `${directory} has a journal of its own: adopt into an empty directory`);
	}
	return whileLocked(from, () => {
		const journalId = settleCurrent(from, logger);
		if (journalId === undefined) throw new Fault("TILL-0609", from);
		writeCurrent(directory, heirId);
		for (const copied of [journalId, ...ancestorsOf(from, journalId)]) copyFolder(from, directory, copied);
		for (const name of personalFiles(from)) copyFile(join(from, name), join(directory, name));
		return journalId;
	});
};

/** The journals that one was adopted from and that are still beside it, youngest first. */
const ancestorsOf = (directory: string, journalId: string): string[] => {
	const shelf = new Shelf(join(directory, journalId));
	const parent = shelf.header(shelf.lastMonth()).adoptedFrom;
	if (parent === null || segmentMonths(join(directory, parent)).length === 0) return [];
	return [parent, ...ancestorsOf(directory, parent)];
};

const copyFolder = (from: string, directory: string, journalId: string): void => {
	const folder = join(directory, journalId);
	if (existsSync(folder)) return;
	cpSync(join(from, journalId), folder + HALF_MADE, { recursive: true });
	for (const name of readdirSync(folder + HALF_MADE)) syncFile(join(folder + HALF_MADE, name));
	putInPlace(folder + HALF_MADE, folder);
};

const copyFile = (from: string, to: string): void => {
	copyFileSync(from, to);
	syncFile(to);
};
