import type { WriteOutcome } from "../../src/devices/contract/driver.ts";

/** How a driver hears of its port. One listener a port: one owner, who serves everything that hangs on it. */
export interface PortListener {
	/** The line stands; writes are taken from now on. */
	onOpen(): void;
	onData(bytes: Uint8Array): void;
	/** The line is gone or could not be had; the port goes on trying by itself. `detail` is for a technician. */
	onClose(detail: string): void;
}

/**
 * One physical port with one writer queue. Drivers do not know whether it is a serial line, a socket or a virtual one.
 * It never throws and never keeps bytes for a later connection: what waits when the line goes is answered `notSent`.
 */
export interface Port {
	/** For messages: path or host:port. */
	readonly name: string;
	/** Begins trying. */
	open(): void;
	isOpen(): boolean;
	/** Queues bytes behind those under way. Not begun at the monotonic time `notAfterMs`: `expired`. */
	write(bytes: Uint8Array, notAfterMs?: number): Promise<WriteOutcome>;
	/** Resolves when what is being written and what waits has gone out: what is chosen then is the newest. */
	turn(): Promise<void>;
	/** Gives the line up and begins anew, for a peer that no longer answers. */
	reset(detail: string): void;
	/** Ends it for good. Resolves also when the device hangs. */
	close(): Promise<void>;
}

/** Makes a port for its owner. */
export type MakePort = (listener: PortListener) => Port;
