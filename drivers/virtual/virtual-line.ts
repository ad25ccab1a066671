import type { Connector, Link, LinkEvents } from "../transport/link.ts";

/** A cable inside the program: the till's end is a Connector, the device's end is here. Plugged in from the beginning. */
export class VirtualLine {
	readonly #name: string;
	readonly #receive: (bytes: Uint8Array) => void;
	#events: LinkEvents | null = null;
	#plugged = true;

	/** @param receive The device takes bytes. */
	constructor(name: string, receive: (bytes: Uint8Array) => void) {
		this.#name = name;
		this.#receive = receive;
	}

	/** The device sends bytes; lost when nobody has the line open. */
	send(bytes: Uint8Array): void {
		this.#events?.data(bytes);
	}

	/** Pulls the cable. */
	unplug(): void {
		this.#plugged = false;
		const events = this.#events;
		this.#events = null;
		events?.closed(`${this.#name} was unplugged`);
	}

	/** Puts it back; the till finds it at its next attempt. */
	plug(): void {
		this.#plugged = true;
	}

	/** The till's end. Everything is told in a microtask, as no real line answers within the call either. */
	connector(): Connector {
		return {
			name: this.#name,
			bytesPerSecond: null,
			connect: (events: LinkEvents): Link => {
				queueMicrotask(() => {
					if (!this.#plugged) {
						events.closed(`${this.#name} is unplugged`);
						return;
					}
					this.#events = events;
					events.opened();
				});
				const isMine = (): boolean => this.#events === events;
				const hangUp = (): void => {
					if (isMine()) this.#events = null;
				};
				return {
					write: (bytes, done) => {
						if (!isMine()) return false;
						queueMicrotask(() => {
							if (!isMine()) {
								done(new Error(`${this.#name} was unplugged`));
								return;
							}
							this.#receive(bytes);
							done(isMine() ? null : new Error(`${this.#name} was unplugged`));
						});
						return true;
					},
					close: (done) => {
						hangUp();
						done();
					},
					abort: hangUp,
				};
			},
		};
	}
}
