import type { ScannerDriver } from "../../src/devices/contract/driver.ts";
import { portMaker, serialLineOf } from "../transport/open-port.ts";
import { SerialScanner } from "./serial-scanner.ts";

/** Scanners on a serial line (RS-232, or USB as a COM port), or behind a serial-to-network box. */
export const serialScannerDriver: ScannerDriver = {
	deviceClass: "Scanner",
	name: "serial-scanner",
	transports: ["serial", "tcp"],
	create: (options, services) => {
		const { port, profile } = options;
		const serial = port.transport === "serial" ? serialLineOf(port, profile.serial) : profile.serial;
		const set = { ...options, profile: { ...profile, serial } };
		return new SerialScanner(set, portMaker(port, serial, services), services);
	},
};
