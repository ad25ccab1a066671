import { EscposPrinter } from "../../drivers/escpos/escpos-printer.ts";
import { epsonDisplay } from "../../drivers/line-display/epson-display.ts";
import { SerialLineDisplay } from "../../drivers/line-display/line-display.ts";
import type { Connector } from "../../drivers/transport/link.ts";
import { LivePort } from "../../drivers/transport/live-port.ts";
import { EmulatedPrinter } from "../../drivers/virtual/emulated-printer.ts";
import type { DisplayDriver, PrinterDriver } from "../../src/devices/contract/driver.ts";

/** ESC p: the pulse that opens a drawer. */
const PULSE = Buffer.of(0x1b, 0x70);

/**
 * The real display driver on a line that takes every byte at once, as a kernel does, and has nobody at its far end: a
 * display that reads them back, as the virtual one does, would be counted as the till's work.
 */
export const displayOnLine = (onBytes: () => void): DisplayDriver => ({
	deviceClass: "LineDisplay",
	name: "virtual-display",
	transports: ["virtual"],
	create: (options, services) =>
		new SerialLineDisplay(
			options,
			epsonDisplay,
			(listener) => new LivePort(openLine("display", onBytes), listener, services),
			services,
		),
});

/** The real printer driver on such a line; its far end answers, because a paper is recorded as printed when it does. */
export const printerOnLine = (onPulse: () => void): PrinterDriver => ({
	deviceClass: "POSPrinter",
	name: "virtual-printer",
	transports: ["virtual"],
	create: (options, services) => {
		const printer = new EmulatedPrinter(options.profile, () => undefined);
		const line = openLine(
			"printer",
			(bytes) => {
				if (PULSE.equals(bytes.subarray(0, PULSE.length))) onPulse();
			},
			printer,
		);
		const made = new EscposPrinter(options, (listener) => new LivePort(line, listener, services), services);
		// Tickets are paid a thousand times faster than by people: no pulse may wait for the coil's rest after the one before.
		return Object.assign(made, { pulse: withoutRest(made) });
	},
});

const withoutRest = (printer: EscposPrinter): EscposPrinter["pulse"] => {
	const pulse = printer.pulse.bind(printer);
	return (wanted, expiryMs) => pulse({ ...wanted, onMs: 0, offMs: 0 }, expiryMs);
};

/** `onBytes` is told in the moment in which the line takes them. */
const openLine = (name: string, onBytes: (bytes: Uint8Array) => void, farEnd?: EmulatedPrinter): Connector => ({
	name,
	bytesPerSecond: null,
	connect: (events) => {
		if (farEnd !== undefined) farEnd.reply = (bytes) => queueMicrotask(() => events.data(bytes));
		queueMicrotask(() => events.opened());
		return {
			write: (bytes, done) => {
				onBytes(bytes);
				queueMicrotask(() => {
					farEnd?.receive(bytes);
					done(null);
				});
				return true;
			},
			close: (done) => done(),
			abort: () => undefined,
		};
	},
});
