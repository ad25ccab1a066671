import type { DriverServices } from "../../src/devices/contract/driver.ts";
import type { Read } from "./symbology.ts";

/** What a scanner's reads leave by. */
export interface ScanOutletOptions {
	readonly id: string;
	/** UnifiedPOS has no word for it: the same read within this time counts once; 0 for off. */
	readonly duplicateGuardMs: number;
}

/**
 * The last step of every scanner driver: one read becomes ScanData, or is dropped as an echo of the one before. Guarded is
 * what has symbology and data of the last read that counted; two identical items are legal, so that the guard is off unless
 * the box asks for it (devices.md section 6).
 */
export class ScanOutlet {
	readonly #options: ScanOutletOptions;
	readonly #services: Pick<DriverServices, "clock" | "logger" | "listeners">;
	#last: { readonly read: Read; readonly atMs: number } | null = null;
	#duplicateCount = 0;

	constructor(options: ScanOutletOptions, services: Pick<DriverServices, "clock" | "logger" | "listeners">) {
		this.#options = options;
		this.#services = services;
	}

	/** Gives a read out. The log counts what is dropped and never holds what was read: it may be a card's number. */
	give(read: Read): void {
		const { id, duplicateGuardMs } = this.#options;
		const atMs = this.#services.clock.stamp().monotonicMs;
		const last = this.#last;
		if (
			duplicateGuardMs > 0 &&
			last !== null &&
			atMs - last.atMs < duplicateGuardMs &&
			last.read.symbology === read.symbology &&
			last.read.data === read.data
		) {
			this.#duplicateCount += 1;
			this.#services.logger.debug("a repeated read was dropped", {
				device: id,
				symbology: read.symbology,
				duplicateCount: this.#duplicateCount,
			});
			return;
		}
		this.#last = { read, atMs };
		this.#services.listeners.onScan({ deviceId: id, ...read });
	}
}
