import type { TicketTender } from "../events/ticket-document.ts";
import type { Amount } from "../money/amount.ts";
import { add, amountOf, negate, subtract, sum, ZERO } from "../money/amount.ts";
import { roundCash } from "../money/rounding.ts";

/** How a ticket stands after the tenders entered so far. */
export type Settlement =
	| {
			readonly settled: false;
			/** What a tender that is not coin would have to be. */
			readonly left: Amount;
			/** What coin would have to be. */
			readonly leftInCash: Amount;
	  }
	| {
			readonly settled: true;
			/** Coin that goes back (or, on a refund, comes in again): negative or zero on a sale. */
			readonly change: Amount;
			/** C - R(C); zero when no coin moved. */
			readonly rounding: Amount;
	  };

/** 1 when money comes in, -1 on a refund. A ticket due nothing counts as a sale. */
const direction = (due: Amount): bigint => (due < 0n ? -1n : 1n);

/**
 * The rule of cash rounding (DESIGN section 5): C = due - all tenders that are not coin; coin to move = R(C); rounding =
 * C - R(C), once, and only if coin moves. Undefined when coin cannot give back what was paid too much (R(C) is zero while
 * C is not, and no coin was handed over): no legal settlement exists, the tender that led here is refused.
 */
export const settle = (
	due: Amount,
	tenders: readonly TicketTender[],
	cashUnitMinor: bigint | undefined,
): Settlement | undefined => {
	const sign = direction(due);
	const coin = sum(tenders.filter((tender) => tender.isCash).map((tender) => tender.amount));
	const coinMoved = tenders.some((tender) => tender.isCash && tender.amount !== 0n);
	const cash = subtract(due, sum(tenders.filter((tender) => !tender.isCash).map((tender) => tender.amount)));
	const coinToMove = roundCash(cash, due, cashUnitMinor);
	const rounding = subtract(cash, coinToMove);
	if (!coinMoved) {
		if (cash === 0n) return { settled: true, change: ZERO, rounding: ZERO };
		if (cash * sign > 0n) return { settled: false, left: cash, leftInCash: coinToMove };
		if (coinToMove === 0n) return undefined;
		return { settled: true, change: coinToMove, rounding };
	}
	const change = subtract(coinToMove, coin);
	if (change * sign <= 0n) return { settled: true, change, rounding };
	return { settled: false, left: subtract(cash, coin), leftInCash: change };
};

/** What the customer pays in the end: "To pay" on the receipt. With rounding -0.05 on 99.95 it is 100.00. */
export const toPay = (due: Amount, rounding: Amount): Amount => add(due, negate(rounding));

/** Whether coin can be exactly this amount. */
export const isPayableInCoin = (amount: Amount, cashUnitMinor: bigint | undefined): boolean =>
	cashUnitMinor === undefined || amountOf(amount % cashUnitMinor) === 0n;
