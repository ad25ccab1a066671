import type { TicketDocument } from "../../events/ticket-document.ts";
import type { ZReport } from "../../events/z-report.ts";
import type { TillAddress } from "../../feed/schema/topic.ts";
import { amountToJson } from "../../money/amount.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { type Content, contentFromBytes } from "./content.ts";
import type { IntakeEnvelope } from "./envelope.ts";

/** The hash held under a key among the accepted messages. */
export const heldSha256 = (ledger: Ledger, journalId: string, feedSeq: number): string | undefined =>
	ledger
		.statement<{ sha256: string }>("SELECT sha256 FROM message WHERE journal_id = ? AND feed_seq = ?")
		.get(journalId, feedSeq)?.sha256;

/**
 * The message that already stands for this one: the original of a reissue when exactly its bytes are held under the old
 * key, or the reissue when the original comes late. Undefined when this one is the first of its facts.
 */
const duplicateOf = (ledger: Ledger, envelope: IntakeEnvelope, sha256: string): number | undefined => {
	const { reissueOf } = envelope;
	if (reissueOf !== null) {
		const original = ledger
			.statement<{ id: number }>("SELECT id FROM message WHERE journal_id = ? AND feed_seq = ? AND sha256 = ?")
			.get(reissueOf.journalId, reissueOf.feedSeq, reissueOf.sha256);
		if (original !== undefined) return original.id;
	}
	return ledger
		.statement<{ id: number }>(
			"SELECT id FROM message WHERE reissue_journal_id = ? AND reissue_feed_seq = ? AND reissue_sha256 = ? ORDER BY id LIMIT 1",
		)
		.get(envelope.journalId, envelope.feedSeq, sha256)?.id;
};

/** The key of a message at every hop, with the hash of its bytes. */
export interface MessageKey {
	readonly journalId: string;
	readonly feedSeq: number;
	readonly sha256: string;
}

/** Under which key a message was sent again, in words; undefined when it was not. */
export const reissueOf = (ledger: Ledger, { journalId, feedSeq, sha256 }: MessageKey): string | undefined =>
	ledger
		.statement<{ words: string }>(
			`SELECT 'sent again as ' || journal_id || '/' || feed_seq AS words FROM message
			WHERE reissue_journal_id = ? AND reissue_feed_seq = ? AND reissue_sha256 = ? ORDER BY id LIMIT 1`,
		)
		.get(journalId, feedSeq, sha256)?.words;

