/** What one connection tells; each is told to nobody once the connection was given up. */
export interface LinkEvents {
	opened(): void;
	data(bytes: Uint8Array): void;
	/** Once, whether it never opened or broke. */
	closed(detail: string): void;
}

/** One connection, from one attempt to its end. A new attempt is a new object: none is ever re-opened. */
export interface Link {
	/**
	 * Calls back when all bytes have left for the device, as far as the transport can tell. One write at a time. False, and
	 * no call back: the line is known to be gone and not a byte was taken.
	 */
	write(bytes: Uint8Array, done: (error: Error | null) => void): boolean;
	/** Lets what was written go out, then closes. */
	close(done: () => void): void;
	/** Drops everything, also what waits in the kernel: it must not arrive late. */
	abort(): void;
}

/** How to reach one device. */
export interface Connector {
	/** For messages: path or host:port. */
	readonly name: string;
	/** The slowest the line can be; null when it is no matter. */
	readonly bytesPerSecond: number | null;
	/** Begins one attempt. Tells nothing before it has returned. */
	connect(events: LinkEvents): Link;
	/** Calls back when the device may have been plugged in; answers how to stop. Left out where nothing tells. */
	readonly arrivals?: (arrived: () => void) => () => void;
}
