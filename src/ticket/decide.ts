import { withoutCardDigits } from "../catalog/core/card-number.ts";
import type {
	CashRounded,
	ChangeGiven,
	ItemSold,
	TenderReceived,
	TicketClosed,
	TicketOpened,
} from "../events/journal-event.ts";
import { isRefusal, type Refusal, refuse } from "../events/refusal.ts";
import type { TicketTender } from "../events/ticket-document.ts";
import { type Amount, absolute, isAmountMinor, negate } from "../money/amount.ts";
import { amountText, type CurrencyCode, parseAmount } from "../money/currency.ts";
import { ONE, parseQuantity } from "../money/quantity.ts";
import type { Rate } from "../money/rate.ts";
import type { CloseTicket, SellItem, TakeTender, TicketCommand } from "./command.ts";
import type { TicketContext } from "./context.ts";
import { ticketDocument } from "./document.ts";
import { type LabelSize, labelSize } from "./label.ts";
import { dueOf, extendedLine, type LineBasis, unitLine } from "./line.ts";
import { cashRule, type TenderRule, TICKET_LINES_MAX, TICKET_TENDERS_MAX, type TicketSettings } from "./settings.ts";
import { isPayableInCoin, settle } from "./settlement.ts";
import type { OpenTicket } from "./state.ts";

/** What a decision about a ticket yields, in the order to be recorded. */
export type TicketEvent = TicketOpened | ItemSold | TenderReceived | CashRounded | ChangeGiven | TicketClosed;

/** Decides a command on the open ticket (undefined: none is open). Pure: the same arguments give the same events or refusal. */
export const decideTicket = (
	ticket: OpenTicket | undefined,
	command: TicketCommand,
	context: TicketContext,
): readonly TicketEvent[] | Refusal => {
	switch (command.command) {
		case "SellItem":
			return sellItem(ticket, command, context);
		case "TakeTender":
			return takeTender(ticket, command, context);
		case "CloseTicket":
			return closeTicket(ticket, command, context);
	}
};

const sellItem = (
	ticket: OpenTicket | undefined,
	command: SellItem,
	context: TicketContext,
): readonly TicketEvent[] | Refusal => {
	const { item } = command;
	if (item.currency !== context.settings.currency) return refuse("TILL-0406", { currency: item.currency });
	if (ticket !== undefined && ticket.tenders.length > 0) return refuse("TILL-0416");
	if (ticket !== undefined && ticket.lines.length >= TICKET_LINES_MAX) {
		return refuse("TILL-0415", { limit: TICKET_LINES_MAX.toString() });
	}
	const vatRate = context.rules.vatRate(item.vatCode, context.businessDate);
	if (vatRate === undefined) return refuse("TILL-0417", { item: item.itemId, vatCode: item.vatCode });
	const size = sizeOf(command, vatRate, context.settings.currency);
	if (isRefusal(size)) return size;
	const basis: LineBasis = {
		lineNo: (ticket?.lines.length ?? 0) + 1,
		kind: "sale",
		item,
		quantity: size.quantity,
		vatRate,
		scanCode: command.scanCode,
		catalogVersion: command.catalogVersion,
	};
	const line = size.gross === undefined ? unitLine(basis) : extendedLine(basis, size.gross);
	const due = ticket === undefined ? 0n : dueOf(ticket.lines);
	if (line === undefined || !isAmountMinor(due + line.gross)) return refuse("TILL-0403", { item: item.itemId });
	const sold: ItemSold = { type: "ItemSold", line };
	if (ticket !== undefined) return [sold];
	return [
		{
			type: "TicketOpened",
			ticketId: `${context.journalId}-${context.counters.ticket + 1}`,
			operatorId: context.operatorId,
			training: false,
		},
		sold,
	];
};

/** How much is sold, and what it costs where the label says so. */
const sizeOf = (
	{ item, label, quantityText }: SellItem,
	vatRate: Rate,
	currency: CurrencyCode,
): LabelSize | Refusal => {
	if (label !== null) {
		return quantityText === null ? labelSize({ item, label, currency, vatRate }) : refuse("TILL-0433");
	}
	const quantity = quantityText === null ? ONE : parseQuantity(quantityText, item.unitDecimals);
	return quantity === undefined || quantity <= 0n
		? refuse("TILL-0402", { quantity: withoutCardDigits(quantityText ?? ""), decimals: item.unitDecimals.toString() })
		: { quantity, gross: undefined };
};

