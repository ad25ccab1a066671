/**
 * `node scripts/tidy.ts`: the house rules that tsc, Biome, dependency-cruiser and knip cannot see, over every file that
 * git tracks or would track. Prints `path:line: what is wrong` and fails if there is any.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pureCodeFindings } from "./tidy/pure-code.ts";
import { repositoryFindings } from "./tidy/repository.ts";
import type { SourceFile } from "./tidy/source-file.ts";
import { textFindings } from "./tidy/text.ts";

const root = join(import.meta.dirname, "..");
const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
	cwd: root,
	encoding: "utf8",
});

const files: SourceFile[] = listed
	.split("\0")
	.filter((path) => path !== "" && existsSync(join(root, path))) // a file that is deleted but not yet committed is listed
	.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))
	.filter(({ text }) => !text.includes("\0"));

const findings = [
	...files.flatMap((file) => [...textFindings(file), ...pureCodeFindings(file)]),
	...repositoryFindings(files),
];
for (const { path, line, message } of findings) console.log(`${path}:${line}: ${message}`);
console.log(`${files.length} files, ${findings.length} findings`);
process.exitCode = findings.length > 0 ? 1 : 0;
