import type { OpenDay } from "../business-day/state.ts";
import type { ClockDoubted, JournalCreated, SegmentOpened, SeriesCounters } from "../events/journal-event.ts";
import type { CarriedJobs, OpenJob, PaperName } from "../events/open-jobs.ts";
import type { Stamp } from "../events/stamp.ts";
import type { Amount } from "../money/amount.ts";
import { ZERO } from "../money/amount.ts";
import type { OpenTicket } from "../ticket/state.ts";

/** Version of the form of {@link TillState}: a snapshot of another version is not used. */
export const STATE_VERSION = 2;

/** See {@link OpenJob}. */
export type Doubt = OpenJob;

/** A paper of which nothing came out: the printer did not take it in its time. */
export type NotPrinted = PaperName;

/** What a drawer's switch said last. */
export interface DrawerState {
	readonly isOpen: boolean;
	/** When that was recorded. */
	readonly since: Stamp;
	/** Whether this opening was recorded as too long already. */
	readonly isTooLong: boolean;
}

/** A pulse that may still open a drawer. */
export interface PulseState {
	readonly jobId: string;
	readonly at: Stamp;
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
	/** The newest papers that did not come out and were not asked for again. */
	readonly notPrinted: readonly NotPrinted[];
	/** By receipt number, the job of the one copy since {@link month} began. */
	readonly copies: Readonly<Record<string, string>>;
	/** Business month of the segment; undefined in a journal's first. */
	readonly month: string | undefined;
	/** By device id; a drawer without a switch is never here. */
	readonly drawers: Readonly<Record<string, DrawerState>>;
	/** Oldest first. */
	readonly pulses: readonly PulseState[];
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
	notPrinted: [],
	copies: {},
	month: undefined,
	drawers: {},
	pulses: [],
	lastTicket: undefined,
	lastAt: undefined,
	clockDoubt: undefined,
	anchoredFeedSeq: 0,
};

/**
 * The state a journal or a segment begins with: all of it stands in its first record, so that no older file is needed.
 */
export const begun = (event: JournalCreated | SegmentOpened, at: Stamp): TillState => ({
	...EMPTY_STATE,
	lastAt: at,
	journalId: event.journalId,
	counters: event.counters,
	grandTotals: event.grandTotals,
	...(event.type === "SegmentOpened"
		? { catalogVersion: event.catalogVersion ?? undefined, month: event.month, ...event.jobs }
		: {}),
});

/**
 * What the next month begins with of jobs: the Z of a month's last day may still be printing when the first is opened, and
 * a question stays one until it is answered. Undefined when there is nothing.
 */
export const carriedJobs = ({ doubts, notPrinted }: TillState): CarriedJobs | undefined =>
	doubts.length === 0 && notPrinted.length === 0 ? undefined : { doubts, notPrinted };
