import { existsSync, statSync } from "node:fs";
import type Database from "better-sqlite3";
import type { FeedKind } from "../../events/journal-event.ts";
import { Fault } from "../../runtime/contract/fault.ts";
import { fileFault, openForReading, openForWriting, sqliteCodeOf } from "./connection.ts";
import type { Batch, LookUpKey, MessageRow, RecordRow } from "./row.ts";
import { hasItsSchema, migrate, schemaVersionOf } from "./schema.ts";
import { readHeader, type SegmentHeader } from "./segment-header.ts";

const RECORD = "SELECT seq, type, sha256, bytes FROM record";
const MESSAGE = `SELECT feed_seq AS feedSeq, kind, kind_seq AS kindSeq, record_seq AS recordSeq, sha256, bytes FROM message`;

const prepareReads = (database: Database.Database) => ({
	record: database.prepare<[number], RecordRow>(`${RECORD} WHERE seq = ?`),
	lastRecord: database.prepare<[], RecordRow>(`${RECORD} ORDER BY seq DESC LIMIT 1`),
	records: database.prepare<[number, number], RecordRow>(`${RECORD} WHERE seq >= ? ORDER BY seq LIMIT ?`),
	recordsOfTypes: database.prepare<[number, string, string, number], RecordRow>(
		`${RECORD} WHERE seq >= ? AND type IN (SELECT value FROM json_each(?)) AND instr(bytes, CAST(? AS BLOB)) > 0
		ORDER BY seq LIMIT ?`,
	),
	message: database.prepare<[number], MessageRow>(`${MESSAGE} WHERE feed_seq = ?`),
	lastMessage: database.prepare<[], MessageRow>(`${MESSAGE} ORDER BY feed_seq DESC LIMIT 1`),
	messages: database.prepare<[number, number], MessageRow>(`${MESSAGE} WHERE feed_seq >= ? ORDER BY feed_seq LIMIT ?`),
	messagesOfRecords: database.prepare<[number, number, number], MessageRow>(
		`${MESSAGE} WHERE feed_seq > ? AND feed_seq < coalesce(
			(SELECT feed_seq FROM message WHERE feed_seq > ? AND record_seq > ? ORDER BY feed_seq LIMIT 1), 1e18)
		ORDER BY feed_seq`,
	),
	lastKindSeq: database.prepare<[string], number | null>("SELECT max(kind_seq) FROM message WHERE kind = ?").pluck(),
	closedTicket: database
		.prepare<[string, number], number>("SELECT record_seq FROM closed_ticket WHERE series = ? AND receipt_number = ?")
		.pluck(),
	ticketCount: database.prepare<[number], number>("SELECT count(*) FROM closed_ticket WHERE record_seq <= ?").pluck(),
	dayCount: database.prepare<[number], number>("SELECT count(*) FROM closed_day WHERE record_seq <= ?").pluck(),
	closedDay: database.prepare<[number], number>("SELECT record_seq FROM closed_day WHERE z = ?").pluck(),
});

const prepareWrites = (database: Database.Database) => {
	const record = database.prepare("INSERT INTO record (seq, type, sha256, bytes) VALUES (?, ?, ?, ?)");
	const message = database.prepare(
		"INSERT INTO message (feed_seq, kind, kind_seq, record_seq, sha256, bytes) VALUES (?, ?, ?, ?, ?, ?)",
	);
	const ticket = database.prepare("INSERT INTO closed_ticket (series, receipt_number, record_seq) VALUES (?, ?, ?)");
	const day = database.prepare("INSERT INTO closed_day (z, record_seq) VALUES (?, ?)");
	const writeKey = (key: LookUpKey): void => {
		if (key.kind === "ticket") ticket.run(key.series, key.receiptNumber, key.recordSeq);
		else day.run(key.z, key.recordSeq);
	};
	return database.transaction((batch: Batch): void => {
		for (const row of batch.records) record.run(row.seq, row.type, row.sha256, row.bytes);
		for (const row of batch.messages) {
			message.run(row.feedSeq, row.kind, row.kindSeq, row.recordSeq, row.sha256, row.bytes);
		}
		for (const key of batch.keys) writeKey(key);
	});
};

/** Transactions that make it worth while to bring the log into the file, once nothing more is written for a while. */
const LOG_WRITES = 100;

/** Transactions after which that is done although the writing goes on. */
const LOG_WRITES_MAX = 1_000;

/** One open segment file: a business month of records, messages and the numbers they are found by. Knows no journal. */
export class Segment {
	readonly file: string;
	readonly header: SegmentHeader;
	readonly #database: Database.Database;
	readonly #reads: ReturnType<typeof prepareReads>;
	readonly #write: ReturnType<typeof prepareWrites> | undefined;
	readonly #identity: string;
	#isIdentityDue = false;
	#logWrites = 0;
	#logWritesBefore = 0;

	constructor(file: string, database: Database.Database, mode: "write" | "read") {
		this.file = file;
		this.#database = database;
		this.header = readHeader(database);
		this.#reads = prepareReads(database);
		this.#write = mode === "write" ? prepareWrites(database) : undefined;
		this.#identity = `${identityOf(file)} ${identityOf(logOf(file))}`;
	}

