import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { deviceConfigSchema } from "../../../src/config/schema/till-config.ts";
import { deviceProfileSchema } from "../../../src/devices/contract/profile.ts";
import { parsePort, portText } from "../../../src/devices/provisioning/port-text.ts";
import { judgePorts, type ProfileShelf, proposalsByModel } from "../../../src/devices/provisioning/propose.ts";
import { readSystem } from "../../../src/devices/provisioning/read-system.ts";
import { addressesOf, scanNetwork } from "../../../src/devices/provisioning/scan-network.ts";
import { systemFiles } from "../../../src/devices/provisioning/system-files.ts";
import { BoxTree, KEYBOARD_DESCRIPTOR, SCANNER_DESCRIPTOR } from "./support/box-tree.ts";

const ZEBRA = {
	place: "1-1.4",
	vendorId: "05e0",
	productId: "1701",
	manufacturer: "Symbol Technologies",
	product: "Symbol Bar Code Scanner",
};
const ZEBRA_NAME = "usb-Symbol_Technologies_Symbol_Bar_Code_Scanner-if00";
const ADAPTER = { vendorId: "1a86", productId: "7523", product: "USB Serial" };

const scannerProfile = (identity: object, level = "unverified") =>
	deviceProfileSchema.parse({
		deviceClass: "Scanner",
		driver: "serial-scanner",
		vendor: "Maker",
		model: "Model",
		evidence: { level, source: "a document" },
		identity,
		capabilities: {},
	});

const shelf = (profiles: Record<string, ReturnType<typeof scannerProfile>>): ProfileShelf => ({
	profiles: new Map(Object.entries(profiles)),
	serves: (_, transport) => transport === "serial",
});

const NO_PROFILES = shelf({});

