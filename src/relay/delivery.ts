/** A till with what of it is not booked yet, and why. */
export interface TillBacklog {
	readonly store: string;
	readonly till: string;
	/** What waits, by reason. */
	readonly waiting: readonly { readonly code: string | null; readonly reason: string | null; readonly count: number }[];
	/** What a person has to see to; at most the first of each till. */
	readonly quarantined: readonly {
		readonly key: string;
		readonly code: string | null;
		readonly reason: string | null;
	}[];
}

/** Where a delivery stands, as JSON for status and console. */
export interface DeliverySummary {
	/** How many units (tickets, Zs) stand in each state. */
	readonly states: Readonly<Record<string, number>>;
	/** Tills with something that is not booked. */
	readonly tills: readonly TillBacklog[];
	/** What only a person can resolve, by the ERP's own number where there is one. */
	readonly unknown: readonly { readonly key: string; readonly detail: string }[];
	/** Why the delivery as a whole pauses; null while it runs. */
	readonly pausedBy: string | null;
}

/** A delivery to an ERP: a machine whose every step is durable before it is sent. */
export interface Delivery {
	readonly name: string;
	/** Does the next thing there is to do. Answers true when more may be done at once, false when there is nothing to do now. */
	step(): Promise<boolean>;
	summary(): DeliverySummary;
}