	/** Writes all of a batch or nothing: one transaction, one sync. Throws a Fault (TILL-0604, TILL-0606). */
	write(batch: Batch): void {
		if (this.#write === undefined) throw new Fault("TILL-0617", `${this.file} is open for reading only`);
		if (!this.#isInPlace()) throw new Fault("TILL-0604", `${this.file} or its log is gone`);
		try {
			this.#write.immediate(batch);
			this.#logWrites += 1;
		} catch (error) {
			this.#forgetFailedWrite(error);
			throw fileFault(error, this.file);
		}
	}

	/**
	 * Brings a log that has grown into the file, so that no write has to while somebody waits for it. To be called every
	 * second or so: it lets the time pass in which something was written, unless the log is long. Throws a Fault; nothing is
	 * lost then, and the log only longer.
	 */
	tendLog(): void {
		this.#isIdentityDue = true;
		const isStill = this.#logWrites === this.#logWritesBefore;
		this.#logWritesBefore = this.#logWrites;
		if (this.#logWrites < (isStill ? LOG_WRITES : LOG_WRITES_MAX)) return;
		this.#logWrites = 0;
		try {
			this.#database.pragma("wal_checkpoint(PASSIVE)");
		} catch (error) {
			throw fileFault(error, this.file);
		}
	}

	record(seq: number): RecordRow | undefined {
		return this.#reads.record.get(seq);
	}

	lastRecord(): RecordRow | undefined {
		return this.#reads.lastRecord.get();
	}

	/** Records from `fromSeq` on, in order; of the given types, those with that text in their bytes. */
	records(fromSeq: number, limit: number, types?: readonly string[], mentioning = ""): RecordRow[] {
		return types === undefined
			? this.#reads.records.all(fromSeq, limit)
			: this.#reads.recordsOfTypes.all(fromSeq, JSON.stringify(types), mentioning, limit);
	}

	message(feedSeq: number): MessageRow | undefined {
		return this.#reads.message.get(feedSeq);
	}

	lastMessage(): MessageRow | undefined {
		return this.#reads.lastMessage.get();
	}

	/** Messages from `feedSeq` on, in order. */
	messages(feedSeq: number, limit: number): MessageRow[] {
		return this.#reads.messages.all(feedSeq, limit);
	}

	/** Messages after `feedSeqAfter` up to the first that was made with a record behind `recordSeqLast`. */
	messagesOfRecords(feedSeqAfter: number, recordSeqLast: number): MessageRow[] {
		return this.#reads.messagesOfRecords.all(feedSeqAfter, feedSeqAfter, recordSeqLast);
	}

	lastKindSeq(kind: FeedKind): number {
		return this.#reads.lastKindSeq.get(kind) ?? this.header.kindSeqBefore[kind];
	}

	/** The record that closed a ticket; undefined when it is in another segment. */
	closedTicket(series: string, receiptNumber: number): RecordRow | undefined {
		const seq = this.#reads.closedTicket.get(series, receiptNumber);
		return seq === undefined ? undefined : this.record(seq);
	}

	/** The record that closed a day; undefined when it is in another segment. */
	closedDay(z: number): RecordRow | undefined {
		const seq = this.#reads.closedDay.get(z);
		return seq === undefined ? undefined : this.record(seq);
	}

	/** How many records up to `seq` the look-up tables name, for verification: reads them whole. */
	lookUpCounts(seq: number): { readonly ticket: number; readonly day: number } {
		return { ticket: this.#reads.ticketCount.get(seq) ?? 0, day: this.#reads.dayCount.get(seq) ?? 0 };
	}

	close(): void {
		this.#database.close();
	}

	/**
	 * Whether the names still stand for the files that are open: SQLite goes on writing into files that were deleted or
	 * unmounted under it, and nothing of that is kept. Before each write their being there is asked, and which ones they are
	 * before the first write after each tending only: where time stamps are fine (Linux from 6.13) a stat of the log makes
	 * the next sync twice as dear, because it then has a new time to keep.
	 */
	#isInPlace(): boolean {
		const log = logOf(this.file);
		if (!existsSync(this.file) || !existsSync(log)) return false;
		this.#isIdentityDue &&= `${identityOf(this.file)} ${identityOf(log)}` !== this.#identity;
		return !this.#isIdentityDue;
	}

	/**
	 * After an I/O error the log may hold a whole transaction that the caller was told did not happen, and a restart would
	 * bring it back: the log is emptied. If that fails too, the next write lies over it.
	 */
	#forgetFailedWrite(error: unknown): void {
		if (!sqliteCodeOf(error).startsWith("SQLITE_IOERR")) return;
		try {
			this.#database.pragma("wal_checkpoint(TRUNCATE)");
		} catch {
			// The fault of the write itself is on its way to the caller.
		}
	}
}

/** SQLite's name of a file's write-ahead log. */
const logOf = (file: string): string => `${file}-wal`;

/** Which file a name stands for now; "" for none. */
const identityOf = (file: string): string => {
	const found = statSync(file, { throwIfNoEntry: false });
	return found === undefined ? "" : `${found.dev}-${found.ino}`;
};

/**
 * Opens a segment to be written to; checks version, tables and triggers, and migrates an older one. Throws a Fault
 * (TILL-0602, 0603, 0620, 0622).
 */
export const openSegment = (file: string): Segment => opened(file, "write", openForWriting);

/** Opens a segment for reading, of whatever known version. Throws a Fault. */
export const readSegment = (file: string): Segment => opened(file, "read", openForReading);

const opened = (file: string, mode: "write" | "read", open: (file: string) => Database.Database): Segment => {
	const database = open(file);
	try {
		schemaVersionOf(database);
		if (mode === "write") {
			if (!hasItsSchema(database)) throw new Fault("TILL-0622", file);
			migrate(database);
		}
		return new Segment(file, database, mode);
	} catch (error) {
		database.close();
		throw fileFault(error, file);
	}
};
