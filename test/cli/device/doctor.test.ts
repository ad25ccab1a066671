import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EmulatedPrinter } from "../../../drivers/virtual/emulated-printer.ts";
import { mayUse } from "../../../src/devices/provisioning/diagnose-ports.ts";
import { portText } from "../../../src/devices/provisioning/port-text.ts";
import { BoxTree, KEYBOARD_DESCRIPTOR, SCANNER_DESCRIPTOR } from "../../devices/provisioning/support/box-tree.ts";
import { serialFarEnd, tcpFarEnd } from "../../drivers/support/far-end.ts";
import { printerProfile } from "../../drivers/support/profiles.ts";
import { type BareBox, bareBox, filledIn } from "./support.ts";

const ZEBRA = { place: "1-1", vendorId: "05e0", productId: "1701", product: "Scanner", serial: "S1" };
const BY_ID = "usb-Symbol_Technologies_Scanner_S1-if00";
const RULES = "/usr/lib/udev/rules.d/70-tilld.rules";

/** A box on which everything is as the installer leaves it, with a scanner plugged in. The till's user is this process's. */
const healthyTree = (): BoxTree => {
	const tree = new BoxTree();
	const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
	tree.file("/etc/passwd", `root:x:0:0::/root:/bin/sh\ntilld:x:${uid}:${gid}::/var/lib/tilld:/bin/false\n`);
	tree.file("/etc/group", "root:x:0:\ndialout:x:20:tilld\n");
	tree.file(RULES, readFileSync("systemd/udev/70-tilld.rules"));
	tree.usbLine(ZEBRA, "ttyACM0", BY_ID);
	return tree;
};

type Row = { readonly code: string; readonly device: string | null; readonly what: string; readonly mend: string };

const findings = async (box: BareBox, tree: BoxTree, ...args: readonly string[]): Promise<readonly Row[]> => {
	const { code, answer } = await box.deviceJson("doctor", "--root", tree.root, ...args);
	const found = answer["findings"] as readonly Row[];
	expect(code).toBe(found.length === 0 ? 0 : 5);
	return found;
};

const codes = (found: readonly Row[]): (readonly [string, string | null])[] =>
	found.map(({ code, device }) => [code, device]);

/** A box with the scanner configured on this name. */
const scannerBox = async (name = `/dev/serial/by-id/${BY_ID}`): Promise<BareBox> => {
	const box = bareBox();
	await box.device("add", "zebra-ds2208-serial", name);
	return box;
};

