import type { TicketDocument } from "../events/ticket-document.ts";
import type { Amount } from "../money/amount.ts";
import { sum } from "../money/amount.ts";
import { apportion } from "./apportionment.ts";
import type { TicketContext } from "./context.ts";
import { dueOf, vatTotalsOf } from "./line.ts";
import type { OpenTicket } from "./state.ts";

/** The finished document of a settled ticket, tenders and change included. Takes the next number of its series. */
export const ticketDocument = (ticket: OpenTicket, rounding: Amount, context: TicketContext): TicketDocument => {
	const { transactionCode, series } = context.rules.classify({
		lines: ticket.lines,
		settlement: "cash",
		training: ticket.training,
	});
	return {
		version: 1,
		ticketId: ticket.ticketId,
		store: context.settings.store,
		till: context.settings.till,
		businessDate: context.businessDate,
		z: context.z,
		transactionCode,
		settlement: "cash",
		training: ticket.training,
		series,
		receiptNumber: context.counters[series] + 1,
		operatorId: ticket.operatorId,
		customer: null,
		currency: context.settings.currency,
		openedAt: ticket.openedAt,
		closedAt: context.at,
		lines: ticket.lines,
		tenders: ticket.tenders,
		rounding,
		due: dueOf(ticket.lines),
		net: sum(ticket.lines.map((line) => line.net)),
		vat: sum(ticket.lines.map((line) => line.vat)),
		vatTotals: vatTotalsOf(ticket.lines),
		apportionment: apportion(ticket.lines, ticket.tenders, rounding),
		fiscal: null,
	};
};
