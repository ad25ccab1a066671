import type { DriverServices } from "../src/devices/contract/driver.ts";

/** One that waits: it may begin until the monotonic time `notAfterMs`. */
export interface Waiter<Item> {
	readonly item: Item;
	readonly notAfterMs: number;
}

interface Entry<Item> {
	readonly waiter: Waiter<Item>;
	readonly expire: (item: Item) => void;
	cancel: () => void;
}

/**
 * What waits for a device, each with its own deadline: what is not taken out in time is expired and can never be sent
 * late. The deadline is checked on taking out too, because a busy process runs its timers late.
 */
export class WaitingList<Item> {
	readonly #name: string;
	readonly #services: Pick<DriverServices, "timers" | "clock">;
	#entries: Entry<Item>[] = [];

	constructor(name: string, services: Pick<DriverServices, "timers" | "clock">) {
		this.#name = name;
		this.#services = services;
	}

	get size(): number {
		return this.#entries.length;
	}

	/** Adds at the end; `expire` is called once if `withinMs` pass before it is taken out. */
	add(item: Item, withinMs: number, expire: (item: Item) => void): void {
		const notAfterMs = this.#services.clock.stamp().monotonicMs + withinMs;
		const entry = { waiter: { item, notAfterMs }, expire, cancel: () => undefined };
		this.#arm(entry, withinMs);
		this.#entries.push(entry);
	}

	/** Takes the first one that is still in time. */
	take(): Waiter<Item> | null {
		for (;;) {
			const entry = this.#entries.shift();
			if (entry === undefined) return null;
			entry.cancel();
			if (this.#services.clock.stamp().monotonicMs <= entry.waiter.notAfterMs) return entry.waiter;
			entry.expire(entry.waiter.item);
		}
	}

	/** Puts one back to the front that was taken out but could not begin; its deadline stays. */
	putBack(waiter: Waiter<Item>, expire: (item: Item) => void): void {
		const entry = { waiter, expire, cancel: () => undefined };
		this.#arm(entry, Math.max(0, waiter.notAfterMs - this.#services.clock.stamp().monotonicMs));
		this.#entries.unshift(entry);
	}

	/** Empties the list; answers what was in it. */
	clear(): readonly Item[] {
		const entries = this.#entries;
		this.#entries = [];
		for (const entry of entries) entry.cancel();
		return entries.map((entry) => entry.waiter.item);
	}

	#arm(entry: Entry<Item>, withinMs: number): void {
		entry.cancel = this.#services.timers.after(this.#name, withinMs, () => {
			this.#entries = this.#entries.filter((other) => other !== entry);
			entry.expire(entry.waiter.item);
		});
	}
}
