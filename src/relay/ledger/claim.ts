import Database from "better-sqlite3";
import { RelayFault } from "../relay-fault.ts";

/**
 * Claims a ledger for one running relay: two on one file would each think the other's open requests lost. A lock on a file
 * beside it, held by SQLite's own means, so that it ends with the process however that ends. Commands that only read, or
 * write in single transactions, need none. Answers the function that gives it back; throws RELAY-1005 when it is taken.
 */
export const claimLedger = (path: string): (() => void) => {
	const lock = new Database(`${path}.lock`, { timeout: 0 });
	try {
		lock.exec("BEGIN EXCLUSIVE");
	} catch (error) {
		lock.close();
		throw new RelayFault("RELAY-1005", path, error);
	}
	return () => void lock.close();
};
