import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { EmulatedPrinter } from "../../drivers/virtual/emulated-printer.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";

/** The far end of a pseudo-terminal: what a device at the end of a serial cable sees and says. */
export interface PtyEnd {
	/** What till.yaml calls the port. */
	readonly path: string;
	send(bytes: Uint8Array): void;
	close(): Promise<void>;
}

/** Makes a pseudo-terminal with this process at its far end, by socat (scripts/install-test-tools.sh installs it). */
export const openPty = async (path: string, onBytes: (bytes: Uint8Array) => void): Promise<PtyEnd> => {
	rmSync(path, { force: true });
	const child = spawn("socat", ["-d", "-d", `pty,raw,echo=0,link=${path}`, "stdio"], {
		stdio: ["pipe", "pipe", "pipe"],
	});
	let log = "";
	await new Promise<void>((resolve, reject) => {
		child.once("error", reject);
		child.once("exit", (code) => reject(new Error(`socat ended with ${code}: ${log}`)));
		child.stderr.on("data", (text: Buffer) => {
			log += text.toString("utf8");
			if (log.includes("starting data transfer loop")) resolve();
		});
	});
	child.stdout.on("data", onBytes);
	return { path, send: (bytes) => child.stdin.write(bytes), close: () => ended(child) };
};

const ended = async (child: ChildProcess): Promise<void> => {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const exited = once(child, "exit");
	child.kill();
	await exited;
};

/** A printer on the network that takes bytes in no faster than it prints. */
export interface SlowPrinter {
	readonly port: number;
	/** Papers that were cut off so far. */
	papers(): number;
	/** Milliseconds in which it had something to print. */
	busyMs(): number;
	close(): Promise<void>;
}

/** How often the printer takes its next few bytes. */
const TICK_MS = 10;

/** Starts such a printer on a free port of this machine; it speaks as Epson's do. */
export const openSlowPrinter = async (profile: PrinterProfile, bytesPerSecond: number): Promise<SlowPrinter> => {
	let papers = 0;
	let busyTicks = 0;
	let waiting = Buffer.alloc(0);
	let socket: Socket | undefined;
	const printer = new EmulatedPrinter(profile, (act) => {
		if (act.act === "cut") papers += 1;
	});
	printer.reply = (bytes) => void socket?.write(bytes);
	const server = createServer((accepted) => {
		socket = accepted;
		accepted.on("error", () => undefined);
		accepted.on("data", (bytes: Buffer) => {
			waiting = Buffer.concat([waiting, bytes]);
		});
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const share = Math.max(1, Math.round((bytesPerSecond * TICK_MS) / 1_000));
	const timer = setInterval(() => {
		if (waiting.length === 0) return;
		busyTicks += 1;
		const next = waiting.subarray(0, share);
		waiting = waiting.subarray(share);
		printer.receive(next);
	}, TICK_MS);
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("the printer has no port");
	return {
		port: address.port,
		papers: () => papers,
		busyMs: () => busyTicks * TICK_MS,
		close: async () => {
			clearInterval(timer);
			socket?.destroy();
			server.close();
			await once(server, "close");
		},
	};
};
