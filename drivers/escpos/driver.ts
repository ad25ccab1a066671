import type { PrinterDriver } from "../../src/devices/contract/driver.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import { portMaker } from "../transport/open-port.ts";
import { EscposPrinter } from "./escpos-printer.ts";

/** Whether a model of that profile sends anything back. */
const answers = ({ asb, dleEot, confirmation }: PrinterProfile["status"]): boolean =>
	asb || dleEot || confirmation !== "written";

/** Receipt printers that speak ESC/POS, on every kind of port. */
export const escposDriver: PrinterDriver = {
	deviceClass: "POSPrinter",
	name: "escpos",
	transports: ["serial", "tcp", "usblp", "usb"],
	create: (options, services) => {
		const { profile, port } = options;
		return new EscposPrinter(options, portMaker(port, profile.serial, services, answers(profile.status)), services);
	},
};
