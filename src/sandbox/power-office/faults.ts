/** What can be made to go wrong with one request. */
export const FAULT_KINDS = [
	/** The work is done, the socket is dropped without an answer. */
	"timeoutAfterAccepting",
	/** The socket is dropped and nothing is done. */
	"timeoutBeforeAccepting",
	/** 429 in the gateway's shape (section 1.3). */
	"status429",
	/** 500 with a problem body (section 1.7, default response). */
	"status500",
	/** The work is done, the answer is cut in half. */
	"malformedAnswer",
	/** 401 for this request (section 1.7). */
	"unauthorized",
	/** 403 with an empty body (section 1.7). */
	"forbiddenEmptyBody",
] as const;

/** One of {@link FAULT_KINDS}. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One line of the fault script. */
export type FaultRule = {
	/** Any method when left out. */
	readonly method?: string | undefined;
	/** The whole path without query, case not significant; `*` stands for one segment: `/v2/Vouchers/CashJournals/*`. */
	readonly path: string;
	/** The first matching request it strikes, counted from when the rule was added; default 1, the next one. */
	readonly nth?: number | undefined;
	/** How many matching requests in a row it strikes; default 1. */
	readonly times?: number | undefined;
	readonly fault: FaultKind;
	/** For the two timeouts: keep the socket open and silent instead of dropping it, until the client gives up. */
	readonly hold?: boolean | undefined;
};

/** The fault script of a sandbox. Every matching rule counts the request; the first one that is due strikes. */
export type FaultScript = {
	add(rule: FaultRule): void;
	/** Forgets all rules. */
	clear(): void;
	/** The rule that strikes this request, or null. Counts the request. */
	take(method: string, path: string): FaultRule | null;
};

/** An empty fault script. */
export function createFaultScript(): FaultScript {
	let rules: { readonly rule: FaultRule; seen: number }[] = [];
	return {
		add(rule) {
			rules.push({ rule, seen: 0 });
		},
		clear() {
			rules = [];
		},
		take(method, path) {
			const matching = rules.filter(({ rule }) => matches(rule, method, path));
			for (const match of matching) match.seen += 1;
			return matching.find(isDue)?.rule ?? null;
		},
	};
}

function isDue({ rule, seen }: { readonly rule: FaultRule; readonly seen: number }): boolean {
	const first = rule.nth ?? 1;
	return seen >= first && seen < first + (rule.times ?? 1);
}

function matches(rule: FaultRule, method: string, path: string): boolean {
	if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
	const [wanted, given] = [rule.path, path].map((text) => text.toLowerCase().split("/"));
	if (wanted === undefined || given === undefined || wanted.length !== given.length) return false;
	return wanted.every((segment, index) => segment === "*" || segment === given[index]);
}
