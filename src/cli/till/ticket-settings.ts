import { nationalTemplates } from "../../catalog/core/in-store/national.ts";
import { type InStoreTemplate, templateOf } from "../../catalog/core/in-store/template.ts";
import type { TillConfig } from "../../config/schema/till-config.ts";
import { currencyOf } from "../../money/currency.ts";
import type { Seller } from "../../receipt/seller.ts";
import type { TicketSettings } from "../../ticket/settings.ts";

/** What the domain needs of the configuration. */
export const ticketSettingsOf = (config: TillConfig): TicketSettings => ({
	store: config.store,
	till: config.till,
	currency: config.currency,
	cashUnitMinor: config.cashRounding === "none" ? undefined : currencyOf(config.currency).cashUnitMinor,
	tenderRules: config.tenderTypes,
});

/** What paper says of the seller. */
export const sellerOf = (config: TillConfig): Seller => ({
	...config.company,
	footer: config.receipt.footer,
});

/** The store's own price and weight codes: those of its countries, and those it says itself. */
export const inStoreTemplatesOf = ({ inStoreCodes }: TillConfig): InStoreTemplate[] =>
	[...inStoreCodes.own, ...inStoreCodes.national.flatMap(nationalTemplates)].map(templateOf);
