import { describe, expect, it } from "vitest";
import { CALM_MS } from "../../../drivers/pulse-drawer/drawer-switch.ts";
import { pulseDrawerDriver } from "../../../drivers/pulse-drawer/pulse-drawer.ts";
import type { DeviceState } from "../../../src/devices/contract/devices.ts";
import type { ConnectorLevel } from "../../../src/devices/contract/driver.ts";
import { benchTime } from "../support/bench-time.ts";

const ONLINE: DeviceState = { power: "online", conditions: [], detail: null };

describe("a drawer whose switch has a loose contact", () => {
	it("says so in a condition until it is quiet: nobody sees the drawer open meanwhile", () => {
		const { services, timers } = benchTime();
		let tell: (state: DeviceState, level: ConnectorLevel) => void = () => undefined;
		const drawer = pulseDrawerDriver.create(
			{
				id: "drawer",
				host: {
					pulse: () => Promise.resolve({ outcome: "sent", detail: null }),
					watch: (listener) => {
						tell = listener;
					},
				},
				connector: { pin: 2, onMs: 100, offMs: 500 },
				openWhen: "high",
			},
			services,
		);
		drawer.open();
		for (let change = 0; change < 60; change += 1) {
			tell(ONLINE, change % 2 === 0 ? "high" : "low");
			timers.advance(250);
		}
		expect(drawer.state()).toMatchObject({ power: "online", conditions: ["SwitchUnsteady"] });
		timers.advance(CALM_MS);
		expect(drawer.state().conditions).toEqual(["DrawerClosed"]);
	});
});
