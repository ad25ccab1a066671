import { describe, expect, it } from "vitest";
import {
	CALM_MS,
	CHANGES_MAX,
	CHANGES_PERIOD_MS,
	type DrawerPosition,
	DrawerSwitch,
	SETTLE_MS,
} from "../../../drivers/pulse-drawer/drawer-switch.ts";
import { ManualTimers, manualClock } from "../../support/manual-runtime.ts";

const bench = () => {
	const clock = manualClock();
	const timers = new ManualTimers(clock);
	const told: DrawerPosition[] = [];
	const drawer: DrawerSwitch = new DrawerSwitch("drawer switch", "high", { clock, timers }, () =>
		told.push(drawer.position()),
	);
	/** Changes the level again and again, `everyMs` apart. */
	const flap = (count: number, everyMs: number): void => {
		for (let n = 0; n < count; n += 1) {
			drawer.take(n % 2 === 0 ? "high" : "low");
			timers.advance(everyMs);
		}
	};
	return { drawer, timers, told, flap };
};

describe("a drawer's switch", () => {
	it("is believed when its level has stood for a moment, and not before", () => {
		const { drawer, timers, told } = bench();
		drawer.take("high");
		timers.advance(SETTLE_MS - 1);
		expect(told).toEqual([]);
		timers.advance(1);
		expect(told).toEqual(["open"]);
	});

	it("that nobody can see is unknown at once, and what was to be believed is forgotten", () => {
		const { drawer, timers, told } = bench();
		drawer.take("low");
		timers.advance(SETTLE_MS);
		drawer.take("high");
		drawer.take("unknown");
		timers.advance(SETTLE_MS);
		expect(told).toEqual(["closed", "unknown"]);
	});

	it("with a loose contact tells a bounded number of changes, then that it is not to be believed", () => {
		const { told, flap } = bench();
		flap(10_000, 300);
		expect(told.length).toBeLessThanOrEqual(CHANGES_MAX + 1);
		expect(told.at(-1)).toBe("unsteady");
	});

	it("that vibrates faster than it settles is not believed either", () => {
		const { told, flap } = bench();
		flap(1_000, 20);
		expect(told).toEqual(["unsteady"]);
	});

	it("is believed again after a calm", () => {
		const { timers, told, flap } = bench();
		flap(101, 300);
		timers.advance(CALM_MS);
		expect(told.at(-1)).toBe("open");
		timers.advance(CHANGES_PERIOD_MS);
		flap(2, SETTLE_MS);
		expect(told.at(-1)).toBe("closed");
	});

	it("of a busy cashier, who opens and shuts it every ten seconds for an hour, is believed all the time", () => {
		const { told, flap } = bench();
		flap(720, 5_000);
		expect(told).toHaveLength(720);
	});
});