const indexTicket = (ledger: Ledger, id: number, envelope: IntakeEnvelope, ticket: TicketDocument): void =>
	void ledger
		.statement("INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
		.run(
			id,
			envelope.journalId,
			envelope.feedSeq,
			ticket.store,
			ticket.till,
			ticket.z,
			ticket.businessDate,
			ticket.currency,
			ticket.settlement,
			ticket.transactionCode,
			ticket.series,
			ticket.receiptNumber,
			ticket.lines.length,
			amountToJson(ticket.due),
			amountToJson(ticket.net),
			amountToJson(ticket.vat),
			amountToJson(ticket.rounding),
		);

const indexReport = (ledger: Ledger, id: number, envelope: IntakeEnvelope, report: ZReport): void =>
	void ledger
		.statement("INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
		.run(
			id,
			envelope.journalId,
			envelope.feedSeq,
			report.store,
			report.till,
			report.z,
			report.businessDate,
			report.currency,
			report.totals.feedSeqFirst,
			report.totals.feedSeqLast,
			report.totals.ticketCount,
			report.totals.lineCount,
			amountToJson(report.totals.gross),
			amountToJson(report.totals.net),
			amountToJson(report.totals.vat),
			amountToJson(report.totals.rounding),
			report.head.seq,
			report.head.sha256,
		);

/** Stores a message for good and indexes it once. Answers whether it is the first of its facts. Joins the caller's transaction. */
export const archive = (
	ledger: Ledger,
	envelope: IntakeEnvelope,
	content: Content,
	sha256: string,
	bytes: Uint8Array,
	atUtcMs: number,
): boolean => {
	const duplicate = duplicateOf(ledger, envelope, sha256);
	const problem = content.kind === "problem" ? content : null;
	const { lastInsertRowid } = ledger
		.statement(
			`INSERT INTO message (journal_id, feed_seq, kind, business_date, sha256, bytes, taken_utc_ms, term, problem_code, problem,
				reissue_journal_id, reissue_feed_seq, reissue_sha256, duplicate_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		)
		.run(
			envelope.journalId,
			envelope.feedSeq,
			envelope.kind,
			envelope.businessDate,
			sha256,
			bytes,
			atUtcMs,
			ledger.term,
			problem?.code ?? null,
			problem?.reason ?? null,
			envelope.reissueOf?.journalId ?? null,
			envelope.reissueOf?.feedSeq ?? null,
			envelope.reissueOf?.sha256 ?? null,
			duplicate ?? null,
		);
	if (duplicate !== undefined) return false;
	const id = Number(lastInsertRowid);
	if (content.kind === "ticket") indexTicket(ledger, id, envelope, content.ticket);
	else if (content.kind === "report") indexReport(ledger, id, envelope, content.report);
	return true;
};

/** A ticket as taken in: where it stands and what it says. */
export interface TakenTicket extends TillAddress {
	/** Id in the archive; grows in the order taken. */
	readonly messageId: number;
	readonly journalId: string;
	readonly feedSeq: number;
	/** Ordinal of the journal among those of its till. */
	readonly journalOrdinal: number;
	/** The term of the ledger in which it was taken. */
	readonly term: number;
	readonly ticket: TicketDocument;
}

interface TicketRow extends Omit<TakenTicket, "ticket"> {
	readonly bytes: Uint8Array;
}

const TICKET = `SELECT t.message_id AS messageId, t.journal_id AS journalId, t.feed_seq AS feedSeq, t.store, t.till,
	j.ordinal AS journalOrdinal, m.term, m.bytes
	FROM ticket t JOIN message m ON m.id = t.message_id JOIN journal j ON j.journal_id = t.journal_id`;

const asTicket = ({ bytes, ...row }: TicketRow): TakenTicket => {
	const content = contentFromBytes(bytes);
	if (content.kind !== "ticket") throw new Error(`message ${row.messageId} is indexed as a ticket and is none`);
	return { ...row, ticket: content.ticket };
};

/** The ticket stored under an archive id; undefined when there is none. */
export const ticketById = (ledger: Ledger, messageId: number): TakenTicket | undefined => {
	const row = ledger.statement<TicketRow>(`${TICKET} WHERE t.message_id = ?`).get(messageId);
	return row === undefined ? undefined : asTicket(row);
};

/** Tickets taken after an archive id, oldest first. */
export const ticketsAfter = (ledger: Ledger, messageId: number, limit: number): TakenTicket[] =>
	ledger
		.statement<TicketRow>(`${TICKET} WHERE t.message_id > ? ORDER BY t.message_id LIMIT ?`)
		.all(messageId, limit)
		.map(asTicket);

/** The tickets of one Z of a till, oldest first. */
export const ticketsOfZ = (ledger: Ledger, { store, till }: TillAddress, z: number): TakenTicket[] =>
	ledger
		.statement<TicketRow>(`${TICKET} WHERE t.store = ? AND t.till = ? AND t.z = ? ORDER BY t.message_id`)
		.all(store, till, z)
		.map(asTicket);

/** A Z report as taken in. */
export interface TakenReport extends TillAddress {
	readonly messageId: number;
	readonly journalId: string;
	readonly feedSeq: number;
	readonly term: number;
	readonly report: ZReport;
}

/** Z reports taken after an archive id, oldest first. */
export const reportsAfter = (ledger: Ledger, messageId: number, limit: number): TakenReport[] =>
	ledger
		.statement<Omit<TakenReport, "report"> & { readonly bytes: Uint8Array }>(
			`SELECT r.message_id AS messageId, r.journal_id AS journalId, r.feed_seq AS feedSeq, r.store, r.till, m.term, m.bytes
			FROM report r JOIN message m ON m.id = r.message_id WHERE r.message_id > ? ORDER BY r.message_id LIMIT ?`,
		)
		.all(messageId, limit)
		.map(({ bytes, ...row }) => {
			const content = contentFromBytes(bytes);
			if (content.kind !== "report") throw new Error(`message ${row.messageId} is indexed as a report and is none`);
			return { ...row, report: content.report };
		});
