import type { ChainHead, FeedCursor } from "../../journal/contract/journal.ts";
import type { Accepted } from "./control.ts";
import { NO_PREVIOUS } from "./message.ts";

/** What a till knows of its own feed when it judges an `accepted`. */
export interface OwnFeed {
	readonly journalId: string;
	/** Head of the feed's chain: the last message made. */
	readonly feedHead: ChainHead;
	/** Undefined as long as no relay has answered. */
	readonly cursor: FeedCursor | undefined;
	/** SHA-256 of an own message's bytes; undefined when it is no longer on the box. */
	readonly hashOfMessage: (feedSeq: number) => string | undefined;
}

/** Why an `accepted` changes nothing. */
export type IgnoredReason =
	/** It speaks of another journal: another box's, or the one before a box swap. */
	| "otherJournal"
	/** It says 0 messages and yet carries a hash. */
	| "malformed"
	/** A relay that has been replaced, or a retained message of it. */
	| "olderTerm"
	/** Two ledgers claim the same term: the one obeyed first stays. */
	| "otherLedger"
	/** Nothing new. */
	| "unchanged"
	/** Within a term only the maximum counts: messages on the way overtook each other. */
	| "behind";

/** What an `accepted` means for the till. */
export type AcceptedVerdict =
	/** Store this cursor; with a new term it may lie behind the old one. */
	| { readonly verdict: "advance"; readonly cursor: FeedCursor }
	| { readonly verdict: "ignore"; readonly reason: IgnoredReason }
	/** The relay holds more of this journal than the box: it runs on a restored copy and must adopt it. */
	| { readonly verdict: "restoredCopy"; readonly code: "TILL-0813" }
	/** The relay holds another message under the same number: the journal was continued twice. */
	| { readonly verdict: "fork"; readonly code: "TILL-0814" };

const ignore = (reason: IgnoredReason): AcceptedVerdict => ({ verdict: "ignore", reason });

/**
 * Judges the relay's answer (DESIGN section 7): the highest term is obeyed, a new term may go back, within a term the
 * maximum counts. That a copy was restored or a journal was continued twice shows in any answer, so an older term's
 * answer proves it too: these two are looked for first.
 */
export const judgeAccepted = (accepted: Accepted, own: OwnFeed): AcceptedVerdict => {
	const { feedSeq, sha256, ledgerId, term } = accepted;
	if (accepted.journalId !== own.journalId) return ignore("otherJournal");
	if (feedSeq > own.feedHead.seq) return { verdict: "restoredCopy", code: "TILL-0813" };
	if (feedSeq === 0 && sha256 !== NO_PREVIOUS) return ignore("malformed");
	const ownSha256 = feedSeq === 0 ? NO_PREVIOUS : own.hashOfMessage(feedSeq);
	if (ownSha256 !== undefined && ownSha256 !== sha256) return { verdict: "fork", code: "TILL-0814" };
	const { cursor } = own;
	if (cursor !== undefined) {
		if (term < cursor.term) return ignore("olderTerm");
		if (term === cursor.term) {
			if (ledgerId !== cursor.ledgerId) return ignore("otherLedger");
			if (feedSeq === cursor.feedSeq) return ignore("unchanged");
			if (feedSeq < cursor.feedSeq) return ignore("behind");
		}
	}
	return { verdict: "advance", cursor: { ledgerId, term, feedSeq, sha256 } };
};
