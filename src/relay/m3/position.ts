import type { Ledger } from "../ledger/ledger.ts";

/** Where M3's delivery stands in the archive, and the term of the ledger in which it last ran. */
export interface M3Position {
	readonly takenMessageId: number;
	readonly term: number;
}

/** Reads the position; a fresh ledger starts before the first message. */
export const readPosition = (ledger: Ledger): M3Position => {
	ledger
		.statement("INSERT INTO m3_position (one, taken_message_id, term) VALUES (1, 0, ?) ON CONFLICT DO NOTHING")
		.run(ledger.term);
	const position = ledger
		.statement<M3Position>("SELECT taken_message_id AS takenMessageId, term FROM m3_position")
		.get();
	return position ?? { takenMessageId: 0, term: ledger.term };
};

/** Moves the position on. Joins the caller's transaction. */
export const savePosition = (ledger: Ledger, position: M3Position): void =>
	void ledger
		.statement("UPDATE m3_position SET taken_message_id = ?, term = ?")
		.run(position.takenMessageId, position.term);
