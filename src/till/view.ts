import type { TicketLine, TicketTender } from "../events/ticket-document.ts";
import type { Amount } from "../money/amount.ts";
import { negate, ZERO } from "../money/amount.ts";
import { amountText, type CurrencyCode } from "../money/currency.ts";
import { quantityText } from "../money/quantity.ts";
import { dueOf } from "../ticket/line.ts";
import type { TicketSettings } from "../ticket/settings.ts";
import { settle } from "../ticket/settlement.ts";
import type { Doubt, NotPrinted, TillState } from "./state.ts";

/** A line as an operator sees it; amounts are decimal text in the till's currency. */
export interface LineView {
	readonly lineNo: number;
	readonly description: string;
	readonly quantity: string;
	readonly unit: string;
	readonly gross: string;
}

/** A job whose outcome nobody knows: a question to a person. */
export type DoubtView = Pick<Doubt, "jobId" | "what" | "paper" | "number">;

/** What an operator sees: made from the state and the conditions of devices alone, so that every screen and terminal shows the same. */
export interface TillView {
	readonly store: string;
	readonly till: string;
	readonly currency: CurrencyCode;
	readonly day: {
		readonly businessDate: string;
		readonly z: number;
		readonly ticketCount: number;
		readonly gross: string;
	} | null;
	readonly ticket: {
		readonly ticketId: string;
		readonly lines: readonly LineView[];
		readonly tenders: readonly { readonly description: string; readonly amount: string }[];
		readonly due: string;
		/** What a tender that is not coin would have to be, and what coin would have to be. */
		readonly left: string;
		readonly leftInCash: string;
	} | null;
	readonly lastTicket: {
		readonly series: string;
		readonly receiptNumber: number;
		readonly due: string;
		readonly change: string;
	} | null;
	/** Paper and drawer jobs whose outcome nobody knows, each with one remedy. */
	readonly doubts: readonly DoubtView[];
	/** Papers that did not come out and were not asked for again. */
	readonly notPrinted: readonly NotPrinted[];
	/** What is the matter with devices, by code of `src/events/conditions.ts`. */
	readonly conditions: readonly string[];
}

/** Makes the operator's view of a state; `conditions` are those of devices now. */
export const viewOf = (state: TillState, settings: TicketSettings, conditions: readonly string[]): TillView => {
	const text = (amount: Amount): string => amountText(amount, settings.currency);
	const lineView = (line: TicketLine): LineView => ({
		lineNo: line.lineNo,
		description: line.description,
		quantity: quantityText(line.quantity),
		unit: line.unitText,
		gross: text(line.gross),
	});
	const tenderView = (tender: TicketTender): { description: string; amount: string } => ({
		description: tender.description,
		amount: text(tender.amount),
	});
	const { ticket, day, lastTicket } = state;
	const settlement =
		ticket === undefined ? undefined : settle(dueOf(ticket.lines), ticket.tenders, settings.cashUnitMinor);
	const open = settlement === undefined || settlement.settled ? undefined : settlement;
	return {
		store: settings.store,
		till: settings.till,
		currency: settings.currency,
		day:
			day === undefined
				? null
				: {
						businessDate: day.businessDate,
						z: day.z,
						ticketCount: day.totals.ticketCount,
						gross: text(day.totals.gross),
					},
		ticket:
			ticket === undefined
				? null
				: {
						ticketId: ticket.ticketId,
						lines: ticket.lines.map(lineView),
						tenders: ticket.tenders.map(tenderView),
						due: text(dueOf(ticket.lines)),
						left: text(open?.left ?? ZERO),
						leftInCash: text(open?.leftInCash ?? ZERO),
					},
		lastTicket:
			lastTicket === undefined
				? null
				: {
						series: lastTicket.series,
						receiptNumber: lastTicket.receiptNumber,
						due: text(lastTicket.due),
						change: text(negate(lastTicket.change)),
					},
		doubts: state.doubts
			.filter((doubt) => doubt.since === "unknown")
			.map(({ jobId, what, paper, number }) => ({ jobId, what, paper, number })),
		notPrinted: state.notPrinted,
		conditions,
	};
};
