import type { CatalogItem } from "./item.ts";

/**
 * An item as one line of the text that a version's digest is taken of. The form never changes: it is how two tills, or a
 * till and head office, say that they hold the same prices.
 */
export const entryText = (item: CatalogItem, keys: readonly string[]): string =>
	`${JSON.stringify([
		item.itemId,
		item.description,
		item.itemGroup,
		item.unit,
		item.unitText,
		item.unitDecimals,
		item.price.amountMinor.toString(),
		item.price.per,
		item.includesVat,
		item.currency,
		item.vatCode,
		keys,
	])}\n`;
