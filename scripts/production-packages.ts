/**
 * `node scripts/production-packages.ts DIR`: prints, one a line, the folders under DIR/node_modules that the program needs
 * in a shop, after checking that each is there in the version of DIR/package-lock.json. The installer copies these, so
 * that a box needs neither npm nor a network. Exit code 1 with every problem when one is missing or differs.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface LockedPackage {
	readonly version?: string;
	readonly dev?: boolean;
	readonly optional?: boolean;
}

const versionIn = (folder: string): string | undefined => {
	const file = join(folder, "package.json");
	return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as LockedPackage).version : undefined;
};

const directory = process.argv[2];
if (directory === undefined) throw new Error("which directory?");
const lock = JSON.parse(readFileSync(join(directory, "package-lock.json"), "utf8")) as {
	readonly packages: Readonly<Record<string, LockedPackage>>;
};
const problems: string[] = [];
const folders: string[] = [];
for (const [path, { version, dev = false, optional = false }] of Object.entries(lock.packages)) {
	if (path === "" || dev) continue;
	const found = versionIn(join(directory, path));
	// An optional package that is not there belongs to another kind of machine.
	if (found === undefined && optional) continue;
	if (found !== version) problems.push(`${path} is ${found ?? "not there"}, package-lock.json says ${version}`);
	// A package within another one is copied with it.
	if (!path.includes("/node_modules/")) folders.push(path);
}
process.stdout.write(folders.map((folder) => `${folder}\n`).join(""));
process.stderr.write(problems.map((problem) => `${problem}\n`).join(""));
if (problems.length > 0) process.exitCode = 1;
