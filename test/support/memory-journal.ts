import type { JournalCreated, JournalEvent, SegmentOpened } from "../../src/events/journal-event.ts";
import type { Source, Stamp } from "../../src/events/stamp.ts";
import { type FeedDraft, type KindSeq, NO_PREVIOUS } from "../../src/feed/schema/message.ts";
import type {
	Appended,
	ChainHead,
	FeedCursor,
	Journal,
	JournalRecord,
	RecordQuery,
	Snapshot,
	StoredMessage,
} from "../../src/journal/contract/journal.ts";
import { type Composed, compose } from "../../src/journal/sqlite/compose.ts";
import { readRecord } from "../../src/journal/sqlite/record-text.ts";
import {
	type Heads,
	type LookUpKey,
	type MessageRow,
	type RecordRow,
	storedMessageOf,
} from "../../src/journal/sqlite/row.ts";
import { Fault } from "../../src/runtime/contract/fault.ts";

/** What outlives a restart: everything a journal has written. */
export interface MemoryDisk {
	readonly store: string;
	readonly till: string;
	readonly journalId: string;
	readonly records: RecordRow[];
	readonly messages: MessageRow[];
	readonly keys: LookUpKey[];
	/** The months, oldest first, with the number of the record before each. */
	readonly months: { readonly month: string; readonly seqBefore: number }[];
	heads: Heads;
	snapshot: Snapshot | undefined;
	cursor: FeedCursor | undefined;
}

const NOTHING: Heads = {
	record: { seq: 0, sha256: NO_PREVIOUS },
	feed: { seq: 0, sha256: NO_PREVIOUS },
	kindSeq: { ticket: 0, report: 0, event: 0, training: 0 },
};

/** A disk with a new journal on it: its first record is `created`. */
export const memoryDisk = (created: JournalCreated, at: Stamp, month = "2026-11"): MemoryDisk => {
	const { store, till, journalId } = created;
	const disk: MemoryDisk = {
		store,
		till,
		journalId,
		records: [],
		messages: [],
		keys: [],
		months: [{ month, seqBefore: 0 }],
		heads: NOTHING,
		snapshot: undefined,
		cursor: undefined,
	};
	write(disk, compose(disk, disk.heads, at, "service", [created], []));
	return disk;
};

/** Flips a bit of a stored record: reading it fails from here on. */
export const damage = (disk: MemoryDisk, seq: number): void => {
	const row = disk.records[seq - 1];
	if (row === undefined) throw new Error(`there is no record ${seq}`);
	const bytes = Buffer.from(row.bytes);
	bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
	disk.records[seq - 1] = { ...row, bytes };
};

const write = (disk: MemoryDisk, { batch, heads }: Composed): void => {
	disk.records.push(...batch.records);
	disk.messages.push(...batch.messages);
	disk.keys.push(...batch.keys);
	disk.heads = heads;
};

const sameNumber = (a: LookUpKey, b: LookUpKey): boolean =>
	a.kind === "ticket"
		? b.kind === "ticket" && a.series === b.series && a.receiptNumber === b.receiptNumber
		: b.kind === "day" && a.z === b.z;

/**
 * A journal without a disk, for tests of what stands on one: the same texts, hashes, numbers and refusals as on SQLite
 * (it passes the same contract), in microseconds.
 */
export class MemoryJournal implements Journal {
	readonly #disk: MemoryDisk;
	/** The calls of `append` so far, to see what went into one. */
	readonly appends: (readonly JournalEvent[])[] = [];
	/** What the next append throws, while set. */
	failure: Error | undefined;
	#isClosed = false;

	constructor(disk: MemoryDisk) {
		this.#disk = disk;
	}

	get journalId(): string {
		return this.#disk.journalId;
	}

	head(): ChainHead {
		return this.#disk.heads.record;
	}

	feedHead(): ChainHead {
		return this.#disk.heads.feed;
	}

	kindSeq(): KindSeq {
		return this.#disk.heads.kindSeq;
	}

