import type { SeriesCounters } from "../events/journal-event.ts";
import type { Stamp } from "../events/stamp.ts";
import type { CountryRules } from "./country-rules.ts";
import type { TicketSettings } from "./settings.ts";

/** What a decision needs beside the ticket itself. */
export interface TicketContext {
	readonly settings: TicketSettings;
	readonly rules: CountryRules;
	readonly at: Stamp;
	readonly journalId: string;
	readonly counters: SeriesCounters;
	readonly businessDate: string;
	/** Number of the Z that will hold the ticket. */
	readonly z: number;
	readonly operatorId: string;
}
