import type { ClockDoubted } from "../events/journal-event.ts";
import type { Stamp } from "../events/stamp.ts";

/** How far wall and monotonic clock may drift apart between two records of one boot. */
const STEP_TOLERANCE_MS = 2_000;

/** A forward jump of the wall clock within one boot beyond this is doubted. */
const JUMP_MS = 5 * 60_000;

/** After a restart, a clock this far past the last record is doubted: a shop does not stand still for a month. */
const FAR_AHEAD_MS = 31 * 86_400_000;

/**
 * Judges a stamp against the last record's (DESIGN section 6): a clock that stepped back is recorded, not clamped; one
 * behind the last record, far ahead, or never synchronised since boot is unsure. Undefined when nothing is wrong.
 */
export const judgeClock = (
	last: Stamp | undefined,
	now: Stamp,
	synchronised: boolean | undefined,
): ClockDoubted | undefined => {
	const doubt = (kind: ClockDoubted["doubt"], differenceMs: number): ClockDoubted => ({
		type: "ClockDoubted",
		doubt: kind,
		differenceMs,
	});
	const isNewBoot = last === undefined || last.bootId !== now.bootId;
	if (last !== undefined) {
		const walled = now.utcMs - last.utcMs;
		if (isNewBoot) {
			if (walled < 0) return doubt("behindLastRecord", walled);
			if (walled > FAR_AHEAD_MS) return doubt("farAhead", walled);
		} else {
			const difference = walled - (now.monotonicMs - last.monotonicMs);
			if (difference < -STEP_TOLERANCE_MS) return doubt("steppedBack", difference);
			if (difference > JUMP_MS) return doubt("farAhead", difference);
		}
	}
	return isNewBoot && synchronised === false ? doubt("unsynchronised", 0) : undefined;
};
