import Database from "better-sqlite3";
import { messageOf } from "../../runtime/contract/fault.ts";
import { RelayFault } from "../relay-fault.ts";

const isBusy = (error: unknown): boolean =>
	error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY");

/**
 * Claims a ledger for one running relay: two on one file would each think the other's open requests lost. A lock on a file
 * beside it, held by SQLite's own means, so that it ends with the process however that ends. Commands that only read, or
 * write in single transactions, need none. Answers the function that gives it back; throws RELAY-1005 when it is taken,
 * RELAY-1003 when the lock cannot be made.
 */
export const claimLedger = (path: string): (() => void) => {
	let lock: Database.Database | undefined;
	try {
		lock = new Database(`${path}.lock`, { timeout: 0 });
		lock.exec("BEGIN EXCLUSIVE");
	} catch (error) {
		lock?.close();
		if (isBusy(error)) throw new RelayFault("RELAY-1005", path, error);
		throw new RelayFault("RELAY-1003", `${path}: ${messageOf(error)}`, error);
	}
	const held = lock;
	return () => void held.close();
};
