/**
 * `npm test [-- vitest's own arguments]`: all tests. The programs that the system tests drive are installed first where they
 * are missing and this user may install them; where that cannot be, the unit tests run alone and the rest is named as not
 * run. In CI that is a failure: a test that does not run there is a test that is not there.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const isRoot = process.getuid?.() === 0;

const succeeds = (command: string, args: readonly string[], stdio: "inherit" | "ignore"): boolean =>
	spawnSync(command, args, { cwd: root, stdio }).status === 0;

/** Installing must not stop to ask for a password. */
const mayInstall = isRoot || succeeds("sudo", ["-n", "true"], "ignore");
const script = join(root, "scripts", "install-test-tools.sh");
const hasTools =
	succeeds("bash", [script, "--check"], "ignore") || (mayInstall && succeeds("bash", [script], "inherit"));

const projects = hasTools ? [] : ["--project", "unit"];
const { status } = spawnSync(
	"vitest",
	["run", "--config", "scripts/vitest.config.ts", ...projects, ...process.argv.slice(2)],
	{
		cwd: root,
		stdio: "inherit",
	},
);
if (!hasTools) {
	spawnSync("bash", [script, "--check"], { cwd: root, stdio: "inherit" });
	console.error(
		"Only the unit tests have run. The system tests need those programs: run scripts/install-test-tools.sh as root.",
	);
}
process.exitCode = !hasTools && process.env["CI"] !== undefined ? 1 : (status ?? 1);
