import type { CurrencyCode } from "../../money/currency.ts";
import type { Measure } from "./unit-of-measure.ts";

/** A price that stands in a code: what the whole pack costs. */
export interface LabelPrice {
	/** The price in units of 10^-decimals of the currency. */
	readonly units: bigint;
	readonly decimals: number;
	/** ISO 4217 numeric code where the label says one (AI 393n); undefined for the till's own. */
	readonly currencyNumber: string | undefined;
}

/** What a code says of how much there is and what it costs. Nothing of it is known to fit the item yet. */
export interface LabelValue {
	/** Whether packs of the item differ in size: then a measure that does not fit it is no mere information. */
	readonly isVariable: boolean;
	readonly measures: readonly Measure[];
	/** Pieces, in millionths: AI 30 and 37, and in-store codes that count. */
	readonly countMillionths: bigint | undefined;
	readonly price: LabelPrice | undefined;
}

/** ISO 4217 numeric codes of the currencies a till can be set up for. */
export const CURRENCY_NUMBERS: Readonly<Record<CurrencyCode, string>> = {
	NOK: "578",
	SEK: "752",
	DKK: "208",
	EUR: "978",
	CHF: "756",
	ISK: "352",
};
