import type { DisplayDriver } from "../../src/devices/contract/driver.ts";
import { portMaker } from "../transport/open-port.ts";
import { cd5220Display } from "./cd5220-display.ts";
import type { DisplayProtocol } from "./display-protocol.ts";
import { epsonDisplay } from "./epson-display.ts";
import { SerialLineDisplay } from "./line-display.ts";

const driver = (name: DisplayDriver["name"], protocol: DisplayProtocol): DisplayDriver => ({
	deviceClass: "LineDisplay",
	name,
	transports: ["serial", "tcp"],
	create: (options, services) =>
		new SerialLineDisplay(options, protocol, portMaker(options.port, options.profile.serial, services), services),
});

/** Displays that speak Epson's DM-D language. */
export const epsonDisplayDriver: DisplayDriver = driver("epson-display", epsonDisplay);

/** Displays that speak CD5220. */
export const cd5220DisplayDriver: DisplayDriver = driver("cd5220-display", cd5220Display);
