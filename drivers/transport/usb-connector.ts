import type { DriverServices } from "../../src/devices/contract/driver.ts";
import { messageOf } from "../../src/runtime/contract/fault.ts";
import type { Connector, Link, LinkEvents } from "./link.ts";
import {
	loadUsbLibrary,
	TRANSFER,
	type UsbDevice,
	type UsbFailure,
	type UsbLibrary,
	type UsbTransfer,
} from "./usb-library.ts";
import { type ClaimedPrinter, claimPrinter, isModel, type UsbAddress, usbName } from "./usb-printer.ts";

/** Time-outs of one transfer. Without one, a transfer to a printer that takes nothing in waits for ever (devices.md section 7). */
const OUT_TIMEOUT_MS = 1_000;
const IN_TIMEOUT_MS = 5_000;

/** Bytes of one transfer out: what went over is known at its end. */
const OUT_BYTES = 4_096;

/** Packets of one transfer in; whole packets, or the last one overflows. */
const IN_PACKETS = 8;

/** After an empty packet: some printers send them without end. */
const EMPTY_WAIT_MS = 20;

/** One claim of the printer, from the attempt until it was given back. */
class UsbLink implements Link {
	/** Settles when the printer is given back: not before that may the next one claim it. */
	readonly ended: Promise<void>;
	readonly #name: string;
	readonly #timers: DriverServices["timers"];
	readonly #events: LinkEvents;
	readonly #transfers = new Set<UsbTransfer>();
	#printer: ClaimedPrinter | null = null;
	/** Requests that cannot be cancelled. */
	#requests = 0;
	#cancelWait: () => void = () => undefined;
	#stopWatching: () => void = () => undefined;
	#givenUp = false;
	#settle: () => void = () => undefined;

	constructor(name: string, timers: DriverServices["timers"], events: LinkEvents) {
		this.#name = name;
		this.#timers = timers;
		this.#events = events;
		this.ended = new Promise((resolve) => {
			this.#settle = resolve;
		});
	}

	/** Claims the printer as soon as `before` has given it back. Never rejects. */
	async begin(load: () => Promise<UsbLibrary>, wanted: UsbAddress, before: Promise<void>): Promise<void> {
		await before;
		if (this.#givenUp) {
			this.#settle();
			return;
		}
		try {
			const library = await load();
			const printer = await claimPrinter(library, wanted);
			this.#printer = printer;
			this.#watch(library, printer.device);
		} catch (thrown) {
			this.#fail(messageOf(thrown));
			this.#settle();
			return;
		}
		if (this.#givenUp) {
			this.#release();
			return;
		}
		this.#listen();
		this.#events.opened();
	}

