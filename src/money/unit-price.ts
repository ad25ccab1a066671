import type { Amount } from "./amount.ts";
import { isAmountMinor } from "./amount.ts";
import type { Quantity } from "./quantity.ts";
import { divideHalfAwayFromZero } from "./rounding.ts";

/** How many units of measure a price is for: M3's sales price quantity SACD, "per 100 g". */
export const PRICE_PER = [1, 10, 100, 1000] as const;

/** One of {@link PRICE_PER}. */
export type PricePer = (typeof PRICE_PER)[number];

/** A price: so much money for `per` units. */
export interface UnitPrice {
	readonly amountMinor: Amount;
	readonly per: PricePer;
}

const MILLIONTHS = 1_000_000n;

/** `round(quantity x price / per)`, half away from zero (DESIGN section 5). Undefined when the result is no Amount (overflow). */
export const extend = (quantity: Quantity, price: UnitPrice): Amount | undefined => {
	const minor = divideHalfAwayFromZero(quantity * price.amountMinor, MILLIONTHS * BigInt(price.per));
	return isAmountMinor(minor) ? (minor as Amount) : undefined;
};
