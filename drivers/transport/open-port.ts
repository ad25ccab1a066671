import type { DriverServices, PortConfig } from "../../src/devices/contract/driver.ts";
import { Fault } from "../../src/runtime/contract/fault.ts";
import { LivePort } from "./live-port.ts";
import type { MakePort } from "./port.ts";
import { type SerialLine, serialConnector } from "./serial-connector.ts";
import { tcpConnector } from "./tcp-connector.ts";

/**
 * How to make the port of a configuration. `line` matters to a serial one only.
 * @throws Fault TILL-0702 for a virtual port: the virtual drivers bring their own.
 */
export const portMaker = (config: PortConfig, line: SerialLine, services: DriverServices): MakePort => {
	switch (config.transport) {
		case "serial":
			return (listener) => new LivePort(serialConnector(config.path, line, services.timers), listener, services);
		case "tcp":
			return (listener) => new LivePort(tcpConnector(config.host, config.port), listener, services);
		case "virtual":
			throw new Fault("TILL-0702", "a virtual port cannot be opened by a driver of real devices");
	}
};
