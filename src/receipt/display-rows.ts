import type { TicketLine } from "../events/ticket-document.ts";
import type { Amount } from "../money/amount.ts";
import { negate } from "../money/amount.ts";
import type { CurrencyCode } from "../money/currency.ts";
import { ONE, quantityText } from "../money/quantity.ts";
import { figure, money } from "./sales-receipt.ts";
import type { Texts } from "./texts/texts.ts";

/** Left text and right text in exactly `columns` cells; the left one gives way. */
const cells = (left: string, right: string, columns: number): string => {
	const room = Math.max(0, columns - [...right].length - 1);
	return `${[...left].slice(0, room).join("").padEnd(room)} ${right}`.slice(0, columns);
};

/** How the customer display speaks: its size, the till's currency and words. */
export interface DisplayStyle {
	readonly columns: number;
	readonly currency: CurrencyCode;
	readonly texts: Texts;
}

/** Two rows for a line just sold: what and how much, and the sum so far. */
export const lineRows = (line: TicketLine, due: Amount, style: DisplayStyle): [string, string] => {
	const quantity = line.quantity === ONE ? "" : `${figure(quantityText(line.quantity), style.texts)} `;
	return [
		cells(`${quantity}${line.description}`, money(line.gross, style.currency, style.texts), style.columns),
		cells(style.texts.total, money(due, style.currency, style.texts), style.columns),
	];
};

/** Two rows for a part payment. */
export const leftRows = (left: Amount, style: DisplayStyle): [string, string] => [
	cells(style.texts.left, money(left, style.currency, style.texts), style.columns),
	"",
];

/** Two rows for a finished ticket: what was to pay, what goes back. */
export const closedRows = (toPay: Amount, change: Amount, style: DisplayStyle): [string, string] => [
	cells(style.texts.toPay, money(toPay, style.currency, style.texts), style.columns),
	cells(style.texts.change, money(negate(change), style.currency, style.texts), style.columns),
];

/** Two rows while nothing is sold. */
export const idleRows = (style: DisplayStyle): [string, string] => [style.texts.welcome, ""];
