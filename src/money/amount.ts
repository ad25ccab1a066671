/**
 * An amount of money in integer minor units (øre, cents), branded so that the compiler refuses to mix it with
 * plain numbers, quantities or rates (DESIGN section 5). The currency is the ticket's; one ticket has one currency.
 */
export type Amount = bigint & { readonly brand: "Amount" };

/** The largest amount that crosses a JSON or SQLite border: ±(2^53-1) minor units, so that every reader gets it exactly. */
export const AMOUNT_MINOR_MAX = 9_007_199_254_740_991n;

/** No money. */
export const ZERO = 0n as Amount;

/** Says that this integer is an amount of minor units. Throws a RangeError beyond {@link AMOUNT_MINOR_MAX}. */
export const amountOf = (minor: bigint): Amount => {
	if (minor > AMOUNT_MINOR_MAX || minor < -AMOUNT_MINOR_MAX) {
		throw new RangeError(`TILL-0101 amount ${minor} is beyond ±(2^53-1) minor units`);
	}
	return minor as Amount;
};

/** Whether an integer of minor units may stand in a document: the question to ask before {@link amountOf} on operator input. */
export const isAmountMinor = (minor: bigint): boolean => minor <= AMOUNT_MINOR_MAX && minor >= -AMOUNT_MINOR_MAX;

/** a + b. */
export const add = (a: Amount, b: Amount): Amount => amountOf(a + b);

/** a - b. */
export const subtract = (a: Amount, b: Amount): Amount => amountOf(a - b);

/** -a. */
export const negate = (a: Amount): Amount => -a as Amount;

/** |a|. */
export const absolute = (a: Amount): Amount => (a < 0n ? negate(a) : a);

/** The sum of any number of amounts; of none it is {@link ZERO}. */
export const sum = (amounts: readonly Amount[]): Amount =>
	amountOf(amounts.reduce<bigint>((total, a) => total + a, 0n));

/** An amount as a JSON integer of minor units. Exact: an Amount never exceeds 2^53-1. */
export const amountToJson = (amount: Amount): number => globalThis.Number(amountOf(amount));

/** Reads a JSON integer of minor units. Throws a RangeError when it is no safe integer. */
export const amountFromJson = (minor: number): Amount => {
	if (!globalThis.Number.isSafeInteger(minor)) {
		throw new RangeError(`TILL-0101 ${minor} is no integer of minor units`);
	}
	return amountOf(BigInt(minor));
};
