import { close, constants, fstat, open, read, write } from "node:fs";

type Failure = NodeJS.ErrnoException | null;

/**
 * What a character device is asked for: the system calls of the same names, each answered once. None may wait for the
 * device; what cannot be done now is the error EAGAIN.
 */
export interface DeviceFiles {
	/** Never makes a file. `readable` false: for writing alone. */
	open(path: string, readable: boolean, done: (error: Failure, descriptor: number) => void): void;
	read(descriptor: number, into: Buffer, done: (error: Failure, count: number) => void): void;
	/** May take a part only. No bytes: asks whether the device has taken what it was given before. */
	write(descriptor: number, bytes: Uint8Array, done: (error: Failure, count: number) => void): void;
	close(descriptor: number, done: () => void): void;
}

const FLAGS = constants.O_NONBLOCK | constants.O_NOCTTY;

/** The files of this machine, opened with O_NONBLOCK: no thread of the pool ever waits for a printer. */
export const deviceFiles: DeviceFiles = {
	open: (path, readable, done) => {
		open(path, FLAGS | (readable ? constants.O_RDWR : constants.O_WRONLY), (error, descriptor) => {
			if (error !== null) {
				done(error, -1);
				return;
			}
			fstat(descriptor, (failure, stats) => {
				const isDevice = failure === null && (stats.isCharacterDevice() || stats.isFIFO());
				if (isDevice) done(null, descriptor);
				else close(descriptor, () => done(failure ?? new Error(`${path} is a file and no device`), -1));
			});
		});
	},
	read: (descriptor, into, done) => read(descriptor, into, 0, into.length, null, done),
	write: (descriptor, bytes, done) => write(descriptor, bytes, 0, bytes.length, null, done),
	close: (descriptor, done) => close(descriptor, () => done()),
};
