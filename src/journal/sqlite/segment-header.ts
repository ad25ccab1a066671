import type Database from "better-sqlite3";
import { FEED_KINDS, type FeedKind } from "../../events/journal-event.ts";
import type { KindSeq } from "../../feed/schema/message.ts";
import { NO_PREVIOUS } from "../../feed/schema/message.ts";
import { Fault } from "../../runtime/contract/fault.ts";
import type { Heads } from "./row.ts";

/** What a segment knows of itself: whose it is, and where both chains stood before its first record. */
export interface SegmentHeader {
	readonly journalId: string;
	readonly store: string;
	readonly till: string;
	/** ISO 4217. */
	readonly currency: string;
	/** Business month, "2026-11". */
	readonly month: string;
	/** The journal that this one continues; null for one that was provisioned. */
	readonly adoptedFrom: string | null;
	readonly seqBefore: number;
	readonly sha256Before: string;
	readonly feedSeqBefore: number;
	readonly feedSha256Before: string;
	readonly kindSeqBefore: KindSeq;
}

/** No record and no message yet. */
export const NO_HEADS: Heads = {
	record: { seq: 0, sha256: NO_PREVIOUS },
	feed: { seq: 0, sha256: NO_PREVIOUS },
	kindSeq: { ticket: 0, report: 0, event: 0, training: 0 },
};

/** The header of a segment that follows behind `heads`. */
export const headerBehind = (
	heads: Heads,
	whose: Pick<SegmentHeader, "journalId" | "store" | "till" | "currency" | "month" | "adoptedFrom">,
): SegmentHeader => ({
	journalId: whose.journalId,
	store: whose.store,
	till: whose.till,
	currency: whose.currency,
	month: whose.month,
	adoptedFrom: whose.adoptedFrom,
	seqBefore: heads.record.seq,
	sha256Before: heads.record.sha256,
	feedSeqBefore: heads.feed.seq,
	feedSha256Before: heads.feed.sha256,
	kindSeqBefore: heads.kindSeq,
});

/** Where both chains stood before a segment's first record. */
export const headsBefore = (header: SegmentHeader): Heads => ({
	record: { seq: header.seqBefore, sha256: header.sha256Before },
	feed: { seq: header.feedSeqBefore, sha256: header.feedSha256Before },
	kindSeq: header.kindSeqBefore,
});

type MetaRow = Omit<SegmentHeader, "kindSeqBefore">;

/** Reads the header. Throws TILL-0614 when there is none. */
export const readHeader = (database: Database.Database): SegmentHeader => {
	const meta = database
		.prepare<[], MetaRow>(
			`SELECT journal_id AS journalId, store, till, currency, month, adopted_from AS adoptedFrom,
				seq_before AS seqBefore, lower(hex(sha256_before)) AS sha256Before,
				feed_seq_before AS feedSeqBefore, lower(hex(feed_sha256_before)) AS feedSha256Before
			FROM meta`,
		)
		.get();
	if (meta === undefined) throw new Fault("TILL-0614", `${database.name} does not say whose it is`);
	const kinds = database
		.prepare<[], { kind: FeedKind; kindSeq: number }>("SELECT kind, kind_seq_before AS kindSeq FROM feed_kind")
		.all();
	const kindSeqOf = (kind: FeedKind): number => kinds.find((row) => row.kind === kind)?.kindSeq ?? 0;
	return {
		...meta,
		kindSeqBefore: {
			ticket: kindSeqOf("ticket"),
			report: kindSeqOf("report"),
			event: kindSeqOf("event"),
			training: kindSeqOf("training"),
		},
	};
};

/** Writes the header of a new segment, once: a trigger refuses a second. */
export const writeHeader = (database: Database.Database, header: SegmentHeader): void => {
	const kind = database.prepare("INSERT INTO feed_kind (kind, kind_seq_before) VALUES (?, ?)");
	const meta = database.prepare(
		`INSERT INTO meta (one, journal_id, store, till, currency, month, adopted_from,
			seq_before, sha256_before, feed_seq_before, feed_sha256_before) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	);
	const write = database.transaction(() => {
		for (const name of FEED_KINDS) kind.run(name, header.kindSeqBefore[name]);
		meta.run(
			header.journalId,
			header.store,
			header.till,
			header.currency,
			header.month,
			header.adoptedFrom,
			header.seqBefore,
			Buffer.from(header.sha256Before, "hex"),
			header.feedSeqBefore,
			Buffer.from(header.feedSha256Before, "hex"),
		);
	});
	write.immediate();
};
