import type { ReceiptSeries, TicketDocument } from "../../events/ticket-document.ts";

/** What identifies a ticket in M3: the order number with the delivery number, and the reference for people and read-back. */
export interface TicketReference {
	/** ORNO, A10: till id, then six characters for series and number. */
	readonly orno: string;
	/** DLIX, N11: ordinal of the journal among its till's, plus 1,000 for each time the numbers of a series started over. */
	readonly dlix: string;
	/** REFE, A40: the key of the ticket at every hop, `journalId/feedSeq`. */
	readonly refe: string;
}

/** Characters of ORNO after the till id. */
const NUMBER_DIGITS = 6;

/**
 * Each series has its own numbers, so the series must stand in ORNO: a receipt has all six digits, the others a letter and
 * five ("T1000017" is receipt 17, "T1R00017" return receipt 17).
 */
const SERIES_LETTER: Readonly<Record<ReceiptSeries, string>> = {
	receipt: "",
	return: "R",
	delivery: "D",
	training: "X",
};

/** How many journals of one till are told apart in DLIX before a higher digit begins. */
const JOURNALS_MAX = 1_000;

/**
 * M3's reference of a ticket (DESIGN section 8). Unique per warehouse: the till's id keeps tills apart, the letter series,
 * DLIX the journals of a swapped or restored box, and the times a series ran over its digits.
 */
export const ticketReference = (
	ticket: Pick<TicketDocument, "till" | "series" | "receiptNumber">,
	key: { readonly journalId: string; readonly feedSeq: number },
	journalOrdinal: number,
): TicketReference => {
	const letter = SERIES_LETTER[ticket.series];
	const digits = NUMBER_DIGITS - letter.length;
	const capacity = 10 ** digits;
	const number = String(ticket.receiptNumber % capacity).padStart(digits, "0");
	const rounds = Math.floor(ticket.receiptNumber / capacity);
	return {
		orno: `${ticket.till}${letter}${number}`,
		dlix: String(journalOrdinal + rounds * JOURNALS_MAX),
		refe: `${key.journalId}/${key.feedSeq}`,
	};
};
