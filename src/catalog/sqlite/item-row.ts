import { amountOf } from "../../money/amount.ts";
import { type CurrencyCode, isCurrencyCode } from "../../money/currency.ts";
import { PRICE_PER, type PricePer } from "../../money/unit-price.ts";
import { Fault } from "../../runtime/contract/fault.ts";
import type { CatalogItem } from "../core/item.ts";

/** The columns of an item, for a query. */
export const ITEM_COLUMNS =
	"item.item_id, item.description, item.item_group, item.unit, item.unit_text, item.unit_decimals, item.price_minor, item.price_per, item.includes_vat, item.currency, item.vat_code";

/** An item as SQLite holds it. */
export interface ItemRow {
	readonly item_id: string;
	readonly description: string;
	readonly item_group: string;
	readonly unit: string;
	readonly unit_text: string;
	readonly unit_decimals: number;
	readonly price_minor: number;
	readonly price_per: number;
	readonly includes_vat: number;
	readonly currency: string;
	readonly vat_code: string;
}

/** The item of a row. Throws TILL-0505 on a value that the tables refuse to hold: the file was changed with a tool. */
export const itemOf = (row: ItemRow): CatalogItem => ({
	itemId: row.item_id,
	description: row.description,
	itemGroup: row.item_group,
	unit: row.unit,
	unitText: row.unit_text,
	unitDecimals: row.unit_decimals,
	price: { amountMinor: amountOf(BigInt(row.price_minor)), per: pricePer(row.price_per) },
	includesVat: row.includes_vat === 1,
	currency: currency(row.currency),
	vatCode: row.vat_code,
});

const pricePer = (value: number): PricePer => {
	const per = PRICE_PER.find((known) => known === value);
	if (per === undefined) throw new Fault("TILL-0505", `a price per ${value}`);
	return per;
};

const currency = (code: string): CurrencyCode => {
	if (!isCurrencyCode(code)) throw new Fault("TILL-0505", `a price in ${code}`);
	return code;
};
