import type { Apportionment, TicketDocument } from "../../events/ticket-document.ts";
import type { Amount } from "../../money/amount.ts";
import { amountText } from "../../money/currency.ts";
import type { RowDraft, StoreSettings } from "./finding.ts";

/**
 * What one settlement group was paid with, as AddSlsTicketPay rows: each tender's share and the change, then the rounding
 * with the sign that the ticket gives it (M3 cash sale document: MC 500.00, CSH -400.00, RND -0.05), then what another part
 * of the ticket paid. They sum to the group's lines. Nothing of a card is sent.
 */
export const paymentDrafts = (group: Apportionment, ticket: TicketDocument, settings: StoreSettings): RowDraft[] => {
	const { m3, tenders } = settings.mapping;
	const pay = (paymentMethod: string, amount: Amount, cashCode?: string): RowDraft => ({
		transaction: "AddSlsTicketPay",
		fields: {
			XRCD: m3.paymentRecordTypes[group.group],
			CSHC: cashCode,
			CUAM: amountText(amount, ticket.currency),
			PYCD: paymentMethod,
		},
	});
	const drafts = group.tenders.map(({ tenderNo, amount }): RowDraft => {
		const type = ticket.tenders.find((tender) => tender.tenderNo === tenderNo)?.tenderType ?? "";
		const tender = tenders[type];
		if (tender?.paymentMethod === undefined) {
			return { findings: [{ code: "RELAY-2103", reason: `tender ${type} has no payment method` }] };
		}
		return pay(tender.paymentMethod, amount, tender.cashCode);
	});
	if (group.rounding !== 0n) drafts.push(pay(m3.roundingPaymentMethod, group.rounding));
	if (group.offset !== 0n) {
		const reason = `${group.group} is paid by another part of the ticket`;
		const { offsetPaymentMethod } = m3;
		drafts.push(
			offsetPaymentMethod === undefined
				? { findings: [{ code: "RELAY-2108", reason }] }
				: pay(offsetPaymentMethod, group.offset),
		);
	}
	return drafts;
};
