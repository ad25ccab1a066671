/** What a USB device says of itself in its descriptors, as /sys shows them. */
export interface UsbIdentity {
	/** Four hexadecimal digits, lower case. */
	readonly vendorId: string;
	readonly productId: string;
	readonly manufacturer: string | null;
	readonly product: string | null;
	/** Null where the maker gave all units the same descriptors: two of them share one by-id name. */
	readonly serialNumber: string | null;
}

/** One interface of a USB device: what the kernel gave it to and the device files that came of it. */
export interface UsbInterface {
	/** bInterfaceClass, two hexadecimal digits: 03 HID, 07 printer, 02 and 0a CDC (USB class codes). */
	readonly interfaceClass: string;
	/** bInterfaceProtocol: 01 of class 03 is a boot keyboard. */
	readonly protocol: string;
	/** The kernel driver that holds it: usblp, cdc_acm, usbhid ... */
	readonly driver: string | null;
}

/** A USB device of any kind; hubs are left out. */
export interface UsbDevice {
	/** Its place on the bus as the kernel names it: 1-1.4. */
	readonly place: string;
	/** The file that libusb opens: /dev/bus/usb/001/004. */
	readonly path: string;
	readonly identity: UsbIdentity;
	readonly interfaces: readonly UsbInterface[];
}

/** What hangs behind a device file: a serial line, a printer of the kernel's usblp, a HID device that scans or types. */
export type NodeKind = "serial" | "usblp" | "scanner" | "keyboard";

/** A device file that a device of the till can hang behind. */
export interface DeviceNode {
	readonly kind: NodeKind;
	/** The kernel's name: /dev/ttyUSB0, /dev/usb/lp0, /dev/hidraw0. It changes from boot to boot. */
	readonly path: string;
	/** Links that stay the same, the best first: by-id, then by-path, then others. */
	readonly names: readonly string[];
	/** The USB device it belongs to; null for a serial line of the board. */
	readonly usb: UsbIdentity | null;
	/** The kernel driver behind it. */
	readonly driver: string | null;
}

/** What is plugged into a box. */
export interface FoundSystem {
	readonly nodes: readonly DeviceNode[];
	readonly usbDevices: readonly UsbDevice[];
}
