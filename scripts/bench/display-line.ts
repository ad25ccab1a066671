import { epsonDisplay } from "../../drivers/line-display/epson-display.ts";
import { SerialLineDisplay } from "../../drivers/line-display/line-display.ts";
import type { Connector } from "../../drivers/transport/link.ts";
import { LivePort } from "../../drivers/transport/live-port.ts";
import type { DisplayDriver } from "../../src/devices/contract/driver.ts";

/**
 * The real display driver on a line that takes every byte at once and has nobody at its far end: a display that reads them
 * back, as the virtual one does, would be counted as the till's work.
 */
export const displayOnLine = (onBytes: () => void): DisplayDriver => ({
	deviceClass: "LineDisplay",
	name: "virtual-display",
	transports: ["virtual"],
	create: (options, services) =>
		new SerialLineDisplay(
			options,
			epsonDisplay,
			(listener) => new LivePort(openLine(onBytes), listener, services),
			services,
		),
});

const openLine = (onBytes: () => void): Connector => ({
	name: "display",
	bytesPerSecond: null,
	connect: (events) => {
		queueMicrotask(() => events.opened());
		return {
			write: (_bytes, done) => {
				onBytes();
				queueMicrotask(() => done(null));
				return true;
			},
			close: (done) => done(),
			abort: () => undefined,
		};
	},
});
