import { describe, expect, it, onTestFinished } from "vitest";
import { LivePort } from "../../../drivers/transport/live-port.ts";
import { usbConnector } from "../../../drivers/transport/usb-connector.ts";
import { loadUsbLibrary } from "../../../drivers/transport/usb-library.ts";
import type { UsbAddress } from "../../../drivers/transport/usb-printer.ts";
import { createTimers } from "../../../src/runtime/node/timers.ts";
import { benchTime } from "../support/bench-time.ts";
import { type BusPrinter, type BusPrinterOptions, UsbBus } from "../support/usb-bus.ts";

const TM: UsbAddress = { vendorId: "04b8", productId: "0202" };

const portOn = (bus: UsbBus, wanted: UsbAddress = TM) => {
	const time = benchTime();
	const chunks: Uint8Array[] = [];
	const details: string[] = [];
	const port = new LivePort(
		usbConnector(wanted, createTimers(), () => Promise.resolve(bus.library)),
		{ onOpen: () => undefined, onData: (bytes) => chunks.push(bytes), onClose: (detail) => details.push(detail) },
		time.services,
	);
	onTestFinished(() => port.close());
	port.open();
	return { time, port, details, data: () => Buffer.concat(chunks) };
};

const opened = async (options: BusPrinterOptions = {}) => {
	const bus = new UsbBus();
	const printer = bus.plug(options);
	const bench = portOn(bus);
	await bench.time.until(() => bench.port.isOpen());
	onTestFinished(() => expect(printer.faults).toEqual([]));
	return { bus, printer, ...bench };
};

const job = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, at) => (at * 7) % 251));

/** What became of a wish to open the port while it goes on trying. */
const refusal = async (bus: UsbBus, wanted: UsbAddress = TM): Promise<string> => {
	const { time, details, port } = portOn(bus, wanted);
	await time.until(() => details.length > 0);
	await port.close();
	return details[0] ?? "";
};

const wellBehaved = (...printers: readonly BusPrinter[]): void => {
	expect(printers.flatMap(({ faults }) => faults)).toEqual([]);
};

