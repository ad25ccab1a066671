import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { stringify } from "yaml";
import { callControl } from "../../../src/operator/control/client.ts";
import type { ControlAnswer, ControlCall } from "../../../src/operator/control/request.ts";
import type { OnEnd } from "../../support/closings.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** How long a start may take on a busy machine. */
const START_TIMEOUT_MS = 30_000;

/** A till service in a process of its own: the real `tilld`, or a test's composition of it. */
export interface TillProcess {
	readonly child: ChildProcess;
	/** What it wrote, for the message of a failing test. */
	log(): string;
	ask(request: ControlCall): Promise<ControlAnswer>;
	/** Ends it without a chance to tidy up, as a power cut ends the process. */
	kill(): Promise<void>;
	/** Ends it as systemd does. */
	stop(): Promise<void>;
}

/** How to start one. */
export interface TillProcessPlan {
	readonly directory: string;
	/** Content of till.yaml. */
	readonly config: Readonly<Record<string, unknown>> & { readonly controlSocket: string };
	/** The program's path below the root of the repository. */
	readonly program?: string;
	readonly args?: readonly string[];
	/** Traces its system calls into this file. */
	readonly traceFile?: string;
	readonly env?: Readonly<Record<string, string>>;
	/** When it is killed at the latest; left out: with the test. */
	readonly onEnd?: OnEnd;
}

const STRACE = [
	"strace",
	"-f",
	"-y",
	"-yy",
	"-s",
	"48",
	"-e",
	"trace=fsync,fdatasync,write,writev,pwrite64,sendto,sendmsg",
];

/** Starts a till service and waits until it answers on its control socket. Fails with its log when it does not. */
export const startTillProcess = async (plan: TillProcessPlan): Promise<TillProcess> => {
	const configFile = join(plan.directory, "till.yaml");
	writeFileSync(configFile, stringify(plan.config));
	const program = join(ROOT, plan.program ?? "src/cli/tilld.ts");
	const node = [
		process.execPath,
		"--disable-warning=ExperimentalWarning",
		program,
		"--config",
		configFile,
		...(plan.args ?? []),
	];
	const [command = "", ...args] = plan.traceFile === undefined ? node : [...STRACE, "-o", plan.traceFile, ...node];
	// A group of its own: strace lets no signal through, so the traced process must get it directly.
	const child = spawn(command, args, {
		stdio: ["ignore", "pipe", "pipe"],
		env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "tilld-compile-cache"), ...plan.env },
		detached: true,
	});
	let text = "";
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (text += bytes.toString()));
	const exited = once(child, "exit");
	const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
	const end = async (signal: NodeJS.Signals): Promise<void> => {
		if (isRunning() && child.pid !== undefined) process.kill(-child.pid, signal);
		await exited;
	};
	(plan.onEnd ?? onTestFinished)(() => end("SIGKILL"));
	const till: TillProcess = {
		child,
		log: () => text,
		ask: (request) => callControl(plan.config.controlSocket, request),
		kill: () => end("SIGKILL"),
		stop: () => end("SIGTERM"),
	};
	const deadline = performance.now() + START_TIMEOUT_MS;
	while (true) {
		try {
			await till.ask({ command: "view" });
			return till;
		} catch (cause) {
			if (!isRunning() || performance.now() > deadline) throw new Error(`tilld did not start: ${text}`, { cause });
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
};

/** The answer of a request that must be taken. */
export const asked = async (till: TillProcess, request: ControlCall): Promise<unknown> => {
	const answer = await till.ask(request);
	if (answer.kind !== "ok") throw new Error(`${request.command}: ${answer.code} ${answer.message}\n${till.log()}`);
	return answer.result;
};
