import { type Refusal, refuse } from "../../../events/refusal.ts";
import { checkDigit, isGtin } from "../gtin.ts";
import type { LabelValue } from "../label-value.ts";
import { gtinKey, ownKey } from "../scan-code.ts";
import { KILOGRAM, measureOf } from "../unit-of-measure.ts";
import { priceCheckDigit } from "./price-check-digit.ts";
import type { InStoreTemplate, Span } from "./template.ts";

/** What an in-store code means. */
export interface InStoreContent {
	/** The key the catalog holds its item by. */
	readonly key: string;
	readonly label: LabelValue;
}

const at = (digits: string, { from, to }: Span): string => digits.slice(from, to);

/** The code with zeros in the places of its value, and the check digit that this needs. */
const zeroed = (digits: string, { valueAt, valueCheckAt }: InStoreTemplate): string => {
	const from = valueCheckAt ?? valueAt.from;
	const rest = `${digits.slice(0, from)}${"0".repeat(valueAt.to - from)}${digits.slice(valueAt.to, -1)}`;
	return `${rest}${checkDigit(rest)}`;
};

const keyOf = (digits: string, template: InStoreTemplate): string => {
	switch (template.itemKey) {
		case "zeroed":
			return gtinKey(zeroed(digits, template));
		case "prefixAndItem":
			return ownKey(`${/^[0-9]*/.exec(template.layout)?.[0] ?? ""}${at(digits, template.item)}`);
		case "item":
			return ownKey(at(digits, template.item));
	}
};

const labelOf = (value: string, { value: kind, decimals }: InStoreTemplate): LabelValue => ({
	isVariable: true,
	measures: kind === "weight" ? [measureOf(value, decimals, KILOGRAM)] : [],
	countMillionths: kind === "quantity" ? BigInt(value) * 10n ** BigInt(6 - decimals) : undefined,
	price: kind === "price" ? { units: BigInt(value), decimals, currencyNumber: undefined } : undefined,
});

/**
 * Reads a GTIN of 14 digits as one of the store's own codes of 13 or 8; undefined when no template is for it. TILL-0421
 * when the check digit inside of it is wrong.
 */
export const readInStore = (
	gtin: string,
	templates: readonly InStoreTemplate[],
): InStoreContent | Refusal | undefined => {
	const digits = gtin.startsWith("000000") ? gtin.slice(6) : gtin.slice(1);
	const template =
		gtin.startsWith("0") && isGtin(digits) ? templates.find(({ pattern }) => pattern.test(digits)) : undefined;
	if (template === undefined) return undefined;
	const value = at(digits, template.valueAt);
	const { valueCheckAt } = template;
	if (valueCheckAt !== undefined && digits[valueCheckAt] !== priceCheckDigit(value)?.toString()) {
		return refuse("TILL-0421", { code: digits });
	}
	return { key: keyOf(digits, template), label: labelOf(value, template) };
};
