import { type TakenTicket, ticketById } from "../intake/archive.ts";
import type { M3Context } from "./context.ts";
import { placeTicket } from "./queue.ts";
import { type Judgement, judge, REFERENCES_PER_QUERY } from "./read-back.ts";
import { type ReadBackOutcome, readTickets } from "./read-m3.ts";
import { addRound, noteBooked, saveRound } from "./rounds.ts";
import { type M3Ticket, ticketRows } from "./ticket-rows.ts";
import { quarantineTicket, setState, ticketSubject, ticketsInState } from "./tickets.ts";

/** What looking at doubtful tickets came to; `none` when there are none. */
export type DoubtsOutcome =
	| { readonly kind: "none" | "settled" }
	| Exclude<ReadBackOutcome, { readonly kind: "judged" }>;

interface Doubtful {
	readonly taken: TakenTicket;
	readonly refe: string;
	readonly ticket: M3Ticket | undefined;
}

/** Keeps tickets that M3 was found to hold as a finished round, so that their rows and amounts stand where all others do. */
const keepFound = (
	context: M3Context,
	asked: readonly Doubtful[],
	booked: Judgement["booked"],
	atUtcMs: number,
): void => {
	const { ledger, m3 } = context;
	const rowsById = new Map(booked.map(({ ticket, rows }) => [ticket.messageId, rows]));
	for (const { taken, ticket } of asked) {
		const rows = rowsById.get(taken.messageId);
		if (rows === undefined || ticket === undefined) continue;
		const { messageId } = taken;
		const roundId = addRound(ledger, ticket, [{ messageId, rows: ticket.rows }], m3.bulkRowsMax, atUtcMs);
		saveRound(ledger, roundId, { step: "done", itrn: null, part: 0, partCount: 0, reads: 0, words: null }, atUtcMs);
		setState(ledger, messageId, "booked");
		for (const row of rows) noteBooked(ledger, roundId, { messageId, ...row });
	}
};

/**
 * Settles tickets that a ledger lost since the backup may have booked, or that a person released: where M3 can be read, what
 * stands in OPSALE is booked, what stands there in part is for a person, and only the rest is sent. Where M3 cannot be read
 * they are sent again under the same ORNO, DLIX and PONR: M3 refuses what it holds (OXSALE status 06, m3.md section 1).
 */
export const settleDoubts = async (context: M3Context): Promise<DoubtsOutcome> => {
	const { ledger, m3, mapping, alarms, clock } = context;
	const doubtful = ticketsInState(ledger, "doubtful", REFERENCES_PER_QUERY).flatMap(
		({ messageId, refe }): Doubtful[] => {
			const taken = ticketById(ledger, messageId);
			if (taken === undefined) return [];
			const mapped = ticketRows(taken, { mapping, m3 });
			const ticket = mapped.outcome === "mapped" ? mapped.ticket : undefined;
			return [{ taken, refe, ticket }];
		},
	);
	const [first] = doubtful;
	if (first === undefined) return { kind: "none" };
	const session = doubtful.find(({ ticket }) => ticket !== undefined)?.ticket;
	if (m3.readBack === "none" || session === undefined) {
		ledger.transaction(() => {
			for (const { taken } of doubtful) placeTicket(context, taken);
		});
		return { kind: "settled" };
	}
	// One question is put to one company; the others' turn comes next.
	const asked = doubtful.filter(({ ticket }) => ticket === undefined || ticket.cono === session.cono);
	const expected = asked.flatMap(({ taken, refe, ticket }) => {
		if (ticket === undefined) return [];
		const { messageId } = taken;
		return [{ messageId, refe, rows: ticket.rows.map((row) => ({ ...row, messageId })) }];
	});
	const found = await readTickets(context, session, expected);
	if (found.kind !== "rows") return found;
	ledger.transaction(() => {
		const atUtcMs = clock.stamp().utcMs;
		const { booked } = judge(expected, found.rows, [], m3.cuam);
		const isBooked = new Set(booked.map(({ ticket }) => ticket.messageId));
		keepFound(context, asked, booked, atUtcMs);
		for (const { taken, refe } of asked) {
			const { messageId } = taken;
			const rows = found.rows.filter((row) => row.refe === refe).length;
			if (isBooked.has(messageId)) continue;
			if (rows === 0) placeTicket(context, taken);
			else {
				const words = `OPSALE holds ${rows} rows of this ticket, not all of them`;
				quarantineTicket(ledger, { messageId, code: "RELAY-2203", words });
				alarms.raise("RELAY-2203", ticketSubject(ledger, messageId), words, atUtcMs);
			}
		}
	});
	return { kind: "settled" };
};