	append(at: Stamp, source: Source, events: readonly JournalEvent[], drafts: readonly FeedDraft[]): Appended {
		this.#mustBeOpen();
		if (this.failure !== undefined) throw this.failure;
		if (events.length === 0 && drafts.length === 0) return { records: [], messages: [] };
		const composed = compose(this.#disk, this.#disk.heads, at, source, events, drafts);
		const { keys } = composed.batch;
		const isTaken = (key: LookUpKey, index: number): boolean =>
			[...this.#disk.keys, ...keys.slice(0, index)].some((other) => sameNumber(other, key));
		if (keys.some(isTaken)) throw new Fault("TILL-0606", "a number was given already");
		write(this.#disk, composed);
		this.appends.push(events);
		return composed.appended;
	}

	roll(
		at: Stamp,
		month: string,
		carried: Pick<SegmentOpened, "counters" | "grandTotals" | "catalogVersion" | "jobs">,
	): Appended | undefined {
		this.#mustBeOpen();
		const { record, feed, kindSeq } = this.#disk.heads;
		const previous = this.#disk.months.at(-1)?.month ?? "";
		if (month <= previous) return undefined;
		const opened: SegmentOpened = {
			type: "SegmentOpened",
			journalId: this.journalId,
			month,
			previous: { month: previous, ...record },
			...carried,
			feed: { feedSeq: feed.seq, sha256: feed.sha256, kindSeq },
		};
		const composed = compose(this.#disk, this.#disk.heads, at, "service", [opened], []);
		this.#disk.months.push({ month, seqBefore: record.seq });
		write(this.#disk, composed);
		return composed.appended;
	}

	snapshot(): Snapshot | undefined {
		const { snapshot } = this.#disk;
		return snapshot !== undefined && snapshot.seq > this.#seqBefore() ? snapshot : undefined;
	}

	saveSnapshot(stateVersion: number, text: string): void {
		this.#disk.snapshot = { ...this.head(), stateVersion, text };
	}

	*recordsAfter(seq: number): Generator<JournalRecord, void> {
		const { records } = this.#disk;
		for (let index = Math.max(seq, this.#seqBefore()); index < records.length; index += 1) {
			const row = records[index];
			if (row !== undefined) yield readRecord(row).record;
		}
	}

	records({ fromSeq, limit, types, mentioning = "" }: RecordQuery): JournalRecord[] {
		return this.#disk.records
			.filter((row) => row.seq >= fromSeq && (types === undefined || (types as string[]).includes(row.type)))
			.filter((row) => Buffer.from(row.bytes).includes(mentioning))
			.slice(0, limit)
			.map((row) => readRecord(row).record);
	}

	closedTicket(series: string, receiptNumber: number): JournalRecord | undefined {
		return this.#find((key) => key.kind === "ticket" && key.series === series && key.receiptNumber === receiptNumber);
	}

	closedDay(z: number): JournalRecord | undefined {
		return this.#find((key) => key.kind === "day" && key.z === z);
	}

	messages(feedSeq: number, limit: number): StoredMessage[] {
		return this.#disk.messages.slice(feedSeq - 1, feedSeq - 1 + limit).map(storedMessageOf);
	}

	cursor(): FeedCursor | undefined {
		return this.#disk.cursor;
	}

	moveCursor(cursor: FeedCursor): void {
		const held = this.#disk.cursor;
		const isFurther =
			held === undefined || cursor.term > held.term || (cursor.term === held.term && cursor.feedSeq > held.feedSeq);
		if (isFurther) this.#disk.cursor = cursor;
	}

	mirrorTrouble(): string | undefined {
		return "none";
	}

	close(): void {
		this.#isClosed = true;
	}

	#seqBefore(): number {
		return this.#disk.months.at(-1)?.seqBefore ?? 0;
	}

	#find(matches: (key: LookUpKey) => boolean): JournalRecord | undefined {
		const row = this.#disk.records[(this.#disk.keys.find(matches)?.recordSeq ?? 0) - 1];
		return row === undefined ? undefined : readRecord(row).record;
	}

	#mustBeOpen(): void {
		if (this.#isClosed) throw new Fault("TILL-0617", this.journalId);
	}
}
