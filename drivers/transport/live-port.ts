import type { DriverServices, WriteOutcome } from "../../src/devices/contract/driver.ts";
import type { Connector, Link } from "./link.ts";
import type { Port, PortListener } from "./port.ts";

/** Times of a port, in milliseconds. */
export interface PortTiming {
	/** First wait before a new attempt; doubled for each that fails. */
	readonly reconnectMinMs: number;
	readonly reconnectMaxMs: number;
	/** A line that stood this long starts again with the shortest wait. */
	readonly stableMs: number;
	readonly connectTimeoutMs: number;
	/** A write that has begun must end in this time, on top of what the line speed takes. */
	readonly writeTimeoutMs: number;
	readonly closeTimeoutMs: number;
}

/** Used unless a test asks for others. */
export const PORT_TIMING: PortTiming = {
	reconnectMinMs: 250,
	reconnectMaxMs: 5_000,
	stableMs: 5_000,
	connectTimeoutMs: 5_000,
	writeTimeoutMs: 15_000,
	closeTimeoutMs: 1_000,
};

/** Writes that may wait; beyond it the peer is stalled and more would only come late. */
const QUEUE_LENGTH_MAX = 64;

const NOTHING = new Uint8Array(0);

interface QueuedWrite {
	readonly bytes: Uint8Array;
	readonly notAfterMs: number;
	readonly settle: (outcome: WriteOutcome) => void;
}

type Phase = "idle" | "connecting" | "open" | "waiting" | "ended";

/** A port that comes back by itself: connects, writes one job after the other, and starts over whenever the line is lost. */
export class LivePort implements Port {
	readonly #connector: Connector;
	readonly #listener: PortListener;
	readonly #services: Pick<DriverServices, "timers" | "clock">;
	readonly #timing: PortTiming;
	#phase: Phase = "idle";
	#link: Link | null = null;
	#queue: QueuedWrite[] = [];
	#writing: QueuedWrite | null = null;
	#reconnectMs: number;
	#cancelPhaseTimer: () => void = () => undefined;
	#cancelWriteTimer: () => void = () => undefined;

	constructor(
		connector: Connector,
		listener: PortListener,
		services: Pick<DriverServices, "timers" | "clock">,
		timing: PortTiming = PORT_TIMING,
	) {
		this.#connector = connector;
		this.#listener = listener;
		this.#services = services;
		this.#timing = timing;
		this.#reconnectMs = timing.reconnectMinMs;
	}

	get name(): string {
		return this.#connector.name;
	}

	open(): void {
		if (this.#phase === "idle") this.#connect();
	}

	isOpen(): boolean {
		return this.#phase === "open";
	}

	write(bytes: Uint8Array, notAfterMs = Number.POSITIVE_INFINITY): Promise<WriteOutcome> {
		if (this.#phase !== "open") return Promise.resolve({ outcome: "notSent", detail: `${this.name} is not open` });
		if (this.#queue.length >= QUEUE_LENGTH_MAX) {
			return Promise.resolve({
				outcome: "notSent",
				detail: `${this.name} is stalled: ${QUEUE_LENGTH_MAX} writes wait`,
			});
		}
		return new Promise((settle) => {
			this.#queue.push({ bytes, notAfterMs, settle });
			this.#pump();
		});
	}

	async turn(): Promise<void> {
		if (this.#writing !== null) await this.write(NOTHING);
	}

	reset(detail: string): void {
		if (this.#phase === "open" || this.#phase === "connecting") this.#drop(detail);
	}

	async close(): Promise<void> {
		if (this.#phase === "ended") return;
		const link = this.#link;
		const orderly = this.#phase === "open" && this.#writing === null;
		this.#phase = "ended";
		this.#link = null;
		this.#cancelPhaseTimer();
		this.#settleAll("the port was closed");
		if (link === null) return;
		if (!orderly) {
			link.abort();
			return;
		}
		await new Promise<void>((resolve) => {
			const cancel = this.#services.timers.after(`${this.name} close`, this.#timing.closeTimeoutMs, () => {
				link.abort();
				resolve();
			});
			link.close(() => {
				cancel();
				resolve();
			});
		});
	}

	#connect(): void {
		this.#phase = "connecting";
		const own = <Args extends unknown[]>(act: (...args: Args) => void) => {
			return (...args: Args): void => {
				if (this.#link === link) act(...args);
			};
		};
		const link: Link = this.#connector.connect({
			opened: own(() => this.#opened()),
			data: own((bytes: Uint8Array) => this.#listener.onData(bytes)),
			closed: own((detail: string) => this.#lost(detail)),
		});
		this.#link = link;
		this.#cancelPhaseTimer = this.#services.timers.after(
			`${this.name} connect`,
			this.#timing.connectTimeoutMs,
			own(() => this.#drop(`no connection within ${this.#timing.connectTimeoutMs} ms`)),
		);
	}

	#opened(): void {
		this.#phase = "open";
		this.#cancelPhaseTimer();
		this.#cancelPhaseTimer = this.#services.timers.after(`${this.name} stable`, this.#timing.stableMs, () => {
			this.#reconnectMs = this.#timing.reconnectMinMs;
		});
		this.#listener.onOpen();
	}

	#drop(detail: string): void {
		this.#link?.abort();
		this.#lost(detail);
	}

