import { describe, expect, it } from "vitest";
import { DeviceTrials } from "../../../src/cli/till/device-trials.ts";
import type { Device, ScanData } from "../../../src/devices/contract/devices.ts";
import type { InputBody } from "../../../src/till/input.ts";
import { ManualTimers } from "../../support/manual-runtime.ts";

const READ: ScanData = { deviceId: "scanner", symbology: "EAN13", data: "7038010001659" };

const device = (id: string, deviceClass: Device["deviceClass"]): Device =>
	({ id, deviceClass, open: () => undefined, close: () => Promise.resolve() }) as unknown as Device;

/** Trials at a till with a scanner and a drawer, and what was asked of the loop. */
const trialsAt = ({ isSelling = false } = {}) => {
	const asked: InputBody[] = [];
	const timers = new ManualTimers();
	const trials = new DeviceTrials({
		devices: [device("scanner", "Scanner"), device("drawer", "CashDrawer")],
		timers,
		submit: (body) => {
			asked.push(body);
			return { refusal: undefined, events: [], effects: [], hasMessages: false };
		},
		listen: () => () => undefined,
		isSelling: () => isSelling,
		showIdle: () => undefined,
	});
	return { trials, timers, asked };
};

describe("a technician's wait for a scan", () => {
	it("takes one read, and leaves the next to the cashier", async () => {
		const { trials } = trialsAt();
		const read = trials.scan("scanner", 30_000);
		expect([trials.took(READ), trials.took(READ)]).toEqual([true, false]);
		expect(await read).toMatchObject({ result: { symbology: "EAN13", data: READ.data } });
	});

	it("takes none of another scanner, and none once a sale has begun", () => {
		const other = trialsAt();
		void other.trials.scan("scanner", 30_000);
		expect(other.trials.took({ ...READ, deviceId: "kitchen" })).toBe(false);
		const selling = trialsAt({ isSelling: true });
		void selling.trials.scan("scanner", 30_000);
		expect(selling.trials.took(READ)).toBe(false);
	});

	it("ends when its time is over, and when another one begins", async () => {
		const { trials, timers } = trialsAt();
		const first = trials.scan("scanner", 30_000);
		const second = trials.scan("scanner", 30_000);
		expect(await first).toMatchObject({ result: null });
		timers.advance(30_000);
		expect(await second).toMatchObject({ result: null });
		expect(trials.took(READ)).toBe(false);
	});

	it("at a device that is no scanner is refused before anything moves: a drawer would open for it", async () => {
		const { trials, asked } = trialsAt();
		expect(await trials.scan("drawer", 30_000)).toMatchObject({
			refusal: { code: "TILL-0437", details: { devices: "scanner" } },
		});
		expect(asked).toEqual([]);
	});
});
