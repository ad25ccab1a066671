import type { JournalEvent } from "../events/journal-event.ts";
import type { FeedDraft } from "../feed/schema/message.ts";

/** The message that is published with a record, if any: finished in the record's own transaction (DESIGN section 4, rule 2). */
export const draftOf = (event: JournalEvent, businessDate: string | null): FeedDraft | undefined => {
	switch (event.type) {
		case "TicketClosed":
			return {
				kind: event.document.training ? "training" : "ticket",
				businessDate: event.document.businessDate,
				body: event.document,
			};
		case "BusinessDayClosed":
			return { kind: "report", businessDate: event.report.businessDate, body: event.report };
		case "BusinessDayOpened":
			return { kind: "event", businessDate: event.businessDate, body: event };
		case "ApplicationStarted":
		case "ClockDoubted":
		case "TicketSetAside":
		case "DrawerOpenTooLong":
			return { kind: "event", businessDate, body: event };
		// Openings that no sale explains; those of sales are known by their tickets, and closings say nothing by themselves.
		case "DrawerOpenStarted":
			return event.cause === "noSale" || event.cause === "test"
				? { kind: "event", businessDate, body: event }
				: undefined;
		case "DrawerOpened":
			return event.cause === null ? { kind: "event", businessDate, body: event } : undefined;
		case "JournalCreated":
		case "SegmentOpened":
		case "ApplicationStopped":
		case "ClockConfirmed":
		case "TicketOpened":
		case "ItemSold":
		case "TenderReceived":
		case "CashRounded":
		case "ChangeGiven":
		case "DrawerOpenFinished":
		case "DrawerClosed":
		case "PrintStarted":
		case "PrintFinished":
		case "DoubtSettled":
		case "CatalogActivated":
		case "ChainAnchored":
		case "JournalExported":
		case "CommandReceived":
		case "SegmentDeleted":
			return undefined;
	}
};
