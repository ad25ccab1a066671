import type { Spread } from "./figures.ts";

/** What a ratio may be. */
export interface Limit {
	readonly is: "at least" | "at most";
	readonly ratio: number;
}

/** One budget of the plan and what was measured for it, in one run on one machine. */
export interface Finding {
	readonly name: string;
	/** What is divided by what. */
	readonly ratioOf: string;
	/** Over the rounds; the median is what is judged. */
	readonly ratio: Spread;
	readonly budget: Limit;
	readonly isKept: boolean;
	/** Absolute figures, units last in their names: they belong to the machine that is named beside them. */
	readonly figures: Readonly<Record<string, number>>;
}

/** Judges what was measured. */
export const judged = (finding: Omit<Finding, "isKept">): Finding => {
	const { budget, ratio } = finding;
	const isKept = budget.is === "at least" ? ratio.median >= budget.ratio : ratio.median <= budget.ratio;
	return { ...finding, isKept };
};
