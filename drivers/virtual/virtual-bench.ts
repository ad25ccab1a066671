import type { DisplayDriver, DriverRegistry, PrinterDriver, ScannerDriver } from "../../src/devices/contract/driver.ts";
import { type DisplayEvents, VirtualDisplay } from "./virtual-display.ts";
import { type PrinterEvents, VirtualPrinter } from "./virtual-printer.ts";
import { VirtualScanner } from "./virtual-scanner.ts";

/** What the devices of a bench do in the world. All are optional. */
export type BenchEvents = Partial<PrinterEvents & DisplayEvents>;

/** The world on the far side of virtual ports: the drivers to put into a registry, and the devices they made, by id. */
export interface VirtualBench {
	readonly drivers: DriverRegistry;
	readonly printers: ReadonlyMap<string, VirtualPrinter>;
	readonly displays: ReadonlyMap<string, VirtualDisplay>;
	readonly scanners: ReadonlyMap<string, VirtualScanner>;
}

/**
 * A bench of virtual devices, for `npm start`, the demo and tests. Its drivers play every profile that is configured on a
 * virtual port, also that of a real model.
 */
export const createVirtualBench = (given: BenchEvents = {}): VirtualBench => {
	const ignore = (): void => undefined;
	const events: PrinterEvents & DisplayEvents = {
		onPaper: given.onPaper ?? ignore,
		onPulse: given.onPulse ?? ignore,
		onDisplay: given.onDisplay ?? ignore,
		onViolation: given.onViolation ?? ignore,
	};
	const printers = new Map<string, VirtualPrinter>();
	const displays = new Map<string, VirtualDisplay>();
	const scanners = new Map<string, VirtualScanner>();
	const printerDriver: PrinterDriver = {
		deviceClass: "POSPrinter",
		name: "virtual-printer",
		transports: ["virtual"],
		create: (options, services) => {
			const printer = new VirtualPrinter(options, services, events);
			printers.set(options.id, printer);
			return printer.device;
		},
	};
	const displayDriver: DisplayDriver = {
		deviceClass: "LineDisplay",
		name: "virtual-display",
		transports: ["virtual"],
		create: (options, services) => {
			const display = new VirtualDisplay(options, services, events);
			displays.set(options.id, display);
			return display.device;
		},
	};
	const scannerDriver: ScannerDriver = {
		deviceClass: "Scanner",
		name: "virtual-scanner",
		transports: ["virtual"],
		create: (options, services) => {
			const scanner = new VirtualScanner(options, services);
			scanners.set(options.id, scanner);
			return scanner.device;
		},
	};
	return { drivers: [printerDriver, displayDriver, scannerDriver], printers, displays, scanners };
};
