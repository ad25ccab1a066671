import type { Stamp } from "../events/stamp.ts";
import type { TicketLine, TicketTender } from "../events/ticket-document.ts";
import type { Amount } from "../money/amount.ts";

/** A ticket that is being sold: what its events so far add up to. */
export interface OpenTicket {
	readonly ticketId: string;
	readonly operatorId: string;
	readonly training: boolean;
	readonly openedAt: Stamp;
	readonly lines: readonly TicketLine[];
	readonly tenders: readonly TicketTender[];
	/** Set by CashRounded on the way to the close; null before. */
	readonly rounding: Amount | null;
}
