import { SerialPort } from "serialport";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import type { Connector, Link, LinkEvents } from "./link.ts";

/** Settings of a serial line, as a profile gives them. */
export type SerialLine = PrinterProfile["serial"];

/** Start, data, parity and stop bits of one byte on the wire. */
const bitsPerByte = (line: SerialLine): number => 1 + line.dataBits + (line.parity === "none" ? 0 : 1) + line.stopBits;

/**
 * A serial line by its path. Each attempt makes a new SerialPort: one that was unplugged keeps bytes written meanwhile and
 * sends them when it is re-opened (devices.md section 0, 5). Modem lines are not required: not every adapter has them.
 */
export const serialConnector = (path: string, line: SerialLine): Connector => ({
	name: path,
	bytesPerSecond: line.baudRate / bitsPerByte(line),
	connect(events: LinkEvents): Link {
		const serial = new SerialPort({
			path,
			baudRate: line.baudRate,
			dataBits: line.dataBits,
			parity: line.parity,
			stopBits: line.stopBits,
			rtscts: line.flowControl === "rtscts",
			xon: line.flowControl === "xonxoff",
			xoff: line.flowControl === "xonxoff",
			autoOpen: false,
		});
		let givenUp = false;
		// Without a reader an unplugged device is not noticed before the next write (devices.md section 0, 6).
		serial.on("data", (bytes: Buffer) => events.data(bytes));
		serial.on("error", (error) => events.closed(error.message));
		serial.on("close", (error: Error | null) => events.closed(error?.message ?? "the port was closed"));
		const discard = (): void => {
			if (!serial.isOpen) return;
			// Bytes that the kernel still holds must not reach the device later, so they are flushed away first.
			serial.flush(() => {
				if (serial.isOpen) serial.close(() => undefined);
			});
		};
		serial.open((error) => {
			if (error !== null) events.closed(error.message);
			else if (givenUp) discard();
			else events.opened();
		});
		return {
			write: (bytes, done) => {
				if (!serial.isOpen) {
					done(new Error(`${path} is not open`));
					return;
				}
				serial.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), (error) => {
					if (error !== null && error !== undefined) done(error);
					// Waiting until a flow-controlled line is empty holds a thread of the pool for as long as paper is out.
					else if (line.flowControl !== "none") done(null);
					else serial.drain((failure) => done(failure ?? null));
				});
			},
			close: (done) => {
				if (!serial.isOpen) done();
				else serial.close(() => done());
			},
			abort: () => {
				givenUp = true;
				discard();
			},
		};
	},
});
