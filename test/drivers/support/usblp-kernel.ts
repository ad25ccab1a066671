import type { DeviceFiles } from "../../../drivers/transport/device-file.ts";

const failure = (code: string): NodeJS.ErrnoException => Object.assign(new Error(`${code}: usblp`), { code });

/** What one transfer holds (usblp.c, USBLP_BUF_SIZE). */
const TRANSFER_BYTES = 8192;

/** A printer behind the kernel's driver, in the test's hands. */
export interface UsblpKernel {
	readonly files: DeviceFiles;
	/** All bytes that the printer has taken. */
	received(): Buffer;
	/** The printer takes the transfer under way; whether there was one. */
	take(): boolean;
	/** The printer sends; an empty transfer too is something read. */
	send(bytes: Uint8Array): void;
	unplug(): void;
	/** What a driver must never do: two programs at once, a call on a descriptor that was closed. */
	readonly faults: string[];
	readonly isOpen: () => boolean;
}

/**
 * Does as Linux' usblp.c does with O_NONBLOCK: one opening at a time; a write submits one transfer and reports it as written
 * although it is under way; the next, and one of no bytes, is EAGAIN until the printer has taken it; closing kills it; a
 * printer with one direction cannot be read (EINVAL); a device that is gone answers ENODEV.
 */
export const usblpKernel = (twoDirections: boolean): UsblpKernel => {
	const taken: Uint8Array[] = [];
	const replies: Uint8Array[] = [];
	const faults: string[] = [];
	let open: number | null = null;
	let last = 100;
	let transfer: Uint8Array | null = null;
	let present = true;
	const answer = <Value>(
		act: () => Value,
		none: Value,
		done: (error: NodeJS.ErrnoException | null, value: Value) => void,
	) =>
		setImmediate(() => {
			try {
				done(null, act());
			} catch (thrown) {
				done(thrown as NodeJS.ErrnoException, none);
			}
		});
	const on = (descriptor: number): void => {
		if (descriptor === open) return;
		faults.push(`a call on descriptor ${descriptor}`);
		throw failure("EBADF");
	};
	const plugged = (): void => {
		if (!present) throw failure("ENODEV");
	};
	return {
		faults,
		isOpen: () => open !== null,
		received: () => Buffer.concat(taken),
		take: () => {
			if (transfer === null) return false;
			taken.push(transfer);
			transfer = null;
			return true;
		},
		send: (bytes) => replies.push(bytes),
		unplug: () => {
			present = false;
			transfer = null;
		},
		files: {
			open: (_path, _readable, done) =>
				answer(
					() => {
						plugged();
						if (open !== null) throw failure("EBUSY");
						last += 1;
						open = last;
						return last;
					},
					-1,
					done,
				),
			read: (descriptor, into, done) =>
				answer(
					() => {
						on(descriptor);
						if (!twoDirections) throw failure("EINVAL");
						plugged();
						const reply = replies.shift();
						if (reply === undefined) throw failure("EAGAIN");
						into.set(reply);
						return reply.length;
					},
					0,
					done,
				),
			write: (descriptor, bytes, done) =>
				answer(
					() => {
						on(descriptor);
						plugged();
						if (transfer !== null) throw failure("EAGAIN");
						if (bytes.length === 0) return 0;
						transfer = Uint8Array.from(bytes.subarray(0, TRANSFER_BYTES));
						return transfer.length;
					},
					0,
					done,
				),
			close: (descriptor, done) => {
				if (descriptor !== open) faults.push(`descriptor ${descriptor} was closed`);
				open = null;
				transfer = null;
				setImmediate(done);
			},
		},
	};
};
