/**
 * The part of `usb` 2.18 (libusb) that is used, as types: the package itself is loaded when a configured port needs it, and
 * a test can give a bus that is not there. A failed call throws, a failed request calls back with an error.
 */

/** `errno` is a LIBUSB_ERROR_ (negative) of a call or a LIBUSB_TRANSFER_ status (positive) of a transfer. */
export interface UsbFailure {
	readonly errno: number;
	readonly message: string;
}

/** How a transfer can end (libusb_transfer_status). Whatever the end, the count of bytes that went over holds. */
export const TRANSFER = { timedOut: 2, cancelled: 3, stall: 4, noDevice: 5 } as const;

/** One request to move bytes; each that was submitted is answered once, also after `cancel`. */
export interface UsbTransfer {
	submit(buffer: Buffer): unknown;
	cancel(): boolean;
}

export interface UsbEndpoint {
	readonly address: number;
	readonly direction: "in" | "out";
	/** 2 is bulk. */
	readonly transferType: number;
	readonly descriptor: { readonly wMaxPacketSize: number };
	/** A time-out of 0 is none at all. */
	makeTransfer(
		timeoutMs: number,
		done: (error: UsbFailure | undefined, buffer: Buffer, actualLength: number) => void,
	): UsbTransfer;
	clearHalt(done: (error: UsbFailure | undefined) => void): unknown;
}

/** What one setting of an interface says of itself. */
export interface UsbInterfaceDescriptor {
	readonly bAlternateSetting: number;
	readonly bInterfaceClass: number;
	readonly bInterfaceProtocol: number;
	readonly endpoints: readonly { readonly bEndpointAddress: number; readonly bmAttributes: number }[];
}

export interface UsbInterface {
	/** Those of the setting in force. */
	readonly endpoints: readonly UsbEndpoint[];
	isKernelDriverActive(): boolean;
	detachKernelDriver(): void;
	attachKernelDriver(): void;
	claim(): void;
	release(done: (error?: UsbFailure) => void): void;
	setAltSetting(setting: number, done: (error: UsbFailure | undefined) => void): void;
}

export interface UsbDevice {
	readonly deviceDescriptor: { readonly idVendor: number; readonly idProduct: number; readonly iSerialNumber: number };
	/** By interface, then by setting. */
	readonly configDescriptor: { readonly interfaces: readonly (readonly UsbInterfaceDescriptor[])[] } | undefined;
	/** In the same order; undefined while the device is not open. */
	readonly interfaces: readonly UsbInterface[] | undefined;
	open(): void;
	/** Throws while a request is under way. */
	close(): void;
	getStringDescriptor(index: number, done: (error?: UsbFailure, value?: string) => void): void;
}

export interface UsbLibrary {
	getDeviceList(): readonly UsbDevice[];
	readonly usb: {
		on(event: "attach" | "detach", listener: (device: UsbDevice) => void): unknown;
		off(event: "attach" | "detach", listener: (device: UsbDevice) => void): unknown;
	};
}

/** Loads libusb. Rejects where the system lacks what it needs (libudev.so.1). */
export const loadUsbLibrary = (): Promise<UsbLibrary> => import("usb");
