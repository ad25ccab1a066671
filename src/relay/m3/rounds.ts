import type { Ledger } from "../ledger/ledger.ts";
import type { RoundKey } from "./cut-rounds.ts";
import type { RoundState, RoundStep } from "./round.ts";
import type { M3Row } from "./ticket-rows.ts";

/** A round as the ledger holds it. */
export interface StoredRound extends RoundKey {
	readonly id: number;
	readonly state: RoundState;
	/** Whether the request of this step went out and nothing is known of its answer. */
	readonly sent: boolean;
	/** Rows of one bulk; fixed when the round was cut. */
	readonly rowsMax: number;
	readonly createdUtcMs: number;
}

/** A row of a round, with the ticket that it belongs to. */
export interface StoredRow extends M3Row {
	readonly messageId: number;
}

interface RoundRow extends RoundKey {
	readonly id: number;
	readonly step: RoundStep;
	readonly itrn: string | null;
	readonly part: number;
	readonly rowsMax: number;
	readonly rowCount: number;
	readonly reads: number;
	readonly sent: number;
	readonly words: string | null;
	readonly createdUtcMs: number;
}

const SELECT = `SELECT id, cono, divi, acdt, currency, step, itrn, part, rows_max AS rowsMax, reads, sent, words,
	created_utc_ms AS createdUtcMs, (SELECT count(*) FROM m3_row WHERE round_id = id) AS rowCount FROM m3_round`;

const asRound = ({ step, itrn, part, reads, words, rowCount, sent, ...row }: RoundRow): StoredRound => ({
	...row,
	sent: sent === 1,
	state: { step, itrn, part, partCount: Math.ceil(rowCount / row.rowsMax), reads, words },
});

/** Writes a fresh round with its rows and puts its tickets into it; answers its id. Joins the caller's transaction. */
export const addRound = (
	ledger: Ledger,
	key: RoundKey,
	tickets: readonly { readonly messageId: number; readonly rows: readonly M3Row[] }[],
	rowsMax: number,
	atUtcMs: number,
): number => {
	const { lastInsertRowid } = ledger
		.statement(
			`INSERT INTO m3_round (cono, divi, acdt, currency, step, part, rows_max, reads, sent, created_utc_ms, changed_utc_ms)
			VALUES (?, ?, ?, ?, 'number', 0, ?, 0, 0, ?, ?)`,
		)
		.run(key.cono, key.divi, key.acdt, key.currency, rowsMax, atUtcMs, atUtcMs);
	const roundId = Number(lastInsertRowid);
	let seq = 0;
	for (const { messageId, rows } of tickets) {
		ledger
			.statement("UPDATE m3_ticket SET state = 'inRound', round_id = ? WHERE message_id = ?")
			.run(roundId, messageId);
		for (const { transaction, ponr, record } of rows) {
			seq += 1;
			ledger
				.statement(
					"INSERT INTO m3_row (round_id, seq, message_id, ponr, transaction_name, record) VALUES (?, ?, ?, ?, ?, ?)",
				)
				.run(roundId, seq, messageId, ponr, transaction, JSON.stringify(record));
		}
	}
	return roundId;
};

/** The round of this id. */
export const findRound = (ledger: Ledger, roundId: number): StoredRound | undefined => {
	const row = ledger.statement<RoundRow>(`${SELECT} WHERE id = ?`).get(roundId);
	return row === undefined ? undefined : asRound(row);
};

/** Rounds that are not finished, oldest first. */
export const openRounds = (ledger: Ledger): StoredRound[] =>
	ledger.statement<RoundRow>(`${SELECT} WHERE step NOT IN ('done', 'dissolved') ORDER BY id`).all().map(asRound);

/** Writes where a round stands; nothing of its step has been sent yet. */
export const saveRound = (ledger: Ledger, roundId: number, state: RoundState, atUtcMs: number): void =>
	void ledger
		.statement(
			"UPDATE m3_round SET step = ?, itrn = ?, part = ?, reads = ?, words = ?, sent = 0, changed_utc_ms = ? WHERE id = ?",
		)
		.run(state.step, state.itrn, state.part, state.reads, state.words, atUtcMs, roundId);

/** Notes, before it happens, that the request of the round's step goes out; or that it certainly did not. */
export const markSent = (ledger: Ledger, roundId: number, sent: boolean, atUtcMs: number): void =>
	void ledger
		.statement("UPDATE m3_round SET sent = ?, changed_utc_ms = ? WHERE id = ?")
		.run(sent ? 1 : 0, atUtcMs, roundId);

/** All rows of a round, in the order sent. */
export const roundRows = (ledger: Ledger, roundId: number): StoredRow[] =>
	ledger
		.statement<{ messageId: number; ponr: number; transaction: M3Row["transaction"]; record: string }>(
			`SELECT message_id AS messageId, ponr, transaction_name AS "transaction", record FROM m3_row
			WHERE round_id = ? ORDER BY seq`,
		)
		.all(roundId)
		.map((row) => ({ ...row, record: JSON.parse(row.record) }));

/** Takes all rows out of a round that was given up: its tickets get new ones. */
export const dropAllRows = (ledger: Ledger, roundId: number): void =>
	void ledger.statement("DELETE FROM m3_row WHERE round_id = ?").run(roundId);

/** Takes the rows of a ticket that leaves a round out of it. */
export const dropRows = (ledger: Ledger, roundId: number, messageId: number): void =>
	void ledger.statement("DELETE FROM m3_row WHERE round_id = ? AND message_id = ?").run(roundId, messageId);

/** Keeps what M3 booked of a row. */
export const noteBooked = (
	ledger: Ledger,
	roundId: number,
	row: { readonly messageId: number; readonly ponr: number; readonly cuam: string; readonly fvt1: string },
): void =>
	void ledger
		.statement("UPDATE m3_row SET booked_cuam = ?, booked_fvt1 = ? WHERE round_id = ? AND message_id = ? AND ponr = ?")
		.run(row.cuam, row.fvt1, roundId, row.messageId, row.ponr);

/** Notes a round number that M3 may have given out and nobody uses. */
export const noteOrphan = (
	ledger: Ledger,
	roundId: number,
	itrn: string | null,
	reason: string,
	atUtcMs: number,
): void =>
	void ledger
		.statement("INSERT INTO m3_orphan (round_id, itrn, reason, noted_utc_ms) VALUES (?, ?, ?, ?)")
		.run(roundId, itrn, reason, atUtcMs);
