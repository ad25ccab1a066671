import { join } from "node:path";
import Database from "better-sqlite3";
import { Fault } from "../../runtime/contract/fault.ts";
import { fileFault, sqliteCodeOf } from "./connection.ts";

/** The right to write to the journals of a directory; the kernel takes it back when the process dies. */
export interface JournalLock {
	release(): void;
}

/**
 * Takes that right, by an exclusive transaction on a database nobody writes to. A lock file with a process number in it
 * would outlive a power cut. Throws TILL-0601 when another process, or another part of this one, has it.
 */
const lockJournals = (directory: string): JournalLock => {
	const file = join(directory, "lock.sqlite");
	let database: Database.Database | undefined;
	try {
		database = new Database(file, { timeout: 0 });
		database.exec("BEGIN EXCLUSIVE");
	} catch (error) {
		database?.close();
		if (sqliteCodeOf(error).startsWith("SQLITE_BUSY")) {
			throw new Fault("TILL-0601", `${directory} is in use by another process`, { cause: error });
		}
		throw fileFault(error, file);
	}
	const held = database;
	return { release: () => held.close() };
};

/** Takes the lock for the time of `act`. */
export const whileLocked = <T>(directory: string, act: () => T): T => {
	const lock = lockJournals(directory);
	try {
		return act();
	} finally {
		lock.release();
	}
};

/** Takes the lock for something that `act` makes and that releases it itself; gives it back when `act` throws. */
export const lockedFor = <T>(directory: string, act: (lock: JournalLock) => T): T => {
	const lock = lockJournals(directory);
	try {
		return act(lock);
	} catch (error) {
		lock.release();
		throw error;
	}
};
