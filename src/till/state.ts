import type { OpenDay } from "../business-day/state.ts";
import type { ClockDoubted, JournalCreated, SegmentOpened, SeriesCounters } from "../events/journal-event.ts";
import type { Stamp } from "../events/stamp.ts";
import type { Amount } from "../money/amount.ts";
import { ZERO } from "../money/amount.ts";
import type { OpenTicket } from "../ticket/state.ts";

/** Version of the form of {@link TillState}: a snapshot of another version is not used. */
export const STATE_VERSION = 1;

/** Something physical that was begun and of which nobody knows the end (DESIGN section 4, rule 6). */
export interface Doubt {
	readonly jobId: string;
	readonly what: "print" | "drawer";
	/** The receipt number or Z the job was for; null for a pulse. */
	readonly number: number | null;
	/** started: no outcome yet. unknown: the outcome is that nobody can say. */
	readonly since: "started" | "unknown";
}

/** Everything a till knows by its records: the fold of its journal. */
export interface TillState {
	readonly journalId: string;
	readonly counters: SeriesCounters;
	readonly grandTotals: { readonly sales: Amount; readonly returns: Amount };
	readonly day: OpenDay | undefined;
	readonly ticket: OpenTicket | undefined;
	readonly catalogVersion: string | undefined;
	readonly doubts: readonly Doubt[];
	/** The last closed ticket, for the operator's view. */
	readonly lastTicket:
		| { readonly series: string; readonly receiptNumber: number; readonly due: Amount; readonly change: Amount }
		| undefined;
	readonly lastAt: Stamp | undefined;
	/** The clock is not to be trusted until somebody confirms it. */
	readonly clockDoubt: ClockDoubted["doubt"] | undefined;
	/** Number of the newest feed message the relay is known to hold by a record of this journal. */
	readonly anchoredFeedSeq: number;
}

const NO_COUNTERS: SeriesCounters = { receipt: 0, return: 0, delivery: 0, training: 0, z: 0, ticket: 0 };

/** The state before the first record. */
export const EMPTY_STATE: TillState = {
	journalId: "",
	counters: NO_COUNTERS,
	grandTotals: { sales: ZERO, returns: ZERO },
	day: undefined,
	ticket: undefined,
	catalogVersion: undefined,
	doubts: [],
	lastTicket: undefined,
	lastAt: undefined,
	clockDoubt: undefined,
	anchoredFeedSeq: 0,
};

/**
 * The state a journal or a segment begins with: all of it stands in its first record, so that no older file is needed.
 * Doubts about paper and drawer end here too: a month's first day is opened with none.
 */
export const begun = (event: JournalCreated | SegmentOpened, at: Stamp): TillState => ({
	...EMPTY_STATE,
	lastAt: at,
	journalId: event.journalId,
	counters: event.counters,
	grandTotals: event.grandTotals,
	catalogVersion: event.type === "SegmentOpened" ? (event.catalogVersion ?? undefined) : undefined,
});
