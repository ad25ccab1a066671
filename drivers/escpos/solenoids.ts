import type { DrawerPulse } from "../../src/devices/contract/driver.ts";

/**
 * When the next pulse may go to a printer's drawer connector. Both solenoids hang on one supply: never two at once
 * (Citizen CT-S601 p 20), and one rests after its pulse as long as the profile says, which the schema holds to a duty of
 * 0.2 (Seiko TM-L60).
 */
export class Solenoids {
	#last: { readonly pulse: DrawerPulse; readonly atMs: number } | null = null;

	/** How long this pulse must wait from the monotonic time `nowMs`; 0: not at all. */
	waitMs(pulse: DrawerPulse, nowMs: number): number {
		if (this.#last === null) return 0;
		const { pulse: last, atMs } = this.#last;
		const restMs = last.pin === pulse.pin ? last.onMs + last.offMs : last.onMs;
		return Math.max(0, atMs + restMs - nowMs);
	}

	/** The bytes of this pulse are out, or may be. */
	pulsed(pulse: DrawerPulse, nowMs: number): void {
		this.#last = { pulse, atMs: nowMs };
	}
}