describe("tillctl device doctor", () => {
	it("finds nothing on a box that is well", async () => {
		const box = await scannerBox();
		const tree = healthyTree();
		expect(await findings(box, tree)).toEqual([]);
		expect((await box.device("doctor", "--root", tree.root)).out).toContain("Nothing is wrong");
	});

	it("misses the till's user, and rules that are not there or of another release", async () => {
		const tree = healthyTree();
		tree.file("/etc/passwd", "root:x:0:0::/root:/bin/sh\n");
		tree.file(RULES, "# old\n");
		const found = await findings(bareBox(), tree);
		expect(codes(found)).toEqual([
			["TILL-0740", null],
			["TILL-0741", null],
		]);
		expect(found[1]?.mend).toContain("udevadm trigger");
	});

	it("says whose file a port is when the till may not open it, and the group to join", async () => {
		const tree = healthyTree();
		tree.file("/etc/passwd", "tilld:x:64001:64001::/var/lib/tilld:/bin/false\n");
		const gid = process.getgid?.() ?? 0;
		tree.file("/etc/group", `serial:x:${gid}:\n`);
		const [found] = await findings(await scannerBox(), tree);
		expect(found).toMatchObject({ code: "TILL-0746", device: "scanner" });
		expect(found?.what).toContain("(0660)");
		// Root's own group is nothing to join: then the rules have to do it.
		expect(found?.mend).toContain(gid === 0 ? "udevadm trigger" : "usermod -aG serial tilld");
	});

	it("misses a port that is not there", async () => {
		expect(codes(await findings(await scannerBox("/dev/serial/by-id/usb-other"), healthyTree()))).toEqual([
			["TILL-0745", "scanner"],
		]);
	});

	it("names the program that has a port open, and not the till itself", async () => {
		const tree = healthyTree();
		tree.file("/proc/77/comm", "ModemManager\n");
		tree.file("/proc/78/comm", "node\n");
		tree.file("/proc/78/cmdline", "node\0/opt/tilld/current/src/cli/tilld.ts\0");
		for (const pid of [77, 78]) {
			tree.folder(`/proc/${pid}/fd`);
			symlinkSync("/dev/ttyACM0", join(tree.root, `proc/${pid}/fd/9`));
		}
		const found = await findings(await scannerBox(), tree);
		expect(codes(found)).toEqual([["TILL-0747", "scanner"]]);
		expect(found[0]?.mend).toContain("systemctl disable --now ModemManager");
	});

	it("warns of ModemManager where no rule keeps it off, and of brltty where it has something to take", async () => {
		const tree = healthyTree();
		tree.file("/proc/77/comm", "ModemManager\n");
		tree.file("/usr/bin/brltty");
		expect(await findings(bareBox(), tree)).toEqual([]);
		tree.file(RULES, "# old\n");
		tree.usbLine({ place: "1-2", vendorId: "1a86", productId: "7523" }, "ttyUSB0", "usb-1a86-if00", "ch341-uart");
		expect(codes(await findings(bareBox(), tree))).toEqual([
			["TILL-0741", null],
			["TILL-0742", null],
			["TILL-0743", null],
		]);
	});

	it("misses the library of HID scanners where one is configured", async () => {
		const box = bareBox();
		await box.device("add", "generic-hid-pos-scanner", "hid:05e0:1300");
		const tree = healthyTree();
		const missing = (found: readonly Row[]) => codes(found).filter(([code]) => code === "TILL-0752");
		expect(missing(await findings(box, tree))).toEqual([["TILL-0752", "scanner"]]);
		tree.file("/usr/lib/aarch64-linux-gnu/libusb-1.0.so.0");
		expect(missing(await findings(box, tree))).toEqual([]);
	});

	it("mends a name that changes, by a command that really does", async () => {
		const box = await scannerBox("/dev/ttyACM0");
		const tree = healthyTree();
		const [found] = await findings(box, tree);
		expect(found?.code).toBe("TILL-0748");
		const [, from = "", to = ""] = /sed -i 's#(.*)#(.*)#' /.exec(found?.mend ?? "") ?? [];
		expect(box.text()).toContain(from);
		expect(to).toBe(`/dev/serial/by-id/${BY_ID}`);
	});

	it("mends the name of two adapters that share it", async () => {
		const tree = healthyTree();
		const plug = { vendorId: "1a86", productId: "7523" };
		tree.usbLine({ ...plug, place: "1-2" }, "ttyUSB0", "usb-1a86-if00", "ch341-uart");
		tree.usbLine({ ...plug, place: "1-3" }, "ttyUSB1", "usb-1a86-if00", "ch341-uart");
		const box = bareBox();
		await box.device("add", "generic-serial-scanner", "/dev/serial/by-id/usb-1a86-if00");
		const [found] = await findings(box, tree);
		expect(found).toMatchObject({ code: "TILL-0748", mend: expect.stringContaining("by-path/platform-usb-0:1-2:1.0") });
	});

	it("finds a scanner that types, and leaves an ordinary keyboard and a scanner with another way in alone", async () => {
		const tree = healthyTree();
		tree.hid({ place: "1-5", vendorId: "046d", productId: "c31c" }, "hidraw0", KEYBOARD_DESCRIPTOR, "01");
		tree.hid({ place: "1-6", vendorId: "0c2e", productId: "0b6a" }, "hidraw2", SCANNER_DESCRIPTOR);
		expect(await findings(bareBox(), tree)).toEqual([]);
		tree.hid({ place: "1-4", vendorId: "05e0", productId: "1200" }, "hidraw1", KEYBOARD_DESCRIPTOR, "01");
		expect(codes(await findings(bareBox(), tree))).toEqual([["TILL-0744", null]]);
	});

	it("hears of damaged characters on a board's line, and forgives those of plugging in", async () => {
		const tree = healthyTree();
		tree.boardLine("ttyS0", "4");
		const box = bareBox();
		await box.device("add", "generic-serial-scanner", "/dev/ttyS0");
		const errors = (count: number): void =>
			tree.file("/proc/tty/driver/serial", `serinfo:1.0\n0: uart:16550A port:3F8 irq:4 tx:9 rx:99 fe:${count} brk:1\n`);
		errors(3);
		expect(await findings(box, tree)).toEqual([]);
		errors(30);
		expect(codes(await findings(box, tree))).toEqual([["TILL-0750", "scanner"]]);
	});

	it("finds one USB printer that is configured twice, by usblp and by libusb", async () => {
		const tree = healthyTree();
		tree.usbPrinter({ place: "1-7", vendorId: "04b8", productId: "0e15", serial: "J1" }, "lp0");
		const box = bareBox();
		await box.device("add", "epson-tm-t20iii", "/dev/usb/lp0");
		await box.device("add", "epson-tm-t20iii", "usb:04b8:0e15");
		const found = await findings(box, tree);
		expect(codes(found)).toContainEqual(["TILL-0749", "printer-2"]);
	});

	it("names broken settings and broken profiles, and judges what is left", async () => {
		const tree = healthyTree();
		tree.file("/profiles/broken.yaml", "deviceClass: Scanner\ncolour: red\n");
		const text = filledIn().replace("devices: []", `profileDirectory: ${tree.root}/profiles\ndevices: []`);
		const box = bareBox(text);
		await box.device("add", "zebra-ds2208-serial", "/dev/ttyACM9");
		expect(new Set((await findings(box, tree)).map(({ code }) => code))).toEqual(new Set(["TILL-0701", "TILL-0745"]));
		expect(codes(await findings(bareBox("version: 1\n"), tree))).toEqual([["TILL-1003", null]]);
		const device =
			"{ id: till-scanner, deviceClass: Scanner, profile: gone, port: { transport: tcp, host: 192.0.2.1 } }";
		const unserved = bareBox(filledIn().replace("devices: []", `devices: [${device}]`));
		expect(codes(await findings(unserved, healthyTree()))).toEqual([["TILL-0702", null]]);
	});

	it("with --try finds what only trying shows: the wrong rate, and letters that are wrong", async () => {
		const box = bareBox();
		const end = await tcpFarEnd();
		const printer = new EmulatedPrinter(printerProfile("epson-tm-t88v"), () => undefined);
		printer.reply = (bytes) => end.send(bytes);
		end.onBytes = (bytes) => printer.receive(bytes);
		await box.device("add", "epson-tm-t88v", portText(end.port));
		const { code, out } = await box.deviceWithPerson(
			(question) => (question.includes("cp858") ? "n" : "y"),
			"doctor",
			"--try",
			"--root",
			healthyTree().root,
		);
		expect(code).toBe(5);
		expect(out).toContain("! TILL-0726 printer: letters:");
		expect(out).toContain("1 finding.");
	});

	it("with --try finds that a serial printer answers at another rate", async () => {
		const box = bareBox();
		const end = await serialFarEnd();
		const printer = new EmulatedPrinter(printerProfile("epson-tm-t88v"), () => undefined);
		printer.reply = (bytes) => end.send(bytes);
		// The first rate is the profile's: the printer understands nothing of it.
		let isRight = false;
		end.onBytes = (bytes) => {
			if (isRight) printer.receive(bytes);
			else if (bytes.includes(Buffer.of(0x1b, 0x40))) isRight = true;
		};
		await box.device("add", "epson-tm-t88v", portText(end.port), "--baud", "9600");
		const tree = healthyTree();
		tree.file(portText(end.port));
		const found = await findings(box, tree, "--try", "--yes");
		expect(found.map(({ code }) => code)).toContain("TILL-0751");
		expect(found.find(({ code }) => code === "TILL-0751")?.mend).toContain("device set printer --baud 38400");
	});
});

describe("who may use a file", () => {
	const user = { name: "tilld", uid: 500, gids: new Set([500, 20]) };
	it.each([
		[{ uid: 0, gid: 20, mode: 0o660 }, true],
		[{ uid: 0, gid: 20, mode: 0o640 }, false],
		[{ uid: 0, gid: 7, mode: 0o660 }, false],
		[{ uid: 0, gid: 7, mode: 0o666 }, true],
		[{ uid: 500, gid: 7, mode: 0o600 }, true],
		// The owner's bits decide for the owner, also where the group has more.
		[{ uid: 500, gid: 20, mode: 0o460 }, false],
	])("%o: %s", (owner, may) => {
		expect(mayUse(user, owner)).toBe(may);
	});
});
