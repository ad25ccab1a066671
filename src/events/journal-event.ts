import type { Amount } from "../money/amount.ts";
import type { CurrencyCode } from "../money/currency.ts";
import type { CarriedJobs } from "./open-jobs.ts";
import type { ReceiptSeries, TicketDocument, TicketLine, TicketTender } from "./ticket-document.ts";
import type { ZReport } from "./z-report.ts";

/** The chained kinds of feed message, one topic each (DESIGN section 7). */
export const FEED_KINDS = ["ticket", "report", "event", "training"] as const;

/** One of {@link FEED_KINDS}. */
export type FeedKind = (typeof FEED_KINDS)[number];

/** The counters of a till: the number that was given last, per series. */
export interface SeriesCounters extends Readonly<Record<ReceiptSeries, number>> {
	readonly z: number;
	/** Count of tickets opened in this journal; makes the ticket id. */
	readonly ticket: number;
}

/** The first record of a journal. `adoptedFrom` is set when it continues a restored copy or another box's journal. */
export interface JournalCreated {
	readonly type: "JournalCreated";
	readonly journalId: string;
	readonly store: string;
	readonly till: string;
	readonly currency: CurrencyCode;
	/** The series' last numbers before the first is given: start value - 1, or the adopted journal's. */
	readonly counters: SeriesCounters;
	readonly grandTotals: { readonly sales: Amount; readonly returns: Amount };
	readonly adoptedFrom: { readonly journalId: string; readonly seq: number; readonly sha256: string } | null;
	readonly reason: "provisioned" | "restoredCopy" | "swappedBox";
}

/** The first record of every later segment: all that the older files need not be opened for (DESIGN section 6). */
export interface SegmentOpened {
	readonly type: "SegmentOpened";
	readonly journalId: string;
	/** Business month, "2026-11". */
	readonly month: string;
	readonly previous: { readonly month: string; readonly seq: number; readonly sha256: string };
	readonly counters: SeriesCounters;
	readonly grandTotals: { readonly sales: Amount; readonly returns: Amount };
	readonly catalogVersion: string | null;
	/** Left out where there are none, as in the records of older programs. */
	readonly jobs?: CarriedJobs;
	/** Where the feed stood: its last message, and the last number of each kind. */
	readonly feed: {
		readonly feedSeq: number;
		readonly sha256: string;
		readonly kindSeq: Readonly<Record<FeedKind, number>>;
	};
}

/** SAF-T 13001. The service started; what recovery found stands in it. */
export interface ApplicationStarted {
	readonly type: "ApplicationStarted";
	readonly applicationVersion: string;
	/** Whether replay failed and the till runs on with the open ticket set aside (DESIGN section 4). */
	readonly recovery: boolean;
}

/** SAF-T 13002. */
export interface ApplicationStopped {
	readonly type: "ApplicationStopped";
	readonly reason: string;
}

/** A clock that may not be trusted: recorded, never clamped (DESIGN section 6). */
export interface ClockDoubted {
	readonly type: "ClockDoubted";
	readonly doubt: "steppedBack" | "behindLastRecord" | "farAhead" | "unsynchronised";
	/** Wall time minus what was expected, in milliseconds. */
	readonly differenceMs: number;
}

/** The manager looked at the clock: it is right, or was set. */
export interface ClockConfirmed {
	readonly type: "ClockConfirmed";
	readonly operatorId: string;
}

/** A day (period) was opened; its date does not change at midnight. */
export interface BusinessDayOpened {
	readonly type: "BusinessDayOpened";
	readonly businessDate: string;
	/** The number its Z will have. */
	readonly z: number;
	/** Number of the period's first feed message: the one that carries this record. */
	readonly feedSeqFirst: number;
	readonly operatorId: string;
}

/** SAF-T 13009. The day was closed; the whole report stands in the journal (norway-fiscal.md 1.6). */
export interface BusinessDayClosed {
	readonly type: "BusinessDayClosed";
	readonly report: ZReport;
}

/** A ticket began; written together with its first line. */
export interface TicketOpened {
	readonly type: "TicketOpened";
	readonly ticketId: string;
	readonly operatorId: string;
	readonly training: boolean;
}

/** A line was sold. */
export interface ItemSold {
	readonly type: "ItemSold";
	readonly line: TicketLine;
}

/** Money was received (or paid out on a refund) against the open ticket. */
export interface TenderReceived {
	readonly type: "TenderReceived";
	readonly tender: TicketTender;
}

/** Coin moved and could not move to the øre: Rounding = C - R(C). */
export interface CashRounded {
	readonly type: "CashRounded";
	readonly amount: Amount;
}

/** Money went back: a negative tender. */
export interface ChangeGiven {
	readonly type: "ChangeGiven";
	readonly tender: TicketTender;
}

/** SAF-T 11xxx by the document's transactionCode. The ticket is finished and never changes again. */
export interface TicketClosed {
	readonly type: "TicketClosed";
	readonly document: TicketDocument;
}

/** Replay could not carry an open ticket on: it is laid aside with what is known, and the day goes on (DESIGN section 4). */
export interface TicketSetAside {
	readonly type: "TicketSetAside";
	readonly ticketId: string;
	readonly reason: string;
	readonly lineCount: number;
	readonly due: Amount;
}

/** Why a drawer is opened without a sale. Words and no free text: a chained record may say nothing of a person. */
export const NO_SALE_REASONS = ["change", "count", "correction", "service", "other"] as const;

/** One of {@link NO_SALE_REASONS}: to change money, to count it, to put a mistake right, for service, anything else. */
export type NoSaleReason = (typeof NO_SALE_REASONS)[number];

/**
 * SAF-T 13005 follows: a pulse is about to be sent. Written before the bytes. With the cause noSale it is an opening without
 * a sale ("nullinnslag"), the ones that X and Z count (norway-fiscal.md 1.2 c and 1.8 m).
 */
