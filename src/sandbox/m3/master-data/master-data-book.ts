import { type Decimal, parseDecimal, wholeNumber } from "../decimal.ts";
import type {
	Currency,
	Customer,
	Division,
	Item,
	MasterData,
	PaymentMethod,
	Price,
	Shop,
	User,
	VatCode,
} from "./master-data.ts";

/** Look-ups by key over the master data; `add` is what the administrator does in M3's own panels. */
export class MasterDataBook {
	readonly #divisions = new Map<string, Division>();
	readonly #shops = new Map<string, Shop>();
	readonly #items = new Map<string, Item>();
	readonly #paymentMethods = new Map<string, PaymentMethod>();
	readonly #vatCodes = new Map<string, VatCode>();
	readonly #currencies = new Map<string, Currency>();
	readonly #customers = new Map<string, Customer>();
	readonly #prices = new Map<string, Price>();
	readonly #users = new Map<string, User>();

	/** Adds records; one with a key that is already there replaces it. Opening stock is the stock table's business. */
	add(data: Partial<MasterData>): void {
		for (const division of data.divisions ?? []) this.#divisions.set(keyOf(division.cono, division.divi), division);
		for (const shop of data.shops ?? []) this.#shops.set(keyOf(shop.cono, shop.whlo), shop);
		for (const item of data.items ?? []) this.#items.set(item.itno, item);
		for (const method of data.paymentMethods ?? []) this.#paymentMethods.set(method.pycd, method);
		for (const code of data.vatCodes ?? []) this.#vatCodes.set(code.vtcd, code);
		for (const currency of data.currencies ?? []) this.#currencies.set(currency.cucd, currency);
		for (const customer of data.customers ?? []) this.#customers.set(customer.cuno, customer);
		for (const price of data.prices ?? []) {
			this.#prices.set(keyOf(price.itno, price.cucd, price.cuno ?? ""), price);
		}
		for (const user of data.users ?? []) this.#users.set(user.usid, user);
	}

	hasCompany(cono: string): boolean {
		return [...this.#divisions.values()].some((division) => division.cono === cono);
	}

	division(cono: string, divi: string): Division | undefined {
		return this.#divisions.get(keyOf(cono, divi));
	}

	shop(cono: string, whlo: string): Shop | undefined {
		return this.#shops.get(keyOf(cono, whlo));
	}

	/** Every shop that has this warehouse number, in any company. */
	shopsOf(whlo: string): readonly Shop[] {
		return [...this.#shops.values()].filter((shop) => shop.whlo === whlo);
	}

	item(itno: string): Item | undefined {
		return this.#items.get(itno);
	}

	paymentMethod(pycd: string): PaymentMethod | undefined {
		return this.#paymentMethods.get(pycd);
	}

	vatCode(vtcd: string): VatCode | undefined {
		return this.#vatCodes.get(vtcd);
	}

	currency(cucd: string): Currency | undefined {
		return this.#currencies.get(cucd);
	}

	customer(cuno: string): Customer | undefined {
		return this.#customers.get(cuno);
	}

	user(usid: string): User | undefined {
		return this.#users.get(usid);
	}

	/** The customer's own price, else the general one. */
	price(itno: string, cucd: string, cuno: string): Price | undefined {
		return this.#prices.get(keyOf(itno, cucd, cuno)) ?? this.#prices.get(keyOf(itno, cucd, ""));
	}
}

/** How many basic units one `alun` of the item is, or undefined where the item is not kept in that unit. */
export function unitFactor(item: Item, alun: string): Decimal | undefined {
	if (alun === item.unms) return wholeNumber(1);
	const unit = item.alternateUnits.find((alternate) => alternate.alun === alun);
	return unit === undefined ? undefined : parseDecimal(unit.factor);
}

function keyOf(...parts: readonly string[]): string {
	return JSON.stringify(parts);
}
