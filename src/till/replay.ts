import { evolveDay } from "../business-day/evolve.ts";
import type { TicketSetAside } from "../events/journal-event.ts";
import type { ReceiptSeries } from "../events/ticket-document.ts";
import type { Journal, JournalRecord } from "../journal/contract/journal.ts";
import { Fault, type FaultCode, messageOf } from "../runtime/contract/fault.ts";
import { dueOf } from "../ticket/line.ts";
import { evolve } from "./evolve.ts";
import { readSnapshot } from "./snapshot.ts";
import { EMPTY_STATE, STATE_VERSION, type TillState } from "./state.ts";

/** What replay came to. */
export interface Replayed {
	readonly state: TillState;
	/** The record that could not be carried on, and why; undefined when all is well. */
	readonly trouble: { readonly seq: number; readonly why: string } | undefined;
	/** How many records were read: bounded by the snapshot, whatever the journal's size. */
	readonly recordCount: number;
}

const stateFrom = (journal: Journal): { readonly state: TillState; readonly seq: number } => {
	const snapshot = journal.snapshot();
	const state = snapshot?.stateVersion === STATE_VERSION ? readSnapshot(snapshot.text) : undefined;
	return snapshot === undefined || state === undefined ? { state: EMPTY_STATE, seq: 0 } : { state, seq: snapshot.seq };
};

/**
 * Brings a journal's state back: the newest usable snapshot, then the records after it. A record that is damaged, newer
 * than this program or cannot follow does not stop the shop: the first trouble is answered, the open ticket is to be
 * laid aside with {@link setAside}, and the rest is carried on where it can be (DESIGN section 4, rule 6).
 */
export const replay = (journal: Journal): Replayed => {
	const start = stateFrom(journal);
	const head = journal.head().seq;
	let { state, seq } = start;
	let trouble: Replayed["trouble"];
	let recordCount = 0;
	const note = (at: number, thrown: unknown): void => {
		trouble ??= { seq: at, why: messageOf(thrown) };
	};
	while (seq < head) {
		try {
			for (const record of journal.recordsAfter(seq)) {
				recordCount += 1;
				seq = record.seq;
				try {
					state = evolve(state, record.event, record.at);
				} catch (thrown) {
					note(seq, thrown);
					state = carriedOver(state, record);
				}
			}
			break;
		} catch (thrown) {
			// An unreadable record: go on behind it. It may have opened a ticket, whose id must not be given again.
			seq += 1;
			note(seq, thrown);
			state = withTicketCount(state, state.counters.ticket + 1);
		}
	}
	return { state: trouble === undefined ? state : beyondTaken(state, journal), trouble, recordCount };
};

/** Series a receipt number can be of. */
const RECEIPT_SERIES: readonly ReceiptSeries[] = ["receipt", "return", "delivery", "training"];

/** Moves the counters past every number the journal's index knows, also of records that could not be read. */
const beyondTaken = (state: TillState, journal: Journal): TillState => {
	const counters = { ...state.counters };
	for (const series of RECEIPT_SERIES) {
		while (isTaken(() => journal.closedTicket(series, counters[series] + 1))) counters[series] += 1;
	}
	while (isTaken(() => journal.closedDay(counters.z + 1))) counters.z += 1;
	const isDayOpen = state.day !== undefined && state.day.z > counters.z;
	return { ...state, journalId: journal.journalId, counters, day: isDayOpen ? state.day : undefined };
};

/** What a record that is there and cannot be read is answered with. */
const UNREADABLE: readonly FaultCode[] = ["TILL-0607", "TILL-0608"];

/**
 * Whether a number has a record, readable or not. A file that cannot be read at all says so of every number, for ever: it
 * is a month before the open one, whose numbers are lower anyway.
 */
const isTaken = (find: () => JournalRecord | undefined): boolean => {
	try {
		return find() !== undefined;
	} catch (thrown) {
		return thrown instanceof Fault && UNREADABLE.includes(thrown.code);
	}
};

const withTicketCount = (state: TillState, ticket: number): TillState => ({
	...state,
	counters: { ...state.counters, ticket },
});

/** What can be kept of a record that cannot follow: the numbers it gave away must never be given again. */
const carriedOver = (state: TillState, { event, at }: JournalRecord): TillState => {
	switch (event.type) {
		case "TicketClosed": {
			const { series, receiptNumber } = event.document;
			const counters = { ...state.counters, [series]: Math.max(state.counters[series], receiptNumber) };
			return { ...state, counters, ticket: undefined };
		}
		case "TicketOpened":
			return withTicketCount(state, state.counters.ticket + 1);
		case "BusinessDayOpened":
			return { ...state, day: evolveDay(undefined, event, at) };
		case "BusinessDayClosed":
			return {
				...state,
				day: undefined,
				counters: { ...state.counters, z: Math.max(state.counters.z, event.report.z) },
			};
		default:
			return state;
	}
};

/** The record that lays an open ticket aside; undefined when none is open. */
export const setAside = (state: TillState, why: string): TicketSetAside | undefined =>
	state.ticket === undefined
		? undefined
		: {
				type: "TicketSetAside",
				ticketId: state.ticket.ticketId,
				reason: why,
				lineCount: state.ticket.lines.length,
				due: dueOf(state.ticket.lines),
			};
