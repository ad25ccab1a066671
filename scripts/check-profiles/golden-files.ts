import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goldenReceipt } from "./golden-receipt.ts";
import type { NamedProfile } from "./named-profile.ts";

const ENDING = ".txt";

/**
 * Compares the golden receipt of each printer with its file, or writes the files anew. Answers [name, problem]: a receipt
 * that breaks the printer's language, one that is not as it was, one without a profile. Profiles outside `kept` (a box's
 * own) are printed but have no file.
 */
export const goldenProblems = (
	all: readonly NamedProfile[],
	kept: (named: NamedProfile) => boolean,
	directory: string,
	update: boolean,
): readonly (readonly [string, string])[] => {
	const problems: (readonly [string, string])[] = [];
	const names = new Set<string>();
	if (update) mkdirSync(directory, { recursive: true });
	for (const named of all) {
		if (named.profile.deviceClass !== "POSPrinter") continue;
		const { text, problems: found } = goldenReceipt(named.profile);
		problems.push(...found.map((problem) => [named.name, problem] as const));
		const file = `${named.name}${ENDING}`;
		names.add(file);
		if (!kept(named)) continue;
		if (update) writeFileSync(join(directory, file), text);
		else if (textOf(join(directory, file)) !== text) problems.push([named.name, NOT_AS_IT_WAS]);
	}
	for (const file of existsSync(directory) ? readdirSync(directory) : []) {
		if (!file.endsWith(ENDING) || names.has(file)) continue;
		if (update) rmSync(join(directory, file));
		else problems.push([file.slice(0, -ENDING.length), "receipt: a golden receipt without a printer profile"]);
	}
	return problems;
};

const NOT_AS_IT_WAS =
	"receipt: not the golden one; write it with `npm run check:profiles -- --update`, then read the difference";

const textOf = (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8") : null);
