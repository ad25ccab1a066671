import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { DeviceProfile } from "../../src/devices/contract/profile.ts";
import { loadProfiles } from "../../src/devices/supervisor/load-profiles.ts";
import { Fault } from "../../src/runtime/contract/fault.ts";
import { nordicLettersAreThere, slotsAreUnique } from "./code-page-rules.ts";
import { languageCanSayIt } from "./display-rules.ts";
import { evidenceCarriesLevel, processIdIsSourced, quirksAreTold } from "./evidence-rules.ts";
import { goldenProblems } from "./golden-files.ts";
import { sharedClaims } from "./identity-rules.ts";
import { namedAfterModel, shortLineOfHeirs } from "./name-rules.ts";
import type { NamedProfile, ProfileRule } from "./named-profile.ts";
import { answersAreRead, codesAreNamed, cutAgrees, drawersHaveTheirPins, widthIsPlausible } from "./printer-rules.ts";
import { lineIsPlausible, readsEnd } from "./scanner-rules.ts";
import { type ProfileRow, profileRow } from "./table.ts";

const RULES: readonly ProfileRule[] = [
	namedAfterModel,
	shortLineOfHeirs,
	evidenceCarriesLevel,
	processIdIsSourced,
	quirksAreTold,
	slotsAreUnique,
	nordicLettersAreThere,
	cutAgrees,
	widthIsPlausible,
	drawersHaveTheirPins,
	answersAreRead,
	codesAreNamed,
	languageCanSayIt,
	readsEnd,
	lineIsPlausible,
];

/** What was found: a row a profile, and every problem as "name.yaml: what". */
export interface ProfilesReport {
	readonly profiles: readonly ProfileRow[];
	readonly problems: readonly string[];
}

/**
 * Checks the profiles of these directories against every rule and against each other. Printers of the first directory have
 * a golden receipt in `goldenDirectory`, compared or, with `update`, written anew; those of the others (a box's own) only
 * have to print it. A file that the schema refuses is told alone, since nothing can be said of its heirs.
 */
export const checkProfiles = (options: {
	readonly directories: readonly string[];
	readonly goldenDirectory: string;
	readonly update: boolean;
}): ProfilesReport => {
	const { directories, goldenDirectory, update } = options;
	let profiles: ReadonlyMap<string, DeviceProfile>;
	try {
		profiles = loadProfiles(directories);
	} catch (thrown) {
		if (!(thrown instanceof Fault)) throw thrown;
		return { profiles: [], problems: thrown.problems };
	}
	const all = [...profiles.keys()].flatMap((name) => named(name, profiles, directories));
	const shipped = ({ name }: NamedProfile): boolean =>
		fileOf(name, directories) === fileOf(name, directories.slice(0, 1));
	const problems = [
		...all.flatMap((one) => RULES.flatMap((rule) => rule(one).map((problem) => [one.name, problem] as const))),
		...sharedClaims(all),
		...goldenProblems(all, shipped, goldenDirectory, update),
	];
	return { profiles: all.map(profileRow), problems: problems.map(([name, problem]) => `${name}.yaml: ${problem}`) };
};

const fileOf = (name: string, directories: readonly string[]): string | undefined =>
	directories.map((directory) => join(directory, `${name}.yaml`)).findLast((path) => existsSync(path));

/** The profile with its line of ancestors; none when there is no such profile. `loadProfiles` has refused circles. */
const named = (
	name: string,
	profiles: ReadonlyMap<string, DeviceProfile>,
	directories: readonly string[],
): readonly NamedProfile[] => {
	const profile = profiles.get(name);
	const path = fileOf(name, directories);
	if (profile === undefined || path === undefined) return [];
	const raw: { readonly inherits?: string } = parse(readFileSync(path, "utf8"));
	const [parent] = raw.inherits === undefined ? [] : named(raw.inherits, profiles, directories);
	return [{ name, profile, ancestors: parent === undefined ? [] : [parent, ...parent.ancestors] }];
};
