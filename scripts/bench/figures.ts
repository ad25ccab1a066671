/** The value below which `share` (0 to 1) of the values lie: the nearest rank, so that it is one that was measured. NaN of none. */
export const quantile = (values: readonly number[], share: number): number => {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

/** The middle value. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The middle of several rounds, with the lowest and the highest of them beside it. */
export interface Spread {
	readonly median: number;
	readonly lowest: number;
	readonly highest: number;
}

/** What several rounds came to. */
export const spreadOf = (rounds: readonly number[]): Spread => ({
	median: median(rounds),
	lowest: quantile(rounds, 0),
	highest: quantile(rounds, 1),
});
