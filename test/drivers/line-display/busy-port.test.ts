import { describe, expect, it } from "vitest";
import { epsonDisplay } from "../../../drivers/line-display/epson-display.ts";
import { SerialLineDisplay } from "../../../drivers/line-display/line-display.ts";
import type { Port, PortListener } from "../../../drivers/transport/port.ts";
import { DisplayInterpreter } from "../../../drivers/virtual/display-interpreter.ts";
import type { WriteOutcome } from "../../../src/devices/contract/driver.ts";
import { benchTime } from "../support/bench-time.ts";
import { displayProfile } from "../support/profiles.ts";

const PROFILE = displayProfile("epson-dm-d110");

describe("a display on a port that takes nothing for a while", () => {
	it("shows the newest when it does, though the line was never lost", async () => {
		const time = benchTime();
		const display = new DisplayInterpreter(PROFILE);
		let isStalled = false;
		let listener: PortListener | undefined;
		const port: Port = {
			name: "stalled",
			open: () => listener?.onOpen(),
			isOpen: () => true,
			write: (bytes): Promise<WriteOutcome> => {
				if (isStalled) return Promise.resolve({ outcome: "notSent", detail: "too much waits" });
				display.next(bytes);
				return Promise.resolve({ outcome: "written" });
			},
			turn: () => Promise.resolve(),
			reset: () => undefined,
			close: () => Promise.resolve(),
		};
		const makePort = (given: PortListener): Port => {
			listener = given;
			return port;
		};
		const device = new SerialLineDisplay({ id: "display", profile: PROFILE }, epsonDisplay, makePort, time.services);
		device.open();
		isStalled = true;
		expect(await device.displayText(["Melk"])).toBe("failed");
		expect(await device.displayText(["Brus"])).toBe("failed");
		isStalled = false;
		await time.pass(() => display.rows[0]?.startsWith("Brus") === true);
		await device.close();
		expect(time.timers.names()).toEqual([]);
	});
});
