import type { TicketDocument } from "../../../events/ticket-document.ts";
import type { ZReport } from "../../../events/z-report.ts";
import { amountOf } from "../../../money/amount.ts";

const HOUR_MS = 3_600_000;

/** The Z of a day on which nothing was sold but this ticket. */
export const sampleZ = (ticket: TicketDocument): ZReport => ({
	version: 1,
	store: ticket.store,
	till: ticket.till,
	z: ticket.z,
	businessDate: ticket.businessDate,
	currency: ticket.currency,
	openedAt: { ...ticket.openedAt, utcMs: ticket.openedAt.utcMs - 4 * HOUR_MS },
	closedAt: { ...ticket.closedAt, utcMs: ticket.closedAt.utcMs + 6 * HOUR_MS },
	operatorId: ticket.operatorId,
	receiptNumberFirst: ticket.receiptNumber,
	receiptNumberLast: ticket.receiptNumber,
	totals: {
		feedSeqFirst: 1,
		feedSeqLast: 1,
		ticketCount: 1,
		lineCount: ticket.lines.length,
		gross: ticket.due,
		net: ticket.net,
		vat: ticket.vat,
		rounding: ticket.rounding,
		vatTotals: ticket.vatTotals,
		itemGroups: ticket.vatTotals.map(({ vatCode, gross }) => ({
			itemGroup: "Varegruppe",
			vatCode,
			gross,
			lineCount: ticket.lines.filter((line) => line.vatCode === vatCode).length,
		})),
		tenders: [
			{
				tenderType: "cash",
				description: "Kontant",
				safTCode: "12001",
				amount: amountOf(ticket.due - ticket.rounding),
				count: 1,
			},
		],
	},
	grandTotals: { sales: ticket.due, returns: amountOf(0n), net: ticket.due },
	head: { seq: 42, sha256: "0123456789abcdef".repeat(4) },
});
