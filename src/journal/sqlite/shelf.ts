import { NO_PREVIOUS } from "../../feed/schema/message.ts";
import { Fault } from "../../runtime/contract/fault.ts";
import type { RecordQuery } from "../contract/journal.ts";
import { segmentFile, segmentMonths } from "./files.ts";
import { storedHeads } from "./heads.ts";
import type { Heads, MessageRow, RecordRow } from "./row.ts";
import { readSegment, type Segment } from "./segment.ts";
import type { SegmentHeader } from "./segment-header.ts";

/**
 * The segments of one journal that are still on the box, oldest first. The open one is kept open; an older one is opened
 * for a question and closed again, so that memory does not grow with the years.
 */
export class Shelf {
	readonly folder: string;
	#live: Segment | undefined;
	#months: readonly string[];
	readonly #headers = new Map<string, SegmentHeader>();

	/** `live` is the open segment, where the journal is open; without it every segment is opened for reading only. */
	constructor(folder: string, live?: Segment) {
		this.folder = folder;
		this.#live = live;
		this.#months = segmentMonths(folder);
	}

	/** The months on the box, oldest first. */
	months(): readonly string[] {
		return this.#months;
	}

	/** The month that is or was written last. Throws TILL-0614 when there is none. */
	lastMonth(): string {
		const month = this.#months.at(-1);
		if (month === undefined) throw new Fault("TILL-0614", `${this.folder} holds no segment`);
		return month;
	}

	/** Reads from one month's segment. Throws a Fault when its file cannot be opened. */
	use<T>(month: string, read: (segment: Segment) => T): T {
		if (month === this.#live?.header.month) return read(this.#live);
		const segment = readSegment(segmentFile(this.folder, month));
		try {
			return read(segment);
		} finally {
			segment.close();
		}
	}

	/** The header of a month; kept, because it never changes. */
	header(month: string): SegmentHeader {
		const known = this.#headers.get(month);
		if (known !== undefined) return known;
		const header = this.use(month, (segment) => segment.header);
		this.#headers.set(month, header);
		return header;
	}

	/** The first answer, asking the newest segment first. */
	newest<T>(find: (segment: Segment) => T | undefined): T | undefined {
		for (const month of this.#months.toReversed()) {
			const found = this.use(month, find);
			if (found !== undefined) return found;
		}
		return undefined;
	}

	/** Records from `fromSeq` on, over all segments. */
	records({ fromSeq, limit, types, mentioning }: RecordQuery): RecordRow[] {
		return this.#from(fromSeq, limit, "seqBefore", (segment, left) =>
			segment.records(fromSeq, left, types, mentioning),
		);
	}

	/** Messages from `feedSeq` on, over all segments. */
	messages(feedSeq: number, limit: number): MessageRow[] {
		return this.#from(feedSeq, limit, "feedSeqBefore", (segment, left) => segment.messages(feedSeq, left));
	}

	/** Where the journal stands, by the rows of its newest segment. */
	heads(): Heads {
		return this.use(this.lastMonth(), storedHeads);
	}

	/** The hash of a record, from the chain's zeros before the first; undefined when it is not on the box. */
	recordSha256(seq: number): string | undefined {
		return this.#sha256(seq, "seqBefore", "sha256Before", (segment) => segment.record(seq));
	}

	/** The hash of a message, likewise. */
	messageSha256(feedSeq: number): string | undefined {
		return this.#sha256(feedSeq, "feedSeqBefore", "feedSha256Before", (segment) => segment.message(feedSeq));
	}

	/** Goes on with another open segment and closes the one before. */
	replaceLive(live: Segment): void {
		this.#live?.close();
		this.#live = live;
		this.relist();
	}

	/** Looks again which months there are. */
	relist(): void {
		this.#months = segmentMonths(this.folder);
	}

	close(): void {
		this.#live?.close();
		this.#live = undefined;
	}

	#from<T>(
		first: number,
		limit: number,
		before: "seqBefore" | "feedSeqBefore",
		read: (segment: Segment, left: number) => T[],
	): T[] {
		const start = this.#months.findLastIndex((month) => this.header(month)[before] < first);
		const found: T[] = [];
		for (const month of this.#months.slice(Math.max(start, 0))) {
			if (found.length >= limit) break;
			found.push(...this.use(month, (segment) => read(segment, limit - found.length)));
		}
		return found;
	}

	#sha256(
		number: number,
		before: "seqBefore" | "feedSeqBefore",
		sha256Before: "sha256Before" | "feedSha256Before",
		read: (segment: Segment) => { readonly sha256: Buffer } | undefined,
	): string | undefined {
		if (number === 0) return NO_PREVIOUS;
		const month = this.#months.findLast((candidate) => this.header(candidate)[before] < number);
		if (month !== undefined) return this.use(month, read)?.sha256.toString("hex");
		const oldest = this.#months[0];
		return oldest !== undefined && this.header(oldest)[before] === number
			? this.header(oldest)[sha256Before]
			: undefined;
	}
}
