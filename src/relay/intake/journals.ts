import { NO_PREVIOUS } from "../../feed/schema/message.ts";
import type { TillAddress } from "../../feed/schema/topic.ts";
import type { Ledger } from "../ledger/ledger.ts";

/** A journal the relay knows. */
export interface JournalRow extends TillAddress {
	readonly journalId: string;
	/** 1, 2, 3 in the order in which the journals of this till were first seen. */
	readonly ordinal: number;
	readonly contiguous: number;
	/** SHA-256 of message `contiguous`; zeros for none. */
	readonly sha256: string;
	readonly firstSeenUtcMs: number;
	readonly lastTakenUtcMs: number;
	/** Why nothing further is accepted from it; null while all is well. */
	readonly forkCode: string | null;
	readonly forkReason: string | null;
}

const COLUMNS = `journal_id AS journalId, store, till, ordinal, contiguous, sha256, first_seen_utc_ms AS firstSeenUtcMs,
	last_taken_utc_ms AS lastTakenUtcMs, fork_code AS forkCode, fork_reason AS forkReason`;

/** The journal of this id; undefined when none of its messages was ever taken. */
export const findJournal = (ledger: Ledger, journalId: string): JournalRow | undefined =>
	ledger.statement<JournalRow>(`SELECT ${COLUMNS} FROM journal WHERE journal_id = ?`).get(journalId);

/** Every journal, by store, till and ordinal. */
export const allJournals = (ledger: Ledger): JournalRow[] =>
	ledger.statement<JournalRow>(`SELECT ${COLUMNS} FROM journal ORDER BY store, till, ordinal`).all();

/** The highest ordinal among a till's journals; 0 for none. */
export const lastOrdinal = (ledger: Ledger, { store, till }: TillAddress): number =>
	ledger
		.statement<{ last: number }>("SELECT coalesce(max(ordinal), 0) AS last FROM journal WHERE store = ? AND till = ?")
		.get(store, till)?.last ?? 0;

/** The term in which a journal was last taken from; undefined when nothing of it was. */
export const lastTermOf = (ledger: Ledger, journalId: string): number | undefined =>
	ledger
		.statement<{ term: number }>("SELECT term FROM message WHERE journal_id = ? ORDER BY feed_seq DESC LIMIT 1")
		.get(journalId)?.term;

/** Notes a journal met for the first time. */
export const addJournal = (ledger: Ledger, address: TillAddress, journalId: string, atUtcMs: number): JournalRow => {
	const row: JournalRow = {
		journalId,
		store: address.store,
		till: address.till,
		ordinal: lastOrdinal(ledger, address) + 1,
		contiguous: 0,
		sha256: NO_PREVIOUS,
		firstSeenUtcMs: atUtcMs,
		lastTakenUtcMs: atUtcMs,
		forkCode: null,
		forkReason: null,
	};
	ledger
		.statement("INSERT INTO journal VALUES (?, ?, ?, ?, 0, ?, ?, ?, NULL, NULL)")
		.run(journalId, row.store, row.till, row.ordinal, NO_PREVIOUS, atUtcMs, atUtcMs);
	return row;
};

/** Moves the end of a journal on by one message. */
export const extendJournal = (
	ledger: Ledger,
	journalId: string,
	feedSeq: number,
	sha256: string,
	atUtcMs: number,
): void =>
	void ledger
		.statement("UPDATE journal SET contiguous = ?, sha256 = ?, last_taken_utc_ms = ? WHERE journal_id = ?")
		.run(feedSeq, sha256, atUtcMs, journalId);

/** Marks a journal as forked: nothing further is accepted from it. */
export const forkJournal = (ledger: Ledger, journalId: string, code: string, reason: string): void =>
	void ledger
		.statement("UPDATE journal SET fork_code = ?, fork_reason = ? WHERE journal_id = ?")
		.run(code, reason, journalId);
