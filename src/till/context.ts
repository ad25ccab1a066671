import type { InStoreTemplate } from "../catalog/core/in-store/template.ts";
import type { CatalogLookup } from "../catalog/core/item.ts";
import type { Journal } from "../journal/contract/journal.ts";
import type { CountryRules } from "../ticket/country-rules.ts";
import type { TicketSettings } from "../ticket/settings.ts";
import type { Surroundings } from "./readiness.ts";
import type { RecentRead } from "./recent-reads.ts";
import type { TillState } from "./state.ts";

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

/** What a decision needs to look at. */
export interface DecisionContext {
	readonly state: TillState;
	readonly parts: TillParts;
	readonly surroundings: Surroundings;
	/** Packs that were read a moment ago. */
	readonly recentReads: readonly RecentRead[];
}
