import { existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { JournalEvent, SegmentDeleted, SegmentOpened } from "../../events/journal-event.ts";
import type { Source, Stamp } from "../../events/stamp.ts";
import type { FeedDraft, KindSeq } from "../../feed/schema/message.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import type {
	Appended,
	ChainHead,
	FeedCursor,
	Journal,
	JournalRecord,
	RecordQuery,
	Snapshot,
	StoredMessage,
} from "../contract/journal.ts";
import { type Composed, compose } from "./compose.ts";
import { eventTexts } from "./event-text.ts";
import { segmentFile } from "./files.ts";
import type { JournalLock } from "./lock.ts";
import { makeSegment, sealSegment } from "./make-segment.ts";
import type { Mirror } from "./mirror.ts";
import { readRecord } from "./record-text.ts";
import { replay } from "./replay.ts";
import { type Heads, type RecordRow, storedMessageOf } from "./row.ts";
import { openSegment, type Segment } from "./segment.ts";
import { headerBehind, type SegmentHeader } from "./segment-header.ts";
import { Shelf } from "./shelf.ts";
import type { StateFile } from "./state-file.ts";

/** What an opened journal is made of; `createJournal`, `openJournal` and `adoptJournal` put it together. */
export interface JournalParts {
	readonly live: Segment;
	readonly shelf: Shelf;
	readonly heads: Heads;
	readonly state: StateFile;
	readonly mirror: Mirror | undefined;
	readonly lock: JournalLock;
	readonly logger: Logger;
}

/** The journal on SQLite: a row of segment files, one a business month (DESIGN section 6). See {@link Journal}. */
export class SqliteJournal implements Journal {
	readonly journalId: string;
	/** Whose journal it is, fixed for life. */
	readonly owner: Pick<SegmentHeader, "store" | "till" | "currency">;
	readonly #shelf: Shelf;
	readonly #state: StateFile;
	readonly #mirror: Mirror | undefined;
	readonly #lock: JournalLock;
	readonly #logger: Logger;
	readonly #texts = eventTexts();
	#live: Segment;
	#heads: Heads;
	#closed = false;

	constructor(parts: JournalParts) {
		const { journalId, store, till, currency } = parts.live.header;
		this.journalId = journalId;
		this.owner = { store, till, currency };
		this.#live = parts.live;
		this.#shelf = parts.shelf;
		this.#heads = parts.heads;
		this.#state = parts.state;
		this.#mirror = parts.mirror;
		this.#lock = parts.lock;
		this.#logger = parts.logger;
	}

	head(): ChainHead {
		return this.#heads.record;
	}

	feedHead(): ChainHead {
		return this.#heads.feed;
	}

	kindSeq(): KindSeq {
		return this.#heads.kindSeq;
	}

