import { type TakenTicket, ticketById, ticketsAfter } from "../intake/archive.ts";
import { type M3Context, mayBeOldCopy, tillSubject } from "./context.ts";
import { cutRounds, type RoundCut, roundKeyText } from "./cut-rounds.ts";
import { readPosition, savePosition } from "./position.ts";
import { addRound, openRounds, type StoredRound, type StoredRow } from "./rounds.ts";
import { type M3Row, type TicketMapping, ticketRows } from "./ticket-rows.ts";
import {
	addTicket,
	holdTicket,
	queuedTickets,
	queueTicket,
	roundTickets,
	setState,
	ticketsInState,
} from "./tickets.ts";

/** Codes of what a ticket can wait for. */
const WAITING_CODES = "RELAY-21";
/** Tickets looked at in one transaction. */
const BATCH = 200;

const mapTicket = (taken: TakenTicket, { mapping, m3 }: M3Context): TicketMapping => ticketRows(taken, { mapping, m3 });

/** Puts a ticket where its mapping says: into the queue, on hold, or nowhere. Joins the caller's transaction. */
export const placeTicket = (context: M3Context, taken: TakenTicket): void => {
	const { ledger, alarms, clock } = context;
	const mapped = mapTicket(taken, context);
	if (mapped.outcome === "mapped") queueTicket(ledger, taken.messageId, mapped.ticket);
	else if (mapped.outcome === "elsewhere") setState(ledger, taken.messageId, "elsewhere");
	else {
		holdTicket(ledger, taken.messageId, mapped.findings);
		for (const { code, reason } of mapped.findings) {
			alarms.raise(code, tillSubject(taken), reason, clock.stamp().utcMs);
		}
	}
};

/**
 * Takes tickets over from the intake. In a ledger restored from a backup they come as doubtful: the lost one may have booked
 * them. Answers whether there were any.
 */
export const takeTickets = (context: M3Context): boolean => {
	const { ledger, clock } = context;
	return ledger.transaction(() => {
		const position = readPosition(ledger);
		const taken = ticketsAfter(ledger, position.takenMessageId, BATCH);
		const last = taken.at(-1);
		if (last === undefined) return false;
		const atUtcMs = clock.stamp().utcMs;
		// Also what was taken in before the backup: a lost ledger may have booked all that this one has not.
		const isDoubtful = mayBeOldCopy(context);
		for (const ticket of taken) {
			addTicket(
				ledger,
				ticket.messageId,
				`${ticket.journalId}/${ticket.feedSeq}`,
				isDoubtful ? "doubtful" : "queued",
				atUtcMs,
			);
			if (!isDoubtful) placeTicket(context, ticket);
		}
		savePosition(ledger, { ...position, takenMessageId: last.messageId });
		return true;
	});
};

/**
 * Looks at every ticket that is in no round again, once at the start: the mapping may have grown, or a ticket may belong to
 * another division by now. Where M3 can be read it is looked up before it is sent: nobody knows at the start whether the
 * ledger is an old copy that was put back without a word.
 */
export const placeAgain = (context: M3Context): void => {
	const { ledger, alarms, clock } = context;
	ledger.transaction(() => {
		for (const { code, subject } of alarms.open()) {
			if (code.startsWith(WAITING_CODES)) alarms.resolve(code, subject, clock.stamp().utcMs);
		}
		const isDoubtful = context.m3.readBack !== "none" || mayBeOldCopy(context);
		for (const state of ["waiting", "queued"] as const) {
			for (const { messageId } of ticketsInState(ledger, state, Number.MAX_SAFE_INTEGER)) {
				const taken = ticketById(ledger, messageId);
				if (taken === undefined) continue;
				if (isDoubtful) setState(ledger, messageId, "doubtful");
				else placeTicket(context, taken);
			}
		}
	});
};

/** Whether the mapping still makes of a round's tickets the very rows that it holds. */
export const isAsMapped = (context: M3Context, round: StoredRound, rows: readonly StoredRow[]): boolean => {
	const recordsOf = (some: readonly M3Row[]): string => JSON.stringify(some.map(({ record }) => record));
	return roundTickets(context.ledger, round.id, ["inRound"]).every(({ messageId }) => {
		const taken = ticketById(context.ledger, messageId);
		const mapped = taken === undefined ? undefined : mapTicket(taken, context);
		if (mapped?.outcome !== "mapped") return false;
		const held = rows.filter((row) => row.messageId === messageId);
		return roundKeyText(mapped.ticket) === roundKeyText(round) && recordsOf(mapped.ticket.rows) === recordsOf(held);
	});
};

/** Maps the tickets of a cut once more and writes the round with the very rows that will be sent. */
const writeRound = (context: M3Context, cut: RoundCut, atUtcMs: number): void => {
	const { ledger, m3 } = context;
	const tickets: { messageId: number; rows: readonly M3Row[] }[] = [];
	for (const messageId of cut.messageIds) {
		const taken = ticketById(ledger, messageId);
		if (taken === undefined) continue;
		const mapped = mapTicket(taken, context);
		if (mapped.outcome === "mapped") tickets.push({ messageId, rows: mapped.ticket.rows });
		else placeTicket(context, taken);
	}
	if (tickets.length > 0) addRound(ledger, cut, tickets, m3.bulkRowsMax, atUtcMs);
};

/**
 * Cuts the rounds that are due. While a round of the same kind still waits for its number (M3 is away or slow) only full
 * ones are cut, so that a backlog does not become many small rounds. Answers whether there were any.
 */
export const cutDueRounds = (context: M3Context): boolean => {
	const { ledger, m3, clock } = context;
	const atUtcMs = clock.stamp().utcMs;
	return ledger.transaction(() => {
		const stuck = openRounds(ledger).filter(({ state }) => state.step === "number");
		const cuts = cutRounds(queuedTickets(ledger), m3.round, atUtcMs).filter(
			(cut) =>
				cut.messageIds.length === m3.round.ticketCountMax ||
				!stuck.some((round) => roundKeyText(round) === roundKeyText(cut)),
		);
		for (const cut of cuts) writeRound(context, cut, atUtcMs);
		return cuts.length > 0;
	});
};
