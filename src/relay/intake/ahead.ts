import type { Ledger } from "../ledger/ledger.ts";

/** A message that arrived before the one it follows: kept until the gap is filled, never accepted from here. */
export interface AheadMessage {
	readonly journalId: string;
	readonly feedSeq: number;
	readonly sha256: string;
	readonly bytes: Uint8Array;
}

/** Keeps a message until those before it are there. */
export const keepAhead = (ledger: Ledger, message: AheadMessage): void =>
	void ledger
		.statement("INSERT INTO ahead VALUES (?, ?, ?, ?)")
		.run(message.journalId, message.feedSeq, message.sha256, message.bytes);

/** The hash of what is kept ahead under a number. */
export const aheadSha256 = (ledger: Ledger, journalId: string, feedSeq: number): string | undefined =>
	ledger
		.statement<{ sha256: string }>("SELECT sha256 FROM ahead WHERE journal_id = ? AND feed_seq = ?")
		.get(journalId, feedSeq)?.sha256;

/** Takes a message out of what is kept ahead; undefined when it is not there. */
export const takeAhead = (
	ledger: Ledger,
	journalId: string,
	feedSeq: number,
): Pick<AheadMessage, "sha256" | "bytes"> | undefined =>
	ledger
		.statement<Pick<AheadMessage, "sha256" | "bytes">>(
			"DELETE FROM ahead WHERE journal_id = ? AND feed_seq = ? RETURNING sha256, bytes",
		)
		.get(journalId, feedSeq);
