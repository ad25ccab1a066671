import type { Apportionment, SettlementGroup, TicketLine, TicketTender } from "../events/ticket-document.ts";
import type { Amount } from "../money/amount.ts";
import { add, amountOf, negate, subtract, sum, ZERO } from "../money/amount.ts";

/** Non-sale groups first (DESIGN section 5). */
const GROUP_ORDER: readonly SettlementGroup[] = ["invoicePayment", "prepayment", "cashSale"];

/** The group a line settles in. */
const settlementGroup = (line: Pick<TicketLine, "kind">): SettlementGroup => {
	switch (line.kind) {
		case "invoicePayment":
			return "invoicePayment";
		case "giftCardIssue":
			return "prepayment";
		case "sale":
		case "return":
		case "deposit":
		case "tip":
		case "fee":
			return "cashSale";
	}
};

/** As much of `available` as `wanted` can use, with both signs alike; zero otherwise. */
const portion = (wanted: Amount, available: Amount): Amount => {
	if (wanted === 0n || available === 0n || wanted < 0n !== available < 0n) return ZERO;
	const wantedSize = wanted < 0n ? -wanted : wanted;
	const availableSize = available < 0n ? -available : available;
	return wantedSize < availableSize ? wanted : available;
};

/**
 * Spreads tenders, change and rounding over the settlement groups at close (DESIGN section 5): non-sale groups first,
 * tenders in the order entered; change and rounding go to the last group. What a group cannot get from a tender (a
 * return that pays an invoice) is an offset against the last. In each group gross = tenders + rounding + offset.
 */
export const apportion = (
	lines: readonly TicketLine[],
	tenders: readonly TicketTender[],
	rounding: Amount,
): Apportionment[] => {
	const groups = GROUP_ORDER.flatMap((group) => {
		const own = lines.filter((line) => settlementGroup(line) === group);
		return own.length === 0 ? [] : [{ group, gross: sum(own.map((line) => line.gross)) }];
	});
	const left = new Map<number, Amount>(tenders.map((tender) => [tender.tenderNo, tender.amount]));
	let offsets = ZERO;
	return groups.map(({ group, gross }, index) => {
		const isLast = index === groups.length - 1;
		let wanted = gross;
		const shares = tenders.flatMap((tender) => {
			const available = left.get(tender.tenderNo) ?? ZERO;
			const amount = isLast ? available : tender.kind === "change" ? ZERO : portion(wanted, available);
			if (amount === 0n) return [];
			left.set(tender.tenderNo, subtract(available, amount));
			wanted = subtract(wanted, amount);
			return [{ tenderNo: tender.tenderNo, amount }];
		});
		const offset = isLast ? negate(offsets) : wanted;
		offsets = add(offsets, offset);
		return { group, gross, tenders: shares, rounding: isLast ? rounding : amountOf(0n), offset };
	});
};
