import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tempDir } from "../../../support/temp-dir.ts";

/** HID report descriptors, their beginnings: bar code scanner page; desktop page, keyboard. */
export const SCANNER_DESCRIPTOR = Buffer.from("058c0902a101", "hex");
/** See {@link SCANNER_DESCRIPTOR}. */
export const KEYBOARD_DESCRIPTOR = Buffer.from("05010906a101", "hex");

/** A USB device to be plugged into a tree. */
export interface UsbPlug {
	/** 1-1.4 */
	readonly place: string;
	readonly vendorId: string;
	readonly productId: string;
	readonly manufacturer?: string;
	readonly product?: string;
	readonly serial?: string;
}

/** A tree of files that looks like the /sys and /dev of a box. */
export class BoxTree {
	readonly root = tempDir();
	#devices = 0;

	constructor() {
		for (const folder of ["/dev", "/sys/class/tty", "/sys/bus/usb/devices", "/etc"]) this.folder(folder);
	}

	folder(path: string): void {
		mkdirSync(join(this.root, path), { recursive: true });
	}

	file(path: string, content: string | Buffer = "", mode = 0o660): void {
		this.folder(dirname(path));
		writeFileSync(join(this.root, path), content);
		chmodSync(join(this.root, path), mode);
	}

	/** A link whose target is below the root too. */
	link(path: string, target: string): void {
		this.folder(dirname(path));
		symlinkSync(join(this.root, target), join(this.root, path));
	}

	/** A serial line of the board; type 4 is a 16550A, 0 is a chip that is not there. */
	boardLine(name: string, type: string): void {
		this.file(`/dev/${name}`);
		this.file(`/sys/devices/platform/serial8250/tty/${name}/type`, `${type}\n`);
		this.folder(`/sys/devices/platform/serial8250/tty/${name}/device`);
		this.link(`/sys/class/tty/${name}`, `/sys/devices/platform/serial8250/tty/${name}`);
	}

	/** A pseudo-terminal or virtual console: no device behind it. */
	console(name: string): void {
		this.file(`/dev/${name}`);
		this.folder(`/sys/class/tty/${name}`);
	}

	/** Plugs a device in; answers its directory. */
	usb(plug: UsbPlug, deviceClass = "00"): string {
		const directory = `/sys/devices/pci0000:00/usb1/${plug.place}`;
		const number = this.#devices + 1;
		this.#devices = number;
		this.file(`/dev/bus/usb/001/${number.toString().padStart(3, "0")}`);
		const facts = {
			busnum: "1",
			devnum: number.toString(),
			idVendor: plug.vendorId,
			idProduct: plug.productId,
			bDeviceClass: deviceClass,
			manufacturer: plug.manufacturer,
			product: plug.product,
			serial: plug.serial,
		};
		for (const [name, text] of Object.entries(facts)) {
			if (text !== undefined) this.file(`${directory}/${name}`, `${text}\n`);
		}
		this.link(`/sys/bus/usb/devices/${plug.place}`, directory);
		return directory;
	}

	/** One interface of a device, and the driver that holds it. */
	#interface(plug: UsbPlug, interfaceClass: string, protocol: string, driver: string): string {
		const directory = `/sys/devices/pci0000:00/usb1/${plug.place}/${plug.place}:1.0`;
		this.file(`${directory}/bInterfaceClass`, `${interfaceClass}\n`);
		this.file(`${directory}/bInterfaceProtocol`, `${protocol}\n`);
		this.folder(`/sys/bus/usb/drivers/${driver}`);
		this.link(`${directory}/driver`, `/sys/bus/usb/drivers/${driver}`);
		this.link(`/sys/bus/usb/devices/${plug.place}:1.0`, directory);
		return directory;
	}

	/** A serial line of a USB device, with its links as 60-serial.rules makes them. */
	usbLine(plug: UsbPlug, name: string, byId: string, driver = "cdc_acm"): void {
		this.usb(plug);
		const directory = this.#interface(plug, driver === "cdc_acm" ? "02" : "ff", "01", driver);
		this.file(`/dev/${name}`);
		this.folder(`${directory}/tty/${name}`);
		this.link(`${directory}/tty/${name}/device`, directory);
		this.link(`/sys/class/tty/${name}`, `${directory}/tty/${name}`);
		this.link(`/dev/serial/by-path/platform-usb-0:${plug.place}:1.0`, `/dev/${name}`);
		this.relink(`/dev/serial/by-id/${byId}`, `/dev/${name}`);
	}

	/** As udev does: the last one that claims a name has it. */
	relink(path: string, target: string): void {
		try {
			this.link(path, target);
		} catch {
			// Somebody has it already; which of the two it leads to is not what matters here.
		}
	}

	/** A printer of class 07 that no driver of the kernel holds. */
	unheldPrinter(plug: UsbPlug): void {
		const directory = `${this.usb(plug)}/${plug.place}:1.0`;
		this.file(`${directory}/bInterfaceClass`, "07\n");
		this.file(`${directory}/bInterfaceProtocol`, "02\n");
	}

	/** A printer of class 07, held by usblp. */
	usbPrinter(plug: UsbPlug, name: string): void {
		this.usb(plug);
		const directory = this.#interface(plug, "07", "02", "usblp");
		this.folder(`${directory}/usbmisc/${name}`);
		this.file(`/dev/usb/${name}`);
		this.link(`/dev/tilld/printer-by-id/${plug.vendorId}_${plug.serial ?? "none"}`, `/dev/usb/${name}`);
	}

	/** A HID device with its raw node. */
	hid(plug: UsbPlug, raw: string, descriptor: Buffer, protocol = "00"): void {
		this.usb(plug);
		const directory = this.#interface(plug, "03", protocol, "usbhid");
		this.file(`${directory}/0003:${plug.vendorId}:${plug.productId}.0001/report_descriptor`, descriptor);
		this.folder(`${directory}/0003:${plug.vendorId}:${plug.productId}.0001/hidraw/${raw}`);
		this.file(`/dev/${raw}`);
	}
}
