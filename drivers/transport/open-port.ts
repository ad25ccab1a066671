import type { DriverServices, PortConfig } from "../../src/devices/contract/driver.ts";
import { Fault } from "../../src/runtime/contract/fault.ts";
import { LivePort } from "./live-port.ts";
import type { MakePort } from "./port.ts";
import { type SerialLine, serialConnector } from "./serial-connector.ts";
import { tcpConnector } from "./tcp-connector.ts";
import { usbConnector } from "./usb-connector.ts";
import { usblpConnector } from "./usblp-connector.ts";

/**
 * How to make the port of a configuration. `line`: the profile's settings, which matter to a serial one only and yield to
 * the configuration's. `answers`: whether the model sends anything back.
 * @throws Fault TILL-0702 for a virtual or HID port: their drivers bring their own; and for a shared one: its owner has it.
 */
export const portMaker = (config: PortConfig, line: SerialLine, services: DriverServices, answers = true): MakePort => {
	switch (config.transport) {
		case "serial": {
			const connector = serialConnector(config.path, serialLineOf(config, line), services.timers);
			return (listener) => new LivePort(connector, listener, services);
		}
		case "tcp":
			return (listener) => new LivePort(tcpConnector(config.host, config.port), listener, services);
		case "usblp": {
			const connector = usblpConnector(config.path, answers, services.timers);
			return (listener) => new LivePort(connector, listener, services);
		}
		case "usb": {
			const connector = usbConnector(config, services.timers);
			return (listener) => new LivePort(connector, listener, services);
		}
		case "hid":
		case "shared":
		case "virtual":
			throw new Fault("TILL-0702", `a port of the kind ${config.transport} is opened by its own driver only`);
	}
};

/** The line as the port's configuration says, and as the profile does where that says nothing. */
export const serialLineOf = (
	config: Extract<PortConfig, { transport: "serial" }>,
	profile: SerialLine,
): SerialLine => ({
	baudRate: config.baudRate ?? profile.baudRate,
	dataBits: config.dataBits ?? profile.dataBits,
	parity: config.parity ?? profile.parity,
	stopBits: config.stopBits ?? profile.stopBits,
	flowControl: config.flowControl ?? profile.flowControl,
});
