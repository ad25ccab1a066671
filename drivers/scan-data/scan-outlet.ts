import type { DriverServices } from "../../src/devices/contract/driver.ts";
import type { Read } from "./symbology.ts";

/** What a scanner's reads leave by. */
export interface ScanOutletOptions {
	readonly id: string;
	/** UnifiedPOS has no word for it: the same read within this time counts once; 0 for off. */
	readonly duplicateGuardMs: number;
}

/** Codes that are read within this time of each other stand on one pack: nobody moves a second one before a scanner so fast. */
const ONE_PACK_MS = 150;

/** Codes of one pack; more of them so fast are noise. */
const PACK_CODES_MAX = 8;

const keyOf = ({ symbology, data }: Read): string => `${symbology} ${data}`;

/**
 * The last step of every scanner driver: one read becomes ScanData, or is dropped as an echo. Guarded is what has symbology
 * and data of a read of the last pack that counted: an EAN and a 2D code on one pack may be read by turns. Two identical
 * items are legal, so that the guard is off unless the box asks for it (devices.md section 6).
 */
export class ScanOutlet {
	readonly #options: ScanOutletOptions;
	readonly #services: Pick<DriverServices, "clock" | "logger" | "listeners">;
	/** When each code of the last pack counted, oldest first. */
	#pack: ReadonlyMap<string, number> = new Map();
	#countedAtMs = Number.NEGATIVE_INFINITY;
	#duplicateCount = 0;

	constructor(options: ScanOutletOptions, services: Pick<DriverServices, "clock" | "logger" | "listeners">) {
		this.#options = options;
		this.#services = services;
	}

	/** Gives a read out. The log counts what is dropped and never holds what was read: it may be a card's number. */
	give(read: Read): void {
		const { id, duplicateGuardMs } = this.#options;
		const atMs = this.#services.clock.stamp().monotonicMs;
		const key = keyOf(read);
		const before = this.#pack.get(key);
		if (before !== undefined && atMs - before < duplicateGuardMs) {
			this.#duplicateCount += 1;
			this.#services.logger.debug("a repeated read was dropped", {
				device: id,
				symbology: read.symbology,
				duplicateCount: this.#duplicateCount,
			});
			return;
		}
		const isOfPack = atMs - this.#countedAtMs <= ONE_PACK_MS && this.#pack.size < PACK_CODES_MAX;
		this.#pack = new Map([...(isOfPack ? this.#pack : []), [key, atMs]]);
		this.#countedAtMs = atMs;
		this.#services.listeners.onScan({ deviceId: id, ...read });
	}
}
