import type { Connector, Link, LinkEvents } from "../../../drivers/transport/link.ts";

/**
 * Knows whether anything is on its way on a real line. Time that moves by hand stands still meanwhile, so that a busy
 * machine makes no printer look slow.
 */
export class WatchedLine {
	#toDevice = 0;
	#toTill = 0;
	#writes = 0;
	#isConnecting = false;
	#isOpen = false;

	get isQuiet(): boolean {
		return !this.#isConnecting && this.#writes === 0 && this.#toDevice <= 0 && this.#toTill <= 0;
	}

	/** Bytes came to the device's end. */
	arrived(count: number): void {
		this.#toDevice -= count;
	}

	/** The device sends. */
	sends(count: number): void {
		if (this.#isOpen) this.#toTill += count;
	}

	/** What was on its way is lost. */
	cut(): void {
		this.#toDevice = 0;
		this.#toTill = 0;
		this.#writes = 0;
		this.#isConnecting = false;
		this.#isOpen = false;
	}

	/** The same way to the device, watched. */
	watch(connector: Connector): Connector {
		return { ...connector, connect: (events) => this.#connect(connector, events) };
	}

	#connect(connector: Connector, events: LinkEvents): Link {
		this.cut();
		this.#isConnecting = true;
		const link = connector.connect({
			opened: () => {
				this.#isConnecting = false;
				this.#isOpen = true;
				events.opened();
			},
			data: (bytes) => {
				this.#toTill -= bytes.length;
				events.data(bytes);
			},
			closed: (detail) => {
				this.cut();
				events.closed(detail);
			},
		});
		return {
			write: (bytes, done) => {
				this.#toDevice += bytes.length;
				this.#writes += 1;
				return link.write(bytes, (error) => {
					this.#writes = Math.max(0, this.#writes - 1);
					done(error);
				});
			},
			close: (done) => link.close(done),
			abort: () => {
				this.cut();
				link.abort();
			},
		};
	}
}
