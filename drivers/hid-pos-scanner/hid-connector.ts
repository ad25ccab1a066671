import type { PortConfig } from "../../src/devices/contract/driver.ts";
import { messageOf } from "../../src/runtime/contract/fault.ts";
import type { Connector, Link, LinkEvents } from "../transport/link.ts";
import type { HidAccess, HidDeviceInfo, HidHandle } from "./hid-access.ts";
import { BAR_CODE_SCANNER_PAGE } from "./pos-reports.ts";

/** Which scanner. */
export type HidPort = Extract<PortConfig, { transport: "hid" }>;

/** What is wanted of each connection before it counts as open. */
export interface HidStart {
	/** Feature report that the device needs first; null for none. */
	readonly startReport: Uint8Array | null;
	/** Told the device's report descriptor; null where it cannot be read. */
	readonly onDescriptor: (descriptor: Uint8Array | null) => void;
	/** Told that the device did not take an output report. */
	readonly onRefused: (detail: string) => void;
}

const nameOf = ({ vendorId, productId, serialNumber }: HidPort): string =>
	`HID ${vendorId}:${productId}${serialNumber === undefined ? "" : ` ${serialNumber}`}`;

/**
 * Path of the one scanner that is meant.
 * @throws Error in words for a technician where there is none, none in HID-POS mode, or more than one.
 */
const pathOf = (devices: readonly HidDeviceInfo[], port: HidPort): string => {
	const name = nameOf(port);
	const meant = devices.filter(
		({ vendorId, productId, serialNumber }) =>
			vendorId === Number.parseInt(port.vendorId, 16) &&
			productId === Number.parseInt(port.productId, 16) &&
			(port.serialNumber === undefined || serialNumber === port.serialNumber),
	);
	if (meant.length === 0) throw new Error(`${name} is not plugged in`);
	const scanners = meant.filter(({ usagePage }) => usagePage === BAR_CODE_SCANNER_PAGE);
	const paths = [...new Set(scanners.map(({ path }) => path).filter((path) => path !== undefined))];
	const [path] = paths;
	if (path === undefined) throw new Error(`${name} is plugged in, but not set to USB HID-POS`);
	// Both of two drivers would read the first one, and every read would count twice.
	if (paths.length > 1) throw new Error(`${paths.length} scanners are ${name}: say which by serialNumber`);
	return path;
};

/** A HID device by its USB ids. Each piece of data is one input report, each write one output report. */
export const hidConnector = (port: HidPort, access: HidAccess, start: HidStart): Connector => ({
	name: nameOf(port),
	bytesPerSecond: null,
	connect(events: LinkEvents): Link {
		let handle: HidHandle | null = null;
		let givenUp = false;
		let ended = false;
		const shut = async (): Promise<void> => {
			const open = handle;
			handle = null;
			// A device that is gone cannot be closed in order; there is nothing to do about it.
			await open?.close().catch(() => undefined);
		};
		const fail = (thrown: unknown): void => {
			void shut();
			if (ended) return;
			ended = true;
			events.closed(messageOf(thrown));
		};
		const begin = async (): Promise<void> => {
			const path = pathOf(await access.devices(), port);
			start.onDescriptor(await access.reportDescriptor(path));
			handle = await access.open(path, {
				report: (bytes) => {
					if (!ended && !givenUp) events.data(bytes);
				},
				failed: fail,
			});
			if (givenUp || ended) return shut();
			if (start.startReport !== null) await handle.sendFeatureReport(start.startReport);
			if (!givenUp && !ended) events.opened();
		};
		begin().catch(fail);
		return {
			write: (bytes, done) => {
				if (handle === null) return false;
				// What the device does not take costs the beep and not the line: one that is gone fails its read as well.
				handle
					.write(bytes)
					.catch((thrown: unknown) => start.onRefused(messageOf(thrown)))
					.then(() => done(null), done);
				return true;
			},
			close: (done) => {
				givenUp = true;
				void shut().then(done);
			},
			abort: () => {
				givenUp = true;
				void shut();
			},
		};
	},
});
