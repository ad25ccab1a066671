import { Fault } from "../../runtime/contract/fault.ts";
import { removeHalfMade, segmentFile, segmentMonths } from "./files.ts";
import { storedHeads } from "./heads.ts";
import { makeSegment, sealSegment, unsealSegment } from "./make-segment.ts";
import { type Batch, type Heads, headOfMessage, headOfRecord, isIntact, lookUpKeyOfRow } from "./row.ts";
import { openSegment, type Segment } from "./segment.ts";
import type { Shelf } from "./shelf.ts";

/** Records copied in one step, so that a till that fills a new mirror goes on selling between two steps. */
const STEP_RECORDS_MAX = 500;

/** How a copy stands to its original. `forked`: both hold something else under one number. */
export type Relation = "even" | "behind" | "ahead" | "forked";

/** Compares a copy with its original by the ends of their chains. An empty copy is behind. */
export const relationOf = (original: Shelf, copy: Shelf): Relation => {
	if (copy.months().length === 0) return "behind";
	const there = original.heads();
	const here = copy.heads();
	if (here.record.seq > there.record.seq || here.feed.seq > there.feed.seq) {
		const follows =
			copy.recordSha256(there.record.seq) === there.record.sha256 &&
			copy.messageSha256(there.feed.seq) === there.feed.sha256;
		return follows ? "ahead" : "forked";
	}
	const follows =
		original.recordSha256(here.record.seq) === here.record.sha256 &&
		original.messageSha256(here.feed.seq) === here.feed.sha256;
	if (!follows) return "forked";
	return here.record.seq === there.record.seq && here.feed.seq === there.feed.seq ? "even" : "behind";
};

/** A second journal that is given what the first one holds, byte for byte: the mirror, or a journal recovered from one. */
export class Copy {
	readonly #folder: string;
	readonly #original: Shelf;
	#segment: Segment;
	#heads: Heads;

	/** Opens the copy for writing; makes its first segment when there is none. The caller has made sure that it does not fork. */
	constructor(folder: string, original: Shelf) {
		this.#folder = folder;
		this.#original = original;
		removeHalfMade(folder);
		const month = segmentMonths(folder).at(-1) ?? this.#make(original.months()[0] ?? original.lastMonth());
		unsealSegment(segmentFile(folder, month));
		this.#segment = openSegment(segmentFile(folder, month));
		this.#heads = storedHeads(this.#segment);
	}

	/** Copies what is missing, at most {@link STEP_RECORDS_MAX} records with their messages; true when nothing is missing any more. */
	step(): boolean {
		const month = this.#segment.header.month;
		// A month that the original has deleted since was complete here: otherwise the two would not fit together.
		if (this.#original.months().includes(month)) {
			const batch = this.#original.use(month, (original) => this.#missing(original));
			if (batch.records.length > 0 || batch.messages.length > 0) {
				this.write(batch);
				return this.#isEven();
			}
		}
		const next = this.#original.months().find((candidate) => candidate > month);
		if (next === undefined) return true;
		this.#make(next);
		const file = this.#segment.file;
		this.#segment.close();
		sealSegment(file);
		this.#segment = openSegment(segmentFile(this.#folder, next));
		this.#heads = storedHeads(this.#segment);
		return this.#isEven();
	}

	/** Writes what the original has just written. */
	write(batch: Batch): void {
		this.#segment.write(batch);
		const record = batch.records.at(-1);
		const message = batch.messages.at(-1);
		this.#heads = {
			...this.#heads,
			record: record === undefined ? this.#heads.record : headOfRecord(record),
			feed: message === undefined ? this.#heads.feed : headOfMessage(message),
		};
	}

	/** See {@link Segment.tendLog}. */
	tendLog(): void {
		this.#segment.tendLog();
	}

	close(): void {
		this.#segment.close();
	}

	#isEven(): boolean {
		const { record, feed } = this.#original.heads();
		return record.seq === this.#heads.record.seq && feed.seq === this.#heads.feed.seq;
	}

	#missing(original: Segment): Batch {
		return batchAfter(original, this.#heads.record.seq, this.#heads.feed.seq);
	}

	#make(month: string): string {
		this.#original.use(month, (original) => {
			const { seqBefore, feedSeqBefore } = original.header;
			makeSegment(this.#folder, original.header, (segment) =>
				segment.write(batchAfter(original, seqBefore, feedSeqBefore)),
			);
		});
		return month;
	}
}

/** Throws TILL-0607 rather than copying damage. */
const batchAfter = (original: Segment, seq: number, feedSeq: number): Batch => {
	const records = original.records(seq + 1, STEP_RECORDS_MAX);
	const messages = original.messagesOfRecords(feedSeq, records.at(-1)?.seq ?? seq);
	for (const row of [...records, ...messages]) {
		if (!isIntact(row)) throw new Fault("TILL-0607", `${original.file}: a row that was to be copied is damaged`);
	}
	return { records, messages, keys: records.map(lookUpKeyOfRow).filter((key) => key !== undefined) };
};
