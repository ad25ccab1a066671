import type { PrinterDriver } from "../../src/devices/contract/driver.ts";
import { portMaker } from "../transport/open-port.ts";
import { EscposPrinter } from "./escpos-printer.ts";

/** Receipt printers that speak ESC/POS, on a serial line or the network. */
export const escposDriver: PrinterDriver = {
	deviceClass: "POSPrinter",
	name: "escpos",
	transports: ["serial", "tcp"],
	create: (options, services) =>
		new EscposPrinter(options, portMaker(options.port, options.profile.serial, services), services),
};
