import { z } from "zod";
import type { JournalEvent } from "../../events/journal-event.ts";
import type { TicketDocument, TicketLine } from "../../events/ticket-document.ts";
import type { ZReport } from "../../events/z-report.ts";
import type { FeedDraft } from "../../feed/schema/message.ts";
import { ticketDocumentSchema, ticketLineSchema } from "../../feed/schema/ticket-schema.ts";
import { zReportSchema } from "../../feed/schema/z-report-schema.ts";
import { journalEventSchema } from "../contract/event-schema.ts";

/** JSON texts of events and message bodies. Throws what zod throws on a value that has no such form. */
export interface EventTexts {
	ofEvent(event: JournalEvent): string;
	ofBody(draft: FeedDraft): string;
}

/** Where the lines of a ticket stand in its text; a text inside it has its quotes escaped and cannot look the same. */
const NO_LINES = '"lines":[]';

/**
 * Each object is encoded once for as long as it lives: a closed ticket stands in its record and in its message, its lines
 * stood in records of their own before, and encoding is most of what an append costs beside the disk.
 */
export const eventTexts = (): EventTexts => {
	const made = new WeakMap<object, string>();
	const once = (value: object, encode: () => string): string => {
		const known = made.get(value);
		if (known !== undefined) return known;
		const text = encode();
		made.set(value, text);
		return text;
	};
	const ofLine = (line: TicketLine) => once(line, () => JSON.stringify(z.encode(ticketLineSchema, line)));
	const ofTicket = (document: TicketDocument) =>
		once(document, () => {
			const text = JSON.stringify(z.encode(ticketDocumentSchema, { ...document, lines: [] }));
			return text.replace(NO_LINES, () => `"lines":[${document.lines.map(ofLine).join(",")}]`);
		});
	const ofReport = (report: ZReport) => once(report, () => JSON.stringify(z.encode(zReportSchema, report)));
	const ofEvent = (event: JournalEvent): string => {
		switch (event.type) {
			case "TicketClosed":
				return `{"type":"TicketClosed","document":${ofTicket(event.document)}}`;
			case "BusinessDayClosed":
				return `{"type":"BusinessDayClosed","report":${ofReport(event.report)}}`;
			case "ItemSold":
				return `{"type":"ItemSold","line":${ofLine(event.line)}}`;
			default:
				return once(event, () => JSON.stringify(z.encode(journalEventSchema, event)));
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
