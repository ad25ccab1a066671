import type { Fault, FaultMatch, FaultRule } from "./fault.ts";

/** What a fault rule can be matched with. */
export interface RequestDescription {
	readonly path: "execute" | "token" | "other";
	readonly program: string;
	readonly transactions: readonly string[];
	readonly bulk: boolean;
}

interface PendingRule {
	readonly rule: FaultRule;
	/** Matching requests seen since the rule was added. */
	seen: number;
}

/**
 * The faults to come. Every rule counts the requests that match it from the moment it was added, and is due from its n-th
 * on; of several due rules the one scripted first hits, the others wait for the next matching request.
 */
export class FaultScript {
	#pending: PendingRule[] = [];

	add(...rules: readonly FaultRule[]): void {
		this.#pending.push(...rules.map((rule) => ({ rule, seen: 0 })));
	}

	clear(): void {
		this.#pending = [];
	}

	/** Rules that have not hit yet. */
	pending(): readonly FaultRule[] {
		return this.#pending.map(({ rule }) => rule);
	}

	/** Counts a request and returns the fault that hits it, if any. */
	next(request: RequestDescription): Fault | undefined {
		const matching = this.#pending.filter(({ rule }) => matches(rule.match ?? {}, request));
		for (const pending of matching) pending.seen += 1;
		const due = matching.find(({ rule, seen }) => seen >= (rule.nth ?? 1));
		if (due === undefined) return undefined;
		this.#pending = this.#pending.filter((pending) => pending !== due);
		return due.rule.fault;
	}
}

function matches(match: FaultMatch, request: RequestDescription): boolean {
	if ((match.path ?? "execute") !== request.path) return false;
	if (match.program !== undefined && match.program !== request.program) return false;
	if (match.bulk !== undefined && match.bulk !== request.bulk) return false;
	return match.transaction === undefined || request.transactions.includes(match.transaction);
}
