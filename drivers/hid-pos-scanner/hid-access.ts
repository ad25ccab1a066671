/** One HID device, or one usage of it, as the system lists them. */
export interface HidDeviceInfo {
	readonly vendorId: number;
	readonly productId: number;
	readonly serialNumber?: string | undefined;
	/** What it is opened by; `/dev/hidraw0`. */
	readonly path?: string | undefined;
	readonly usagePage?: number | undefined;
}

/** What an open device tells. */
export interface HidListener {
	/** One input report, its id first where the device numbers them. */
	report(bytes: Uint8Array): void;
	/** It can no longer be read: unplugged, as a rule. */
	failed(error: Error): void;
}

/** One open device, until it is closed. */
export interface HidHandle {
	/** Sends one output report: its id, 0 where there is none, and its bytes. */
	write(report: Uint8Array): Promise<void>;
	sendFeatureReport(report: Uint8Array): Promise<void>;
	close(): Promise<void>;
}

/** The little of HID that the driver uses. Everything may reject. */
export interface HidAccess {
	devices(): Promise<readonly HidDeviceInfo[]>;
	open(path: string, listener: HidListener): Promise<HidHandle>;
	/** The report descriptor of the device at that path; null where it cannot be read. */
	reportDescriptor(path: string): Promise<Uint8Array | null>;
}
