import { z } from "zod";
import { type Amount, amountFromJson, amountToJson } from "../../money/amount.ts";
import { CURRENCY_CODES } from "../../money/currency.ts";
import { parseQuantity, QUANTITY_DIGITS, type Quantity, quantityText } from "../../money/quantity.ts";
import { type Percentage, parseRatePercent, percentageOf, type Rate, ratePercentText } from "../../money/rate.ts";
import { PRICE_PER, type PricePer } from "../../money/unit-price.ts";

/** A bigint of the program's own kind. What kind it is and its limits are checked where it is made and where it is written. */
const branded = <Kind extends bigint>(): z.ZodType<Kind, Kind> => z.bigint() as unknown as z.ZodType<Kind, Kind>;

/** Amount: a JSON integer of minor units within ±(2^53-1) (DESIGN section 5); encoding throws a RangeError beyond. */
export const amountCodec = z.codec(z.int().describe("Minor units of the currency"), branded<Amount>(), {
	decode: amountFromJson,
	encode: amountToJson,
});

/** Quantity: decimal text with at most six decimals. */
export const quantityCodec = z.codec(
	z
		.string()
		.regex(/^-?[0-9]{1,7}(\.[0-9]{1,6})?$/)
		.describe("Decimal text, unit of measure beside it"),
	branded<Quantity>(),
	{
		decode: (text, context) => {
			const quantity = parseQuantity(text, QUANTITY_DIGITS);
			if (quantity !== undefined) return quantity;
			context.issues.push({ code: "custom", message: "no quantity", input: text });
			return z.NEVER;
		},
		encode: quantityText,
	},
);

const percentText = z.string().regex(/^[0-9]{1,3}(\.[0-9]{1,4})?$/);

/** VAT rate: percent as decimal text ("25", "11.11"). */
export const rateCodec = z.codec(percentText.describe("Percent as decimal text"), branded<Rate>(), {
	decode: (text, context) => {
		const rate = parseRatePercent(text);
		if (rate !== undefined) return rate;
		context.issues.push({ code: "custom", message: "no rate", input: text });
		return z.NEVER;
	},
	encode: ratePercentText,
});

/** Discount percentage: percent as decimal text. */
export const percentageCodec = z.codec(percentText.describe("Percent as decimal text"), branded<Percentage>(), {
	decode: (text, context) => {
		const rate = parseRatePercent(text);
		if (rate !== undefined) return percentageOf(rate);
		context.issues.push({ code: "custom", message: "no percentage", input: text });
		return z.NEVER;
	},
	encode: ratePercentText,
});

/** Price for `per` units. */
export const unitPriceSchema = z.object({
	amountMinor: amountCodec,
	per: z.literal(PRICE_PER) as z.ZodType<PricePer, PricePer>,
});

/** Currency, ISO 4217. */
export const currencySchema = z.enum(CURRENCY_CODES);

/** SHA-256 as 64 hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** A journal's id: a ULID. */
export const journalIdSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/);

/** A store's id, fixed for life (DESIGN section 7). */
export const storeSchema = z.string().regex(/^[A-Z0-9]{1,8}$/);

/** A till's id within its store, fixed for life; short because M3's ORNO holds it and the receipt number in ten characters. */
export const tillSchema = z.string().regex(/^[A-Z0-9]{1,4}$/);

/** A calendar date. */
export const dateSchema = z.iso.date();

/** A sequence number from 1. */
export const seqSchema = z.int().min(1);

/** When something happened. */
export const stampSchema = z.object({
	utcMs: z.int(),
	offsetMinutes: z.int().min(-900).max(900),
	bootId: z.string().max(64),
	monotonicMs: z.int().min(0),
});
