/** A line that a change adds to a file or takes from it; `line` counts from 1, in the file that has it. */
export interface ChangedLine {
	readonly line: number;
	readonly sign: "+" | "-";
	readonly text: string;
}

/** What changed between two texts of which one stretch of lines differs. */
export const addedLines = (before: string, after: string): readonly ChangedLine[] => {
	const old = before.split("\n");
	const fresh = after.split("\n");
	const shorter = Math.min(old.length, fresh.length);
	let start = 0;
	while (start < shorter && old[start] === fresh[start]) start += 1;
	let tail = 0;
	while (tail < shorter - start && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
	const lines = (all: readonly string[], sign: "+" | "-"): ChangedLine[] =>
		all.slice(start, all.length - tail).map((text, index) => ({ line: start + index + 1, sign, text }));
	return [...lines(old, "-"), ...lines(fresh, "+")];
};
