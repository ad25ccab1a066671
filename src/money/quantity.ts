import { decimalText, parseDecimal, withoutTrailingZeros } from "./decimal.ts";

/** A quantity in integer millionths of its unit of measure (DESIGN section 5; SAF-T's qnt has six decimals). */
export type Quantity = bigint & { readonly brand: "Quantity" };

/** Decimals of a quantity. */
export const QUANTITY_DIGITS = 6;

/** The largest quantity of one line, in millionths: 1,000,000 units. A scanner read as a quantity stops here. */
const QUANTITY_MAX = 1_000_000_000_000n;

/** One unit. */
export const ONE = 1_000_000n as Quantity;

/** Whether an integer of millionths may stand in a document: the question to ask before {@link quantityOf} on what came from outside. */
export const isQuantity = (millionths: bigint): boolean => millionths <= QUANTITY_MAX && millionths >= -QUANTITY_MAX;

/** Says that this integer is a quantity in millionths. Throws a RangeError beyond ±{@link QUANTITY_MAX}. */
export const quantityOf = (millionths: bigint): Quantity => {
	if (!isQuantity(millionths)) {
		throw new RangeError(`TILL-0103 quantity ${millionths} is beyond ±${QUANTITY_MAX} millionths`);
	}
	return millionths as Quantity;
};

/** Reads a typed quantity with at most `decimalsMax` decimals (the unit of measure says how many); undefined when it is none or too large. */
export const parseQuantity = (text: string, decimalsMax: number): Quantity | undefined => {
	const units = parseDecimal(text, decimalsMax);
	if (units === undefined) return undefined;
	const millionths = units * 10n ** BigInt(QUANTITY_DIGITS - decimalsMax);
	return isQuantity(millionths) ? quantityOf(millionths) : undefined;
};

/** A quantity as the shortest decimal text: "2", "0.385". The form used in documents. */
export const quantityText = (quantity: Quantity): string =>
	withoutTrailingZeros(decimalText(quantity, QUANTITY_DIGITS));
