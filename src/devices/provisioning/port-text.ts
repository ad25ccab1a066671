import type { PortConfig } from "../contract/driver.ts";

/** The raw printing port of network printers. */
const RAW_PORT = 9100;

/**
 * A port as a technician types it: a path below /dev, usb:04b8:0202 (a printer) or hid:05e0:1300 (a scanner) with or without
 * a serial number behind it, or the address of a network device with or without its port.
 * Undefined when it is neither; "ttyUSB0" without its folder is a slip and no host's name.
 */
export const parsePort = (text: string): PortConfig | undefined => {
	if (text.startsWith("/dev/usb/") || text.startsWith("/dev/tilld/printer-by-"))
		return { transport: "usblp", path: text };
	if (text.startsWith("/")) return { transport: "serial", path: text };
	const usb = /^(usb|hid):([0-9a-f]{4}):([0-9a-f]{4})(?::(.+))?$/.exec(text);
	if (usb !== null) {
		const [, kind, vendorId = "", productId = "", serialNumber] = usb;
		const transport = kind === "hid" ? "hid" : "usb";
		return { transport, vendorId, productId, ...(serialNumber === undefined ? {} : { serialNumber }) };
	}
	if (text.startsWith("tty")) return undefined;
	const match = /^(?:tcp:)?(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9][A-Za-z0-9.-]{0,252})(?::([0-9]{1,5}))?$/.exec(text);
	const host = match?.[1]?.replace(/^\[|\]$/g, "");
	const port = match?.[2] === undefined ? RAW_PORT : Number.parseInt(match[2], 10);
	if (host === undefined || port < 1 || port > 65_535) return undefined;
	return { transport: "tcp", host, port };
};

/** A port in words: what {@link parsePort} reads back, but for one that is shared or virtual. */
export const portText = (port: PortConfig): string => {
	switch (port.transport) {
		case "serial":
		case "usblp":
			return port.path;
		case "tcp":
			return port.host.includes(":") ? `[${port.host}]:${port.port}` : `${port.host}:${port.port}`;
		case "usb":
		case "hid":
			return [
				port.transport,
				port.vendorId,
				port.productId,
				...(port.serialNumber === undefined ? [] : [port.serialNumber]),
			].join(":");
		case "shared":
			return `shared with ${port.with}`;
		case "virtual":
			return "virtual";
	}
};
