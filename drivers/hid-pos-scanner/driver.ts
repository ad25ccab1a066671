import type { ScannerDriver } from "../../src/devices/contract/driver.ts";
import { Fault } from "../../src/runtime/contract/fault.ts";
import { LivePort } from "../transport/live-port.ts";
import type { HidAccess } from "./hid-access.ts";
import { hidConnector } from "./hid-connector.ts";
import { HidPosScanner } from "./hid-pos-scanner.ts";

/** Scanners set to USB HID-POS. */
export const hidPosScannerDriver = (access: HidAccess): ScannerDriver => ({
	deviceClass: "Scanner",
	name: "hid-pos-scanner",
	transports: ["hid"],
	create: (options, services) => {
		const { port } = options;
		if (port.transport !== "hid") throw new Fault("TILL-0702", `${options.id} hangs on no HID port`);
		return new HidPosScanner(
			options,
			(listener, start) => new LivePort(hidConnector(port, access, start), listener, services),
			services,
		);
	},
});