export interface DrawerOpenStarted {
	readonly type: "DrawerOpenStarted";
	readonly jobId: string;
	readonly cause: "sale" | "return" | "noSale" | "test";
	readonly ticketId: string | null;
	/** Which drawer; left out for the till's own. */
	readonly drawerId?: string;
	/** Why, when it is no sale's. */
	readonly reason?: NoSaleReason;
}

/** SAF-T 13005. What became of the pulse. `unknown` after a restart or a lost port: never repeated by itself. */
export interface DrawerOpenFinished {
	readonly type: "DrawerOpenFinished";
	readonly jobId: string;
	readonly outcome: "sent" | "expired" | "failed" | "unknown";
	readonly detail: string | null;
}

/**
 * How an opening or closing was noticed. change: the switch was watched and moved. afterGap: it was found so after a time in
 * which nobody could see it (printer away, service stopped), so when it moved is not known.
 */
export type DrawerSeen = "change" | "afterGap";

/**
 * SAF-T 13005, as the drawer's switch says it: every kind of opening stands in the journal (norway-fiscal.md 1.6). `cause`
 * is the pulse of this till that opened it; null: opened without one, by its key or by another machine on the printer.
 */
export interface DrawerOpened {
	readonly type: "DrawerOpened";
	readonly drawerId: string;
	readonly cause: { readonly jobId: string } | null;
	readonly seen: DrawerSeen;
}

/** SAF-T 13006. The drawer's switch says that it is shut. */
export interface DrawerClosed {
	readonly type: "DrawerClosed";
	readonly drawerId: string;
	readonly seen: DrawerSeen;
}

/** SAF-T 13999. The drawer has been open longer than its setting allows; once an opening. */
export interface DrawerOpenTooLong {
	readonly type: "DrawerOpenTooLong";
	readonly drawerId: string;
	/** How long it has been open, in milliseconds. */
	readonly openMs: number;
}

/** What a print job prints. A copy of a Z report is marked too; `copy` is left out in its original. */
export type PrintSubject =
	| { readonly kind: "ticket"; readonly ticketId: string; readonly receiptNumber: number; readonly copy: boolean }
	| { readonly kind: "zReport"; readonly z: number; readonly copy?: boolean }
	/** A technician's test page, which is no receipt. */
	| { readonly kind: "test"; readonly deviceId: string };

/** A print job is about to be sent. Written before the bytes. */
export interface PrintStarted {
	readonly type: "PrintStarted";
	readonly jobId: string;
	readonly subject: PrintSubject;
}

/** SAF-T 13012 and following. What became of a print job; `unknown` is never repeated by itself. */
export interface PrintFinished {
	readonly type: "PrintFinished";
	readonly jobId: string;
	readonly outcome: "confirmed" | "written" | "failed" | "unknown";
	/** How sure that is: the printer's own answer, or only the port's. Null when nothing came out. */
	readonly confirmation: "processId" | "gsr" | "written" | null;
	readonly detail: string | null;
}

/** The operator has seen that a job's outcome is unknown and dealt with it. */
export interface DoubtSettled {
	readonly type: "DoubtSettled";
	readonly jobId: string;
	readonly operatorId: string;
	readonly remedy: "itCameOut" | "copyPrinted" | "drawerChecked";
}

/** SAF-T 13021. Another catalog version is in force from here on; swapped between tickets. */
export interface CatalogActivated {
	readonly type: "CatalogActivated";
	readonly version: string;
	readonly sha256: string;
	readonly itemCount: number;
}

/** The relay answered; an anchor of the chain outside the box (DESIGN section 6). */
export interface ChainAnchored {
	readonly type: "ChainAnchored";
	readonly feedSeq: number;
	readonly sha256: string;
	readonly ledgerId: string;
	readonly term: number;
}

/** SAF-T 13020. The feed was carried out by hand. */
export interface JournalExported {
	readonly type: "JournalExported";
	readonly feedSeqFirst: number;
	readonly feedSeqLast: number;
	readonly sha256: string;
}

/**
 * A closed segment whose retention time is past and whose messages are all accepted was deleted as a file. What it ended
 * with stands here, so that its absence is an act and no damage (DESIGN section 6).
 */
export interface SegmentDeleted {
	readonly type: "SegmentDeleted";
	/** Business month, "2026-11". */
	readonly month: string;
	/** Its last record. */
	readonly seq: number;
	readonly sha256: string;
	/** Its last feed message; the one before it when it had none. */
	readonly feedSeq: number;
}

/** The relay ordered something (DESIGN section 7): who wanted it stands here for good. None sells, opens or deletes. */
export interface CommandReceived {
	readonly type: "CommandReceived";
	readonly commandId: string;
	readonly issuer: string;
	readonly kind: "replay" | "reportStatus";
	/** First message to be sent again; null for other kinds. */
	readonly fromFeedSeq: number | null;
}

/** Everything a journal can hold: one record each. */
export type JournalEvent =
	| JournalCreated
	| SegmentOpened
	| ApplicationStarted
	| ApplicationStopped
	| ClockDoubted
	| ClockConfirmed
	| BusinessDayOpened
	| BusinessDayClosed
	| TicketOpened
	| ItemSold
	| TenderReceived
	| CashRounded
	| ChangeGiven
	| TicketClosed
	| TicketSetAside
	| DrawerOpenStarted
	| DrawerOpenFinished
	| DrawerOpened
	| DrawerClosed
	| DrawerOpenTooLong
	| PrintStarted
	| PrintFinished
	| DoubtSettled
	| CatalogActivated
	| ChainAnchored
	| JournalExported
	| CommandReceived
	| SegmentDeleted;
