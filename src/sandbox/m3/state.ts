import { parseDecimal } from "./decimal.ts";
import type { MasterData } from "./master-data/master-data.ts";
import { MasterDataBook } from "./master-data/master-data-book.ts";
import { addToBalance, type Balances } from "./posting/stock-balance.ts";
import type { M3Switches } from "./switches.ts";
import type { Row } from "./tables/table.ts";
import { createTables, type Tables } from "./tables/tables.ts";

/** An interface round: the bag that a till's rows are uploaded in (OPS270MI AddRoundNumber). */
export interface Round {
	readonly itrn: string;
	readonly cono: string;
	/** open: takes rows. accepted: BchPrcRound was answered, the work is to come. processed: the work is done. */
	status: "open" | "accepted" | "processed";
	/** Its OXSALE rows. */
	rows: Row[];
	/** Duplicate keys of its rows. */
	readonly keys: Set<string>;
}

/** Everything that the stand-in remembers. In memory only: a new stand-in is an empty tenant. */
export interface M3State {
	readonly switches: M3Switches;
	readonly book: MasterDataBook;
	readonly tables: Tables;
	readonly rounds: Map<string, Round>;
	/** Duplicate keys of OPSALE. */
	readonly ticketKeys: Set<string>;
	readonly balances: Balances;
	/** MITSTA rows by company, warehouse, item and period. */
	readonly itemStatistics: Map<string, Row>;
	/** OPSALE rows that OSBSTD already holds. */
	readonly statisticsPosted: WeakSet<Row>;
	/** Last number given out, by series. */
	readonly counters: Map<NumberSeries, number>;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/** The number series of the stand-in: interface rounds, vouchers and journals. */
export type NumberSeries = "ITRN" | "VONO" | "JRNO";

/** First number of each series, less one. */
const SERIES_START: Readonly<Record<NumberSeries, number>> = { ITRN: 1_000_000, VONO: 700_000, JRNO: 0 };

/** A fresh tenant. */
export function createState(switches: M3Switches, now: () => number): M3State {
	const tables = createTables();
	return {
		switches,
		book: new MasterDataBook(),
		tables,
		rounds: new Map(),
		ticketKeys: new Set(),
		balances: { table: tables.MITBAL, byKey: new Map() },
		itemStatistics: new Map(),
		statisticsPosted: new WeakSet(),
		counters: new Map(),
		now,
	};
}

/**
 * Adds master data and opening stock. Throws a RangeError for a quantity that is no number or a warehouse that is no shop:
 * that is a mistake of whoever sets the stand-in up.
 */
export function addMasterData(state: M3State, data: Partial<MasterData>): void {
	state.book.add(data);
	for (const stock of data.stock ?? []) {
		const quantity = parseDecimal(stock.quantity);
		const shops = state.book.shopsOf(stock.whlo);
		if (quantity === undefined)
			throw new RangeError(`opening stock of ${stock.itno}: "${stock.quantity}" is no number`);
		if (shops.length === 0) throw new RangeError(`opening stock of ${stock.itno}: no shop ${stock.whlo}`);
		for (const shop of shops) addToBalance(state.balances, shop.cono, stock.whlo, stock.itno, quantity);
	}
}

/** The next number of a series. */
export function nextNumber(state: M3State, series: NumberSeries): string {
	const next = (state.counters.get(series) ?? SERIES_START[series]) + 1;
	state.counters.set(series, next);
	return String(next);
}
