import type { DisplayDriver } from "../../src/devices/contract/driver.ts";
import { portMaker } from "../transport/open-port.ts";
import { sharedPort } from "../transport/shared-port.ts";
import { admDisplay } from "./adm-display.ts";
import { aedexDisplay } from "./aedex-display.ts";
import { cd5220Display } from "./cd5220-display.ts";
import type { DisplayProtocol } from "./display-protocol.ts";
import { dsp800Display } from "./dsp800-display.ts";
import { epsonDisplay } from "./epson-display.ts";
import { SerialLineDisplay } from "./line-display.ts";
import { utcDisplay } from "./utc-display.ts";

/** The language behind each driver's name. The virtual display's own profile is one of Epson's kind. */
export const DISPLAY_PROTOCOLS: Readonly<Record<DisplayDriver["name"], DisplayProtocol>> = {
	"epson-display": epsonDisplay,
	"cd5220-display": cd5220Display,
	"utc-display": utcDisplay,
	"aedex-display": aedexDisplay,
	"adm-display": admDisplay,
	"dsp800-display": dsp800Display,
	"virtual-display": epsonDisplay,
};

const driver = (
	name: DisplayDriver["name"],
	transports: DisplayDriver["transports"] = ["serial", "tcp"],
): DisplayDriver => ({
	deviceClass: "LineDisplay",
	name,
	transports,
	create: (options, services) => {
		const { host, port, profile } = options;
		const makePort = host === undefined ? portMaker(port, profile.serial, services) : sharedPort(host);
		return new SerialLineDisplay(options, DISPLAY_PROTOCOLS[name], makePort, services);
	},
});

/** Displays that speak Epson's DM-D language. They alone pass on to a printer on the same line what is not their own. */
export const epsonDisplayDriver: DisplayDriver = driver("epson-display", ["serial", "tcp", "shared"]);

/** Displays that speak CD5220. */
export const cd5220DisplayDriver: DisplayDriver = driver("cd5220-display");

/** Displays that speak UTC, standard or enhanced. */
export const utcDisplayDriver: DisplayDriver = driver("utc-display");

/** Displays that speak AEDEX or EMAX. */
export const aedexDisplayDriver: DisplayDriver = driver("aedex-display");

/** ADM787 and ADM788. */
export const admDisplayDriver: DisplayDriver = driver("adm-display");

/** Displays that speak DSP800. */
export const dsp800DisplayDriver: DisplayDriver = driver("dsp800-display");
