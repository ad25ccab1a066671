import { type Refusal, refuse } from "../../../events/refusal.ts";
import { isVariableMeasure } from "../gtin.ts";
import type { LabelValue } from "../label-value.ts";
import {
	CUBIC_METRE,
	KILOGRAM,
	LITRE,
	METRE,
	type Measure,
	type MeasuredUnit,
	measureOf,
	SQUARE_METRE,
} from "../unit-of-measure.ts";
import type { Element } from "./element.ts";
import { gs1Date } from "./gs1-date.ts";

/** What a till takes out of a GS1 code. */
export interface Gs1Content {
	/** 14 digits. */
	readonly gtin: string;
	readonly label: LabelValue | undefined;
	readonly batch: string | undefined;
	readonly serial: string | undefined;
	/** The last second it may be sold in, local: "2026-11-30T23:59:59". */
	readonly expiresAt: string | undefined;
}

/** Net measures that an item can be sold by, by the first three digits of their AI; width and height (312n, 313n) are none. */
const MEASURES: Readonly<Record<string, MeasuredUnit>> = {
	"310": KILOGRAM,
	"311": METRE,
	"314": SQUARE_METRE,
	"315": LITRE,
	"316": CUBIC_METRE,
};

const MEASURE_AI = /^31[01456][0-5]$/;
const PRICE_AI = /^39[23][0-9]$/;

/** Decimals by the last digit of an AI (310n, 392n). */
const decimalsOf = (ai: string): number => Number.parseInt(ai.slice(3), 10);

const measuresOf = (elements: readonly Element[]): Measure[] =>
	elements.flatMap(({ ai, value }) => {
		const unit = MEASURE_AI.test(ai) ? MEASURES[ai.slice(0, 3)] : undefined;
		return unit === undefined ? [] : [measureOf(value, decimalsOf(ai), unit)];
	});

/**
 * What is said of quantity and price. Price per unit (395n, 8005) is not used: the catalog has the price of a unit, and
 * the pack's own amount (392n, 393n) is the one that counts.
 */
const labelOf = (elements: readonly Element[], gtin: string, count: string | undefined): LabelValue | undefined => {
	const measures = measuresOf(elements);
	const price = elements.find(({ ai }) => PRICE_AI.test(ai));
	if (measures.length === 0 && count === undefined && price === undefined) return undefined;
	const hasCurrency = price?.ai.startsWith("393") === true;
	return {
		isVariable: isVariableMeasure(gtin),
		measures,
		countMillionths: count === undefined ? undefined : BigInt(count) * 1_000_000n,
		price:
			price === undefined
				? undefined
				: {
						units: BigInt(hasCurrency ? price.value.slice(3) : price.value),
						decimals: decimalsOf(price.ai),
						currencyNumber: hasCurrency ? price.value.slice(0, 3) : undefined,
					},
	};
};

/** 17: to the end of that day. 7003: to that minute. The earlier one, where both are there. */
const expiryOf = (valueBehind: (ai: string) => string | undefined, presentYear: number): string | undefined => {
	const day = valueBehind("17");
	const minute = valueBehind("7003");
	const moments = [
		...(day === undefined ? [] : [`${gs1Date(day, presentYear)}T23:59:59`]),
		...(minute === undefined
			? []
			: [`${gs1Date(minute.slice(0, 6), presentYear)}T${minute.slice(6, 8)}:${minute.slice(8)}:00`]),
	];
	return moments.sort()[0];
};

/**
 * What the elements of a code mean at a till. The item is the one of AI 01, or of 02 on a logistic unit, whose 37 says how
 * many. TILL-0427 without either.
 */
export const gs1Content = (elements: readonly Element[], presentYear: number): Gs1Content | Refusal => {
	const valueBehind = (wanted: string): string | undefined => elements.find(({ ai }) => ai === wanted)?.value;
	const own = valueBehind("01");
	const gtin = own ?? valueBehind("02");
	if (gtin === undefined) return refuse("TILL-0427");
	return {
		gtin,
		label: labelOf(elements, gtin, valueBehind("30") ?? (own === undefined ? valueBehind("37") : undefined)),
		batch: valueBehind("10"),
		serial: valueBehind("21"),
		expiresAt: expiryOf(valueBehind, presentYear),
	};
};
