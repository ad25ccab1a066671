import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { expect, onTestFinished } from "vitest";
import type { Connector } from "../../../drivers/transport/link.ts";
import { LivePort } from "../../../drivers/transport/live-port.ts";
import { portMaker } from "../../../drivers/transport/open-port.ts";
import type { MakePort } from "../../../drivers/transport/port.ts";
import type { SerialLine } from "../../../drivers/transport/serial-connector.ts";
import { usbConnector } from "../../../drivers/transport/usb-connector.ts";
import { usblpConnector } from "../../../drivers/transport/usblp-connector.ts";
import type { DriverServices, PortConfig } from "../../../src/devices/contract/driver.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import type { OnEnd } from "../../support/closings.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { type BusPrinter, UsbBus } from "./usb-bus.ts";

/** A plain line, as most devices have it. */
export const PLAIN_LINE: SerialLine = { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1, flowControl: "none" };

/** The device's end of a real line: a test plays the device. */
export interface FarEnd {
	readonly port: PortConfig;
	/** How the till reaches it, where not by the configuration alone. */
	readonly connector?: () => Connector;
	/** Whether a device that is switched off takes the line with it. */
	readonly losesLineWithPower: boolean;
	/** All bytes that came, also before a break. */
	received(): Buffer;
	/** Called with bytes as they come. */
	onBytes: (bytes: Buffer) => void;
	send(bytes: Uint8Array): void;
	/** Breaks the line as a pulled plug does. */
	unplug(): Promise<void>;
	plug(): Promise<void>;
	/** Stops taking bytes in, until `resume`. */
	pause(): void;
	resume(): void;
}

/** A network device on a free port of loopback; it ends with the test unless told otherwise. */
export const tcpFarEnd = async (onEnd: OnEnd = onTestFinished): Promise<FarEnd> => {
	let server: Server | null = null;
	let socket: Socket | null = null;
	let paused = false;
	let address = { host: "127.0.0.1", port: 0 };
	const chunks: Buffer[] = [];
	const end: FarEnd = {
		get port() {
			return { transport: "tcp" as const, ...address };
		},
		losesLineWithPower: true,
		received: () => Buffer.concat(chunks),
		onBytes: () => undefined,
		send: (bytes) => socket?.write(bytes),
		unplug: async () => {
			socket?.resetAndDestroy();
			socket = null;
			const closing = server;
			server = null;
			if (closing === null) return;
			closing.close();
			await once(closing, "close");
		},
		plug: async () => {
			server = createServer((accepted) => {
				socket = accepted;
				accepted.on("error", () => undefined);
				accepted.on("data", (bytes: Buffer) => {
					chunks.push(bytes);
					end.onBytes(bytes);
				});
				if (paused) accepted.pause();
			});
			server.listen(address.port, address.host);
			await once(server, "listening");
			const bound = server.address();
			if (bound !== null && typeof bound === "object") address = { host: "127.0.0.1", port: bound.port };
		},
		pause: () => {
			paused = true;
			socket?.pause();
		},
		resume: () => {
			paused = false;
			socket?.resume();
		},
	};
	await end.plug();
	onEnd(() => end.unplug());
	return end;
};

/** A serial device: a pseudo-terminal by socat, whose other side is this process. Needs `socat` (scripts/install-test-tools.sh). */
export const serialFarEnd = async (): Promise<FarEnd> => {
	const path = join(tempDir(), "tty");
	let socat: ChildProcessByStdio<Writable, Readable, Readable> | null = null;
	let paused = false;
	const chunks: Buffer[] = [];
	const end: FarEnd = {
		port: { transport: "serial", path },
		losesLineWithPower: false,
		received: () => Buffer.concat(chunks),
		onBytes: () => undefined,
		send: (bytes) => socat?.stdin.write(bytes),
		unplug: async () => {
			const ending = socat;
			socat = null;
			if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
			const gone = once(ending, "exit");
			ending.kill();
			await gone;
		},
		plug: async () => {
			const child = spawn("socat", ["-d", "-d", `pty,raw,echo=0,link=${path}`, "stdio"], {
				stdio: ["pipe", "pipe", "pipe"],
			});
			socat = child;
			child.stdin.on("error", () => undefined);
			await new Promise<void>((resolve, reject) => {
				let log = "";
				child.on("error", reject);
				child.on("exit", (code) => reject(new Error(`socat ended with ${code}: ${log}`)));
				child.stderr.on("data", (text: Buffer) => {
					log += text.toString("utf8");
					if (log.includes("starting data transfer loop")) resolve();
				});
			});
			child.stdout.on("data", (bytes: Buffer) => {
				// What the terminal still held when the plug was pulled reaches no device, and not the next plug.
				if (socat !== child) return;
				chunks.push(bytes);
				end.onBytes(bytes);
			});
			if (paused) child.stdout.pause();
		},
		pause: () => {
			paused = true;
			socat?.stdout.pause();
		},
		resume: () => {
			paused = false;
			socat?.stdout.resume();
		},
	};
	await end.plug();
	onTestFinished(() => end.unplug());
	return end;
};

/**
 * A device that the kernel's printer driver serves: a pseudo-terminal, which is a character device too, opened as one. What
 * usblp does otherwise than a terminal is played by `usblp-kernel.ts`.
 */
export const usblpFarEnd = async (): Promise<FarEnd> => {
	const end = await serialFarEnd();
	const { port } = end;
	if (port.transport !== "serial") throw new Error("no path");
	return Object.defineProperties(end, {
		port: { value: { transport: "usblp", path: port.path } },
		losesLineWithPower: { value: true },
		// The device is polled in real time: that is input and output, and none of the driver's waits.
		connector: { value: () => usblpConnector(port.path, true, createTimers()) },
	});
};

/** A USB printer on a bus that is not there. */
export const usbFarEnd = async (): Promise<FarEnd> => {
	const bus = new UsbBus();
	const chunks: Buffer[] = [];
	let printer: BusPrinter | null = null;
	let paused = false;
	const end: FarEnd = {
		port: { transport: "usb", vendorId: "04b8", productId: "0202" },
		losesLineWithPower: true,
		connector: () =>
			usbConnector({ vendorId: "04b8", productId: "0202" }, createTimers(), () => Promise.resolve(bus.library)),
		received: () => Buffer.concat(chunks),
		onBytes: () => undefined,
		send: (bytes) => printer?.send(bytes),
		unplug: () => {
			if (printer !== null) bus.unplug(printer);
			printer = null;
			return Promise.resolve();
		},
		plug: () => {
			const plugged = bus.plug();
			printer = plugged;
			plugged.onBytes = (bytes) => {
				chunks.push(bytes);
				end.onBytes(bytes);
			};
			onTestFinished(() => expect(plugged.faults).toEqual([]));
			if (paused) plugged.pause();
			return Promise.resolve();
		},
		pause: () => {
			paused = true;
			printer?.pause();
		},
		resume: () => {
			paused = false;
			printer?.resume();
		},
	};
	await end.plug();
	return end;
};

/** The till's port to a far end. */
export const portTo = (end: FarEnd, line: SerialLine, services: DriverServices): MakePort => {
	const { connector } = end;
	if (connector === undefined) return portMaker(end.port, line, services);
	return (listener) => new LivePort(connector(), listener, services);
};
