import type { TicketDocument, VatTotal } from "../events/ticket-document.ts";
import type { ControlTotals, ItemGroupTotal, TenderTotal } from "../events/z-report.ts";
import { add, ZERO } from "../money/amount.ts";

/** Totals of a period without a ticket. */
export const NO_TOTALS: ControlTotals = {
	feedSeqFirst: null,
	feedSeqLast: null,
	ticketCount: 0,
	lineCount: 0,
	gross: ZERO,
	net: ZERO,
	vat: ZERO,
	rounding: ZERO,
	vatTotals: [],
	itemGroups: [],
	tenders: [],
};

/** Group of a line that has none: tips, invoice payments and the like, by their kind. */
const groupOf = (line: { readonly itemGroup: string | null; readonly kind: string }): string =>
	line.itemGroup ?? line.kind;

/** Merges one entry into a list of totals by key, keeping the order of first appearance. */
const merge = <T>(totals: readonly T[], entry: T, same: (a: T, b: T) => boolean, plus: (a: T, b: T) => T): T[] => {
	const index = totals.findIndex((total) => same(total, entry));
	return index < 0 ? [...totals, entry] : totals.map((total, i) => (i === index ? plus(total, entry) : total));
};

const addVat = (totals: readonly VatTotal[], entry: VatTotal): VatTotal[] =>
	merge(
		totals,
		entry,
		(a, b) => a.vatCode === b.vatCode && a.vatRate === b.vatRate,
		(a, b) => ({ ...a, gross: add(a.gross, b.gross), net: add(a.net, b.net), vat: add(a.vat, b.vat) }),
	);

const addGroup = (totals: readonly ItemGroupTotal[], entry: ItemGroupTotal): ItemGroupTotal[] =>
	merge(
		totals,
		entry,
		(a, b) => a.itemGroup === b.itemGroup && a.vatCode === b.vatCode,
		(a, b) => ({ ...a, gross: add(a.gross, b.gross), lineCount: a.lineCount + b.lineCount }),
	);

/** Change is taken off its tender type and is no tender of its own in the count. */
const addTender = (totals: readonly TenderTotal[], entry: TenderTotal): TenderTotal[] =>
	merge(
		totals,
		entry,
		(a, b) => a.tenderType === b.tenderType,
		(a, b) => ({ ...a, amount: add(a.amount, b.amount), count: a.count + b.count }),
	);

/** The totals with one more ticket. Training tickets are in no totals. */
export const withTicket = (totals: ControlTotals, ticket: TicketDocument): ControlTotals => {
	if (ticket.training) return totals;
	return {
		...totals,
		ticketCount: totals.ticketCount + 1,
		lineCount: totals.lineCount + ticket.lines.length,
		gross: add(totals.gross, ticket.due),
		net: add(totals.net, ticket.net),
		vat: add(totals.vat, ticket.vat),
		rounding: add(totals.rounding, ticket.rounding),
		vatTotals: ticket.vatTotals.reduce(addVat, totals.vatTotals as VatTotal[]),
		itemGroups: ticket.lines.reduce(
			(groups, line) =>
				addGroup(groups, { itemGroup: groupOf(line), vatCode: line.vatCode, gross: line.gross, lineCount: 1 }),
			totals.itemGroups as ItemGroupTotal[],
		),
		tenders: ticket.tenders.reduce(
			(tenders, tender) =>
				addTender(tenders, {
					tenderType: tender.tenderType,
					description: tender.description,
					safTCode: tender.safTCode,
					amount: tender.amount,
					count: tender.kind === "change" ? 0 : 1,
				}),
			totals.tenders as TenderTotal[],
		),
	};
};
