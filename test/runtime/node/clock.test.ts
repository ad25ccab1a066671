import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createClock } from "../../../src/runtime/node/clock.ts";
import { tempDir } from "../../support/temp-dir.ts";

const OSLO = { timeZone: "Europe/Oslo" };

describe("the offset of the configured zone", () => {
	afterEach(() => {
		vi.useRealTimers();
	});

	it.each<[string, string, number]>([
		["Europe/Oslo", "2026-03-29T00:59:59.999Z", 60],
		["Europe/Oslo", "2026-03-29T01:00:00.000Z", 120],
		["Europe/Oslo", "2026-10-25T00:59:59.999Z", 120],
		["Europe/Oslo", "2026-10-25T01:00:00.000Z", 60],
		["Asia/Kathmandu", "2026-07-01T12:00:00.001Z", 345],
		["America/St_Johns", "2026-01-01T00:00:00.000Z", -210],
		["Atlantic/Reykjavik", "2026-07-01T23:59:59.000Z", 0],
	])("%s at %s is %i minutes", (timeZone, at, offsetMinutes) => {
		vi.useFakeTimers({ toFake: ["Date"], now: new Date(at) });
		expect(createClock({ timeZone }).stamp()).toMatchObject({ utcMs: Date.parse(at), offsetMinutes });
	});

	it("changes while the service runs through a night of the change", () => {
		vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-29T00:59:59.000Z") });
		const clock = createClock(OSLO);
		expect(clock.stamp().offsetMinutes).toBe(60);
		vi.setSystemTime(new Date("2026-03-29T01:00:01.000Z"));
		expect(clock.stamp().offsetMinutes).toBe(120);
	});

	it("refuses a zone that does not exist, with its code", () => {
		expect(() => createClock({ timeZone: "Europe/Olso" })).toThrow(/^TILL-1007 Europe\/Olso/);
	});
});

describe("boot and monotonic clock", () => {
	it("are shared by all clocks of one boot", () => {
		const first = createClock(OSLO).stamp();
		const second = createClock(OSLO).stamp();
		expect(second.bootId).toBe(first.bootId);
		expect(second.monotonicMs).toBeGreaterThanOrEqual(first.monotonicMs);
		expect(Number.isInteger(first.monotonicMs)).toBe(true);
	});

	it("without a boot id each clock counts as a boot of its own, so that monotonic times are never compared across", () => {
		const bootIdFile = join(tempDir(), "missing");
		const boots = [createClock({ ...OSLO, bootIdFile }), createClock({ ...OSLO, bootIdFile })].map(
			(clock) => clock.stamp().bootId,
		);
		expect(boots[0]).not.toBe(boots[1]);
	});

	it("reads the boot id without its line feed", () => {
		const bootIdFile = join(tempDir(), "boot_id");
		writeFileSync(bootIdFile, "0f3a\n");
		expect(createClock({ ...OSLO, bootIdFile }).stamp().bootId).toBe("0f3a");
	});
});

describe("whether the wall clock was set since boot", () => {
	it("is unknown without systemd-timesyncd, false before and true after its first synchronisation", () => {
		const timesyncDirectory = join(tempDir(), "timesync");
		const clock = createClock({ ...OSLO, timesyncDirectory });
		expect(clock.isSynchronised()).toBeUndefined();
		mkdirSync(timesyncDirectory);
		expect(clock.isSynchronised()).toBe(false);
		writeFileSync(join(timesyncDirectory, "synchronized"), "");
		expect(clock.isSynchronised()).toBe(true);
	});
});
