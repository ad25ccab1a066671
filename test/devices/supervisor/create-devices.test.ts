import { describe, expect, it, onTestFinished } from "vitest";
import { drivers } from "../../../drivers/registry.ts";
import { createVirtualBench } from "../../../drivers/virtual/virtual-bench.ts";
import type { DeviceConfig } from "../../../src/config/schema/till-config.ts";
import { createDevices } from "../../../src/devices/supervisor/create-devices.ts";
import { Fault } from "../../../src/runtime/contract/fault.ts";
import { benchTime } from "../../drivers/support/bench-time.ts";
import { serialFarEnd, tcpFarEnd } from "../../drivers/support/far-end.ts";
import { PROFILES } from "../../drivers/support/profiles.ts";

const VIRTUAL = { transport: "virtual" } as const;

const VIRTUAL_TILL: readonly DeviceConfig[] = [
	{ deviceClass: "CashDrawer", id: "drawer-1", printer: "printer-1", drawer: 0, openTooLongSeconds: 0 },
	{ deviceClass: "POSPrinter", id: "printer-1", profile: "virtual-printer", port: VIRTUAL },
	{ deviceClass: "LineDisplay", id: "display-1", profile: "virtual-display", port: VIRTUAL },
	{ deviceClass: "Scanner", id: "scanner-1", profile: "virtual-scanner", port: VIRTUAL, duplicateGuardMs: 0 },
];

const till = (configs: readonly DeviceConfig[], bench = createVirtualBench()) => {
	const time = benchTime();
	const { listeners } = time.services;
	const devices = createDevices(configs, PROFILES, [...drivers, ...bench.drivers], time.services, listeners);
	onTestFinished(() => devices.close());
	return { time, devices };
};

const problemsOf = (configs: readonly DeviceConfig[]): readonly string[] => {
	try {
		till(configs);
	} catch (thrown) {
		if (thrown instanceof Fault && thrown.code === "TILL-0702") return thrown.problems;
		throw thrown;
	}
	return [];
};