/** The signed amount of a tender: as typed, or what is left of it. A refund's tenders are negative. */
const tenderAmount = (
	command: TakeTender,
	rule: TenderRule,
	left: { readonly left: Amount; readonly leftInCash: Amount },
	settings: TicketSettings,
): Amount | Refusal => {
	const wanted = rule.isCash ? left.leftInCash : left.left;
	if (command.currency !== null && command.currency.toUpperCase() !== settings.currency) {
		return refuse("TILL-0406", { currency: command.currency });
	}
	if (command.amountText === null) {
		return wanted === 0n ? refuse("TILL-0410", { left: amountText(left.left, settings.currency) }) : wanted;
	}
	const typed = parseAmount(command.amountText, settings.currency);
	if (typed === undefined || typed <= 0n) return refuse("TILL-0407", { amount: withoutCardDigits(command.amountText) });
	if (rule.isCash && !isPayableInCoin(typed, settings.cashUnitMinor)) {
		return refuse("TILL-0408", { amount: amountText(typed, settings.currency) });
	}
	const isRefund = left.left < 0n;
	if ((rule.change === "none" || isRefund) && typed > absolute(wanted)) {
		return refuse("TILL-0409", { left: amountText(absolute(wanted), settings.currency) });
	}
	return isRefund ? negate(typed) : typed;
};

const takeTender = (
	ticket: OpenTicket | undefined,
	command: TakeTender,
	context: TicketContext,
): readonly TicketEvent[] | Refusal => {
	const { settings } = context;
	if (ticket === undefined) return refuse("TILL-0411");
	const rule = settings.tenderRules.find((tender) => tender.id === command.tenderType);
	if (rule === undefined) {
		return refuse("TILL-0405", {
			tender: withoutCardDigits(command.tenderType),
			known: settings.tenderRules.map((r) => r.id).join(", "),
		});
	}
	if (ticket.tenders.length >= TICKET_TENDERS_MAX) return refuse("TILL-0415", { limit: TICKET_TENDERS_MAX.toString() });
	const due = dueOf(ticket.lines);
	const before = settle(due, ticket.tenders, settings.cashUnitMinor);
	if (before === undefined || before.settled) return refuse("TILL-0424");
	const amount = tenderAmount(command, rule, before, settings);
	if (typeof amount !== "bigint") return amount;
	const tender: TicketTender = {
		tenderNo: ticket.tenders.length + 1,
		kind: "tender",
		tenderType: rule.id,
		description: rule.description,
		safTCode: rule.safTCode,
		isCash: rule.isCash,
		amount,
		card: null,
	};
	const tenders = [...ticket.tenders, tender];
	const after = settle(due, tenders, settings.cashUnitMinor);
	if (after === undefined) return refuse("TILL-0410", { left: amountText(before.left, settings.currency) });
	const received: TenderReceived = { type: "TenderReceived", tender };
	if (!after.settled) return [received];
	return [received, ...closing({ ...ticket, tenders }, after, context)];
};

const closeTicket = (
	ticket: OpenTicket | undefined,
	_command: CloseTicket,
	context: TicketContext,
): readonly TicketEvent[] | Refusal => {
	if (ticket === undefined) return refuse("TILL-0411");
	const state = settle(dueOf(ticket.lines), ticket.tenders, context.settings.cashUnitMinor);
	if (state === undefined || !state.settled) {
		const left = state?.left ?? dueOf(ticket.lines);
		return refuse("TILL-0404", { left: amountText(left, context.settings.currency) });
	}
	return closing(ticket, state, context);
};

/** The events that finish a settled ticket: rounding and change where coin moved, then the document. */
const closing = (
	ticket: OpenTicket,
	settled: { readonly change: Amount; readonly rounding: Amount },
	context: TicketContext,
): TicketEvent[] => {
	const events: TicketEvent[] = [];
	if (settled.rounding !== 0n) events.push({ type: "CashRounded", amount: settled.rounding });
	const tenders = [...ticket.tenders];
	if (settled.change !== 0n) {
		const cash = cashRule(context.settings);
		const change: TicketTender = {
			tenderNo: tenders.length + 1,
			kind: "change",
			tenderType: cash.id,
			description: cash.description,
			safTCode: cash.safTCode,
			isCash: true,
			amount: settled.change,
			card: null,
		};
		tenders.push(change);
		events.push({ type: "ChangeGiven", tender: change });
	}
	events.push({ type: "TicketClosed", document: ticketDocument({ ...ticket, tenders }, settled.rounding, context) });
	return events;
};
