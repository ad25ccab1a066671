import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import { type DeviceProfile, deviceProfileSchema } from "../contract/profile.ts";
import { isRecord, mergeProfiles, type RawProfile } from "./merge-profiles.ts";

/** The profiles that come with the program. */
export const PROFILE_DIRECTORY = fileURLToPath(new URL("../../../device-profiles/", import.meta.url));

const EXTENSION = ".yaml";

interface ProfileFile {
	readonly path: string;
	/** What stands in it; null when it cannot be used, which is a problem that was told. */
	readonly raw: () => RawProfile | null;
}

/**
 * The profiles of these directories by name, the file's name without its ending, with what they inherit merged in: all of
 * them, or those that are `wanted` and exist. A till reads only what its devices need: reading all takes a small box a
 * second, and a file that nobody uses must not stop a shop. Of two files of one name the one in the later directory counts:
 * a box's own profile stays in force when an upgrade brings one of that name.
 * @throws Fault TILL-0701 with every problem of every file that was read, each with file and path.
 */
export const loadProfiles = (
	directories: readonly string[],
	wanted?: readonly string[],
): ReadonlyMap<string, DeviceProfile> => {
	const { profiles, problems } = readProfiles(directories, wanted);
	if (problems.length > 0) {
		throw new Fault("TILL-0701", `device profiles cannot be used:\n${problems.join("\n")}`, { problems });
	}
	return profiles;
};

/** What directories of profiles hold. */
export interface ReadProfiles {
	/** Those that can be used. */
	readonly profiles: ReadonlyMap<string, DeviceProfile>;
	/** What is wrong with the others, each with file and path. */
	readonly problems: readonly string[];
}

/** As {@link loadProfiles}; a profile that cannot be used takes none of the others with it. */
export const readProfiles = (directories: readonly string[], wanted?: readonly string[]): ReadProfiles => {
	const problems: string[] = [];
	const files = new Map<string, ProfileFile>();
	for (const directory of directories) {
		for (const path of profilePaths(directory, problems)) {
			files.set(basename(path, EXTENSION), { path, raw: once(() => readProfile(path, problems)) });
		}
	}
	const profiles = new Map<string, DeviceProfile>();
	for (const [name, { path, raw }] of files) {
		if ((wanted !== undefined && !wanted.includes(name)) || raw() === null) continue;
		const merged = inherit(name, files, []);
		if (typeof merged === "string") {
			problems.push(`${path}: inherits: ${merged}`);
			continue;
		}
		const result = deviceProfileSchema.safeParse(merged);
		if (result.success) profiles.set(name, result.data);
		else for (const issue of result.error.issues) problems.push(`${path}: ${issue.path.join(".")}: ${issue.message}`);
	}
	return { profiles, problems };
};

const once = <T>(make: () => T): (() => T) => {
	let made: { readonly value: T } | undefined;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
};

const profilePaths = (directory: string, problems: string[]): readonly string[] => {
	try {
		return readdirSync(directory)
			.filter((name) => name.endsWith(EXTENSION))
			.sort()
			.map((name) => join(directory, name));
	} catch (error) {
		problems.push(`${directory}: ${messageOf(error)}`);
		return [];
	}
};

const readProfile = (path: string, problems: string[]): RawProfile | null => {
	try {
		return parseProfile(readFileSync(path, "utf8"));
	} catch (error) {
		for (const line of error instanceof Fault ? error.problems : [messageOf(error)]) problems.push(`${path}: ${line}`);
		return null;
	}
};

/**
 * A profile's text as the mapping it is, before the schema has seen it.
 * @throws Fault TILL-0701 with every problem of its form.
 */
export const parseProfile = (text: string): RawProfile => {
	const refuse = (problems: readonly string[]): Fault => new Fault("TILL-0701", problems.join("\n"), { problems });
	const document = parseDocument(text, { stringKeys: true });
	if (document.errors.length > 0) throw refuse(document.errors.map(({ message }) => message));
	const raw = plainOf(document, refuse);
	if (!isRecord(raw)) throw refuse(["a profile is a mapping"]);
	return raw;
};

/** The library throws on what can only be seen when aliases are followed, such as one that unfolds without end. */
const plainOf = (
	document: ReturnType<typeof parseDocument>,
	refuse: (problems: readonly string[]) => Fault,
): unknown => {
	try {
		return document.toJS();
	} catch (error) {
		throw refuse([messageOf(error)]);
	}
};

/** The profile with all it inherits, or what is wrong with the line of heirs. */
const inherit = (
	name: string,
	files: ReadonlyMap<string, ProfileFile>,
	heirs: readonly string[],
): RawProfile | string => {
	if (heirs.includes(name)) return `a circle: ${[...heirs, name].join(" -> ")}`;
	const raw = files.get(name)?.raw() ?? null;
	if (raw === null) return `there is no usable profile ${name}`;
	const base = raw["inherits"];
	if (base === undefined) return raw;
	if (typeof base !== "string") return "is no name";
	const inherited = inherit(base, files, [...heirs, name]);
	return typeof inherited === "string" ? inherited : mergeProfiles(inherited, raw);
};
