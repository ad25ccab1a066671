import { type Amount, ZERO } from "../../money/amount.ts";
import { type CurrencyCode, currencyOf, isCurrencyCode, parseAmount } from "../../money/currency.ts";
import { QUANTITY_DIGITS } from "../../money/quantity.ts";
import { PRICE_PER, type PricePer } from "../../money/unit-price.ts";
import type { CatalogColumn, CatalogHeader, ImportProblem } from "./catalog-columns.ts";
import type { CsvRow } from "./csv.ts";
import { isGtin, looksLikeGtin } from "./gtin.ts";
import type { CatalogItem } from "./item.ts";
import { CODE_LENGTH_MAX, codeKey, ownKey } from "./scan-code.ts";

/** Most letters of a text column: M3's ITNO 15, a description that fits paper, M3's unit code 3. */
const LENGTH_MAX = { item_id: 15, description: 40, item_group: 20, unit: 3, unit_text: 10 } as const;

/**
 * Item groups that one catalog can have, each with its VAT codes. Each has its sum on the Z, whose message is bounded: with
 * a group an item, no day could be closed. Head office maps each to an account.
 */
export const ITEM_GROUPS_MAX = 400;

/** Codes that one item can have. */
export const CODES_MAX = 50;

/** An item with everything it is found by. */
export interface CatalogEntry {
	readonly line: number;
	readonly item: CatalogItem;
	/** Scan keys, the item's own number among them, each once, in alphabetical order. */
	readonly keys: readonly string[];
}

/** What a row needs to know of the till. */
export interface RowContext {
	readonly header: CatalogHeader;
	/** The currency of rows that name none. */
	readonly currency: CurrencyCode;
	/** Whether a SAF-T tax code has a rate. */
	readonly hasRate: (vatCode: string) => boolean;
}

/** Reads one row: the item, or everything that is wrong with it. */
export const readRow = (row: CsvRow, context: RowContext): CatalogEntry | readonly ImportProblem[] => {
	const { header } = context;
	if (row.fields.length !== header.count) {
		const words = `${row.fields.length} fields, the header has ${header.count}; is a separator or a quote missing?`;
		return [{ line: row.line, column: "", words }];
	}
	const problems: ImportProblem[] = [];
	const cell: Cell = {
		text: (column) => row.fields[header.index.get(column) ?? -1]?.trim() ?? "",
		problem: (column, words) => {
			problems.push({ line: row.line, column, words });
		},
	};
	const entry = entryOf(row.line, cell, context);
	return problems.length > 0 ? problems : entry;
};

/** The cells of a row, and where their problems go; a reader that notes one answers some value, which is never used. */
interface Cell {
	text(column: CatalogColumn): string;
	problem(column: CatalogColumn, words: string): void;
}

const entryOf = (line: number, cell: Cell, context: RowContext): CatalogEntry => {
	const itemId = text(cell, "item_id");
	const unit = text(cell, "unit");
	const currency = readCurrency(cell, context.currency);
	const vatCode = cell.text("vat_code");
	if (vatCode === "") cell.problem("vat_code", "is empty");
	else if (!context.hasRate(vatCode)) cell.problem("vat_code", `${shown(vatCode)} has no rate here`);
	return {
		line,
		item: {
			itemId,
			description: text(cell, "description"),
			itemGroup: text(cell, "item_group"),
			unit,
			unitText: cell.text("unit_text") === "" ? unit : text(cell, "unit_text"),
			unitDecimals: readDecimals(cell),
			price: { amountMinor: readPrice(cell, currency), per: readPer(cell) },
			includesVat: readBoolean(cell, "includes_vat", true),
			currency,
			vatCode,
		},
		keys: readKeys(cell, itemId),
	};
};

const CONTROL = /\p{Cc}/u;

/** A value as a message shows it: short, in quotes, fit for a terminal. */
const shown = (value: string): string => {
	const visible = value.replaceAll(/\p{Cc}/gu, "?");
	return `"${visible.length > 40 ? `${visible.slice(0, 40)}...` : visible}"`;
};

const text = (cell: Cell, column: keyof typeof LENGTH_MAX): string => {
	const value = cell.text(column);
	const limit = LENGTH_MAX[column];
	if (value === "") cell.problem(column, "is empty");
	else if ([...value].length > limit) cell.problem(column, `${shown(value)} is longer than ${limit} letters`);
	else if (CONTROL.test(value)) cell.problem(column, `${shown(value)} holds a control character`);
	return value;
};

const readCurrency = (cell: Cell, ownCurrency: CurrencyCode): CurrencyCode => {
	const value = cell.text("currency").toUpperCase();
	if (value === "") return ownCurrency;
	if (isCurrencyCode(value)) return value;
	cell.problem("currency", `${shown(value)} is no currency of a till`);
	return ownCurrency;
};

const readPrice = (cell: Cell, currency: CurrencyCode): Amount => {
	const value = cell.text("price");
	const price = parseAmount(value, currency);
	if (price !== undefined && !value.startsWith("-")) return price;
	cell.problem("price", priceWords(value, currencyOf(currency).minorDigits));
	return ZERO;
};

const priceWords = (value: string, digits: number): string => {
	if (value === "") return "is empty";
	if (value.startsWith("-")) return `${shown(value)} is negative`;
	const decimals = /^[0-9]+(?:[.,]([0-9]+))?$/.exec(value);
	if (decimals === null) return `${shown(value)} is no amount, such as 99.95 without grouping`;
	return (decimals[1]?.length ?? 0) > digits
		? `${shown(value)} has more than ${digits} decimals`
		: `${shown(value)} is too large`;
};

const readPer = (cell: Cell): PricePer => {
	const value = cell.text("per");
	const per = value === "" ? 1 : PRICE_PER.find((known) => known.toString() === value);
	if (per !== undefined) return per;
	cell.problem("per", `${shown(value)} is none of ${PRICE_PER.join(", ")}`);
	return 1;
};

const readDecimals = (cell: Cell): number => {
	const value = cell.text("unit_decimals");
	if (value === "") return 0;
	if (/^[0-9]$/.test(value) && Number.parseInt(value, 10) <= QUANTITY_DIGITS) return Number.parseInt(value, 10);
	cell.problem("unit_decimals", `${shown(value)} is no whole number from 0 to ${QUANTITY_DIGITS}`);
	return 0;
};

const readBoolean = (cell: Cell, column: CatalogColumn, otherwise: boolean): boolean => {
	const value = cell.text(column).toLowerCase();
	if (value === "") return otherwise;
	if (["true", "yes", "1"].includes(value)) return true;
	if (["false", "no", "0"].includes(value)) return false;
	cell.problem(column, `${shown(value)} is neither true nor false`);
	return otherwise;
};

const readKeys = (cell: Cell, itemId: string): string[] => {
	const codes = cell
		.text("codes")
		.split(/[\s|]+/)
		.filter((code) => code !== "");
	if (codes.length > CODES_MAX) cell.problem("codes", `${codes.length} codes; an item has ${CODES_MAX} at most`);
	const keys = new Set([ownKey(itemId)]);
	for (const code of codes) {
		if (code.length > CODE_LENGTH_MAX)
			cell.problem("codes", `${shown(code)} is longer than ${CODE_LENGTH_MAX} letters`);
		else if (CONTROL.test(code)) cell.problem("codes", `${shown(code)} holds a control character`);
		else if (looksLikeGtin(code) && !isGtin(code)) cell.problem("codes", `${shown(code)} has a wrong check digit`);
		else keys.add(codeKey(code));
	}
	return [...keys].sort();
};
