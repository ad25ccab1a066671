import type { Amount } from "./amount.ts";
import { amountOf, isAmountMinor } from "./amount.ts";
import { decimalText, parseDecimal } from "./decimal.ts";

/** The currencies a till can be set up for, by ISO 4217 code. */
export const CURRENCY_CODES = ["NOK", "SEK", "DKK", "EUR", "CHF", "ISK"] as const;

/** One of {@link CURRENCY_CODES}. */
export type CurrencyCode = (typeof CURRENCY_CODES)[number];

/** How a currency is counted and how its coin is rounded. */
export interface Currency {
	readonly code: CurrencyCode;
	/** Decimals of the minor unit by ISO 4217: 2 for all but ISK. */
	readonly minorDigits: 0 | 2;
	/** The smallest sum that coin can pay, in minor units; undefined where cash is not rounded. */
	readonly cashUnitMinor: bigint | undefined;
}

/**
 * Cash rounding belongs to the currency (DESIGN section 5; norway-fiscal.md 3.1): NOK and SEK whole krone, DKK 50 øre,
 * CHF 5 rappen, ISK none. EUR is rounded to 5 cents in Finland, the Netherlands, Belgium and Ireland only: a store
 * elsewhere says so in its configuration.
 */
const CURRENCIES: Readonly<Record<CurrencyCode, Currency>> = {
	NOK: { code: "NOK", minorDigits: 2, cashUnitMinor: 100n },
	SEK: { code: "SEK", minorDigits: 2, cashUnitMinor: 100n },
	DKK: { code: "DKK", minorDigits: 2, cashUnitMinor: 50n },
	EUR: { code: "EUR", minorDigits: 2, cashUnitMinor: 5n },
	CHF: { code: "CHF", minorDigits: 2, cashUnitMinor: 5n },
	ISK: { code: "ISK", minorDigits: 0, cashUnitMinor: undefined },
};

/** The facts of a currency. */
export const currencyOf = (code: CurrencyCode): Currency => CURRENCIES[code];

/** Whether a text is a currency a till can be set up for. */
export const isCurrencyCode = (code: string): code is CurrencyCode => Object.hasOwn(CURRENCIES, code);

/** An amount as decimal text with the currency's decimals, dot, no grouping: "-400.05". For ERPs and machines; people get {@link file://../receipt} texts. */
export const amountText = (amount: Amount, currency: CurrencyCode): string =>
	decimalText(amount, currencyOf(currency).minorDigits);

/** Reads an amount typed by a person or written by a machine ("99.95", "99,95", "100"); undefined when it is none. */
export const parseAmount = (text: string, currency: CurrencyCode): Amount | undefined => {
	const minor = parseDecimal(text, currencyOf(currency).minorDigits);
	return minor === undefined || !isAmountMinor(minor) ? undefined : amountOf(minor);
};
