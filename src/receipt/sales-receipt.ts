import type { Stamp } from "../events/stamp.ts";
import { localDateTime } from "../events/stamp.ts";
import type { TicketDocument, TicketLine } from "../events/ticket-document.ts";
import { type Amount, negate } from "../money/amount.ts";
import { amountText, type CurrencyCode } from "../money/currency.ts";
import { quantityText } from "../money/quantity.ts";
import { ratePercentText } from "../money/rate.ts";
import { toPay } from "../ticket/settlement.ts";
import {
	centred,
	HELD_BLANK,
	heading,
	type ReceiptElement,
	type ReceiptLine,
	ruler,
	textLine,
	twoColumns,
} from "./receipt-line.ts";
import type { Seller } from "./seller.ts";
import type { Texts } from "./texts/texts.ts";

/** How a receipt is to look. */
export interface ReceiptStyle {
	readonly columns: number;
	readonly texts: Texts;
	readonly seller: Seller;
}

/** An amount for people, with the language's decimal separator. */
export const money = (amount: Amount, currency: CurrencyCode, texts: Texts): string =>
	amountText(amount, currency).replace(".", texts.decimalSeparator);

/** A decimal figure for people, with the language's decimal separator. */
export const figure = (text: string, texts: Texts): string => text.replace(".", texts.decimalSeparator);

/** Local date and time of a stamp on paper. */
export const dateTime = (at: Stamp): string => {
	const { date, time } = localDateTime(at);
	return `${date} ${time}`;
};

/** Name, number and address of the seller. */
export const sellerLines = (seller: Seller, columns: number, texts: Texts): ReceiptLine[] => [
	...centred(seller.name, columns),
	...seller.address.flatMap((line) => centred(line, columns)),
	...centred(
		`${texts.organisationNumber} ${seller.organisationNumber}${seller.vatRegistered ? ` ${texts.vatRegistered}` : ""}`,
		columns,
	),
];

const titles = (ticket: TicketDocument, texts: Texts): string[] => {
	switch (ticket.series) {
		case "receipt":
			return [texts.salesReceipt];
		case "return":
			return [texts.returnReceipt];
		case "delivery":
			return [texts.deliveryReceipt, texts.notAReceipt];
		case "training":
			return [texts.trainingReceipt, texts.notAReceipt];
	}
};

const itemLines = (line: TicketLine, ticket: TicketDocument, style: ReceiptStyle): ReceiptLine[] => {
	const { texts, columns } = style;
	const before = line.price.includesVat ? line.extendedAmount : line.gross;
	const left = `${line.description} ${figure(quantityText(line.quantity), texts)}${HELD_BLANK}${line.unitText}`;
	return [
		...twoColumns(left, money(before, ticket.currency, texts), columns),
		...line.discounts.flatMap((discount) =>
			twoColumns(
				`  ${texts.discount} ${discount.reason}`,
				money(negate(discount.amount), ticket.currency, texts),
				columns,
			),
		),
	];
};

/**
 * The receipt of a ticket: heading in double size at the top, seller, number, date and time, cash point, what was sold,
 * VAT per rate, means of payment, rounding and change (kassasystemforskrifta § 2-8-4 to 2-8-7; norway-fiscal.md 1.7).
 * A copy says so in double size.
 */
export const salesReceipt = (ticket: TicketDocument, style: ReceiptStyle, copy: boolean): ReceiptElement[] => {
	const { columns, texts, seller } = style;
	const amount = (value: Amount): string => money(value, ticket.currency, texts);
	const row = (left: string, value: Amount): ReceiptLine[] => twoColumns(left, amount(value), columns);
	return [
		...(copy ? heading(texts.copy, columns) : []),
		...titles(ticket, texts).flatMap((title) => heading(title, columns)),
		...sellerLines(seller, columns, texts),
		ruler(columns),
		textLine(`${texts.receiptNo} ${ticket.receiptNumber}`, columns),
		...twoColumns(`${texts.till} ${ticket.store}/${ticket.till}`, dateTime(ticket.closedAt), columns),
		textLine(`${texts.operator} ${ticket.operatorId}`, columns),
		ruler(columns),
		...ticket.lines.flatMap((line) => itemLines(line, ticket, style)),
		ruler(columns),
		...row(texts.subtotal, ticket.due),
		...(ticket.rounding === 0n ? [] : row(texts.rounding, negate(ticket.rounding))),
		...row(texts.toPay, toPay(ticket.due, ticket.rounding)),
		...ticket.tenders.flatMap((tender) =>
			tender.kind === "change"
				? row(texts.change, negate(tender.amount))
				: row(
						tender.amount < 0n ? `${texts.paidOut} ${tender.description}` : tender.description,
						tender.amount < 0n ? negate(tender.amount) : tender.amount,
					),
		),
		ruler(columns),
		...ticket.vatTotals.flatMap((vat) =>
			twoColumns(
				`${texts.vat} ${figure(ratePercentText(vat.vatRate), texts)}%`,
				`${texts.vat} ${amount(vat.vat)}`,
				columns,
			),
		),
		...row(texts.net, ticket.net),
		...(ticket.fiscal?.printable ?? []).map((entry) => textLine(`${entry.caption} ${entry.data}`, columns)),
		...(seller.footer.length === 0 ? [texts.thanks] : seller.footer).flatMap((line) => centred(line, columns)),
		{ kind: "cut" },
	];
};
