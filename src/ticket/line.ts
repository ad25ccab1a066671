import type { ScanCode, TicketLine, VatTotal } from "../events/ticket-document.ts";
import type { Amount } from "../money/amount.ts";
import { add, negate, sum } from "../money/amount.ts";
import type { Quantity } from "../money/quantity.ts";
import type { Rate } from "../money/rate.ts";
import type { UnitPrice } from "../money/unit-price.ts";
import { extend } from "../money/unit-price.ts";
import { splitGross, splitNet, type VatSplit } from "../money/vat.ts";

/** What a line of the catalog is made from. */
export interface LineBasis {
	readonly lineNo: number;
	readonly kind: "sale" | "return";
	readonly item: {
		readonly itemId: string;
		readonly description: string;
		readonly itemGroup: string;
		readonly unit: string;
		readonly unitText: string;
		readonly price: UnitPrice;
		readonly includesVat: boolean;
		readonly vatCode: string;
	};
	readonly quantity: Quantity;
	readonly vatRate: Rate;
	readonly scanCode: ScanCode;
	readonly catalogVersion: string;
}

/** Splits a line's amount by the price's VAT basis; undefined on overflow. */
const splitLine = (amount: Amount, includesVat: boolean, rate: Rate): VatSplit | undefined =>
	includesVat ? splitGross(amount, rate) : splitNet(amount, rate);

/** Makes a line by quantity x unit price, rounded once (DESIGN section 5). Undefined on overflow. */
export const unitLine = (basis: LineBasis): TicketLine | undefined => {
	const { item, quantity } = basis;
	const size = extend(quantity, item.price);
	if (size === undefined) return undefined;
	const extendedAmount = basis.kind === "return" ? negate(size) : size;
	const split = splitLine(extendedAmount, item.includesVat, basis.vatRate);
	return split === undefined ? undefined : madeLine(basis, "unit", extendedAmount, split);
};

/**
 * Makes a line of an amount that was given, VAT included, as the price on a label is. The quantity is never multiplied
 * again; the unit price is the catalog's.
 */
export const extendedLine = (basis: LineBasis, gross: Amount): TicketLine => {
	const split = splitGross(basis.kind === "return" ? negate(gross) : gross, basis.vatRate);
	return madeLine(basis, "extended", basis.item.includesVat ? split.gross : split.net, split);
};

const madeLine = (basis: LineBasis, how: TicketLine["basis"], extendedAmount: Amount, split: VatSplit): TicketLine => {
	const { item } = basis;
	return {
		lineNo: basis.lineNo,
		kind: basis.kind,
		itemId: item.itemId,
		scanCode: basis.scanCode,
		description: item.description,
		itemGroup: item.itemGroup,
		unit: item.unit,
		unitText: item.unitText,
		quantity: basis.quantity,
		basis: how,
		price: {
			unitPrice: item.price,
			includesVat: item.includesVat,
			source: {
				origin: how === "unit" ? "catalog" : "label",
				catalogVersion: basis.catalogVersion,
				reference: null,
			},
			original: null,
		},
		extendedAmount,
		discounts: [],
		vatCode: item.vatCode,
		vatRate: basis.vatRate,
		gross: split.gross,
		net: split.net,
		vat: split.vat,
		origin: null,
		invoice: null,
		approverId: null,
	};
};

/** VAT per code and rate, summed over lines, never rounded again; in the order the codes first appear. */
export const vatTotalsOf = (
	lines: readonly Pick<TicketLine, "vatCode" | "vatRate" | "gross" | "net" | "vat">[],
): VatTotal[] => {
	const totals = new Map<string, VatTotal>();
	for (const line of lines) {
		const key = `${line.vatCode}/${line.vatRate}`;
		const before = totals.get(key);
		totals.set(key, {
			vatCode: line.vatCode,
			vatRate: line.vatRate,
			gross: before === undefined ? line.gross : add(before.gross, line.gross),
			net: before === undefined ? line.net : add(before.net, line.net),
			vat: before === undefined ? line.vat : add(before.vat, line.vat),
		});
	}
	return [...totals.values()];
};

/** Sum of the lines' gross: what the ticket is due. */
export const dueOf = (lines: readonly Pick<TicketLine, "gross">[]): Amount => sum(lines.map((line) => line.gross));
