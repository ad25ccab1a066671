import type { Amount } from "./amount.ts";
import { amountOf } from "./amount.ts";

/** numerator / denominator to the nearest integer, a half away from zero. The only division on a money path. */
export const divideHalfAwayFromZero = (numerator: bigint, denominator: bigint): bigint => {
	if (denominator === 0n) throw new RangeError("TILL-0102 division by zero");
	const negative = numerator < 0n !== denominator < 0n;
	const n = numerator < 0n ? -numerator : numerator;
	const d = denominator < 0n ? -denominator : denominator;
	const quotient = (2n * n + d) / (2n * d);
	return negative ? -quotient : quotient;
};

/** numerator / denominator to the nearest integer, a half toward +infinity. */
export const divideHalfUp = (numerator: bigint, denominator: bigint): bigint => {
	if (denominator <= 0n) throw new RangeError("TILL-0102 the denominator of a cash rounding is positive");
	const n = 2n * numerator + denominator;
	const d = 2n * denominator;
	const truncated = n / d;
	return n < 0n && truncated * d !== n ? truncated - 1n : truncated;
};

/**
 * R(C): the sum of coin that settles C (DESIGN section 5). Nearest unit; a tie goes toward +infinity on a ticket whose
 * total due is not negative (50 to 99 øre go up, FOR-2011-03-16-294 § 2) and is mirrored on a refund, so that the
 * customer gets back what he once paid.
 *
 * @param cash C = due - all tenders that are not coin; negative when coin goes back.
 * @param ticketDue the ticket's total due, which decides the direction of a tie.
 * @param unitMinor the smallest sum that coin can pay; undefined where cash is not rounded.
 */
export const roundCash = (cash: Amount, ticketDue: Amount, unitMinor: bigint | undefined): Amount => {
	if (unitMinor === undefined) return cash;
	if (ticketDue >= 0n) return amountOf(divideHalfUp(cash, unitMinor) * unitMinor);
	return amountOf(-(divideHalfUp(-cash, unitMinor) * unitMinor));
};
