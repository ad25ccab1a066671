import { basename, dirname } from "node:path";
import type { DeviceNode, FoundSystem, NodeKind, UsbDevice, UsbIdentity, UsbInterface } from "./found.ts";
import type { SystemFiles } from "./system-files.ts";

const USB_DEVICES = "/sys/bus/usb/devices";

/** bDeviceClass of hubs (USB class codes). */
const HUB = "09";

/** Where links that stay are made, the best first; by-path names the socket, so it changes when a plug moves. */
const LINK_DIRECTORIES = [
	"/dev/serial/by-id",
	"/dev/serial/by-path",
	"/dev/tilld/printer-by-id",
	"/dev/tilld/printer-by-path",
	"/dev/tilld/scanner-by-id",
	"/dev/tilld/scanner-by-path",
	"/dev/tilld",
];

/** Everything of a box that a till's device can be. Reads /sys and /dev and opens no device. */
export const readSystem = (files: SystemFiles): FoundSystem => {
	const links = readLinks(files);
	const usbDevices: UsbDevice[] = [];
	const nodes: DeviceNode[] = serialLines(files, links);
	for (const place of files.list(USB_DEVICES).filter((name) => !name.includes(":"))) {
		const directory = files.real(`${USB_DEVICES}/${place}`);
		const identity = directory === null ? null : usbIdentity(files, directory);
		if (directory === null || identity === null || files.text(`${directory}/bDeviceClass`) === HUB) continue;
		const interfaces = files.list(directory).filter((name) => name.startsWith(`${place}:`));
		usbDevices.push({
			place,
			path: busPath(files, directory),
			identity,
			interfaces: interfaces.map((name) => usbInterface(files, `${directory}/${name}`)),
		});
		for (const name of interfaces) nodes.push(...interfaceNodes(files, `${directory}/${name}`, identity, links));
	}
	return { nodes, usbDevices };
};

const busPath = (files: SystemFiles, directory: string): string => {
	const number = (name: string): string => (files.text(`${directory}/${name}`) ?? "").padStart(3, "0");
	return `/dev/bus/usb/${number("busnum")}/${number("devnum")}`;
};

/** Every link below the directories of links, by the device file it leads to, the best first. */
const readLinks = (files: SystemFiles): ReadonlyMap<string, readonly string[]> => {
	const links = new Map<string, string[]>();
	for (const directory of LINK_DIRECTORIES) {
		for (const name of files.list(directory)) {
			const path = `${directory}/${name}`;
			const target = files.link(path) === null ? null : files.real(path);
			if (target !== null) links.set(target, [...(links.get(target) ?? []), path]);
		}
	}
	return links;
};

/** Serial lines that are there: a device behind them, and for those of the board a chip that answered the kernel. */
const serialLines = (files: SystemFiles, links: ReadonlyMap<string, readonly string[]>): DeviceNode[] =>
	files.list("/sys/class/tty").flatMap((name): DeviceNode[] => {
		const device = files.real(`/sys/class/tty/${name}/device`);
		const path = files.real(`/dev/${name}`);
		// A port of type 0 (PORT_UNKNOWN) is one of the four that the kernel lists whether or not a chip is there.
		if (device === null || path === null || files.text(`/sys/class/tty/${name}/type`) === "0") return [];
		return [
			{
				kind: "serial",
				path,
				names: links.get(path) ?? [],
				usb: usbParent(files, device),
				driver: driverOf(files, device),
			},
		];
	});

/** The USB device that a directory of /sys lies in; null when it lies in none. */
const usbParent = (files: SystemFiles, directory: string): UsbIdentity | null => {
	for (let at = directory; at !== "/" && at !== "."; at = dirname(at)) {
		const identity = usbIdentity(files, at);
		if (identity !== null) return identity;
	}
	return null;
};

const usbIdentity = (files: SystemFiles, directory: string): UsbIdentity | null => {
	const vendorId = files.text(`${directory}/idVendor`)?.toLowerCase();
	const productId = files.text(`${directory}/idProduct`)?.toLowerCase();
	if (vendorId === undefined || productId === undefined) return null;
	return {
		vendorId,
		productId,
		manufacturer: files.text(`${directory}/manufacturer`),
		product: files.text(`${directory}/product`),
		serialNumber: files.text(`${directory}/serial`),
	};
};

const driverOf = (files: SystemFiles, directory: string): string | null => {
	const target = files.link(`${directory}/driver`);
	return target === null ? null : basename(target);
};

const usbInterface = (files: SystemFiles, directory: string): UsbInterface => ({
	interfaceClass: files.text(`${directory}/bInterfaceClass`) ?? "",
	protocol: files.text(`${directory}/bInterfaceProtocol`) ?? "",
	driver: driverOf(files, directory),
});

/** The printers and HID devices of one interface; its serial lines are found by their own class. */
const interfaceNodes = (
	files: SystemFiles,
	directory: string,
	usb: UsbIdentity,
	links: ReadonlyMap<string, readonly string[]>,
): DeviceNode[] => {
	const node = (kind: NodeKind, path: string): DeviceNode[] =>
		files.real(path) === null
			? []
			: [{ kind, path, names: links.get(path) ?? [], usb, driver: driverOf(files, directory) }];
	const printers = files.list(`${directory}/usbmisc`).flatMap((name) => node("usblp", `/dev/usb/${name}`));
	const hid = files.list(directory).flatMap((name) => {
		const kind = hidKind(files.bytes(`${directory}/${name}/report_descriptor`));
		if (kind === null) return [];
		return files.list(`${directory}/${name}/hidraw`).flatMap((raw) => node(kind, `/dev/${raw}`));
	});
	return [...printers, ...hid];
};

/**
 * What a HID report descriptor is of: its first usage page and usage (HID Usage Tables 1.12: page 8C bar code scanner;
 * page 01 usage 06 keyboard). Null for mice and all the rest.
 */
const hidKind = (descriptor: Buffer | null): "scanner" | "keyboard" | null => {
	const head = descriptor?.subarray(0, 16).toString("hex") ?? "";
	if (head.startsWith("058c")) return "scanner";
	return head.startsWith("05010906") ? "keyboard" : null;
};
