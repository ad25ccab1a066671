/**
 * `npm run check`: everything about the source that a program can judge without running it. All tools run, also when one
 * fails; as many at a time as there are cores; what a failing one printed is shown whole.
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { delimiter, join } from "node:path";

type Step = { name: string; command: string; args: readonly string[] };

/** The slow ones first, so that the cores end together. */
const STEPS: readonly Step[] = [
	{ name: "types (tsc)", command: "tsc", args: ["--project", "."] },
	{
		name: "layers (dependency-cruiser)",
		command: "depcruise",
		args: ["--config", ".dependency-cruiser.cjs", "--output-type", "err-long", "src", "drivers", "scripts", "test"],
	},
	{ name: "unused (knip)", command: "knip", args: ["--no-progress", "--treat-config-hints-as-errors"] },
	{ name: "form and lint (Biome)", command: "biome", args: ["check", "--error-on-warnings", "--max-diagnostics=200"] },
	{ name: "house rules (tidy)", command: process.execPath, args: ["scripts/tidy.ts"] },
	{ name: "device profiles", command: process.execPath, args: ["scripts/check-profiles.ts"] },
];

const root = join(import.meta.dirname, "..");
const env = {
	...process.env,
	PATH: [join(root, "node_modules", ".bin"), process.env["PATH"]].join(delimiter),
	NO_COLOR: "1",
};

const failed: string[] = [];
const waiting = [...STEPS];
await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log(failed.length === 0 ? `check: all ${STEPS.length} hold` : `check: failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function work(): Promise<void> {
	for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
		const startedMs = performance.now();
		const { ok, output } = await run(step);
		const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
		console.log(`${ok ? "ok    " : "FAILED"} ${step.name} ${seconds} s`);
		if (ok) continue;
		failed.push(step.name);
		console.log(`${output.trimEnd()}\n`);
	}
}

/** Runs one tool to its end; one that cannot be started counts as failed. */
function run({ command, args }: Step): Promise<{ ok: boolean; output: string }> {
	return new Promise((resolve) => {
		const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
		const chunks: Buffer[] = [];
		child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
		child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
		child.on("error", (error) => resolve({ ok: false, output: error.message }));
		child.on("close", (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString("utf8") }));
	});
}
