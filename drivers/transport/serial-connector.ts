import { SerialPort } from "serialport";
import type { DriverServices } from "../../src/devices/contract/driver.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import type { Connector, Link, LinkEvents } from "./link.ts";

/** Settings of a serial line, as a profile gives them. */
export type SerialLine = PrinterProfile["serial"];

/** How often an open line is asked whether the system has hung it up. */
const HANG_UP_LOOK_MS = 1_000;

/** What modem lines answer once the device is gone. One that never had any answers "Inappropriate ioctl". */
const HUNG_UP = /Input\/output error|No such device/;

/** Start, data, parity and stop bits of one byte on the wire. */
const bitsPerByte = (line: SerialLine): number => 1 + line.dataBits + (line.parity === "none" ? 0 : 1) + line.stopBits;

const makeSerialPort = (path: string, line: SerialLine): SerialPort =>
	new SerialPort({
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

/** Closes without letting out what the kernel still holds: it must not reach the device later. */
const discard = (serial: SerialPort): void => {
	if (!serial.isOpen) return;
	serial.flush(() => {
		if (serial.isOpen) serial.close(() => undefined);
	});
};

/**
 * A serial line by its path. Each attempt makes a new SerialPort: one that was unplugged keeps bytes written meanwhile and
 * sends them when it is re-opened (devices.md section 0, 5). Modem lines are not required: not every adapter has them.
 */
export const serialConnector = (path: string, line: SerialLine, timers: DriverServices["timers"]): Connector => ({
	name: path,
	bytesPerSecond: line.baudRate / bitsPerByte(line),
	connect(events: LinkEvents): Link {
		const serial = makeSerialPort(path, line);
		let givenUp = false;
		let stopLooking = (): void => undefined;
		const closed = (detail: string): void => {
			stopLooking();
			events.closed(detail);
		};
		// Without a reader an unplugged device is not noticed before the next write (devices.md section 0, 6).
		serial.on("data", (bytes: Buffer) => events.data(bytes));
		serial.on("error", (error) => closed(error.message));
		serial.on("close", (error: Error | null) => closed(error?.message ?? "the port was closed"));
		// A line that is hung up while serialport 13 reads answers 0 bytes for ever, and serialport reads on without end: no
		// event, one core busy. Seen twice in 30 unplugged pseudo-terminals that were sending.
		const look = (): void => {
			if (!serial.isOpen) return;
			serial.get((error) => {
				if (givenUp || error === null || !HUNG_UP.test(error.message)) return;
				discard(serial);
				closed(`${path} was unplugged: ${error.message}`);
			});
		};
		serial.open((error) => {
			if (error !== null) closed(error.message);
			else if (givenUp) discard(serial);
			else {
				stopLooking = timers.every(`${path} hang-up`, HANG_UP_LOOK_MS, look);
				events.opened();
			}
		});
		const giveUp = (): void => {
			givenUp = true;
			stopLooking();
		};
		return {
			write: (bytes, done) => {
				if (!serial.isOpen) return false;
				serial.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), (error) => {
					if (error !== null && error !== undefined) done(error);
					// Waiting until a flow-controlled line is empty holds a thread of the pool for as long as paper is out.
					else if (line.flowControl !== "none") done(null);
					else serial.drain((failure) => done(failure ?? null));
				});
				return true;
			},
			close: (done) => {
				giveUp();
				if (!serial.isOpen) done();
				else serial.close(() => done());
			},
			abort: () => {
				giveUp();
				discard(serial);
			},
		};
	},
});
