import { vi } from "vitest";
import type { Device, DeviceState, PrintJobStatus, ScanData } from "../../../src/devices/contract/devices.ts";
import type { DriverServices } from "../../../src/devices/contract/driver.ts";
import { ManualTimers, manualClock, recordingLogger } from "../../support/manual-runtime.ts";

/** Long enough for a busy machine; reached only when a test fails. */
const PATIENCE_MS = 20_000;

/** Services whose time moves by hand, and what the drivers told. */
export interface BenchTime {
	readonly services: DriverServices;
	readonly timers: ManualTimers;
	readonly states: { readonly id: string; readonly state: DeviceState }[];
	readonly scans: ScanData[];
	readonly jobs: PrintJobStatus[];
	/** Waits for input and output alone: no driver's timer runs meanwhile. */
	until(condition: () => boolean): Promise<void>;
	/** Waits for what also needs time: a reconnect, a question. Time goes on by 50 ms a look. */
	pass(condition: () => boolean): Promise<void>;
	/** What a promise comes to, while time goes on. */
	settled<Outcome>(promise: Promise<Outcome>): Promise<Outcome>;
}

/** One test's time. */
export const benchTime = (): BenchTime => {
	const clock = manualClock();
	const timers = new ManualTimers(clock);
	const states: { id: string; state: DeviceState }[] = [];
	const scans: ScanData[] = [];
	const jobs: PrintJobStatus[] = [];
	const look = (condition: () => boolean): void => {
		if (!condition()) throw new Error(`still waiting; timers: ${timers.names().join(", ")}`);
	};
	const options = { timeout: PATIENCE_MS, interval: 2 };
	const pass = (condition: () => boolean): Promise<void> =>
		vi.waitFor(() => {
			if (!condition()) timers.advance(50);
			look(condition);
		}, options);
	return {
		services: {
			timers,
			clock,
			logger: recordingLogger(),
			listeners: {
				onState: (device: Device, state) => states.push({ id: device.id, state }),
				onScan: (scan) => scans.push(scan),
				onPrintJob: (_, job) => jobs.push(job),
			},
		},
		timers,
		states,
		scans,
		jobs,
		until: (condition) => vi.waitFor(() => look(condition), options),
		pass,
		settled: async (promise) => {
			let done = false;
			const finished = promise.finally(() => {
				done = true;
			});
			await pass(() => done);
			return finished;
		},
	};
};
