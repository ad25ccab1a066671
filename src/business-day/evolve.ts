import type { BusinessDayClosed, BusinessDayOpened, TicketClosed } from "../events/journal-event.ts";
import type { Stamp } from "../events/stamp.ts";
import type { TicketDocument } from "../events/ticket-document.ts";
import { type Amount, add, subtract, ZERO } from "../money/amount.ts";
import type { OpenDay } from "./state.ts";
import { NO_TOTALS, withTicket } from "./totals.ts";

/** The records that change a day. */
export type DayEvent = BusinessDayOpened | BusinessDayClosed | TicketClosed;

/** The only way a day changes, live and on replay. Undefined: no day is open. */
export const evolveDay = (day: OpenDay | undefined, event: DayEvent, at: Stamp): OpenDay | undefined => {
	if (event.type === "BusinessDayOpened") {
		if (day !== undefined) throw new Error("TILL-0107 BusinessDayOpened cannot follow: a day is open");
		return {
			businessDate: event.businessDate,
			z: event.z,
			openedAt: at,
			feedSeqFirst: event.feedSeqFirst,
			receiptNumberFirst: null,
			receiptNumberLast: null,
			totals: NO_TOTALS,
		};
	}
	if (day === undefined) throw new Error(`TILL-0107 ${event.type} cannot follow: no day is open`);
	if (event.type === "BusinessDayClosed") return undefined;
	const { document } = event;
	const isReceipt = document.series === "receipt";
	return {
		...day,
		receiptNumberFirst: day.receiptNumberFirst ?? (isReceipt ? document.receiptNumber : null),
		receiptNumberLast: isReceipt ? document.receiptNumber : day.receiptNumberLast,
		totals: withTicket(day.totals, document),
	};
};

/** Grand totals with one more ticket: sales before returns, and returns, each accumulated for ever; training is in none. */
export const withGrandTotals = (
	totals: { readonly sales: Amount; readonly returns: Amount },
	document: TicketDocument,
): { readonly sales: Amount; readonly returns: Amount } => {
	if (document.training) return totals;
	const sum = (isReturn: boolean): Amount =>
		document.lines
			.filter((line) => (line.kind === "return") === isReturn)
			.reduce((total, line) => add(total, line.gross), ZERO);
	return { sales: add(totals.sales, sum(false)), returns: subtract(totals.returns, sum(true)) };
};
