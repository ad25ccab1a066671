import type { CountryRules } from "../ticket/country-rules.ts";

/** What a country's build brings beside the program: one is named by one composition root, `compose.<country>.ts`. */
export interface Country {
	readonly rules: CountryRules;
}
