import type { InStoreTemplate } from "../catalog/core/in-store/template.ts";
import type { CatalogLookup } from "../catalog/core/item.ts";
import type { Journal } from "../journal/contract/journal.ts";
import type { CountryRules } from "../ticket/country-rules.ts";
import type { TicketSettings } from "../ticket/settings.ts";

/** What the loop is made of beside its state. */
export interface TillParts {
	readonly journal: Journal;
	readonly catalog: CatalogLookup;
	/** The store's own price and weight codes. */
	readonly inStoreTemplates: readonly InStoreTemplate[];
	readonly rules: CountryRules;
	readonly settings: TicketSettings;
	/** The operator who is on the till when nobody signs on. */
	readonly operatorId: string;
	/** The hour at which a new business date is proposed. */
	readonly cutOverHour: number;
}
