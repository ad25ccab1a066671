import type { HidAccess, HidDeviceInfo, HidListener } from "../../../drivers/hid-pos-scanner/hid-access.ts";
import type { HidScannerModel } from "./hid-scanner-models.ts";

/** Where the scanner is plugged in. */
const PATH = "/dev/hidraw7";

/** A keyboard, which every USB box has too. */
const KEYBOARD: HidDeviceInfo = { vendorId: 0x046d, productId: 0xc31c, path: "/dev/hidraw0", usagePage: 1 };

/**
 * A machine's HID devices, of which the test plays one: a strict stand-in written from the HID and HID Point of Sale
 * documents. It takes no report that the scanner's model does not have, and tells a scan to nobody who has not opened it.
 */
export class HidFarEnd implements HidAccess {
	/** Every output report that came. */
	readonly written: Uint8Array[] = [];
	/** What the system lists beside the keyboard. */
	listed: readonly HidDeviceInfo[];
	/** Why opening fails; null: it does not. */
	refusal: string | null = null;
	listedCount = 0;
	openCount = 0;
	refusedCount = 0;
	readonly #model: HidScannerModel;
	#plugged = true;
	#listener: HidListener | null = null;
	#started = false;

	constructor(model: HidScannerModel) {
		this.#model = model;
		const ids = { vendorId: 0x05e0, productId: 0x1300, serialNumber: "A1", path: PATH };
		// hidapi lists a device once for each usage of it.
		this.listed = [
			{ ...ids, usagePage: 0x8c },
			{ ...ids, usagePage: 0xff66 },
		];
	}

	get isOpen(): boolean {
		return this.#listener !== null;
	}

	devices(): Promise<readonly HidDeviceInfo[]> {
		this.listedCount += 1;
		return Promise.resolve([KEYBOARD, ...(this.#plugged ? this.listed : [])]);
	}

	reportDescriptor(path: string): Promise<Uint8Array | null> {
		return Promise.resolve(path === PATH && this.#plugged ? this.#model.descriptor : null);
	}

	open(path: string, listener: HidListener) {
		if (this.refusal !== null) return Promise.reject(new Error(this.refusal));
		if (path !== PATH || !this.#plugged) return Promise.reject(new Error(`cannot open device with path ${path}`));
		if (this.#listener !== null) return Promise.reject(new Error("it was not closed before it is opened again"));
		this.#listener = listener;
		this.openCount += 1;
		this.#started = this.#model.startReport === null;
		const isMine = (): boolean => this.#listener === listener && this.#plugged;
		return Promise.resolve({
			write: (report: Uint8Array) => {
				if (!isMine()) return Promise.reject(new Error("Cannot write to hid device"));
				if (this.#model.outputLengths.get(report[0] ?? -1) !== report.length) {
					this.refusedCount += 1;
					return Promise.reject(new Error(`no output report ${report[0]} of ${report.length} bytes`));
				}
				this.written.push(report);
				return Promise.resolve();
			},
			sendFeatureReport: (report: Uint8Array) => {
				if (this.#model.featureLengths.get(report[0] ?? -1) !== report.length) {
					return Promise.reject(new Error(`no feature report ${report[0]} of ${report.length} bytes`));
				}
				if (Buffer.compare(report, this.#model.startReport ?? Buffer.of()) === 0) this.#started = true;
				return Promise.resolve();
			},
			close: () => {
				if (this.#listener === listener) this.#listener = null;
				return Promise.resolve();
			},
		});
	}

	/** Sends input reports; lost when nobody listens. */
	send(reports: readonly Uint8Array[]): void {
		if (this.#started) for (const report of reports) this.#listener?.report(report);
	}

	unplug(): void {
		this.#plugged = false;
		// node-hid has no event for it but a failing read.
		this.#listener?.failed(new Error("could not read from HID device"));
	}

	plug(): void {
		this.#plugged = true;
	}
}
