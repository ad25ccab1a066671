import { describe, expect, it } from "vitest";
import { DrawerWatch } from "../../../src/cli/till/drawer-watch.ts";
import type { DeviceState } from "../../../src/devices/contract/devices.ts";
import { PULSE_OPENS_WITHIN_MS } from "../../../src/till/drawers.ts";
import type { DrawerState } from "../../../src/till/state.ts";
import { ManualTimers, manualClock } from "../../support/manual-runtime.ts";

const LIMIT_MS = 300_000;
const OPEN: DeviceState = { power: "online", conditions: ["DrawerOpened"], detail: null };
const SHUT: DeviceState = { power: "online", conditions: ["DrawerClosed"], detail: null };
const NOT_SENSED: DeviceState = { power: "online", conditions: [], detail: null };
const AWAY: DeviceState = { power: "offline", conditions: [], detail: "gone" };

/** A watch whose inputs are recorded as the loop would. */
const bench = (limitMs = LIMIT_MS, recorded?: DrawerState) => {
	const clock = manualClock();
	const timers = new ManualTimers(clock);
	const told: string[] = [];
	let known = recorded;
	let changes = 0;
	const watch = new DrawerWatch({
		timers,
		now: () => clock.stamp(),
		openTooLongMs: new Map([["drawer", limitMs]]),
		recorded: () => known,
		onStuck: () => {
			changes += 1;
		},
		submit: (input) => {
			if (input.type === "DrawerOverdue") {
				told.push(`too long: ${input.openMs}`);
				return;
			}
			told.push(`${input.isOpen ? "open" : "shut"} ${input.seen}`);
			if (known?.isOpen !== input.isOpen) known = { isOpen: input.isOpen, since: clock.stamp(), isTooLong: false };
		},
	});
	const stuck = () => [...watch.stuck()];
	return {
		clock,
		timers,
		told,
		stuck,
		changes: () => changes,
		sees: (state: DeviceState) => watch.changed("drawer", state),
		watch,
	};
};

describe("the watch of a drawer", () => {
	it("tells each opening and closing once, the first as found", () => {
		const { told, sees } = bench();
		for (const state of [NOT_SENSED, SHUT, SHUT, OPEN, OPEN, SHUT]) sees(state);
		expect(told).toEqual(["shut afterGap", "open change", "shut change"]);
	});

	it("tells nothing while nobody can see, and what is seen then as found", () => {
		const { told, sees } = bench();
		for (const state of [SHUT, AWAY, OPEN, AWAY, SHUT]) sees(state);
		expect(told).toEqual(["shut afterGap", "open afterGap", "shut afterGap"]);
	});

	it("tells a drawer that stands open, once, when its time has come", () => {
		const { told, sees, timers } = bench();
		sees(SHUT);
		sees(OPEN);
		timers.advance(LIMIT_MS - 1);
		expect(told).toHaveLength(2);
		timers.advance(LIMIT_MS * 3);
		expect(told.slice(2)).toEqual([`too long: ${LIMIT_MS}`]);
	});

	it("forgets the time when the drawer is shut, and when nobody can see it", () => {
		const { told, sees, timers } = bench();
		for (const state of [SHUT, OPEN, SHUT]) sees(state);
		timers.advance(LIMIT_MS);
		sees(OPEN);
		timers.advance(LIMIT_MS / 2);
		sees(AWAY);
		timers.advance(LIMIT_MS);
		expect(told.filter((line) => line.startsWith("too long"))).toEqual([]);
		// Found open again: it has been for all that time, as far as anybody knows.
		sees(OPEN);
		timers.advance(0);
		expect(told.at(-1)).toBe(`too long: ${LIMIT_MS * 1.5}`);
	});

	it("goes on with an opening that was recorded before a restart", () => {
		const since = { ...manualClock().stamp(), utcMs: manualClock().stamp().utcMs - 200_000, bootId: "before" };
		const { told, sees, timers } = bench(LIMIT_MS, { isOpen: true, since, isTooLong: false });
		sees(OPEN);
		timers.advance(100_000);
		expect(told).toEqual(["open afterGap", `too long: ${LIMIT_MS}`]);
	});

	it("says nothing more of an opening that was told before a restart, nor where the setting is never", () => {
		const since = manualClock().stamp();
		const told = bench(LIMIT_MS, { isOpen: true, since, isTooLong: true });
		told.sees(OPEN);
		told.timers.advance(LIMIT_MS * 2);
		expect(told.told).toEqual(["open afterGap"]);
		const never = bench(0);
		never.sees(OPEN);
		expect(never.timers.names()).toEqual([]);
	});

	it("knows a drawer that stays shut though it was pulsed, until it opens or nobody can see it", () => {
		const { sees, watch, timers, stuck, changes } = bench();
		sees(SHUT);
		watch.pulsed("drawer", "job");
		timers.advance(PULSE_OPENS_WITHIN_MS - 1);
		expect(stuck()).toEqual([]);
		timers.advance(1);
		expect(stuck()).toEqual(["drawer"]);
		sees(OPEN);
		expect([stuck(), changes()]).toEqual([[], 2]);
		sees(SHUT);
		watch.pulsed("drawer", "job 2");
		timers.advance(PULSE_OPENS_WITHIN_MS);
		sees(AWAY);
		expect([stuck(), changes()]).toEqual([[], 4]);
	});

	it("says nothing of a drawer that opens in time, of one it cannot see, nor of a pulse that was never sent", () => {
		const opens = bench();
		opens.sees(SHUT);
		opens.watch.pulsed("drawer", "job");
		opens.sees(OPEN);
		const unseen = bench();
		unseen.sees(NOT_SENSED);
		unseen.watch.pulsed("drawer", "job");
		const unsent = bench();
		unsent.sees(SHUT);
		unsent.watch.pulsed("drawer", "job");
		unsent.watch.notSent("job");
		for (const { timers, stuck } of [opens, unseen, unsent]) {
			timers.advance(PULSE_OPENS_WITHIN_MS);
			expect(stuck()).toEqual([]);
		}
	});

	it("ends with nothing waiting", () => {
		const { sees, timers, watch } = bench();
		sees(SHUT);
		watch.pulsed("drawer", "job");
		watch.stop();
		sees(OPEN);
		watch.stop();
		expect(timers.names()).toEqual([]);
	});
});
