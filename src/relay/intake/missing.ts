import type { Ledger } from "../ledger/ledger.ts";
import { findJournal } from "./journals.ts";

/** Numbers without a gap between them. */
export interface FeedRange {
	readonly from: number;
	readonly to: number;
}

/** A journal as far as the relay holds it, and what it knows to be missing. What a box made and never told, nobody knows. */
export interface JournalHolding {
	readonly journalId: string;
	/** Highest number accepted. */
	readonly accepted: number;
	/** Known to have been made, and neither here nor sent again by the journal that continues this one. */
	readonly missing: readonly FeedRange[];
	/** Kept, but not booked: a message before them is missing. */
	readonly ahead: number;
	/** Set aside and not dealt with. */
	readonly setAside: number;
}

/** Notes how many messages a till says to have made, where that is more than is held and than was said before. */
export const noteClaim = (ledger: Ledger, journalId: string, feedSeq: number, atUtcMs: number): void => {
	if (feedSeq <= (findJournal(ledger, journalId)?.contiguous ?? 0)) return;
	ledger
		.statement(
			`INSERT INTO journal_claim (journal_id, feed_seq, said_utc_ms) VALUES (?, ?, ?)
			ON CONFLICT (journal_id) DO UPDATE SET feed_seq = excluded.feed_seq, said_utc_ms = excluded.said_utc_ms
			WHERE excluded.feed_seq > feed_seq`,
		)
		.run(journalId, feedSeq, atUtcMs);
};

/** Every place that names a number of a journal behind its contiguous end. `held` says whether its message is here, if not booked. */
const NUMBERS = `SELECT feed_seq AS feedSeq, 1 AS held FROM ahead WHERE journal_id = ? AND feed_seq > ?
	UNION SELECT reissue_feed_seq, 1 FROM message WHERE reissue_journal_id = ? AND reissue_feed_seq > ?
	UNION SELECT feed_seq, 0 FROM set_aside WHERE journal_id = ? AND feed_seq > ?
	UNION SELECT feed_seq, 0 FROM journal_claim WHERE journal_id = ? AND feed_seq > ? ORDER BY 1, 2 DESC`;

/** What the relay holds of a journal, and what it knows to be missing of it. */
export const holdingOf = (ledger: Ledger, journalId: string): JournalHolding => {
	const accepted = findJournal(ledger, journalId)?.contiguous ?? 0;
	const each = [journalId, accepted];
	const numbers = ledger.statement<{ feedSeq: number; held: number }>(NUMBERS).all(...each, ...each, ...each, ...each);
	const missing: FeedRange[] = [];
	let next = accepted + 1;
	for (const { feedSeq, held } of numbers) {
		if (feedSeq < next) continue;
		const last = held === 1 ? feedSeq - 1 : feedSeq;
		if (last >= next) missing.push({ from: next, to: last });
		next = feedSeq + 1;
	}
	const count = (sql: string): number => ledger.statement<{ n: number }>(sql).get(journalId)?.n ?? 0;
	return {
		journalId,
		accepted,
		missing,
		ahead: count("SELECT count(*) AS n FROM ahead WHERE journal_id = ?"),
		setAside: count("SELECT count(*) AS n FROM set_aside WHERE journal_id = ? AND resolved_utc_ms IS NULL"),
	};
};

/** What is known to be missing of some journals, in words; null for nothing. */
export const missingWords = (holdings: readonly JournalHolding[]): string | null => {
	const words = holdings.flatMap(({ journalId, missing, ahead, setAside }) => [
		...missing.map(
			({ from, to }) => `${from === to ? `message ${from}` : `messages ${from} to ${to}`} of ${journalId}`,
		),
		...(ahead === 0 ? [] : [`${ahead} of ${journalId} that came without those before them`]),
		...(setAside === 0 ? [] : [`${setAside} of ${journalId} that are set aside`]),
	]);
	return words.length === 0 ? null : words.join("; ");
};
