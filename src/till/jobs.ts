import type { JournalEvent } from "../events/journal-event.ts";
import type { TicketDocument } from "../events/ticket-document.ts";
import type { TicketSettings } from "../ticket/settings.ts";

/** Whether a ticket's payment opens the drawer: coin moved, or a tender whose slip lies in it. */
const opensDrawer = (document: TicketDocument, settings: TicketSettings): boolean =>
	document.tenders.some(
		(tender) => tender.isCash || settings.tenderRules.some((rule) => rule.id === tender.tenderType && rule.opensDrawer),
	);

/**
 * The physical jobs that follow from finished tickets and days, as "started" records of the same append: durable before
 * the first byte, without a second sync between the last tender and the drawer. A job's id is made of what it is for.
 */
export const jobsFor = (events: readonly JournalEvent[], journalId: string, settings: TicketSettings): JournalEvent[] =>
	events.flatMap((event): JournalEvent[] => {
		if (event.type === "BusinessDayClosed") {
			const { z } = event.report;
			return [{ type: "PrintStarted", jobId: `${journalId}-z${z}/p`, subject: { kind: "zReport", z } }];
		}
		if (event.type !== "TicketClosed") return [];
		const { document } = event;
		const { ticketId, receiptNumber } = document;
		const print: JournalEvent = {
			type: "PrintStarted",
			jobId: `${ticketId}/p`,
			subject: { kind: "ticket", ticketId, receiptNumber, copy: false },
		};
		if (!opensDrawer(document, settings)) return [print];
		return [
			{ type: "DrawerOpenStarted", jobId: `${ticketId}/d`, cause: document.due < 0n ? "return" : "sale", ticketId },
			print,
		];
	});
