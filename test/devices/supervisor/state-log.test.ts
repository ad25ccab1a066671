import { describe, expect, it } from "vitest";
import type { DeviceState } from "../../../src/devices/contract/devices.ts";
import { LOG_PERIOD_MS, StateLog } from "../../../src/devices/supervisor/state-log.ts";
import { ManualTimers, manualClock, recordingLogger } from "../../support/manual-runtime.ts";

const WELL: DeviceState = { power: "online", conditions: ["DrawerClosed"], detail: null };
const AWAY: DeviceState = { power: "offline", conditions: [], detail: "no such port" };

const bench = () => {
	const clock = manualClock();
	const timers = new ManualTimers(clock);
	const logger = recordingLogger();
	const log = new StateLog({ clock, timers, logger });
	const lines = () =>
		logger.lines.map(({ level, fields }) => [level, fields["device"], fields["power"], fields["changesLeftOut"] ?? 0]);
	return { log, timers, lines };
};

describe("the log of devices", () => {
	it("has a line for each change of a device that is now well, now not", () => {
		const { log, timers, lines } = bench();
		log.changed("printer", WELL);
		timers.advance(LOG_PERIOD_MS);
		log.changed("printer", AWAY);
		expect(lines()).toEqual([
			["info", "printer", "online", 0],
			["warn", "printer", "offline", 0],
		]);
	});

	it("is not flooded by a loose plug: the last state in time, with a count of what was left out", () => {
		const { log, timers, lines } = bench();
		for (let n = 0; n < 550; n += 1) {
			log.changed("printer", n % 2 === 0 ? AWAY : WELL);
			timers.advance(18);
		}
		timers.advance(LOG_PERIOD_MS);
		expect(lines()).toEqual([
			["warn", "printer", "offline", 0],
			["info", "printer", "online", 548],
		]);
	});

	it("counts each device by itself", () => {
		const { log, lines } = bench();
		log.changed("printer", WELL);
		log.changed("display", WELL);
		expect(lines()).toHaveLength(2);
	});

	it("never ends with a state that is not the last, also when the program ends", () => {
		const { log, timers, lines } = bench();
		log.changed("printer", WELL);
		log.changed("printer", AWAY);
		log.end();
		expect(lines().at(-1)).toEqual(["warn", "printer", "offline", 0]);
		expect(timers.names()).toEqual([]);
		log.end();
		expect(lines()).toHaveLength(2);
	});
});