describe("a USB printer through libusb", () => {
	it("carries every byte both ways", async () => {
		const { port, printer, data, time } = await opened();
		const bytes = job(10_000);
		expect(await port.write(bytes)).toEqual({ outcome: "written" });
		expect(printer.received().equals(bytes)).toBe(true);
		for (const reply of [job(500), Buffer.of(), job(3)]) printer.send(reply);
		await time.until(() => data().length === 503);
		expect(data()).toEqual(Buffer.concat([job(500), job(3)]));
	});

	it("sends the kernel's driver away while it is open and calls it back afterwards", async () => {
		const { port, printer, bus } = await opened();
		expect([printer.kernelDriver, printer.isClaimed]).toEqual([false, true]);
		await port.close();
		expect([printer.kernelDriver, printer.isClaimed]).toEqual([true, false]);
		expect(bus.listenerCount).toBe(0);
	});

	it("goes on with the rest where a time-out cut a transfer, and sends no byte twice", async () => {
		const { port, printer, time } = await opened();
		printer.pause();
		const bytes = job(1_000);
		const outcome = port.write(bytes);
		await time.until(() => printer.waiting[0] === 1);
		printer.takePart(300);
		printer.timeOut();
		await time.until(() => printer.waiting[0] === 1);
		printer.timeOut();
		await time.until(() => printer.waiting[0] === 1);
		printer.resume();
		expect(await outcome).toEqual({ outcome: "written" });
		expect(printer.received().equals(bytes)).toBe(true);
	});

	it("reads on after its time is up, and keeps what had come by then", async () => {
		const { printer, data, time } = await opened();
		await time.until(() => printer.waiting[1] === 1);
		printer.timeOut();
		await time.until(() => printer.waiting[1] === 1);
		printer.send(Buffer.of(0x16));
		await time.until(() => data().length === 1);
	});

	it("does not know of a job that the printer refused in the middle, and prints the next one", async () => {
		const { port, printer, time } = await opened();
		printer.pause();
		const refused = port.write(job(1_000));
		await time.until(() => printer.waiting[0] === 1);
		printer.takePart(64);
		printer.stall("out");
		expect(await refused).toEqual({ outcome: "unknown", detail: "LIBUSB_TRANSFER_STALL" });
		printer.resume();
		await time.pass(() => port.isOpen());
		expect(await port.write(Buffer.from("NEXT"))).toEqual({ outcome: "written" });
		expect(printer.received().subarray(64).toString()).toBe("NEXT");
	});

	it("is read again after it refused to answer", async () => {
		const { printer, data, time } = await opened();
		await time.until(() => printer.waiting[1] === 1);
		printer.stall("in");
		await time.until(() => printer.waiting[1] === 1);
		printer.send(Buffer.of(0x12));
		await time.until(() => data().length === 1);
	});

	it.each([
		["with replies", [2]],
		["without", [1]],
	])("is missed at once when it is unplugged, %s", async (_, protocols) => {
		const { bus, printer, port, details, time } = await opened({ protocols });
		bus.unplug(printer);
		await time.until(() => !port.isOpen());
		expect(details[0]).toContain("unplugged");
	});

	it("is back as soon as it is plugged in again, and gets nothing that was meant for before", async () => {
		const { bus, printer, port, time } = await opened();
		printer.pause();
		const broken = port.write(job(1_000));
		await time.until(() => printer.waiting[0] === 1);
		printer.takePart(10);
		bus.unplug(printer);
		expect((await broken).outcome).toBe("unknown");
		await time.until(() => bus.listenerCount === 1);
		const again = bus.plug();
		await time.until(() => port.isOpen());
		await port.write(Buffer.from("FRESH"));
		expect(again.received().toString()).toBe("FRESH");
		wellBehaved(again);
	});

	it("gives a stalled job up and takes its transfer back", async () => {
		const { port, printer, time } = await opened();
		printer.pause();
		const stalled = port.write(job(1_000));
		await time.until(() => printer.waiting[0] === 1);
		expect((await time.settled(stalled)).outcome).toBe("unknown");
		await time.pass(() => port.isOpen());
		printer.resume();
		await port.write(Buffer.from("FRESH"));
		expect(printer.received().toString()).toBe("FRESH");
	});

	it("is closed while a transfer is under way without harm", async () => {
		const { port, printer, time } = await opened();
		printer.pause();
		void port.write(job(1_000));
		await time.until(() => printer.waiting[0] === 1);
		await port.close();
		await time.until(() => !printer.isClaimed);
		expect(printer.waiting).toEqual([0, 0]);
	});

	it("uses the setting with replies where the interface has several", async () => {
		const { printer } = await opened({ protocols: [1, 3, 2] });
		expect(printer.setting).toBe(2);
	});

	it("serves a printer that is set to its maker's own class", async () => {
		const { port, printer } = await opened({ interfaceClass: 0xff, protocols: [0], kernelDriver: false });
		await port.write(Buffer.from("A"));
		expect(printer.received().toString()).toBe("A");
	});

	it("finds the one of two by its serial number, and leaves the other alone", async () => {
		const bus = new UsbBus();
		const [one, two] = [bus.plug({ serialNumber: "AAA1" }), bus.plug({ serialNumber: "BBB2" })];
		const { port, time } = portOn(bus, { ...TM, serialNumber: "BBB2" });
		await time.until(() => port.isOpen());
		expect([one.isClaimed, two.isClaimed]).toEqual([false, true]);
		wellBehaved(one, two);
	});

	it("says why it cannot be opened", async () => {
		const bus = new UsbBus();
		expect(await refusal(bus)).toBe("USB 04b8:0202 is not plugged in");
		const stranger = bus.plug({ interfaceClass: 3 });
		expect(await refusal(bus)).toBe("USB 04b8:0202 has no printer's interface");
		bus.unplug(stranger);
		const locked = bus.plug({ refusal: "LIBUSB_ERROR_ACCESS" });
		expect(await refusal(bus)).toContain("udev rules");
		expect(await refusal(bus, { ...TM, serialNumber: "X" })).toContain("udev rules");
		bus.plug({ serialNumber: "AAA1" });
		expect(await refusal(bus)).toContain("serialNumber must say which");
		expect(await refusal(bus, { ...TM, serialNumber: "BBB2" })).toContain("one has the serial number AAA1");
		expect(bus.listenerCount).toBe(0);
		wellBehaved(stranger, locked);
	});

	it("tells of a system without libusb, and goes on trying", async () => {
		const time = benchTime();
		const details: string[] = [];
		const port = new LivePort(
			usbConnector(TM, createTimers(), () => Promise.reject(new Error("libudev.so.1: cannot open shared object file"))),
			{ onOpen: () => undefined, onData: () => undefined, onClose: (detail) => details.push(detail) },
			time.services,
		);
		onTestFinished(() => port.close());
		port.open();
		await time.pass(() => details.length > 1);
		expect(details[0]).toContain("libudev");
	});
});

describe("the real libusb", () => {
	it("loads, lists and listens on a machine that may have no bus at all", async () => {
		const { getDeviceList, usb } = await loadUsbLibrary();
		expect(Array.isArray(getDeviceList())).toBe(true);
		const listener = (): void => undefined;
		usb.on("attach", listener);
		usb.off("attach", listener);
	});

	it("finds no printer of a maker that does not exist", async () => {
		const time = benchTime();
		const details: string[] = [];
		const port = new LivePort(
			usbConnector({ vendorId: "ffff", productId: "ffff" }, createTimers()),
			{ onOpen: () => undefined, onData: () => undefined, onClose: (detail) => details.push(detail) },
			time.services,
		);
		onTestFinished(() => port.close());
		port.open();
		await time.until(() => details.length > 0);
		expect(details).toEqual(["USB ffff:ffff is not plugged in"]);
	});
});
