import { messageOf } from "../../runtime/contract/fault.ts";
import type { Inbound } from "./broker-connection.ts";

interface Entry {
	readonly message: Inbound;
	isTaken: boolean;
}

/** Stores one message; answers when it is safe. */
type Take = (message: Inbound) => Promise<void> | undefined;

/**
 * Lets messages in, in order of arrival, and acknowledges them in that order once they are taken. At most `limit` are
 * between the two at a time, over all connections: 1 means strictly one after the other; more lets a store take many in
 * one transaction. What was not taken is not acknowledged, so that the broker hands it out again.
 */
export class OrderedIntake {
	readonly #limit: number;
	readonly #take: Take;
	readonly #onFailure: (reason: string) => void;
	readonly #running = new Set<Promise<void>>();
	#entries: Entry[] = [];
	/** At most one: the connection lets no other in before it. */
	#waiting: Inbound | undefined;

	/** `onFailure` is called when `take` throws: the connection must be given up. */
	constructor(limit: number, take: Take, onFailure: (reason: string) => void) {
		this.#limit = limit;
		this.#take = take;
		this.#onFailure = onFailure;
	}

	/** A message arrived. */
	arrived(message: Inbound): void {
		if (this.#isFull()) this.#waiting = message;
		else this.#begin(message);
	}

	/** The connection is gone: what was not acknowledged comes again over the next one. */
	forget(): void {
		this.#entries = [];
		this.#waiting = undefined;
	}

	/** Resolves when nothing is being taken any more. */
	async idle(): Promise<void> {
		while (this.#running.size > 0) await Promise.all(this.#running);
	}

	/** What a lost connection left running counts too: the store takes no more at a time than it said. */
	#isFull(): boolean {
		return Math.max(this.#entries.length, this.#running.size) >= this.#limit;
	}

	#begin(message: Inbound): void {
		const entry: Entry = { message, isTaken: false };
		this.#entries.push(entry);
		let taken: Promise<void> | undefined;
		try {
			taken = this.#take(message);
		} catch (thrown) {
			this.#fail(entry, thrown);
			return;
		}
		if (taken === undefined) this.#settle(entry);
		else this.#follow(entry, taken);
		if (this.#limit > 1 && this.#entries.includes(entry)) message.letMore();
	}

	#follow(entry: Entry, taken: Promise<void>): void {
		const running = taken
			.then(
				() => this.#settle(entry),
				(thrown: unknown) => this.#fail(entry, thrown),
			)
			.then(() => {
				this.#running.delete(running);
				this.#next();
			});
		this.#running.add(running);
	}

	#fail(entry: Entry, thrown: unknown): void {
		// A message of a lost connection comes again by itself.
		if (this.#entries.includes(entry)) this.#onFailure(messageOf(thrown));
	}

	#settle(entry: Entry): void {
		entry.isTaken = true;
		while (this.#entries[0]?.isTaken === true) this.#entries.shift()?.message.acknowledge();
		this.#next();
	}

	#next(): void {
		const message = this.#waiting;
		if (message === undefined || this.#isFull()) return;
		this.#waiting = undefined;
		this.#begin(message);
	}
}