describe("createDevices", () => {
	it("runs a whole till on virtual devices", async () => {
		const papers: (readonly string[])[] = [];
		const pulses: number[] = [];
		const shown: string[] = [];
		const violations: string[] = [];
		const bench = createVirtualBench({
			onPaper: (_, lines) => papers.push(lines),
			onPulse: (_, pin) => pulses.push(pin),
			onDisplay: (_, rows) => shown.push(rows.map((row) => row.trimEnd()).join("|")),
			onViolation: (_, detail) => violations.push(detail),
		});
		const { time, devices } = till(VIRTUAL_TILL, bench);
		devices.open();
		await time.until(() => devices.all.every((device) => device.state().power === "online"));
		expect(devices.all.map(({ id }) => id)).toEqual(["drawer-1", "printer-1", "display-1", "scanner-1"]);
		const [printer, drawer, display] = [devices.printers[0], devices.drawers[0], devices.displays[0]];
		bench.scanners.get("scanner-1")?.scan("7038010001659");
		bench.scanners.get("scanner-1")?.scan("0107038010001659", "GS1_128");
		expect(await display?.displayText(["Blåbærsyltetøy", "24,90"])).toBe("written");
		expect((await drawer?.openDrawer(2_000))?.outcome).toBe("sent");
		const outcome = await printer?.print({
			jobId: "1",
			elements: [
				{ kind: "text", text: "Blåbærsyltetøy 24,90 €" },
				{ kind: "barcode", symbology: "EAN13", data: "7038010001659" },
				{ kind: "qr", data: "https://x.example" },
				{ kind: "cut" },
			],
			deadlineMs: 10_000,
		});
		expect(outcome?.outcome).toBe("confirmed");
		expect(time.scans).toEqual([
			{ deviceId: "scanner-1", symbology: "EAN13", data: "7038010001659" },
			{ deviceId: "scanner-1", symbology: "GS1_128", data: "0107038010001659" },
		]);
		expect(shown).toEqual(["Blåbærsyltetøy|24,90"]);
		expect(pulses).toEqual([2]);
		expect(papers).toEqual([["Blåbærsyltetøy 24,90 €", "[EAN13 7038010001659]", "", "[QR https://x.example]", ""]]);
		expect(bench.printers.get("printer-1")?.papers).toEqual(papers);
		expect(violations).toEqual([]);
		bench.printers.get("printer-1")?.set({ drawerOpen: true });
		await time.pass(() => drawer?.state().conditions.includes("DrawerOpened") === true);
		devices.scanners[0]?.beepError();
		await time.until(() => bench.scanners.get("scanner-1")?.beepCount === 1);
	});

	it("plays any model's profile on a virtual port", async () => {
		const bench = createVirtualBench();
		const { time, devices } = till(
			[
				{ deviceClass: "POSPrinter", id: "p", profile: "generic-escpos-58mm", port: VIRTUAL },
				{ deviceClass: "LineDisplay", id: "d", profile: "generic-cd5220", port: VIRTUAL },
			],
			bench,
		);
		devices.open();
		await time.until(() => devices.all.every((device) => device.state().power === "online"));
		await devices.printers[0]?.print({ jobId: "1", elements: [{ kind: "text", text: "A" }], deadlineMs: 1_000 });
		await devices.printers[0]?.print({ jobId: "2", elements: [{ kind: "text", text: "B" }], deadlineMs: 1_000 });
		await devices.displays[0]?.displayText(["Ærlig", "ø"]);
		expect(bench.printers.get("p")?.papers).toEqual([["A"]]); // no cutter: a paper ends where the next begins
		expect(bench.displays.get("d")?.rows.map((row) => row.trimEnd())).toEqual(["Ærlig", "ø"]);
	});

	it("works with what is there while the rest is missing, and takes it in when it comes", async () => {
		const printerEnd = await tcpFarEnd();
		const displayEnd = await serialFarEnd();
		await printerEnd.unplug();
		const { time, devices } = till([
			{ deviceClass: "POSPrinter", id: "printer", profile: "generic-escpos-80mm", port: printerEnd.port },
			{ deviceClass: "CashDrawer", id: "drawer", printer: "printer", drawer: 1, openTooLongSeconds: 0 },
			{ deviceClass: "LineDisplay", id: "display", profile: "epson-dm-d110", port: displayEnd.port },
			{
				deviceClass: "Scanner",
				id: "scanner",
				profile: "zebra-ds2208-serial",
				port: { transport: "serial", path: "/nowhere/tty" },
				duplicateGuardMs: 0,
			},
		]);
		devices.open();
		await time.until(() => devices.displays[0]?.state().power === "online");
		expect(await devices.displays[0]?.displayText(["Velkommen"])).toBe("written");
		await time.pass(() => devices.all.filter((device) => device.state().power === "offline").length === 3);
		await printerEnd.plug();
		await time.pass(() => devices.drawers[0]?.state().power === "online");
		expect((await devices.drawers[0]?.openDrawer(2_000))?.outcome).toBe("sent");
		await time.until(() => printerEnd.received().includes(Buffer.of(0x1b, 0x70, 1, 25, 125)));
		expect(devices.scanners[0]?.state()).toMatchObject({
			power: "offline",
			detail: expect.stringContaining("/nowhere"),
		});
	});

	it("reads a scanner as the box says that it is set, and as its profile says where the box is silent", async () => {
		const bench = createVirtualBench();
		const settings = { aimPrefix: false, suffix: "none", idleFlushMs: 60 } as const;
		const scanner = { deviceClass: "Scanner", id: "s", profile: "virtual-scanner", port: VIRTUAL } as const;
		const { time, devices } = till([{ ...scanner, duplicateGuardMs: 500, settings }], bench);
		devices.open();
		await time.until(() => devices.all.every((device) => device.state().power === "online"));
		for (const code of ["]E07038010001659", "]E07038010001659", "57012345"]) {
			bench.scanners.get("s")?.sendBytes(Buffer.from(code));
			time.timers.advance(60);
		}
		expect(time.scans.map(({ symbology, data }) => [symbology, data])).toEqual([
			["Unknown", "]E07038010001659"],
			["Unknown", "57012345"],
		]);
	});

	it("refuses a scanner whose reads nothing would end", () => {
		const scanner = { deviceClass: "Scanner", id: "s", profile: "virtual-scanner", port: VIRTUAL } as const;
		expect(problemsOf([{ ...scanner, duplicateGuardMs: 0, settings: { suffix: "none" } }])).toEqual([
			"devices.0.settings: a scanner without suffix needs idleFlushMs",
		]);
		const port = { transport: "hid", vendorId: "05e0", productId: "1300" } as const;
		const hid = { ...scanner, profile: "generic-hid-pos-scanner", port } as const;
		expect(problemsOf([{ ...hid, duplicateGuardMs: 0, settings: { suffix: "none" } }])).toEqual([]);
	});

	it("puts a display in its printer's line, whichever is configured first", async () => {
		const end = await tcpFarEnd();
		const { time, devices } = till([
			{ deviceClass: "LineDisplay", id: "d", profile: "epson-dm-d110", port: { transport: "shared", with: "p" } },
			{ deviceClass: "POSPrinter", id: "p", profile: "generic-escpos-80mm", port: end.port },
		]);
		devices.open();
		await time.until(() => devices.displays[0]?.state().power === "online");
		expect(await devices.displays[0]?.displayText(["Velkommen"])).toBe("written");
		await time.until(() => end.received().includes("Velkommen"));
	});

	it("puts a display in no line that cannot have one", () => {
		const tcp = { transport: "tcp", host: "10.0.0.9", port: 9100 } as const;
		const shared = (id: string) => ({ transport: "shared", with: id }) as const;
		expect(
			problemsOf([
				{ deviceClass: "POSPrinter", id: "v", profile: "virtual-printer", port: VIRTUAL },
				{ deviceClass: "POSPrinter", id: "p", profile: "generic-escpos-80mm", port: tcp },
				{ deviceClass: "LineDisplay", id: "a", profile: "epson-dm-d110", port: shared("nobody") },
				{ deviceClass: "LineDisplay", id: "b", profile: "epson-dm-d110", port: shared("v") },
				{ deviceClass: "LineDisplay", id: "c", profile: "generic-utc", port: shared("p") },
				{ deviceClass: "LineDisplay", id: "d", profile: "epson-dm-d110", port: shared("p") },
				{ deviceClass: "POSPrinter", id: "e", profile: "generic-escpos-80mm", port: shared("d") },
			]),
		).toEqual([
			"devices.6.port: no driver of this program serves escpos on shared",
			"devices.2.port.with: nobody is no printer on a real line",
			"devices.3.port.with: v is no printer on a real line",
			"devices.4.port: no driver of this program serves utc-display on shared",
			"devices.5.port: the place in p's line already belongs to c",
		]);
	});

	it("gives no USB device to two: named without its serial number it is any of its model, and would be read twice", () => {
		const scanner = (id: string, serialNumber?: string): DeviceConfig => ({
			deviceClass: "Scanner",
			id,
			profile: "generic-hid-pos-scanner",
			port: {
				transport: "hid",
				vendorId: "05e0",
				productId: "1300",
				...(serialNumber === undefined ? {} : { serialNumber }),
			},
			duplicateGuardMs: 0,
		});
		const words = "already belongs to a; two of one model each need their serialNumber";
		expect(problemsOf([scanner("a"), scanner("b", "X")])).toEqual([`devices.1.port: HID 05e0:1300 X ${words}`]);
		expect(problemsOf([scanner("a", "X"), scanner("b")])).toEqual([`devices.1.port: HID 05e0:1300 ${words}`]);
		expect(problemsOf([scanner("a", "X"), scanner("b", "X")])).toEqual([`devices.1.port: HID 05e0:1300 X ${words}`]);
		expect(problemsOf([scanner("a", "X"), scanner("b", "Y")])).toEqual([]);
	});

	it("leaves no timer behind when it is closed", async () => {
		const { time, devices } = till(VIRTUAL_TILL);
		devices.open();
		await time.until(() => devices.all.every((device) => device.state().power === "online"));
		await devices.close();
		expect(time.timers.names()).toEqual([]);
	});

	it("tells everything that a configuration asks for and cannot have, each with its place", () => {
		const tcp = { transport: "tcp", host: "10.0.0.9", port: 9100 } as const;
		expect(
			problemsOf([
				{ deviceClass: "POSPrinter", id: "a", profile: "nobody", port: VIRTUAL },
				{ deviceClass: "POSPrinter", id: "b", profile: "epson-dm-d110", port: VIRTUAL },
				{ deviceClass: "POSPrinter", id: "c", profile: "virtual-printer", port: tcp },
				{ deviceClass: "LineDisplay", id: "d", profile: "epson-dm-d110", port: tcp },
				{ deviceClass: "CashDrawer", id: "e", printer: "a", drawer: 0, openTooLongSeconds: 0 },
				{ deviceClass: "POSPrinter", id: "f", profile: "generic-escpos-58mm", port: VIRTUAL },
				{ deviceClass: "CashDrawer", id: "g", printer: "f", drawer: 1, openTooLongSeconds: 0 },
			]),
		).toEqual([
			"devices.0.profile: there is no profile nobody",
			"devices.1.profile: epson-dm-d110 is a profile of a LineDisplay",
			"devices.2.port: no driver of this program serves virtual-printer on tcp",
			"devices.3.port: 10.0.0.9:9100 already belongs to c",
			"devices.4.printer: a is no usable printer",
			"devices.6.drawer: the printer has 1 drawer connectors",
		]);
	});

	it("has no virtual devices where the composition root gives none", () => {
		const time = benchTime();
		expect(() => createDevices(VIRTUAL_TILL, PROFILES, drivers, time.services, time.services.listeners)).toThrow(
			/TILL-0702[\s\S]*devices\.1\.port/,
		);
	});
});