describe("what is plugged in", () => {
	it("is found by its stable name, with what USB says of it", () => {
		const box = new BoxTree();
		box.usbLine(ZEBRA, "ttyACM0", ZEBRA_NAME);
		box.boardLine("ttyS0", "4");
		box.boardLine("ttyS1", "0");
		box.console("tty1");
		const ports = judgePorts(readSystem(systemFiles(box.root)), [], NO_PROFILES);
		expect(ports.map(({ kind, name, node, usb }) => ({ kind, name, node, vendor: usb?.vendorId ?? null }))).toEqual([
			{ kind: "serial", name: `/dev/serial/by-id/${ZEBRA_NAME}`, node: "/dev/ttyACM0", vendor: "05e0" },
			{ kind: "serial", name: "/dev/ttyS0", node: null, vendor: null },
		]);
	});

	it("is named by its socket when two units share their by-id name", () => {
		const box = new BoxTree();
		box.usbLine({ ...ADAPTER, place: "1-1.1" }, "ttyUSB0", "usb-1a86_USB_Serial-if00-port0", "ch341-uart");
		box.usbLine({ ...ADAPTER, place: "1-1.2" }, "ttyUSB1", "usb-1a86_USB_Serial-if00-port0", "ch341-uart");
		const ports = judgePorts(readSystem(systemFiles(box.root)), [], NO_PROFILES);
		expect(ports.map(({ name }) => name)).toEqual([
			"/dev/serial/by-path/platform-usb-0:1-1.1:1.0",
			"/dev/serial/by-path/platform-usb-0:1-1.2:1.0",
		]);
	});

	it("tells a scanner's HID node from a keyboard's, finds usblp printers and leaves hubs out", () => {
		const box = new BoxTree();
		box.hid({ ...ZEBRA, place: "1-1.1" }, "hidraw0", SCANNER_DESCRIPTOR);
		box.hid({ ...ZEBRA, place: "1-1.2", productId: "1200" }, "hidraw1", KEYBOARD_DESCRIPTOR, "01");
		box.usbPrinter({ place: "1-1.3", vendorId: "04b8", productId: "0e15", serial: "J1" }, "lp0");
		box.usb({ place: "1-1", vendorId: "1d6b", productId: "0002" }, "09");
		const found = readSystem(systemFiles(box.root));
		expect(found.nodes.map(({ kind, path, names }) => ({ kind, path, names }))).toEqual([
			{ kind: "scanner", path: "/dev/hidraw0", names: [] },
			{ kind: "keyboard", path: "/dev/hidraw1", names: [] },
			{ kind: "usblp", path: "/dev/usb/lp0", names: ["/dev/tilld/printer-by-id/04b8_J1"] },
		]);
		expect(found.usbDevices.map(({ place, interfaces }) => [place, interfaces.map(({ driver }) => driver)])).toEqual([
			["1-1.1", ["usbhid"]],
			["1-1.2", ["usbhid"]],
			["1-1.3", ["usblp"]],
		]);
	});

	it("names a scanner in HID-POS mode by its USB ids, and finds whose it is by them", () => {
		const box = new BoxTree();
		box.hid({ ...ZEBRA, productId: "1300", serial: "A1" }, "hidraw0", SCANNER_DESCRIPTOR);
		const found = readSystem(systemFiles(box.root));
		const ids = { transport: "hid", vendorId: "05e0", productId: "1300" } as const;
		const judged = (port: typeof ids & { serialNumber?: string }) =>
			judgePorts(
				found,
				[{ deviceClass: "Scanner", id: "scanner", profile: "generic-hid-pos-scanner", port, duplicateGuardMs: 0 }],
				NO_PROFILES,
			)[0];
		expect(judged(ids)).toMatchObject({ port: { ...ids, serialNumber: "A1" }, owner: "scanner" });
		expect(judged({ ...ids, serialNumber: "A1" })?.owner).toBe("scanner");
		expect(judged({ ...ids, serialNumber: "B2" })?.owner).toBeNull();
	});

	it("is a USB printer that the kernel holds, or one that only libusb reaches", () => {
		const box = new BoxTree();
		box.usbPrinter({ place: "1-1", vendorId: "04b8", productId: "0e15", serial: "J1" }, "lp0");
		box.unheldPrinter({ place: "1-2", vendorId: "04b8", productId: "0202" });
		const printer = (id: string, port: object) =>
			deviceConfigSchema.parse({ deviceClass: "POSPrinter", id, profile: "epson-tm-t88v", port });
		const configured = [
			printer("held", { transport: "usb", vendorId: "04b8", productId: "0e15" }),
			printer("unheld", { transport: "usb", vendorId: "04b8", productId: "0202" }),
		];
		const ports = judgePorts(readSystem(systemFiles(box.root)), configured, NO_PROFILES);
		expect(ports.map(({ name, kind, owner }) => [name, kind, owner])).toEqual([
			["/dev/tilld/printer-by-id/04b8_J1", "usblp", "held"],
			["usb:04b8:0202", "usb", "unheld"],
		]);
	});

	it("belongs to the device that is configured on any of its names", () => {
		const box = new BoxTree();
		box.usbLine(ZEBRA, "ttyACM0", ZEBRA_NAME);
		const found = readSystem(systemFiles(box.root));
		const owner = (path: string) =>
			judgePorts(
				found,
				[
					{
						deviceClass: "Scanner",
						id: "scanner",
						profile: "generic-serial-scanner",
						port: { transport: "serial", path },
						duplicateGuardMs: 0,
					},
				],
				NO_PROFILES,
			)[0]?.owner;
		expect(owner("/dev/ttyACM0")).toBe("scanner");
		expect(owner(`/dev/serial/by-id/${ZEBRA_NAME}`)).toBe("scanner");
		expect(owner("/dev/ttyACM1")).toBeNull();
	});

	it("is nothing on a machine without /sys and /dev, and no error", () => {
		const box = new BoxTree();
		expect(readSystem(systemFiles(`${box.root}/etc`))).toEqual({ nodes: [], usbDevices: [] });
	});
});

