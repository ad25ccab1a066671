import { Fault } from "../../runtime/contract/fault.ts";
import type { DeviceProfile } from "../contract/profile.ts";
import type { ProfileShelf } from "./propose.ts";

/** How many letters may be wrong in a name that is still told as a similar one. */
const WRONG_LETTERS_MAX = 2;

/**
 * The profile of a name. A Fault without one: TILL-0701 with every problem of its file when there is one that cannot be used,
 * else TILL-0720.
 */
export const profileNamed = (name: string, { profiles, problems = [] }: ProfileShelf): DeviceProfile => {
	const profile = profiles.get(name);
	if (profile !== undefined) return profile;
	const ofFile = problems.filter((problem) => problem.includes(`/${name}.yaml:`));
	if (ofFile.length > 0) throw new Fault("TILL-0701", `the profile ${name} cannot be used`, { problems: ofFile });
	throw noProfile(name, [...profiles.keys()]);
};

/** The Fault TILL-0720 of a name that is none of these: it names those that are written alike, or all where none is. `what` they are. */
export const noProfile = (name: string, names: readonly string[], what = "profile"): Fault => {
	const similar = names.filter((one) => isSimilar(one, name.toLowerCase()));
	const alike = similar.length === 0 ? "" : "; written alike are";
	return new Fault("TILL-0720", `there is no ${what} ${name}${alike}`, {
		problems: similar.length === 0 ? names : similar,
	});
};

const isSimilar = (name: string, wanted: string): boolean =>
	(wanted.length > WRONG_LETTERS_MAX && name.includes(wanted)) || wrongLetters(name, wanted) <= WRONG_LETTERS_MAX;

/** How many letters have to be changed, put in or taken out to make one name of the other (Levenshtein's distance). */
const wrongLetters = (one: string, other: string): number => {
	let row = Array.from({ length: other.length + 1 }, (_, index) => index);
	for (const [index, letter] of [...one].entries()) {
		const next = [index + 1];
		for (const [at, otherLetter] of [...other].entries()) {
			const changed = (row[at] ?? 0) + (letter === otherLetter ? 0 : 1);
			next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
};
