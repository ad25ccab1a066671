import Database from "better-sqlite3";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";

/** Items are numbered version id x 2^32 + line of the file, so that a version's items lie together. */
export const LINES_OF_VERSION = 2 ** 32;

/**
 * A version is visible once its row stands in `version`; its items and codes are written before that and never after.
 * A look-up goes by two short searches, for the code of a version and for the item by its number, so that it costs the
 * same among a thousand and a million.
 */
const TABLES = `
CREATE TABLE version (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
	effective_from_utc_ms INTEGER NOT NULL,
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
	item_count INTEGER NOT NULL CHECK (item_count > 0),
	imported_at_utc_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE item (
	id INTEGER PRIMARY KEY,
	item_id TEXT NOT NULL,
	description TEXT NOT NULL,
	item_group TEXT NOT NULL,
	unit TEXT NOT NULL,
	unit_text TEXT NOT NULL,
	unit_decimals INTEGER NOT NULL CHECK (unit_decimals BETWEEN 0 AND 6),
	price_minor INTEGER NOT NULL CHECK (price_minor BETWEEN 0 AND 9007199254740991),
	price_per INTEGER NOT NULL CHECK (price_per IN (1, 10, 100, 1000)),
	includes_vat INTEGER NOT NULL CHECK (includes_vat IN (0, 1)),
	currency TEXT NOT NULL,
	vat_code TEXT NOT NULL,
	-- The item's scan keys but that of its own number, separated by blanks: what the digest is taken of.
	other_keys TEXT NOT NULL
) STRICT;

CREATE TABLE code (
	version_id INTEGER NOT NULL,
	key TEXT NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (version_id, key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER version_never_changes BEFORE UPDATE ON version BEGIN SELECT RAISE(ABORT, 'a version never changes'); END;
CREATE TRIGGER item_never_changes BEFORE UPDATE ON item BEGIN SELECT RAISE(ABORT, 'an item never changes'); END;
CREATE TRIGGER code_never_changes BEFORE UPDATE ON code BEGIN SELECT RAISE(ABORT, 'a code never changes'); END;
CREATE TRIGGER item_before_its_version BEFORE INSERT ON item WHEN EXISTS (SELECT 1 FROM version WHERE id = NEW.id >> 32)
BEGIN SELECT RAISE(ABORT, 'a version never changes'); END;
CREATE TRIGGER code_before_its_version BEFORE INSERT ON code WHEN EXISTS (SELECT 1 FROM version WHERE id = NEW.version_id)
BEGIN SELECT RAISE(ABORT, 'a version never changes'); END;
CREATE TRIGGER item_after_its_version BEFORE DELETE ON item WHEN EXISTS (SELECT 1 FROM version WHERE id = OLD.id >> 32)
BEGIN SELECT RAISE(ABORT, 'a version never changes'); END;
CREATE TRIGGER code_after_its_version BEFORE DELETE ON code WHEN EXISTS (SELECT 1 FROM version WHERE id = OLD.version_id)
BEGIN SELECT RAISE(ABORT, 'a version never changes'); END;
`;

/** What must not be sold; of no version, so that it is in force at once. `batch` is empty where all of it is recalled. */
const RECALL_TABLE = `
CREATE TABLE recall (
	key TEXT NOT NULL,
	batch TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (key, batch)
) STRICT, WITHOUT ROWID;
`;

/** What each version of the tables (user_version) added to the one before; a store that is older is brought on. */
const STEPS: readonly string[] = [TABLES, RECALL_TABLE];

/** Bytes of the file that a look-up reads without a system call; the pages are the system's cache, not the program's memory. */
const MAPPED_BYTES_MAX = 1024 ** 3;

/** Switches that off while an import writes: it would only fill the memory with pages that are written once. */
export const mapForLookUps = (database: Database.Database, isOn: boolean): void => {
	database.pragma(`mmap_size = ${isOn ? MAPPED_BYTES_MAX : 0}`);
};

/** How long a write waits for a foreign lock (a person with the sqlite3 tool) before it fails. */
const BUSY_TIMEOUT_MS = 500;

/**
 * Opens the file, making it and its tables where they are missing. Commits of an import are not synced one by one; the
 * one that makes a version visible is (see {@link synced}).
 */
export const openDatabase = (file: string): Database.Database => {
	let database: Database.Database | undefined;
	try {
		database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
		database.pragma("journal_mode = wal");
		database.pragma("synchronous = normal");
		// Without it INSERT OR REPLACE deletes rows past every trigger.
		database.pragma("recursive_triggers = 1");
		database.pragma("trusted_schema = 0");
		prepareTables(database);
		mapForLookUps(database, true);
		return database;
	} catch (thrown) {
		database?.close();
		throw storeFault(thrown, file);
	}
};

const prepareTables = (database: Database.Database): void => {
	const found: unknown = database.pragma("user_version", { simple: true });
	if (typeof found !== "number" || found < 0 || found > STEPS.length) {
		throw new Fault(
			"TILL-0506",
			`${database.name} has tables of version ${String(found)}, this program ${STEPS.length}`,
		);
	}
	if (found === STEPS.length) return;
	database.transaction(() => {
		for (const step of STEPS.slice(found)) database.exec(step);
		database.pragma(`user_version = ${STEPS.length}`);
	})();
};

/** Runs a write whose commit, and every commit before it, is on the disk when it returns. */
export const synced = (database: Database.Database, write: () => void): void => {
	database.pragma("synchronous = full");
	try {
		database.transaction(write)();
	} finally {
		database.pragma("synchronous = normal");
	}
};

/** The Fault for whatever the store threw; a Fault stays itself. */
export const storeFault = (thrown: unknown, file: string): Fault =>
	thrown instanceof Fault ? thrown : new Fault("TILL-0505", `${file}: ${messageOf(thrown)}`, { cause: thrown });
