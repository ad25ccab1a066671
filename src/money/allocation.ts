import type { Amount } from "./amount.ts";
import { amountOf } from "./amount.ts";

/**
 * Spreads `total` over `weights` by largest remainder, ties to the earlier one (DESIGN section 5): the shares sum to
 * `total` exactly, each has the total's sign or is zero, and none is further than one minor unit from its exact share.
 * Weights are not negative; when all are zero the first takes everything. No weights is only right for a total of zero.
 */
export const allocate = (total: Amount, weights: readonly Amount[]): Amount[] => {
	if (weights.some((w) => w < 0n)) throw new RangeError("TILL-0105 a weight is not negative");
	if (weights.length === 0 && total !== 0n) throw new RangeError("TILL-0105 nothing to spread an amount over");
	const whole = weights.reduce<bigint>((all, w) => all + w, 0n);
	if (whole === 0n) return weights.map((_, index) => (index === 0 ? total : amountOf(0n)));
	const sign = total < 0n ? -1n : 1n;
	const size = total * sign;
	const shares = weights.map((weight, index) => {
		const exact = size * weight;
		return { index, floor: exact / whole, remainder: exact % whole };
	});
	let left = size - shares.reduce((all, share) => all + share.floor, 0n);
	const byRemainder = shares.toSorted((a, b) =>
		a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
	);
	const result = shares.map((share) => share.floor);
	for (const share of byRemainder) {
		if (left === 0n) break;
		result[share.index] = share.floor + 1n;
		left -= 1n;
	}
	return result.map((share) => amountOf(share * sign));
};
