import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import type { FeedCursor, Snapshot } from "../contract/journal.ts";
import { openForReading, openForWriting } from "./connection.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS snapshot (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	seq INTEGER NOT NULL, sha256 TEXT NOT NULL, state_version INTEGER NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS cursor (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	ledger_id TEXT NOT NULL, term INTEGER NOT NULL, feed_seq INTEGER NOT NULL, sha256 TEXT NOT NULL
) STRICT;`;

const fileIn = (folder: string): string => join(folder, "state.sqlite");

/**
 * What may be lost: the last snapshot and how far the relay is. Not chained and not synced; a damaged file is made anew,
 * which costs a longer replay and messages that the relay drops.
 */
export class StateFile {
	readonly #database: Database.Database;
	readonly #logger: Logger;
	#cursor: FeedCursor | undefined;

	/** Throws a Fault when the file can neither be opened nor be made anew. */
	constructor(folder: string, logger: Logger) {
		this.#logger = logger;
		try {
			[this.#database, this.#cursor] = opened(folder);
		} catch (error) {
			if (!(error instanceof Fault && error.code === "TILL-0620")) throw error;
			logger.warn("the state file is damaged and is made anew", { reason: error.message });
			for (const ending of ["", "-wal", "-shm"]) rmSync(fileIn(folder) + ending, { force: true });
			[this.#database, this.#cursor] = opened(folder);
		}
	}

	snapshot(): Snapshot | undefined {
		try {
			return this.#database
				.prepare<[], Snapshot>("SELECT seq, sha256, state_version AS stateVersion, text FROM snapshot")
				.get();
		} catch (error) {
			this.#logger.warn("the snapshot cannot be read", { reason: messageOf(error) });
			return undefined;
		}
	}

	/** A snapshot that cannot be saved costs time at the next start and nothing else: it is logged. */
	saveSnapshot(snapshot: Snapshot): void {
		this.#store(
			"INSERT OR REPLACE INTO snapshot (one, seq, sha256, state_version, text) VALUES (1, ?, ?, ?, ?)",
			snapshot.seq,
			snapshot.sha256,
			snapshot.stateVersion,
			snapshot.text,
		);
	}

	cursor(): FeedCursor | undefined {
		return this.#cursor;
	}

	/** Within a term the maximum counts; a higher term may go back; a lower one is ignored (DESIGN section 7). */
	moveCursor(cursor: FeedCursor): void {
		const held = this.#cursor;
		if (held !== undefined) {
			if (cursor.term < held.term) return;
			if (cursor.term === held.term && cursor.feedSeq <= held.feedSeq) return;
		}
		this.#cursor = cursor;
		this.#store(
			"INSERT OR REPLACE INTO cursor (one, ledger_id, term, feed_seq, sha256) VALUES (1, ?, ?, ?, ?)",
			cursor.ledgerId,
			cursor.term,
			cursor.feedSeq,
			cursor.sha256,
		);
	}

	close(): void {
		this.#database.close();
	}

	#store(sql: string, ...values: readonly (string | number)[]): void {
		try {
			this.#database.prepare(sql).run(...values);
		} catch (error) {
			this.#logger.warn("the state file cannot be written", { reason: messageOf(error) });
		}
	}
}

/** How far the relay was, of a journal that is not open; undefined when nothing readable says. Changes nothing. */
export const readCursor = (folder: string): FeedCursor | undefined => {
	if (!existsSync(fileIn(folder))) return undefined;
	let database: Database.Database | undefined;
	try {
		database = openForReading(fileIn(folder));
		return cursorIn(database);
	} catch {
		// What the file held is known to the relay as well: without it, more is sent again than need be.
		return undefined;
	} finally {
		database?.close();
	}
};

const cursorIn = (database: Database.Database): FeedCursor | undefined =>
	database.prepare<[], FeedCursor>("SELECT ledger_id AS ledgerId, term, feed_seq AS feedSeq, sha256 FROM cursor").get();

const opened = (folder: string): [Database.Database, FeedCursor | undefined] => {
	const database = openForWriting(fileIn(folder), 1);
	try {
		database.exec(SCHEMA);
		return [database, cursorIn(database)];
	} catch (error) {
		database.close();
		throw new Fault("TILL-0620", `${fileIn(folder)}: ${messageOf(error)}`, { cause: error });
	}
};
