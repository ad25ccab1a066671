import { evolveDay, withGrandTotals } from "../business-day/evolve.ts";
import type { JournalEvent, TicketClosed } from "../events/journal-event.ts";
import type { Stamp } from "../events/stamp.ts";
import { sum } from "../money/amount.ts";
import { evolveTicket } from "../ticket/evolve.ts";
import { drawerAfter, withPulse } from "./drawers.ts";
import { jobFinished, jobOpenedDrawer, printStarted, withoutDoubt } from "./job-state.ts";
import { begun, type Doubt, type TillState } from "./state.ts";

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
		case "PrintStarted":
			return printStarted(state, event);
		case "DrawerOpenStarted": {
			const doubt: Doubt = { jobId: event.jobId, what: "drawer", paper: null, number: null, since: "started" };
			return { ...state, doubts: [...state.doubts, doubt], pulses: withPulse(state, event, at) };
		}
		case "PrintFinished":
		case "DrawerOpenFinished":
			return jobFinished(state, event);
		case "DrawerOpened":
		case "DrawerClosed":
		case "DrawerOpenTooLong": {
			const drawers = {
				...state.drawers,
				[event.drawerId]: drawerAfter(state.drawers[event.drawerId], event, at),
			};
			return event.type === "DrawerOpened" ? jobOpenedDrawer({ ...state, drawers }, event) : { ...state, drawers };
		}
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
