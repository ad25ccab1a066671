import type { Stamp } from "../events/stamp.ts";
import type { TicketEvent } from "./decide.ts";
import type { OpenTicket } from "./state.ts";

/** An event that cannot follow the ticket it met: a bug, or a damaged or newer journal. */
const impossible = (event: TicketEvent, why: string): never => {
	throw new Error(`TILL-0107 ${event.type} cannot follow: ${why}`);
};

/** The only way a ticket changes, live and on replay. Undefined: no ticket is open. */
export const evolveTicket = (ticket: OpenTicket | undefined, event: TicketEvent, at: Stamp): OpenTicket | undefined => {
	if (ticket === undefined) {
		if (event.type !== "TicketOpened") return impossible(event, "no ticket is open");
		return {
			ticketId: event.ticketId,
			operatorId: event.operatorId,
			training: event.training,
			openedAt: at,
			lines: [],
			tenders: [],
			rounding: null,
		};
	}
	switch (event.type) {
		case "TicketOpened":
			return impossible(event, "a ticket is open");
		case "ItemSold":
			if (event.line.lineNo !== ticket.lines.length + 1) return impossible(event, "its line number");
			return { ...ticket, lines: [...ticket.lines, event.line] };
		case "TenderReceived":
		case "ChangeGiven":
			if (event.tender.tenderNo !== ticket.tenders.length + 1) return impossible(event, "its tender number");
			return { ...ticket, tenders: [...ticket.tenders, event.tender] };
		case "CashRounded":
			if (ticket.rounding !== null) return impossible(event, "the ticket is rounded already");
			return { ...ticket, rounding: event.amount };
		case "TicketClosed":
			if (event.document.ticketId !== ticket.ticketId) return impossible(event, "it closes another ticket");
			if (event.document.rounding !== (ticket.rounding ?? 0n)) return impossible(event, "its rounding");
			return undefined;
	}
};
