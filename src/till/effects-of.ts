import type { DisplayContent, Effect, PrintContent } from "../devices/contract/effect.ts";
import type { JournalEvent } from "../events/journal-event.ts";
import type { Journal } from "../journal/contract/journal.ts";
import { dueOf } from "../ticket/line.ts";
import { settle, toPay } from "../ticket/settlement.ts";
import type { TillState } from "./state.ts";

/** Where finished tickets and days are found again. */
type Finished = Pick<Journal, "closedTicket" | "closedDay">;

/** What a print job prints, found among the events it was recorded with or in the journal. */
const contentOf = (
	event: Extract<JournalEvent, { type: "PrintStarted" }>,
	events: readonly JournalEvent[],
	journal: Finished,
): PrintContent => {
	const { subject } = event;
	if (subject.kind === "test") return { kind: "test", deviceId: subject.deviceId };
	if (subject.kind === "zReport") {
		const closed = events.find((other) => other.type === "BusinessDayClosed") ?? journal.closedDay(subject.z)?.event;
		if (closed?.type !== "BusinessDayClosed") throw new Error("TILL-0107 a Z is printed of a closed day");
		return { kind: "zReport", report: closed.report, copy: subject.copy === true };
	}
	const own = events.find((other) => other.type === "TicketClosed");
	const stored = own ?? journal.closedTicket("receipt", subject.receiptNumber)?.event;
	if (stored?.type !== "TicketClosed") throw new Error("TILL-0107 a receipt is printed of a closed ticket");
	return { kind: "ticket", document: stored.document, copy: subject.copy };
};

/** What the display says of a state that nothing has just happened in: the open ticket, or nothing. */
const displayOf = ({ ticket }: TillState, cashUnitMinor: bigint | undefined): DisplayContent => {
	const line = ticket?.lines.at(-1);
	if (ticket === undefined || line === undefined) return { show: "idle" };
	const due = dueOf(ticket.lines);
	if (ticket.tenders.length === 0) return { show: "line", line, due };
	const settlement = settle(due, ticket.tenders, cashUnitMinor);
	return settlement === undefined || settlement.settled
		? { show: "line", line, due }
		: { show: "left", left: settlement.left };
};

/** What the world does about events that are now durable. `after` is the state they led to. */
export const effectsOf = (
	events: readonly JournalEvent[],
	after: TillState,
	journal: Finished,
	cashUnitMinor: bigint | undefined,
): Effect[] =>
	events.flatMap((event): Effect[] => {
		switch (event.type) {
			case "ItemSold": {
				const due = after.ticket === undefined ? event.line.gross : dueOf(after.ticket.lines);
				return [{ effect: "DisplayText", content: { show: "line", line: event.line, due } }];
			}
			case "TenderReceived": {
				if (after.ticket === undefined) return [];
				const state = settle(dueOf(after.ticket.lines), after.ticket.tenders, cashUnitMinor);
				if (state === undefined || state.settled) return [];
				return [{ effect: "DisplayText", content: { show: "left", left: state.left } }];
			}
			case "TicketClosed": {
				const { due, rounding } = event.document;
				const change = after.lastTicket?.change ?? due;
				return [{ effect: "DisplayText", content: { show: "closed", toPay: toPay(due, rounding), change } }];
			}
			case "DrawerOpenStarted":
				return [{ effect: "OpenDrawer", jobId: event.jobId, drawerId: event.drawerId ?? null }];
			case "PrintStarted":
				return [
					{ effect: "Print", jobId: event.jobId, subject: event.subject, content: contentOf(event, events, journal) },
				];
			case "ApplicationStarted":
				return [{ effect: "DisplayText", content: displayOf(after, cashUnitMinor) }];
			case "BusinessDayOpened":
			case "BusinessDayClosed":
			case "TicketSetAside":
				return [{ effect: "DisplayText", content: { show: "idle" } }];
			default:
				return [];
		}
	});
