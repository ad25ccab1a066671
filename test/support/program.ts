import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { OnEnd } from "./closings.ts";

const ROOT = join(import.meta.dirname, "../..");

/** How a program ended, and what it wrote. */
export interface Ended {
	/** Exit code; null when a signal ended it. */
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** A program of the repository in a process of its own. */
export interface RunningProgram {
	readonly child: ChildProcess;
	/** What it wrote so far, both streams. */
	log(): string;
	isRunning(): boolean;
	/** Sends a signal to it and waits for its end. */
	end(signal: NodeJS.Signals): Promise<Ended>;
	readonly ended: Promise<Ended>;
}

/**
 * Starts a program by its path below the root of the repository, as its `bin` entry would; it is killed with the test. It
 * reads `input` and then the end, or with null what is written to the child's standard input.
 */
export const startProgram = (
	program: string,
	args: readonly string[],
	options: { readonly input?: string | null; readonly onEnd?: OnEnd } = {},
): RunningProgram => {
	const child = spawn(process.execPath, [join(ROOT, program), ...args], {
		stdio: ["pipe", "pipe", "pipe"],
		env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "tilld-compile-cache") },
	});
	const written = { stdout: "", stderr: "" };
	for (const name of ["stdout", "stderr"] as const) {
		child[name].setEncoding("utf8").on("data", (text: string) => {
			written[name] += text;
		});
	}
	child.stdin.on("error", () => undefined);
	if (options.input !== null) child.stdin.end(options.input);
	const ended = once(child, "close").then(([code]: unknown[]) => ({ code: code as number | null, ...written }));
	const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
	const end = (signal: NodeJS.Signals): Promise<Ended> => {
		if (isRunning()) child.kill(signal);
		return ended;
	};
	(options.onEnd ?? onTestFinished)(async () => {
		await end("SIGKILL");
	});
	return { child, log: () => written.stdout + written.stderr, isRunning, end, ended };
};

/** Runs a program to its end, within one test. */
export const runProgram = (program: string, args: readonly string[], input = ""): Promise<Ended> =>
	startProgram(program, args, { input }).ended;

/** Waits until something holds; fails with what it waited for. */
export const until = async (
	what: string | (() => string),
	holds: () => boolean | Promise<boolean>,
	// Longer than the feed is silent before it sends again, twice (30 s, then 60 s): a broker may have dropped the tail.
	patienceMs = 150_000,
): Promise<void> => {
	const deadline = performance.now() + patienceMs;
	while (!(await holds())) {
		if (performance.now() > deadline) throw new Error(`waited in vain for ${typeof what === "string" ? what : what()}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
};