describe("the profiles proposed for a port", () => {
	const proposed = (profiles: Parameters<typeof shelf>[0]) => {
		const box = new BoxTree();
		box.usbLine(ZEBRA, "ttyACM0", ZEBRA_NAME);
		return judgePorts(readSystem(systemFiles(box.root)), [], shelf(profiles))[0]?.proposals.map(
			({ profile, because }) => [profile, because],
		);
	};

	it("are those of the product; guesses by the maker are left out then", () => {
		expect(
			proposed({
				maker: scannerProfile({ usb: [{ vendorId: "05e0" }] }),
				product: scannerProfile({ usb: [{ vendorId: "05e0", productId: "1701" }] }),
				other: scannerProfile({ usb: [{ vendorId: "05e0", productId: "1900" }] }),
				named: scannerProfile({ byId: ["usb-Symbol_Technologies*"] }),
				stranger: scannerProfile({ byId: ["usb-Honeywell*"] }),
			}),
		).toEqual([
			["product", "usbProduct"],
			["named", "byIdName"],
		]);
	});

	it("are the maker's when nothing better is known, those of better evidence first", () => {
		expect(
			proposed({
				guess: scannerProfile({ usb: [{ vendorId: "05e0" }] }),
				tried: scannerProfile({ usb: [{ vendorId: "05e0" }] }, "verified"),
				other: scannerProfile({ usb: [{ vendorId: "0c2e" }] }),
			}),
		).toEqual([
			["tried", "usbMaker"],
			["guess", "usbMaker"],
		]);
	});

	it("takes a pattern's dots as dots", () => {
		expect(proposed({ dots: scannerProfile({ byId: ["usb.Symbol_Technologies*"] }) })).toEqual([]);
	});

	it("are found by the model that a device reports, however it writes it", () => {
		const profiles = shelf({ one: scannerProfile({ reportedModel: ["TM-T20III"] }) });
		expect(proposalsByModel("TM-T20III", "serial", profiles).map(({ profile }) => profile)).toEqual(["one"]);
		expect(proposalsByModel("tm t20iii", "serial", profiles)).toHaveLength(1);
		expect(proposalsByModel("TM-T20", "serial", profiles)).toEqual([]);
		expect(proposalsByModel("TM-T20III", "tcp", profiles)).toEqual([]);
	});
});

describe("a network", () => {
	it("is its host addresses, and no larger than a scan may be", () => {
		expect(addressesOf("192.168.1.7/30")).toEqual(["192.168.1.5", "192.168.1.6"]);
		expect(addressesOf("10.0.0.0/22")).toHaveLength(1_022);
		expect(addressesOf("255.255.255.0/24")?.at(-1)).toBe("255.255.255.254");
		for (const wrong of ["10.0.0.0/21", "10.0.0.0/31", "10.0.0.256/24", "10.0.0.0", "::1/24", "x"])
			expect(addressesOf(wrong)).toBeUndefined();
	});

	it("answers with who takes connections, and is sent nothing", async () => {
		const received: Buffer[] = [];
		const server = createServer((socket) => {
			socket.on("error", () => undefined);
			socket.on("data", (bytes: Buffer) => received.push(bytes));
		});
		await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
		onTestFinished(() => void server.close());
		const bound = server.address();
		const port = typeof bound === "object" && bound !== null ? bound.port : 0;
		const here = { host: "127.0.0.1", port };
		const nobody = { host: "127.0.0.1", port: 1 };
		const progress: number[] = [];
		expect(await scanNetwork([nobody, here], (done) => progress.push(done))).toEqual([here]);
		expect(progress).toEqual([1, 2]);
		expect(received).toEqual([]);
	});
});

describe("a port as people type it", () => {
	it.each([
		["/dev/serial/by-id/usb-x", { transport: "serial", path: "/dev/serial/by-id/usb-x" }],
		["/dev/usb/lp0", { transport: "usblp", path: "/dev/usb/lp0" }],
		["/dev/tilld/printer-by-id/x", { transport: "usblp", path: "/dev/tilld/printer-by-id/x" }],
		["usb:04b8:0202", { transport: "usb", vendorId: "04b8", productId: "0202" }],
		["usb:04b8:0202:J:1", { transport: "usb", vendorId: "04b8", productId: "0202", serialNumber: "J:1" }],
		["hid:05e0:1300", { transport: "hid", vendorId: "05e0", productId: "1300" }],
		["hid:05e0:1300:A1", { transport: "hid", vendorId: "05e0", productId: "1300", serialNumber: "A1" }],
		["192.168.1.50", { transport: "tcp", host: "192.168.1.50", port: 9100 }],
		["kitchen.local:9101", { transport: "tcp", host: "kitchen.local", port: 9101 }],
		["[fe80::1]:9100", { transport: "tcp", host: "fe80::1", port: 9100 }],
	])("%s", (text, port) => {
		const parsed = parsePort(text);
		expect(parsed).toEqual(port);
		expect(parsed === undefined ? undefined : parsePort(portText(parsed))).toEqual(port);
	});

	it.each(["", "-x", "host:0", "host:65536", "a b", "ttyUSB0/"])("%j is none", (text) => {
		expect(parsePort(text)).toBeUndefined();
	});
});
