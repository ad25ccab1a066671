import type { Amount } from "./amount.ts";
import { add, amountOf, isAmountMinor, subtract } from "./amount.ts";
import type { Rate } from "./rate.ts";
import { WHOLE } from "./rate.ts";
import { divideHalfAwayFromZero } from "./rounding.ts";

/** An amount split by VAT. Invariant: net + vat = gross. */
export interface VatSplit {
	readonly gross: Amount;
	readonly net: Amount;
	readonly vat: Amount;
}

/** Splits an amount that includes VAT: `VAT = round(gross x r / (1 + r))`, `net = gross - VAT`; never both rounded (DESIGN section 5). */
export const splitGross = (gross: Amount, rate: Rate): VatSplit => {
	const vat = amountOf(divideHalfAwayFromZero(gross * rate, WHOLE + rate));
	return { gross, net: subtract(gross, vat), vat };
};

/** Builds up an amount from one without VAT: `VAT = round(net x r)`, `gross = net + VAT`. Undefined when the gross is no Amount (overflow). */
export const splitNet = (net: Amount, rate: Rate): VatSplit | undefined => {
	const vat = divideHalfAwayFromZero(net * rate, WHOLE);
	return isAmountMinor(net + vat) ? { gross: add(net, amountOf(vat)), net, vat: amountOf(vat) } : undefined;
};
