/** Rules about the files together: what one of them promises another. */
import { type Lockfile, missingOptionals } from "../complete-lockfile.ts";
import { type Finding, isCode, isGenerated, lineAt, type SourceFile } from "./source-file.ts";

/** All rules of this file over all files. */
export function repositoryFindings(files: readonly SourceFile[]): Finding[] {
	return [
		...foldersWithoutReadme(files),
		...unlistedCodes(files),
		...looseVersions(files),
		...incompleteLockfile(files),
	];
}

/** The folders whose content a reader needs explained, down to `depth` below the one that is named. */
const EXPLAINED: readonly { folder: string; depth: number }[] = [
	{ folder: "src", depth: 2 },
	{ folder: "drivers", depth: 2 },
	{ folder: "device-profiles", depth: 0 },
	{ folder: "scripts", depth: 1 },
	{ folder: "systemd", depth: 0 },
	{ folder: "test", depth: 1 },
];

/** Each of these folders that holds files itself has a README.md. */
function foldersWithoutReadme(files: readonly SourceFile[]): Finding[] {
	const folders = new Set<string>();
	for (const { path } of files) {
		const parts = path.split("/").slice(0, -1);
		const root = EXPLAINED.find(({ folder }) => folder === parts[0]);
		if (root !== undefined && parts.length <= root.depth + 1 && !isGenerated(path)) folders.add(parts.join("/"));
	}
	const paths = new Set(files.map(({ path }) => path));
	return [...folders]
		.filter((folder) => !paths.has(`${folder}/README.md`))
		.map((folder) => ({
			path: `${folder}/README.md`,
			line: 1,
			message: "missing: say what belongs here and what not",
		}));
}

const CODE = /\b(TILL|RELAY|CTL)-\d{4}\b/g;
/** One list a program: the till's codes among its facts, the relay's in the relay. */
const CODE_LIST = /^src\/([a-z-]+\/)+([a-z]+-)?codes\.ts$/;

/** A code that a person can meet is in a list that explains it. */
function unlistedCodes(files: readonly SourceFile[]): Finding[] {
	const lists = files.filter(({ path }) => CODE_LIST.test(path));
	const listed = new Set(lists.flatMap(({ text }) => text.match(CODE) ?? []));
	return files
		.filter((file) => /^(src|drivers|scripts)\//.test(file.path) && isCode(file.path) && !lists.includes(file))
		.flatMap(({ path, text }) =>
			[...text.matchAll(CODE)]
				.filter(([code]) => !listed.has(code))
				.map((match) => ({
					path,
					line: lineAt(text, match.index),
					message: `${match[0]} is explained in no codes.ts`,
				})),
		);
}

/** What is installed is what was tested: package.json names one version of each package. */
function looseVersions(files: readonly SourceFile[]): Finding[] {
	const manifest = files.find(({ path }) => path === "package.json");
	if (manifest === undefined) return [];
	const parsed: Record<string, Record<string, string> | undefined> = JSON.parse(manifest.text);
	return ["dependencies", "devDependencies", "optionalDependencies", "overrides"]
		.flatMap((field) => Object.entries(parsed[field] ?? {}))
		.filter(([, version]) => !/^(npm:@?[\w./-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
		.map(([name, version]) => ({
			path: "package.json",
			line: lineAt(manifest.text, manifest.text.indexOf(`"${name}"`)),
			message: `${name} "${version}": name one exact version`,
		}));
}

/** npm ci of npm 11 refuses a lockfile without an entry for each optional package. */
function incompleteLockfile(files: readonly SourceFile[]): Finding[] {
	const lock = files.find(({ path }) => path === "package-lock.json");
	if (lock === undefined) return [];
	const parsed: Lockfile = JSON.parse(lock.text);
	return missingOptionals(parsed).map(({ name }) => ({
		path: "package-lock.json",
		line: 1,
		message: `${name} is missing: run node scripts/complete-lockfile.ts`,
	}));
}
