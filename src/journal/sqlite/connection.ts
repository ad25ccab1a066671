import Database from "better-sqlite3";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";

/** How long a write waits for a foreign lock (a person with the sqlite3 tool) before it fails. */
const BUSY_TIMEOUT_MS = 500;

/** Page cache of one connection; a journal is read and written at its end, so little is enough. Negative: KiB (SQLite). */
const CACHE_SIZE = -2_000;

/**
 * Pages (of 4 KB) at which SQLite brings the log of a synced file into the file by itself, in the midst of a write. Far
 * above what an owner lets it grow to who tends it between writes, as the journal does.
 */
const LOG_PAGES_MAX = 4_000;

/** What every connection sets and must read back (DESIGN section 6). */
const COMMON: readonly (readonly [name: string, value: number | string])[] = [
	["foreign_keys", 1],
	// Without it INSERT OR REPLACE deletes rows past every trigger.
	["recursive_triggers", 1],
	["trusted_schema", 0],
];

/**
 * Sets SQLite's settings and reads each back; throws TILL-0602 when one did not hold. `durability` 2 syncs every commit
 * (a new WAL connection has 1); 1 is for side files that may lose their last writes.
 */
export const applySettings = (database: Database.Database, durability: 1 | 2 | "readOnly"): void => {
	database.pragma(`cache_size = ${CACHE_SIZE}`);
	const own: typeof COMMON =
		durability === "readOnly"
			? [["query_only", 1]]
			: [
					["journal_mode", "wal"],
					["synchronous", durability],
					...(durability === 2 ? [["wal_autocheckpoint", LOG_PAGES_MAX] as const] : []),
				];
	for (const [name, value] of [...own, ...COMMON]) {
		database.pragma(`${name} = ${value}`);
		const held: unknown = database.pragma(name, { simple: true });
		if (held !== value) throw new Fault("TILL-0602", `${name} is ${String(held)}, not ${value}, in ${database.name}`);
	}
};

/** Opens a file for writing, makes it when it is missing, and applies the settings. Throws a Fault. */
export const openForWriting = (file: string, durability: 1 | 2 = 2): Database.Database =>
	opened(file, durability, () => new Database(file, { timeout: BUSY_TIMEOUT_MS }));

/** Opens a file that must be there for reading only. Throws a Fault. */
export const openForReading = (file: string): Database.Database =>
	opened(file, "readOnly", () => new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS }));

const opened = (file: string, durability: 1 | 2 | "readOnly", open: () => Database.Database): Database.Database => {
	let database: Database.Database | undefined;
	try {
		database = open();
		applySettings(database, durability);
		return database;
	} catch (error) {
		database?.close();
		throw fileFault(error, file);
	}
};

/** SQLite's code of an error ("SQLITE_FULL"), "" for anything else. */
export const sqliteCodeOf = (error: unknown): string => (error instanceof Database.SqliteError ? error.code : "");

/** The Fault for whatever a file operation threw; a Fault stays itself. */
export const fileFault = (error: unknown, file: string): Fault => {
	if (error instanceof Fault) return error;
	const code = sqliteCodeOf(error);
	const text = `${file}: ${code === "" ? "" : `${code} `}${messageOf(error)}`;
	if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return new Fault("TILL-0620", text, { cause: error });
	if (/^SQLITE_CONSTRAINT/.test(code)) return new Fault("TILL-0606", text, { cause: error });
	return new Fault("TILL-0604", text, { cause: error });
};

/**
 * Brings the write-ahead log into the file and empties it. Throws TILL-0604 when something keeps it: a file that is
 * about to be renamed or closed for good must stand alone.
 */
export const emptyLog = (database: Database.Database): void => {
	const [result] = database.pragma("wal_checkpoint(TRUNCATE)") as { busy: number; log: number }[];
	if (result?.busy !== 0) throw new Fault("TILL-0604", `${database.name}: another process reads the file`);
};
