import type { Ledger } from "../ledger/ledger.ts";
import type { QueuedTicket, RoundKey } from "./cut-rounds.ts";
import type { Finding } from "./finding.ts";
import type { TicketRefusal } from "./round.ts";

/**
 * Where a ticket stands in M3. `doubtful` a lost ledger may have booked it: look first · `waiting` the mapping lacks
 * something · `queued` · `inRound` · `acknowledged` M3 took its round for processing · `booked` read back from OPSALE ·
 * `quarantined` a person has to see to it · `elsewhere` another system books it.
 */
export type TicketState =
	| "doubtful"
	| "waiting"
	| "queued"
	| "inRound"
	| "acknowledged"
	| "booked"
	| "quarantined"
	| "elsewhere";

/** A ticket known to M3's delivery. */
export interface M3TicketRow {
	readonly messageId: number;
	readonly refe: string;
	readonly state: TicketState;
	readonly code: string | null;
	readonly reason: string | null;
	readonly roundId: number | null;
}

const COLUMNS = "message_id AS messageId, refe, state, code, reason, round_id AS roundId";

/** Notes a ticket that was taken in; what it becomes is decided by {@link queueTicket} and its siblings. */
export const addTicket = (ledger: Ledger, messageId: number, refe: string, state: TicketState, atUtcMs: number): void =>
	void ledger
		.statement("INSERT INTO m3_ticket (message_id, refe, state, queued_utc_ms) VALUES (?, ?, ?, ?)")
		.run(messageId, refe, state, atUtcMs);

/** The ticket can travel. */
export const queueTicket = (ledger: Ledger, messageId: number, key: RoundKey): void =>
	void ledger
		.statement(
			`UPDATE m3_ticket SET state = 'queued', code = NULL, reason = NULL, round_id = NULL,
				cono = ?, divi = ?, acdt = ?, currency = ? WHERE message_id = ?`,
		)
		.run(key.cono, key.divi, key.acdt, key.currency, messageId);

/** The ticket stays here until the mapping has what it lacks. */
export const holdTicket = (ledger: Ledger, messageId: number, findings: readonly Finding[]): void =>
	void ledger
		.statement("UPDATE m3_ticket SET state = 'waiting', code = ?, reason = ?, round_id = NULL WHERE message_id = ?")
		.run(findings[0]?.code ?? null, findings.map(({ reason }) => reason).join("; "), messageId);

/** Moves a ticket to a state that needs no more than a name. */
export const setState = (ledger: Ledger, messageId: number, state: TicketState): void =>
	void ledger
		.statement("UPDATE m3_ticket SET state = ?, code = NULL, reason = NULL WHERE message_id = ?")
		.run(state, messageId);

/** A person has to see to the ticket; its round goes on without it. */
export const quarantineTicket = (ledger: Ledger, { messageId, code, words }: TicketRefusal): void =>
	void ledger
		.statement("UPDATE m3_ticket SET state = 'quarantined', round_id = NULL, code = ?, reason = ? WHERE message_id = ?")
		.run(code, words, messageId);

/** Something about a ticket that is booked all the same. */
export const remarkOnTicket = (ledger: Ledger, { messageId, code, words }: TicketRefusal): void =>
	void ledger.statement("UPDATE m3_ticket SET code = ?, reason = ? WHERE message_id = ?").run(code, words, messageId);

/** Moves every ticket of a round from one state to another. */
export const moveRoundTickets = (ledger: Ledger, roundId: number, from: TicketState, to: TicketState): void =>
	void ledger
		.statement(
			`UPDATE m3_ticket SET state = ?, round_id = CASE WHEN ? IN ('doubtful', 'queued') THEN NULL ELSE round_id END
			WHERE round_id = ? AND state = ?`,
		)
		.run(to, to, roundId, from);

/** Tickets in a state, in the order taken. */
export const ticketsInState = (ledger: Ledger, state: TicketState, limit: number): M3TicketRow[] =>
	ledger
		.statement<M3TicketRow>(`SELECT ${COLUMNS} FROM m3_ticket WHERE state = ? ORDER BY message_id LIMIT ?`)
		.all(state, limit);

/** Tickets of a round that are in a state. */
export const roundTickets = (ledger: Ledger, roundId: number, states: readonly TicketState[]): M3TicketRow[] =>
	ledger
		.statement<M3TicketRow>(
			`SELECT ${COLUMNS} FROM m3_ticket WHERE round_id = ? AND state IN (SELECT value FROM json_each(?)) ORDER BY message_id`,
		)
		.all(roundId, JSON.stringify(states));

/** The ticket with this reference. */
export const ticketByRefe = (ledger: Ledger, refe: string): M3TicketRow | undefined =>
	ledger.statement<M3TicketRow>(`SELECT ${COLUMNS} FROM m3_ticket WHERE refe = ?`).get(refe);

/** Subject of alarms about one ticket: the reference by which a person releases it. */
export const ticketSubject = (ledger: Ledger, messageId: number): string => {
	const row = ledger.statement<{ refe: string }>("SELECT refe FROM m3_ticket WHERE message_id = ?").get(messageId);
	return `m3 ticket ${row?.refe ?? messageId}`;
};

/** Which tickets are meant; what is left out matches all. */
export interface TicketFilter {
	readonly store?: string | undefined;
	readonly till?: string | undefined;
}

/** References of the quarantined tickets of which M3 refused a row, in the order taken. */
export const refusedReferences = (ledger: Ledger, { store, till }: TicketFilter): string[] =>
	ledger
		.statement<{ refe: string }>(
			`SELECT m.refe FROM m3_ticket m JOIN ticket t USING (message_id) WHERE m.state = 'quarantined' AND m.code = 'RELAY-2201'
			AND t.store = coalesce(?, t.store) AND t.till = coalesce(?, t.till) ORDER BY m.message_id`,
		)
		.all(store ?? null, till ?? null)
		.map(({ refe }) => refe);

/** What waits for a round, in the order taken. */
export const queuedTickets = (ledger: Ledger): QueuedTicket[] =>
	ledger
		.statement<QueuedTicket>(
			`SELECT message_id AS messageId, cono, divi, acdt, currency, queued_utc_ms AS queuedUtcMs
			FROM m3_ticket WHERE state = 'queued' ORDER BY message_id`,
		)
		.all();
