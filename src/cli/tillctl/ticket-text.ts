import { localDateTime } from "../../events/stamp.ts";
import type { TicketDocument } from "../../events/ticket-document.ts";
import { type Amount, negate } from "../../money/amount.ts";
import { amountText } from "../../money/currency.ts";
import { quantityText } from "../../money/quantity.ts";
import { ratePercentText } from "../../money/rate.ts";
import { toPay } from "../../ticket/settlement.ts";

/** Columns of a line: what it says, and the amount at its right edge. */
const WORDS_WIDTH = 44;
const AMOUNT_WIDTH = 12;

/** A closed ticket for a person; what is left out (ids, codes, apportionment) stands in the JSON. */
export const ticketText = (
	ticket: TicketDocument,
	record: { readonly seq: number; readonly sha256: string },
): string => {
	const { date, time } = localDateTime(ticket.closedAt);
	const row = (words: string, amount: Amount): string =>
		`  ${words.padEnd(WORDS_WIDTH)}${amountText(amount, ticket.currency).padStart(AMOUNT_WIDTH)}`;
	return [
		`${ticket.series} ${ticket.receiptNumber} of ${ticket.store}/${ticket.till}, closed ${date} ${time}, business date ${ticket.businessDate}, Z ${ticket.z}, operator ${ticket.operatorId}`,
		...ticket.lines.map((line) =>
			row(`${line.lineNo} ${line.description}, ${quantityText(line.quantity)} ${line.unitText}`, line.gross),
		),
		...(ticket.rounding === 0n ? [] : [row("Rounding", negate(ticket.rounding))]),
		row(`To pay, ${ticket.currency}`, toPay(ticket.due, ticket.rounding)),
		...ticket.tenders.map((tender) =>
			row(tender.kind === "change" ? `Change, ${tender.description}` : tender.description, tender.amount),
		),
		...ticket.vatTotals.map((vat) => row(`VAT ${ratePercentText(vat.vatRate)}% in it`, vat.vat)),
		`Record ${record.seq} ${record.sha256}; --json shows all of it.`,
	].join("\n");
};
