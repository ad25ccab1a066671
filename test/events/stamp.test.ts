import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localDateTime } from "../../src/events/stamp.ts";

describe("the local date and time of a stamp", () => {
	it("are those of the platform's calendar, for any moment and any offset", () => {
		const utcMs = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2400, 0, 1) });
		const offsetMinutes = fc.integer({ min: -14 * 60, max: 14 * 60 });
		fc.assert(
			fc.property(utcMs, offsetMinutes, (moment, offset) => {
				const iso = new Date(moment + offset * 60_000).toISOString();
				expect(localDateTime({ utcMs: moment, offsetMinutes: offset })).toEqual({
					date: iso.slice(0, 10),
					time: iso.slice(11, 19),
				});
			}),
			{ numRuns: 2000 },
		);
	});

	it.each([
		["2026-02-28T22:59:59.999Z", 60, "2026-02-28", "23:59:59"],
		["2026-02-28T23:00:00.000Z", 60, "2026-03-01", "00:00:00"],
		["2028-02-28T23:30:00.000Z", 60, "2028-02-29", "00:30:00"],
		["2027-01-01T00:00:00.000Z", -210, "2026-12-31", "20:30:00"],
	])("at %s with %i minutes are %s %s", (at, offsetMinutes, date, time) => {
		expect(localDateTime({ utcMs: Date.parse(at), offsetMinutes })).toEqual({ date, time });
	});
});
