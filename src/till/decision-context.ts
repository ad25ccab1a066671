import type { TillParts } from "./context.ts";
import type { Surroundings } from "./readiness.ts";
import type { RecentRead } from "./recent-reads.ts";
import type { TillState } from "./state.ts";

/** What a decision needs to look at. */
export interface DecisionContext {
	readonly state: TillState;
	readonly parts: TillParts;
	readonly surroundings: Surroundings;
	/** Packs that were read a moment ago. */
	readonly recentReads: readonly RecentRead[];
}
