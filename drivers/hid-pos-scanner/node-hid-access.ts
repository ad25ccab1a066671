import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { messageOf } from "../../src/runtime/contract/fault.ts";
import type { HidAccess } from "./hid-access.ts";

/**
 * node-hid, loaded when the first HID scanner is looked for. Its hidraw build is chosen: the kernel keeps its driver, and
 * the process needs no access to the whole bus. Version 3.4.0 links libusb all the same, though it calls nothing of it.
 */
const load = async () => {
	try {
		const hid = await import("node-hid");
		hid.setDriverType("hidraw");
		hid.getHidapiVersion(); // loads the native part, which is what fails where a library of the system is missing
		return hid;
	} catch (thrown) {
		throw new Error(`HID scanners need the Debian packages libusb-1.0-0 and libudev1: ${messageOf(thrown)}`, {
			cause: thrown,
		});
	}
};

/** HID devices of this machine. */
export const nodeHidAccess: HidAccess = {
	devices: async () => (await load()).devicesAsync(),
	open: async (path, listener) => {
		const { HIDAsync } = await load();
		const device = await HIDAsync.open(path);
		device.on("error", (error: Error) => listener.failed(error));
		device.on("data", (report: Uint8Array) => listener.report(report));
		return {
			write: async (report) => {
				await device.write(Buffer.from(report));
			},
			sendFeatureReport: async (report) => {
				await device.sendFeatureReport(Buffer.from(report));
			},
			close: () => device.close(),
		};
	},
	// hidapi 0.15 has a call for it that node-hid does not pass on; the kernel shows it to everybody.
	reportDescriptor: (path) =>
		readFile(`/sys/class/hidraw/${basename(path)}/device/report_descriptor`).catch(() => null),
};
