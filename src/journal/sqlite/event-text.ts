import { z } from "zod";
import type { JournalEvent } from "../../events/journal-event.ts";
import type { TicketDocument } from "../../events/ticket-document.ts";
import type { ZReport } from "../../events/z-report.ts";
import type { FeedDraft } from "../../feed/schema/message.ts";
import { ticketDocumentSchema } from "../../feed/schema/ticket-schema.ts";
import { zReportSchema } from "../../feed/schema/z-report-schema.ts";
import { journalEventSchema } from "../contract/event-schema.ts";

/** JSON texts of the events and message bodies of one append. Throws what zod throws on a value that has no such form. */
export interface EventTexts {
	ofEvent(event: JournalEvent): string;
	ofBody(draft: FeedDraft): string;
}

/** Each object is encoded once: a closed ticket stands in its record and in its message, and encoding is the cost of both. */
export const eventTexts = (): EventTexts => {
	const made = new Map<object, string>();
	const once = (value: object, encode: () => unknown): string => {
		const known = made.get(value);
		if (known !== undefined) return known;
		const text = JSON.stringify(encode());
		made.set(value, text);
		return text;
	};
	const ofTicket = (document: TicketDocument) => once(document, () => z.encode(ticketDocumentSchema, document));
	const ofReport = (report: ZReport) => once(report, () => z.encode(zReportSchema, report));
	const ofEvent = (event: JournalEvent): string => {
		switch (event.type) {
			case "TicketClosed":
				return `{"type":"TicketClosed","document":${ofTicket(event.document)}}`;
			case "BusinessDayClosed":
				return `{"type":"BusinessDayClosed","report":${ofReport(event.report)}}`;
			default:
				return once(event, () => z.encode(journalEventSchema, event));
		}
	};
	const ofBody = (draft: FeedDraft): string => {
		switch (draft.kind) {
			case "ticket":
			case "training":
				return ofTicket(draft.body);
			case "report":
				return ofReport(draft.body);
			case "event":
				return ofEvent(draft.body);
		}
	};
	return { ofEvent, ofBody };
};
