import { evolveDay, withGrandTotals } from "../business-day/evolve.ts";
import type { JournalEvent, TicketClosed } from "../events/journal-event.ts";
import type { Stamp } from "../events/stamp.ts";
import { sum } from "../money/amount.ts";
import { evolveTicket } from "../ticket/evolve.ts";
import { begun, type Doubt, type TillState } from "./state.ts";

const withoutDoubt = (state: TillState, jobId: string): readonly Doubt[] =>
	state.doubts.filter((doubt) => doubt.jobId !== jobId);

const closeTicket = (state: TillState, event: TicketClosed, at: Stamp): TillState => {
	const { document } = event;
	const { series } = document;
	if (document.receiptNumber !== state.counters[series] + 1) {
		throw new Error(
			`TILL-0107 TicketClosed cannot follow: ${series} number ${document.receiptNumber} after ${state.counters[series]}`,
		);
	}
	const change = sum(document.tenders.filter((tender) => tender.kind === "change").map((tender) => tender.amount));
	return {
		...state,
		ticket: evolveTicket(state.ticket, event, at),
		day: evolveDay(state.day, event, at),
		counters: { ...state.counters, [series]: document.receiptNumber },
		grandTotals: withGrandTotals(state.grandTotals, document),
		lastTicket: { series, receiptNumber: document.receiptNumber, due: document.due, change },
	};
};

/** The only way a till's state changes, live and on replay. Throws where the event cannot follow the state. */
export const evolve = (before: TillState, event: JournalEvent, at: Stamp): TillState => {
	const state: TillState = { ...before, lastAt: at };
	switch (event.type) {
		case "JournalCreated":
		case "SegmentOpened":
			return begun(event, at);
		case "BusinessDayOpened":
			return { ...state, day: evolveDay(state.day, event, at) };
		case "BusinessDayClosed":
			return {
				...state,
				day: evolveDay(state.day, event, at),
				counters: { ...state.counters, z: event.report.z },
			};
		case "TicketOpened":
			return {
				...state,
				ticket: evolveTicket(state.ticket, event, at),
				counters: { ...state.counters, ticket: state.counters.ticket + 1 },
			};
		case "ItemSold":
		case "TenderReceived":
		case "CashRounded":
		case "ChangeGiven":
			return { ...state, ticket: evolveTicket(state.ticket, event, at) };
		case "TicketClosed":
			return closeTicket(state, event, at);
		case "TicketSetAside":
			return { ...state, ticket: undefined };
		case "PrintStarted": {
			const number = event.subject.kind === "ticket" ? event.subject.receiptNumber : event.subject.z;
			const doubt: Doubt = { jobId: event.jobId, what: "print", number, since: "started" };
			return { ...state, doubts: [...state.doubts, doubt] };
		}
		case "DrawerOpenStarted": {
			const doubt: Doubt = { jobId: event.jobId, what: "drawer", number: null, since: "started" };
			return { ...state, doubts: [...state.doubts, doubt] };
		}
		case "PrintFinished":
		case "DrawerOpenFinished":
			return {
				...state,
				doubts:
					event.outcome === "unknown"
						? state.doubts.map((doubt) => (doubt.jobId === event.jobId ? { ...doubt, since: "unknown" } : doubt))
						: withoutDoubt(state, event.jobId),
			};
		case "DoubtSettled":
			return { ...state, doubts: withoutDoubt(state, event.jobId) };
		case "CatalogActivated":
			return { ...state, catalogVersion: event.version };
		case "ClockDoubted":
			return { ...state, clockDoubt: event.doubt };
		case "ClockConfirmed":
			return { ...state, clockDoubt: undefined };
		case "ChainAnchored":
			return { ...state, anchoredFeedSeq: event.feedSeq };
		case "ApplicationStarted":
		case "ApplicationStopped":
		case "JournalExported":
		case "CommandReceived":
		case "SegmentDeleted":
			return state;
	}
};
