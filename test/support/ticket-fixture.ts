import type { CatalogItem } from "../../src/catalog/core/item.ts";
import type { Stamp } from "../../src/events/stamp.ts";
import { norwegianRules } from "../../src/fiscal/no/rules.ts";
import { amountOf } from "../../src/money/amount.ts";
import type { TicketContext } from "../../src/ticket/context.ts";
import type { TenderRule, TicketSettings } from "../../src/ticket/settings.ts";

/** A moment of the boot "boot-1": 2026-11-20 18:00:00 in Oslo, and `seconds` more. */
export const stampAt = (seconds = 0): Stamp => ({
	utcMs: 1_795_194_000_000 + seconds * 1000,
	offsetMinutes: 60,
	bootId: "boot-1",
	monotonicMs: 1000 + seconds * 1000,
});

/** Cash, a credit card with cash back, a debit card without, and a voucher with change. */
const TENDERS: readonly TenderRule[] = [
	{ id: "cash", description: "Cash", safTCode: "12001", isCash: true, change: "cash", opensDrawer: true },
	{ id: "mc", description: "Master Card", safTCode: "12003", isCash: false, change: "cash", opensDrawer: false },
	{ id: "card", description: "Card", safTCode: "12002", isCash: false, change: "none", opensDrawer: false },
	{ id: "voucher", description: "Voucher", safTCode: "12005", isCash: false, change: "cash", opensDrawer: true },
];

/** A Norwegian till. */
export const SETTINGS: TicketSettings = {
	store: "OSLO1",
	till: "1",
	currency: "NOK",
	cashUnitMinor: 100n,
	tenderRules: TENDERS,
};

/** An item of the catalog; the fields that matter are given. */
export const itemOf = (fields: Partial<CatalogItem> = {}): CatalogItem => ({
	itemId: "Item A",
	description: "Item A",
	itemGroup: "goods",
	unit: "Pcs",
	unitText: "Pce",
	unitDecimals: 0,
	price: { amountMinor: amountOf(9995n), per: 1 },
	includesVat: true,
	currency: "NOK",
	vatCode: "3",
	...fields,
});

/** A journal id for tests. */
export const JOURNAL_ID = "01KAPN0000TESTJ0VRNA100000";

/** What a decision needs, with a fresh till's counters. */
export const contextOf = (fields: Partial<TicketContext> = {}): TicketContext => ({
	settings: SETTINGS,
	rules: norwegianRules,
	at: stampAt(),
	journalId: JOURNAL_ID,
	counters: { receipt: 123_455, return: 0, delivery: 0, training: 0, z: 0, ticket: 0 },
	businessDate: "2026-11-20",
	z: 1,
	operatorId: "1",
	...fields,
});
