import type { CatalogItem } from "../catalog/core/item.ts";
import { CURRENCY_NUMBERS, type LabelPrice, type LabelValue } from "../catalog/core/label-value.ts";
import { measuredUnit } from "../catalog/core/unit-of-measure.ts";
import { type Refusal, refuse } from "../events/refusal.ts";
import { type Amount, amountOf, isAmountMinor } from "../money/amount.ts";
import { type CurrencyCode, currencyOf } from "../money/currency.ts";
import { isQuantity, ONE, QUANTITY_DIGITS, type Quantity, quantityOf } from "../money/quantity.ts";
import type { Rate } from "../money/rate.ts";
import { divideHalfUp } from "../money/rounding.ts";
import { splitGross } from "../money/vat.ts";

/** What a label comes to for an item. */
export interface LabelSize {
	readonly quantity: Quantity;
	/** The price of the pack, VAT included; undefined when the catalog's price is to be taken. */
	readonly gross: Amount | undefined;
}

/** What is sold by a label. */
export interface Labelled {
	readonly item: CatalogItem;
	readonly label: LabelValue;
	readonly currency: CurrencyCode;
	readonly vatRate: Rate;
}

/**
 * How much a labelled pack is, and what it costs if the label says so. A measure must be one of the item's own unit, to its
 * decimals; a count must meet an item that is counted. With a price on the label the quantity decides nothing about the
 * money: it is what the label measured, or else the price divided by the catalog's, and rounded half up to the unit's
 * decimals. Refusals: TILL-0403, 0406, 0430, 0431.
 */
export const labelSize = ({ item, label, currency, vatRate }: Labelled): LabelSize | Refusal => {
	if (label.price !== undefined && !mayCarryPrice(item, label)) return refuse("TILL-0430", { item: item.itemId });
	const gross = label.price === undefined ? undefined : priceOf(label.price, item, currency);
	if (typeof gross === "object") return gross;
	const said = saidQuantity(item, label);
	const step = 10n ** BigInt(QUANTITY_DIGITS - item.unitDecimals);
	if (gross === undefined) {
		if (isMereInformation(item, label)) return { quantity: ONE, gross };
		if (said === undefined || said.of % (said.by * step) !== 0n) {
			return refuse("TILL-0430", { item: item.itemId, unit: item.unit, decimals: item.unitDecimals.toString() });
		}
		return said.of === 0n ? refuse("TILL-0431", { item: item.itemId }) : sized(said.of / said.by, undefined, item);
	}
	const basis = item.includesVat ? gross : splitGross(gross, vatRate).net;
	const { of, by } = said ?? derivedQuantity(basis, item);
	const steps = divideHalfUp(of, by * step);
	// A line has a quantity: of something the least there is.
	return sized((steps === 0n ? 1n : steps) * step, gross, item);
};

/**
 * A price in a code is for packs that differ (GS1 General Specifications, AI 392n and 393n: with a measure trade item only;
 * norway-fiscal.md 5.3). Believed of any item, a label made at home would sell a coat for a krone.
 */
const mayCarryPrice = ({ unit }: CatalogItem, { isVariable }: LabelValue): boolean =>
	isVariable || measuredUnit(unit) !== undefined;

/** A weight on a pack that always weighs the same says nothing new of an item that is counted. */
const isMereInformation = ({ unit }: CatalogItem, { isVariable, countMillionths }: LabelValue): boolean =>
	!isVariable && countMillionths === undefined && measuredUnit(unit) === undefined;

/** A quantity before it is rounded, in millionths of the item's unit: so many, divided by so many. */
interface Fraction {
	readonly of: bigint;
	readonly by: bigint;
}

/** A price of the label in minor units of the till's currency. */
const priceOf = (price: LabelPrice, item: CatalogItem, currency: CurrencyCode): Amount | Refusal => {
	if (price.currencyNumber !== undefined && price.currencyNumber !== CURRENCY_NUMBERS[currency]) {
		return refuse("TILL-0406", { currency: price.currencyNumber });
	}
	const scaled = price.units * 10n ** BigInt(currencyOf(currency).minorDigits);
	const one = 10n ** BigInt(price.decimals);
	if (scaled === 0n) return refuse("TILL-0431", { item: item.itemId });
	if (scaled % one !== 0n) return refuse("TILL-0430", { item: item.itemId, decimals: price.decimals.toString() });
	return isAmountMinor(scaled / one) ? amountOf(scaled / one) : refuse("TILL-0403", { item: item.itemId });
};

/** What the label says of the quantity, if it is in a unit like the item's. */
const saidQuantity = ({ unit }: CatalogItem, label: LabelValue): Fraction | undefined => {
	const measured = measuredUnit(unit);
	if (measured === undefined) {
		return label.countMillionths === undefined ? undefined : { of: label.countMillionths, by: 1n };
	}
	const measure = label.measures.find(({ dimension }) => dimension === measured.dimension);
	return measure === undefined ? undefined : { of: measure.millionths, by: measured.size };
};

/** Price of the pack over price of the unit; one where the catalog has no price of the unit. */
const derivedQuantity = (basis: Amount, { price }: CatalogItem): Fraction =>
	price.amountMinor === 0n ? { of: ONE, by: 1n } : { of: basis * BigInt(price.per) * ONE, by: price.amountMinor };

const sized = (millionths: bigint, gross: Amount | undefined, item: CatalogItem): LabelSize | Refusal =>
	isQuantity(millionths) ? { quantity: quantityOf(millionths), gross } : refuse("TILL-0403", { item: item.itemId });