	#lost(detail: string): void {
		this.#link = null;
		this.#phase = "waiting";
		this.#cancelPhaseTimer();
		this.#settleAll(detail);
		this.#wait();
		this.#listener.onClose(detail);
	}

	/** Until the next attempt: for its time, or until the device was plugged in. */
	#wait(): void {
		const again = (): void => {
			this.#cancelPhaseTimer();
			this.#connect();
		};
		const stopTimer = this.#services.timers.after(`${this.name} reconnect`, this.#reconnectMs, again);
		const stopListening = this.#connector.arrivals?.(again);
		this.#cancelPhaseTimer = () => {
			stopTimer();
			stopListening?.();
		};
		this.#reconnectMs = Math.min(this.#reconnectMs * 2, this.#timing.reconnectMaxMs);
	}

	/** Nothing outlives the line it was written for: what had begun is unknown, the rest was never sent. */
	#settleAll(detail: string): void {
		const writing = this.#writing;
		const waiting = this.#queue;
		this.#writing = null;
		this.#queue = [];
		this.#cancelWriteTimer();
		writing?.settle({ outcome: "unknown", detail });
		for (const write of waiting) write.settle({ outcome: "notSent", detail });
	}

	#pump(): void {
		const link = this.#link;
		if (this.#writing !== null || this.#phase !== "open" || link === null) return;
		const next = this.#queue.shift();
		if (next === undefined) return;
		if (this.#services.clock.stamp().monotonicMs > next.notAfterMs) {
			next.settle({ outcome: "expired" });
			this.#pump();
			return;
		}
		if (next.bytes.length === 0) {
			next.settle({ outcome: "written" });
			this.#pump();
			return;
		}
		this.#writing = next;
		const { bytesPerSecond } = this.#connector;
		const onTheWireMs = bytesPerSecond === null ? 0 : (next.bytes.length / bytesPerSecond) * 1000;
		const limitMs = Math.ceil(this.#timing.writeTimeoutMs + onTheWireMs);
		this.#cancelWriteTimer = this.#services.timers.after(`${this.name} write`, limitMs, () => {
			if (this.#writing === next)
				this.#drop(`the device takes nothing in: a write of ${next.bytes.length} bytes stalled for ${limitMs} ms`);
		});
		const taken = link.write(next.bytes, (error) => {
			if (this.#writing !== next) return;
			if (error !== null) {
				this.#drop(error.message);
				return;
			}
			this.#writing = null;
			this.#cancelWriteTimer();
			next.settle({ outcome: "written" });
			this.#pump();
		});
		if (taken) return;
		this.#writing = null;
		this.#queue.unshift(next);
		this.#drop(`${this.name} is gone`);
	}
}
