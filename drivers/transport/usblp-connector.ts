import type { DriverServices } from "../../src/devices/contract/driver.ts";
import { type DeviceFiles, deviceFiles } from "./device-file.ts";
import type { Connector, Link, LinkEvents } from "./link.ts";

type Timers = DriverServices["timers"];
type Failure = NodeJS.ErrnoException | null;

/** Waits between two attempts to write: the first, doubled up to the last. */
const WRITE_WAIT_MIN_MS = 2;
const WRITE_WAIT_MAX_MS = 50;

/** Waits between two looks for replies: short while the printer talks, longer when it is quiet. */
const READ_WAIT_MIN_MS = 4;
const READ_WAIT_MAX_MS = 100;

/** How often a quiet device is asked whether it is still there. */
const HANG_UP_LOOK_MS = 1_000;

/** The kernel's read buffer of a printer (usblp.c, USBLP_BUF_SIZE_IN). */
const READ_BYTES = 1024;

const NOTHING = new Uint8Array(0);

/** The device cannot now, or a signal came between: to be tried again. */
const isBusy = (error: Failure): boolean => error?.code === "EAGAIN" || error?.code === "EINTR";

/** One opening of the device, from the attempt to the last system call on it. */
class DeviceFile implements Link {
	readonly #path: string;
	readonly #files: DeviceFiles;
	readonly #timers: Timers;
	readonly #events: LinkEvents;
	readonly #buffer = Buffer.alloc(READ_BYTES);
	readonly #cancels = new Set<() => void>();
	#descriptor: number | null = null;
	/** System calls under way: the descriptor is closed behind the last, because its number may be given out again. */
	#underWay = 0;
	#writing = false;
	#ended = false;
	#closed: () => void = () => undefined;

	constructor(path: string, readable: boolean, files: DeviceFiles, timers: Timers, events: LinkEvents) {
		this.#path = path;
		this.#files = files;
		this.#timers = timers;
		this.#events = events;
		this.#underWay += 1;
		files.open(path, readable, (error, descriptor) => {
			if (error === null) this.#descriptor = descriptor;
			this.#answered();
			if (this.#ended) return;
			if (error !== null) {
				this.#end(error.message);
				return;
			}
			this.#cancels.add(timers.every(`${path} hang-up`, HANG_UP_LOOK_MS, () => this.#look()));
			if (readable) this.#read(READ_WAIT_MIN_MS);
			events.opened();
		});
	}

	write(bytes: Uint8Array, done: (error: Error | null) => void): boolean {
		if (this.#ended || this.#descriptor === null) return false;
		this.#writing = true;
		this.#put(bytes, WRITE_WAIT_MIN_MS, (error) => {
			this.#writing = false;
			done(error);
		});
		return true;
	}

	close(done: () => void): void {
		if (this.#descriptor === null) {
			this.abort();
			done();
			return;
		}
		// The tail of the last write is cut off by closing before the printer has taken it (usblp.c, usblp_wwait).
		this.#put(NOTHING, WRITE_WAIT_MIN_MS, () => {
			this.#closed = done;
			this.abort();
		});
	}

	abort(): void {
		this.#ended = true;
		for (const cancel of this.#cancels) cancel();
		this.#cancels.clear();
		this.#closeDescriptor();
	}

	/** Writes all of it, then waits until the device has taken it: a write that was taken in part says nothing of the rest. */
	#put(bytes: Uint8Array, waitMs: number, done: (error: Error | null) => void): void {
		const { length } = bytes;
		this.#call(
			(descriptor, answer) => this.#files.write(descriptor, bytes, answer),
			(error, count) => {
				if (isBusy(error)) {
					this.#later(waitMs, () => this.#put(bytes, Math.min(waitMs * 2, WRITE_WAIT_MAX_MS), done));
				} else if (error !== null || length === 0) done(error);
				else this.#put(bytes.subarray(count), WRITE_WAIT_MIN_MS, done);
			},
		);
	}

	#read(waitMs: number): void {
		this.#call(
			(descriptor, answer) => this.#files.read(descriptor, this.#buffer, answer),
			(error, count) => {
				// A printer with one direction only (usblp.c, usblp_read); from now on it is written to.
				if (error?.code === "EINVAL") return;
				if (error === null && count > 0) {
					this.#events.data(Uint8Array.from(this.#buffer.subarray(0, count)));
					this.#read(READ_WAIT_MIN_MS);
					return;
				}
				// Nothing, or a transfer that failed: the kernel begins another at the next read. Gone is what cannot be written.
				if (error !== null && !isBusy(error)) this.#look();
				if (!this.#ended) this.#later(waitMs, () => this.#read(Math.min(waitMs * 2, READ_WAIT_MAX_MS)));
			},
		);
	}

	/** Asks whether the device is still there. */
	#look(): void {
		if (this.#writing) return;
		this.#call(
			(descriptor, answer) => this.#files.write(descriptor, NOTHING, answer),
			(error) => {
				if (error !== null && !isBusy(error)) this.#end(`${this.#path} was unplugged: ${error.message}`);
			},
		);
	}

	#end(detail: string): void {
		this.abort();
		this.#events.closed(detail);
	}

	#later(waitMs: number, act: () => void): void {
		const cancel = this.#timers.after(`${this.#path} wait`, waitMs, () => {
			this.#cancels.delete(cancel);
			act();
		});
		this.#cancels.add(cancel);
	}

	/** Makes one system call; its answer counts unless the device was given up meanwhile. */
	#call(
		make: (descriptor: number, answer: (error: Failure, count: number) => void) => void,
		take: (error: Failure, count: number) => void,
	): void {
		if (this.#ended || this.#descriptor === null) return;
		this.#underWay += 1;
		make(this.#descriptor, (error, count) => {
			this.#answered();
			if (!this.#ended) take(error, count);
		});
	}

	#answered(): void {
		this.#underWay -= 1;
		if (this.#ended) this.#closeDescriptor();
	}

	#closeDescriptor(): void {
		if (this.#underWay > 0) return;
		const descriptor = this.#descriptor;
		const closed = this.#closed;
		this.#descriptor = null;
		this.#closed = () => undefined;
		if (descriptor === null) closed();
		else this.#files.close(descriptor, closed);
	}
}

/**
 * A printer of the kernel's usblp driver, by its path. `answers`: whether the model sends anything back; one that does not
 * is opened for writing alone. The driver lets one program in and waits for each transfer, for ever without paper, so the
 * device is opened with O_NONBLOCK, which reports a transfer as written before it has ended; only a write of no bytes tells
 * when it has (usblp.c; devices.md section 0, 9 and section 7). That such a transfer failed is told to nobody, so
 * "written" says less here than the printer's own word.
 */
export const usblpConnector = (
	path: string,
	answers: boolean,
	timers: Timers,
	files: DeviceFiles = deviceFiles,
): Connector => ({
	name: path,
	bytesPerSecond: null,
	connect: (events) => new DeviceFile(path, answers, files, timers, events),
});
