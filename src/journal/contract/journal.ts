import type { JournalEvent, SegmentOpened } from "../../events/journal-event.ts";
import type { Source, Stamp } from "../../events/stamp.ts";
import type { FeedDraft, KindSeq } from "../../feed/schema/message.ts";

/** Head of a chain. seq 0 and zeros: nothing yet. */
export interface ChainHead {
	readonly seq: number;
	/** SHA-256 of the last record's bytes, hexadecimal. */
	readonly sha256: string;
}

/**
 * One record. Its bytes are UTF-8 JSON `{seq, prev, at, source, event}` and are what is hashed; `prev` is the SHA-256 of
 * the bytes of record seq - 1 (zeros for the first), so the chain spans segments.
 */
export interface JournalRecord {
	readonly seq: number;
	readonly at: Stamp;
	readonly source: Source;
	readonly event: JournalEvent;
	readonly sha256: string;
}

/** One finished feed message: stored bytes, sent unchanged for ever. */
export interface StoredMessage {
	readonly feedSeq: number;
	readonly kind: FeedDraft["kind"];
	readonly bytes: Uint8Array;
	readonly sha256: string;
}

/** How far the relay has taken the feed. Not chained: it is the relay's word, kept so that a restart need not ask. */
export interface FeedCursor {
	readonly ledgerId: string;
	readonly term: number;
	/** Highest accepted number; 0 for none. */
	readonly feedSeq: number;
	readonly sha256: string;
}

/** What an append wrote. */
export interface Appended {
	readonly records: readonly JournalRecord[];
	readonly messages: readonly StoredMessage[];
}

/** A state saved so that a restart reads only what came after it. Never trusted beyond its hash: a wrong one is left aside. */
export interface Snapshot {
	readonly seq: number;
	/** Hash of the record it was taken after; a snapshot that does not match the chain is ignored. */
	readonly sha256: string;
	/** Version of the state's form; another one is ignored and the segment is replayed from its start. */
	readonly stateVersion: number;
	readonly text: string;
}

/** What a search of the records asks for. */
export interface RecordQuery {
	readonly fromSeq: number;
	readonly limit: number;
	readonly types?: readonly JournalEvent["type"][];
	/** Only records in whose stored text this stands, an id for instance: the others are not even read. With types only. */
	readonly mentioning?: string;
}

/**
 * The journal as the loop sees it: synchronous, so that between taking an input and having its records on disk nothing
 * else can run. Every write is one transaction and one sync; when `append` returns, the records are durable, on the
 * mirror too where there is one. It throws a Fault when it cannot write, and then nothing was written.
 */
export interface Journal {
	readonly journalId: string;
	head(): ChainHead;
	/** Head of the feed's own chain. */
	feedHead(): ChainHead;
	kindSeq(): KindSeq;
	/** Writes events as records and drafts as finished messages, all or nothing. */
	append(at: Stamp, source: Source, events: readonly JournalEvent[], drafts: readonly FeedDraft[]): Appended;
	/**
	 * Closes the segment and opens the next business month's, when `month` is another one; otherwise does nothing.
	 * Called between days only. `carried` is what the first record of the new segment holds beside the chain.
	 */
	roll(
		at: Stamp,
		month: string,
		carried: Pick<SegmentOpened, "counters" | "grandTotals" | "catalogVersion" | "jobs">,
	): Appended | undefined;
	/** The newest usable snapshot of the open segment. */
	snapshot(): Snapshot | undefined;
	/** Saves a snapshot at the head; not synced by itself, losing one costs only time. */
	saveSnapshot(stateVersion: number, text: string): void;
	/** Records of the open segment after `seq`, in order: what a restart replays. */
	recordsAfter(seq: number): Iterable<JournalRecord>;
	/** Records of all segments still on the box, oldest first. */
	records(query: RecordQuery): JournalRecord[];
	/** The TicketClosed record of a receipt number of a series; the newest first where a journal was adopted. */
	closedTicket(series: string, receiptNumber: number): JournalRecord | undefined;
	/** The BusinessDayClosed record of a Z. */
	closedDay(z: number): JournalRecord | undefined;
	/** Messages from `feedSeq` on, at most `limit`. */
	messages(feedSeq: number, limit: number): StoredMessage[];
	cursor(): FeedCursor | undefined;
	/** Notes how far the relay is. */
	moveCursor(cursor: FeedCursor): void;
	/** What is wrong with the second medium; undefined when all is well, "none" when none is configured. */
	mirrorTrouble(): string | undefined;
	close(): void;
}