	append(at: Stamp, source: Source, events: readonly JournalEvent[], drafts: readonly FeedDraft[]): Appended {
		this.#mustBeOpen();
		if (events.length === 0 && drafts.length === 0) return { records: [], messages: [] };
		const composed = compose(this.#live.header, this.#heads, at, source, events, drafts, this.#texts);
		this.#live.write(composed.batch);
		this.#heads = composed.heads;
		this.#mirror?.follow(composed.batch);
		return composed.appended;
	}

	/** Beside the contract: a month before the open one (a clock set back) does not roll either; segments only go forward. */
	roll(
		at: Stamp,
		month: string,
		carried: Pick<SegmentOpened, "counters" | "grandTotals" | "catalogVersion" | "jobs">,
	): Appended | undefined {
		this.#mustBeOpen();
		const previous = this.#live.header;
		if (month <= previous.month) return undefined;
		const { record, feed, kindSeq } = this.#heads;
		const opened: SegmentOpened = {
			type: "SegmentOpened",
			journalId: this.journalId,
			month,
			previous: { month: previous.month, ...record },
			counters: carried.counters,
			grandTotals: carried.grandTotals,
			catalogVersion: carried.catalogVersion,
			...(carried.jobs === undefined ? {} : { jobs: carried.jobs }),
			feed: { feedSeq: feed.seq, sha256: feed.sha256, kindSeq },
		};
		const composed = compose(previous, this.#heads, at, "service", [opened], []);
		const header = headerBehind(this.#heads, { ...previous, month });
		makeSegment(this.#shelf.folder, header, (segment) => segment.write(composed.batch));
		this.#goOnIn(month, composed);
		return composed.appended;
	}

	snapshot(): Snapshot | undefined {
		const snapshot = this.#state.snapshot();
		if (snapshot === undefined) return undefined;
		return this.#live.record(snapshot.seq)?.sha256.toString("hex") === snapshot.sha256 ? snapshot : undefined;
	}

	saveSnapshot(stateVersion: number, text: string): void {
		this.#mustBeOpen();
		this.#state.saveSnapshot({ ...this.#heads.record, stateVersion, text });
	}

	/** Checks the chain on the way; throws TILL-0607 or TILL-0608 at the first record that cannot be replayed. */
	recordsAfter(seq: number): Iterable<JournalRecord> {
		return replay(this.#live, seq);
	}

	records(query: RecordQuery): JournalRecord[] {
		return this.#shelf.records(query).map(recordOf);
	}

	closedTicket(series: string, receiptNumber: number): JournalRecord | undefined {
		return this.#find((segment) => segment.closedTicket(series, receiptNumber));
	}

	closedDay(z: number): JournalRecord | undefined {
		return this.#find((segment) => segment.closedDay(z));
	}

	messages(feedSeq: number, limit: number): StoredMessage[] {
		return this.#shelf.messages(feedSeq, limit).map(storedMessageOf);
	}

	cursor(): FeedCursor | undefined {
		return this.#state.cursor();
	}

	moveCursor(cursor: FeedCursor): void {
		this.#mustBeOpen();
		this.#state.moveCursor(cursor);
	}

	mirrorTrouble(): string | undefined {
		return this.#mirror === undefined ? "none" : this.#mirror.trouble();
	}

	/** Brings what was written lately from the logs into the files, for idle moments; a failure is logged and does no harm. */
	tendLog(): void {
		this.#mustBeOpen();
		try {
			this.#live.tendLog();
		} catch (error) {
			this.#logger.warn("the journal's log cannot be brought into its file", { reason: messageOf(error) });
		}
		this.#mirror?.tendLog();
	}

	/** Fills the mirror a bounded step further, for idle moments; true while there is more to do. */
	tendMirror(): boolean {
		this.#mustBeOpen();
		return this.#mirror?.tend() ?? false;
	}

	/** The business months on the box, oldest first; the last one is open. */
	months(): readonly string[] {
		return this.#shelf.months();
	}

	/**
	 * Deletes the oldest month as a file, and records that first. `keepFromMonth` is the first month that the retention
	 * time still covers, "2021-11". Throws TILL-0615 when the month is not the oldest closed one, is still covered, or
	 * holds a message that the relay has not accepted.
	 */
	deleteSegment(at: Stamp, month: string, keepFromMonth: string): Appended {
		this.#mustBeOpen();
		const refuse = (why: string) => new Fault("TILL-0615", `${month}: ${why}`);
		if (month === this.#live.header.month || month !== this.#shelf.months()[0]) {
			throw refuse("it is not the oldest closed month");
		}
		if (month >= keepFromMonth) throw refuse(`everything from ${keepFromMonth} on is kept`);
		const next = this.#shelf.header(this.#shelf.months()[1] ?? month);
		if ((this.cursor()?.feedSeq ?? 0) < next.feedSeqBefore) throw refuse("the relay has not accepted all of it");
		const mirrorTrouble = this.#mirror?.trouble();
		if (mirrorTrouble !== undefined) throw refuse(mirrorTrouble);
		const deleted: SegmentDeleted = {
			type: "SegmentDeleted",
			month,
			seq: next.seqBefore,
			sha256: next.sha256Before,
			feedSeq: next.feedSeqBefore,
		};
		const appended = this.append(at, "service", [deleted], []);
		rmSync(segmentFile(this.#shelf.folder, month), { force: true });
		this.#shelf.relist();
		this.#mirror?.forget(month);
		return appended;
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#mirror?.close();
		this.#state.close();
		this.#shelf.close();
		this.#lock.release();
	}

	/** The new segment is durable: from here on nothing may be written to the old one, so a failure closes the journal. */
	#goOnIn(month: string, composed: Composed): void {
		const closedFile = this.#live.file;
		try {
			this.#live = openSegment(segmentFile(this.#shelf.folder, month));
		} catch (error) {
			this.close();
			throw error;
		}
		this.#shelf.replaceLive(this.#live);
		this.#heads = composed.heads;
		try {
			sealSegment(closedFile);
		} catch (error) {
			this.#logger.warn("a closed month could not be made read-only; the next start tries again", {
				reason: messageOf(error),
			});
		}
		this.#mirror?.tend();
	}

	/** Searches this journal, newest month first, then the ones that it was adopted from. */
	#find(find: (segment: Segment) => RecordRow | undefined): JournalRecord | undefined {
		const found = this.#shelf.newest(find);
		if (found !== undefined) return recordOf(found);
		const directory = dirname(this.#shelf.folder);
		let ancestor = this.#live.header.adoptedFrom;
		while (ancestor !== null && existsSync(join(directory, ancestor))) {
			const shelf = new Shelf(join(directory, ancestor));
			const older = shelf.newest(find);
			if (older !== undefined) return recordOf(older);
			ancestor = shelf.header(shelf.lastMonth()).adoptedFrom;
		}
		return undefined;
	}

	#mustBeOpen(): void {
		if (this.#closed) throw new Fault("TILL-0617", this.journalId);
	}
}

const recordOf = (row: RecordRow): JournalRecord => readRecord(row).record;
