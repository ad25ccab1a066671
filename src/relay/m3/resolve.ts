import { applyInput } from "./apply.ts";
import type { M3Context } from "./context.ts";
import { openRounds } from "./rounds.ts";
import { refusedReferences, setState, type TicketFilter, ticketByRefe, ticketSubject } from "./tickets.ts";

/** What a person's word did: done, or why not. */
export type Resolution = { readonly done: true } | { readonly done: false; readonly reason: string };

const refuse = (reason: string): Resolution => ({ done: false, reason });

/**
 * A person looked up in M3 (OPS275) whether a round of unknown outcome was processed. Processed: its tickets count as
 * acknowledged, and are read back where that is possible. Not processed: BchPrcRound is sent.
 */
export const resolveRound = (context: M3Context, itrn: string, processed: boolean): Resolution => {
	const round = openRounds(context.ledger).find(({ state }) => state.itrn === itrn);
	if (round === undefined) return refuse(`no open round has interface round number ${itrn}`);
	if (round.state.step !== "unknown") return refuse(`round ${itrn} is not of unknown outcome`);
	applyInput(context, round, { kind: "resolved", processed });
	return { done: true };
};

/**
 * A person saw to a quarantined ticket. `send`: its cause is gone, it is looked up in M3 where that is possible and sent if
 * it is not there. `booked`: it was brought into M3 by hand.
 */
export const releaseTicket = (context: M3Context, refe: string, as: "send" | "booked"): Resolution => {
	const { ledger, alarms, clock } = context;
	return ledger.transaction(() => {
		const ticket = ticketByRefe(ledger, refe);
		if (ticket === undefined) return refuse(`no ticket has reference ${refe}`);
		if (ticket.state !== "quarantined") return refuse(`ticket ${refe} is ${ticket.state}, not quarantined`);
		setState(ledger, ticket.messageId, as === "send" ? "doubtful" : "acknowledged");
		if (ticket.code === "RELAY-2201" || ticket.code === "RELAY-2202" || ticket.code === "RELAY-2203") {
			alarms.resolve(ticket.code, ticketSubject(ledger, ticket.messageId), clock.stamp().utcMs);
		}
		return { done: true };
	});
};

/**
 * A person saw to what made M3 refuse rows (RELAY-2201), a wrong code in the mapping as a rule: every ticket that was refused
 * so is released to be sent. None of them is in M3; what may be there in part is released one by one. Answers how many.
 */
export const releaseRefused = (context: M3Context, filter: TicketFilter): number =>
	context.ledger.transaction(() => {
		const references = refusedReferences(context.ledger, filter);
		for (const refe of references) releaseTicket(context, refe, "send");
		return references.length;
	});
