import Database from "better-sqlite3";
import { messageOf } from "../../runtime/contract/fault.ts";
import { RelayFault } from "../relay-fault.ts";

/** How long a second process (a backup, `till-relay status`) may hold the file before the relay gives up waiting. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Settings that every connection sets and reads back. A fresh WAL connection syncs at checkpoints only (synchronous=1),
 * so a commit answered with `accepted` could vanish in a power cut: 2 syncs every commit (DESIGN section 6).
 */
const PRAGMAS: readonly (readonly [name: string, value: string | number])[] = [
	["journal_mode", "wal"],
	["synchronous", 2],
	["foreign_keys", 1],
	["recursive_triggers", 1],
	["trusted_schema", 0],
];

/** Opens a ledger file with every setting it needs. Throws RELAY-1003 when it cannot be opened, RELAY-1001 when a setting does not hold. */
export const connect = (path: string): Database.Database => {
	let database: Database.Database;
	try {
		database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
	} catch (error) {
		throw new RelayFault("RELAY-1003", `${path}: ${messageOf(error)}`, error);
	}
	try {
		for (const [name, value] of PRAGMAS) {
			database.pragma(`${name} = ${value}`);
			const held = database.pragma(name, { simple: true });
			if (held !== value) throw new RelayFault("RELAY-1001", `${path}: ${name} is ${String(held)}, not ${value}`);
		}
		return database;
	} catch (error) {
		database.close();
		if (error instanceof RelayFault) throw error;
		throw new RelayFault("RELAY-1003", `${path}: ${messageOf(error)}`, error);
	}
};
