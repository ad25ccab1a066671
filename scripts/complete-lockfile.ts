/**
 * `node scripts/complete-lockfile.ts`: enters into package-lock.json the optional packages that it misses. Run it after
 * every change of a dependency.
 *
 * A registry mirror may not carry the builds of a tool for other platforms. npm then leaves them out of the lockfile, and
 * `npm ci` of npm 11 refuses such a lockfile ("Missing: ... from lock file"), here as well as on those other platforms.
 * What an entry must say stands in its name and in the exact version its parent asks for; only the hash stays unknown.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** One package of a lockfile, with the fields used here (npm help package-lock-json). */
export type LockedPackage = {
	version?: string;
	dev?: boolean;
	optional?: boolean;
	os?: string[];
	cpu?: string[];
	libc?: string[];
	optionalDependencies?: Record<string, string>;
};

/** A lockfile of version 3: the key is the path of the installed folder, "" is the project itself. */
export type Lockfile = { packages: Record<string, LockedPackage> };

/** An optional package that somebody asks for and that no entry satisfies. */
export type MissingPackage = { name: string; version: string; wantedBy: string };

const SYSTEMS = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "ppc64", "riscv64", "s390x", "x64"];
const ARM_WORDS = ["eabi", "gnueabihf", "musleabihf"];

/** The optional packages that `lock` asks for and does not hold, in the order of the lockfile. */
export function missingOptionals(lock: Lockfile): MissingPackage[] {
	const missing: MissingPackage[] = [];
	for (const [path, entry] of Object.entries(lock.packages)) {
		for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
			if (!isInstalledFor(lock, path, name)) missing.push({ name, version, wantedBy: path });
		}
	}
	return missing;
}

/** Adds an entry for each missing optional package. Throws where name or version do not say what the entry must hold. */
export function completeLockfile(lock: Lockfile): Lockfile {
	const packages = { ...lock.packages };
	for (const { name, version, wantedBy } of missingOptionals(lock)) {
		if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
			throw new Error(`${wantedBy} asks for ${name}@${version}: only an exact version can be entered by itself`);
		}
		packages[`node_modules/${name}`] = {
			version,
			...platformOf(name),
			...(packages[wantedBy]?.dev ? { dev: true } : {}),
			optional: true,
		};
	}
	const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en"));
	return { ...lock, packages: Object.fromEntries(sorted) };
}

/** Node's resolution: the folder itself, then each folder above it. */
function isInstalledFor(lock: Lockfile, path: string, name: string): boolean {
	for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
		if (`${folder}${folder === "" ? "" : "/"}node_modules/${name}` in lock.packages) return true;
		if (folder === "") return false;
	}
}

/** "binding-linux-arm64-musl" -> os, cpu and libc of that build. */
function platformOf(name: string): Pick<LockedPackage, "os" | "cpu" | "libc"> {
	const words = name.split(/[-/]/);
	const system = words.find((word) => SYSTEMS.includes(word));
	const processor = words.find((word) => PROCESSORS.includes(word));
	if (system === undefined || processor === undefined)
		throw new Error(`${name}: no platform can be read from this name`);
	const plain = words.filter((word) => !ARM_WORDS.includes(word));
	const libc = plain.includes("musl") ? ["musl"] : system === "linux" && plain.includes("gnu") ? ["glibc"] : undefined;
	return { os: [system], cpu: [processor], ...(libc ? { libc } : {}) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	const file = new URL("../package-lock.json", import.meta.url);
	const lock: Lockfile = JSON.parse(readFileSync(file, "utf8"));
	const missing = missingOptionals(lock);
	if (missing.length > 0) writeFileSync(file, `${JSON.stringify(completeLockfile(lock), null, 2)}\n`);
	console.log(`package-lock.json: ${missing.length} optional packages entered`);
}
