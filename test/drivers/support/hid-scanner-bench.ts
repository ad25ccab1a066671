import { onTestFinished } from "vitest";
import { hidPosScannerDriver } from "../../../drivers/hid-pos-scanner/driver.ts";
import type { PortConfig } from "../../../src/devices/contract/driver.ts";
import type { ScannerProfile } from "../../../src/devices/contract/profile.ts";
import { benchTime } from "./bench-time.ts";
import { HidFarEnd } from "./hid-far-end.ts";
import type { HidScannerModel } from "./hid-scanner-models.ts";
import type { Label, ScannerBench, ScannerBenchOptions } from "./scanner-bench.ts";

/** The scanner of the stand-in, as till.yaml names it. */
export const HID_PORT = { transport: "hid", vendorId: "05e0", productId: "1300" } as const satisfies PortConfig;

/** A bench with the scanner's end of it in the test's hands. */
export interface HidScannerBench extends ScannerBench {
	readonly end: HidFarEnd;
}

/** Makes a bench for one test. */
export const hidScannerBench =
	(model: HidScannerModel, profile: ScannerProfile, port: PortConfig = HID_PORT) =>
	({
		dataLengthMax = profile.dataLengthMax,
		duplicateGuardMs = 0,
	}: ScannerBenchOptions = {}): Promise<HidScannerBench> => {
		const time = benchTime();
		const end = new HidFarEnd(model);
		const device = hidPosScannerDriver(end).create(
			{ id: "scanner", profile: { ...profile, dataLengthMax }, port, duplicateGuardMs },
			time.services,
		);
		onTestFinished(() => device.close());
		const reports = ({ aim, data }: Label): readonly Uint8Array[] => model.reports(aim, data);
		return Promise.resolve({
			time,
			device,
			end,
			saysSymbology: true,
			read: (...labels) => {
				end.send(labels.flatMap(reports));
				return Promise.resolve();
			},
			readInPieces: async (label) => {
				for (const report of reports(label)) {
					await new Promise((resolve) => setImmediate(resolve));
					end.send([report]);
				}
			},
			readHalf: (label) => Promise.resolve(end.send(reports(label).slice(0, -1))),
			beeps: () => end.written.filter((report) => model.isErrorBeep(report)).length,
			canBeep: model.outputLengths.size > 0,
			unplug: () => Promise.resolve(end.unplug()),
			plug: () => Promise.resolve(end.plug()),
			online: () => time.pass(() => device.state().power === "online"),
		});
	};