	write(bytes: Uint8Array, done: (error: Error | null) => void): boolean {
		if (this.#givenUp || this.#printer === null) return false;
		this.#send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), done);
		return true;
	}

	/** All that was written has gone over the bus by then: a write ends with its last transfer. */
	close(done: () => void): void {
		this.abort();
		void this.ended.then(done);
	}

	abort(): void {
		if (this.#givenUp) return;
		this.#givenUp = true;
		this.#cancelWait();
		for (const transfer of this.#transfers) transfer.cancel();
		this.#release();
	}

	#send(bytes: Buffer, done: (error: Error | null) => void): void {
		const { out } = this.#printer ?? {};
		if (out === undefined) return;
		this.#transfer(out, OUT_TIMEOUT_MS, bytes.subarray(0, OUT_BYTES), (error, count) => {
			const rest = bytes.subarray(count);
			if (error?.errno === TRANSFER.stall)
				this.#request(
					(answer) => out.clearHalt(answer),
					() => done(failed(error)),
				);
			// What timed out may have gone over in part, and the rest is still wanted: the port says for how long.
			else if (error !== undefined && error.errno !== TRANSFER.timedOut) done(failed(error));
			else if (rest.length === 0) done(null);
			else this.#send(rest, done);
		});
	}

	#listen(): void {
		const endpoint = this.#printer?.in ?? null;
		if (endpoint === null || this.#givenUp) return;
		const buffer = Buffer.alloc(endpoint.descriptor.wMaxPacketSize * IN_PACKETS);
		this.#transfer(endpoint, IN_TIMEOUT_MS, buffer, (error, count) => {
			if (count > 0) this.#events.data(Uint8Array.from(buffer.subarray(0, count)));
			if (error === undefined && count === 0) {
				this.#cancelWait = this.#timers.after(`${this.#name} empty`, EMPTY_WAIT_MS, () => this.#listen());
			} else if (error?.errno === TRANSFER.stall) {
				this.#request(
					(answer) => endpoint.clearHalt(answer),
					() => this.#listen(),
				);
			} else if (error === undefined || error.errno === TRANSFER.timedOut) this.#listen();
			else this.#fail(`${this.#name} was unplugged: ${error.message}`);
		});
	}

	/** Where nothing is read, only the bus tells that the printer is gone. */
	#watch(library: UsbLibrary, device: UsbDevice): void {
		const detached = (gone: UsbDevice): void => {
			if (gone === device) this.#fail(`${this.#name} was unplugged`);
		};
		library.usb.on("detach", detached);
		this.#stopWatching = () => library.usb.off("detach", detached);
	}

	/** Moves bytes; the answer counts unless the printer was given up meanwhile. */
	#transfer(
		endpoint: ClaimedPrinter["out"],
		timeoutMs: number,
		bytes: Buffer,
		take: (error: UsbFailure | undefined, count: number) => void,
	): void {
		const transfer = endpoint.makeTransfer(timeoutMs, (error, _, count) => {
			this.#transfers.delete(transfer);
			if (this.#givenUp) this.#release();
			else take(error, count);
		});
		this.#transfers.add(transfer);
		try {
			transfer.submit(bytes);
		} catch (thrown) {
			this.#transfers.delete(transfer);
			this.#fail(messageOf(thrown));
		}
	}

	#request(make: (answer: () => void) => void, take: () => void): void {
		this.#requests += 1;
		make(() => {
			this.#requests -= 1;
			if (this.#givenUp) this.#release();
			else take();
		});
	}

	#fail(detail: string): void {
		if (this.#givenUp) return;
		this.abort();
		this.#events.closed(detail);
	}

	/** Gives the printer back when nothing is under way any more: before that libusb refuses. */
	#release(): void {
		const printer = this.#printer;
		if (printer === null || this.#transfers.size > 0 || this.#requests > 0) return;
		this.#printer = null;
		this.#stopWatching();
		void printer.release().then(this.#settle);
	}
}

const failed = (error: UsbFailure): Error => new Error(error.message);

/**
 * A USB printer through libusb, for those that the kernel's driver serves badly or not at all. The kernel's driver is sent
 * away while the port is open and called back afterwards. `load` gives the library when it is needed first.
 */
export const usbConnector = (
	wanted: UsbAddress,
	timers: DriverServices["timers"],
	load: () => Promise<UsbLibrary> = loadUsbLibrary,
): Connector => {
	const name = usbName(wanted);
	let before: Promise<void> = Promise.resolve();
	return {
		name,
		bytesPerSecond: null,
		connect: (events) => {
			const link = new UsbLink(name, timers, events);
			void link.begin(load, wanted, before);
			before = link.ended;
			return link;
		},
		arrivals: (arrived) => {
			let stop = (): void => undefined;
			let stopped = false;
			const attached = (device: UsbDevice): void => {
				if (isModel(device, wanted)) arrived();
			};
			// A library that cannot be loaded is told by each attempt to connect.
			load().then(
				({ usb }) => {
					if (stopped) return;
					usb.on("attach", attached);
					stop = () => usb.off("attach", attached);
				},
				() => undefined,
			);
			return () => {
				stopped = true;
				stop();
			};
		},
	};
};
