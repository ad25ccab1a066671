import { describe, expect, it } from "vitest";
import { scannerContract } from "../../contract/scanner.contract.ts";
import { HID_PORT, type HidScannerBench, hidScannerBench } from "../support/hid-scanner-bench.ts";
import { HIDDEN, NUMBERED, UNNUMBERED } from "../support/hid-scanner-models.ts";
import { scannerProfile } from "../support/profiles.ts";

const PROFILE = scannerProfile("generic-hid-pos-scanner");
const STARTED = { ...PROFILE, hidPos: { ...PROFILE.hidPos, startReport: "fe01" } };

const MILK = { aim: "]E0", symbology: "EAN13", data: "7038010001659" };
const LONG = { aim: "]Q1", symbology: "QRCode", data: "0123456789".repeat(30) };

scannerContract("HID-POS, numbered reports", hidScannerBench(NUMBERED, PROFILE));
scannerContract("HID-POS, reports without numbers", hidScannerBench(UNNUMBERED, PROFILE));
scannerContract("HID-POS, layout by its profile", hidScannerBench(HIDDEN, STARTED));

describe("a HID-POS scanner", () => {
	const opened = async (bench: Promise<HidScannerBench>): Promise<HidScannerBench> => {
		const made = await bench;
		made.device.open();
		return made;
	};
	const online = async (model = NUMBERED, profile = PROFILE): Promise<HidScannerBench> => {
		const bench = await opened(hidScannerBench(model, profile)());
		await bench.online();
		return bench;
	};

	it("gives line ends inside a code out as data, and takes off what is set behind it", async () => {
		const bench = await online();
		await bench.read({ ...LONG, data: "BEGIN:VCARD\r\nEND:VCARD\r\n" });
		expect(bench.time.scans.map(({ data }) => data)).toEqual(["BEGIN:VCARD\r\nEND:VCARD"]);
	});

	it("reads a label of exactly one report, and one byte more", async () => {
		const bench = await online();
		const labels = [55, 56, 57].map((length) => ({ ...LONG, data: "x".repeat(length) }));
		await bench.read(...labels);
		expect(bench.time.scans.map(({ data }) => data.length)).toEqual([55, 56, 57]);
	});

	it("says Unknown of a read whose identifier the scanner leaves empty", async () => {
		const bench = await online();
		await bench.read({ ...MILK, aim: "" });
		expect(bench.time.scans).toEqual([{ deviceId: "scanner", symbology: "Unknown", data: MILK.data }]);
	});

	it("drops damaged reports and counts them, and what was begun before them", async () => {
		const bench = await online();
		const [first = new Uint8Array(), second = new Uint8Array()] = NUMBERED.reports(LONG.aim, LONG.data);
		const tooMany = Buffer.from(second);
		tooMany.set([57], 1);
		bench.end.send([first, tooMany, first.subarray(0, 20)]);
		expect(bench.device.state()).toMatchObject({ power: "online", detail: expect.stringContaining("2 reports") });
		await bench.read(MILK);
		expect(bench.time.scans.map(({ data }) => data)).toEqual([MILK.data]);
		expect(bench.device.state().detail).toBeNull();
	});

	it("does not join a read to another code's when its last report was lost", async () => {
		const bench = await online();
		await bench.readHalf(LONG);
		await bench.read(MILK);
		expect(bench.time.scans.map(({ data }) => data)).toEqual([MILK.data]);
	});

	it("keeps what it has begun while reports of another kind come", async () => {
		const bench = await online();
		const reports = NUMBERED.reports(LONG.aim, LONG.data);
		bench.end.send(reports.flatMap((report) => [Uint8Array.of(9, 1, 2, 3), report]));
		expect(bench.time.scans.map(({ data }) => data)).toEqual([LONG.data]);
	});

	it("writes nothing to a scanner that has no beep", async () => {
		const bench = await online(HIDDEN, STARTED);
		bench.device.beepError();
		await new Promise((resolve) => setImmediate(resolve));
		expect([bench.end.written, bench.device.state().power]).toEqual([[], "online"]);
	});

	it("goes on with a scanner that refuses the beep that it describes, and does not ask it again", async () => {
		const bench = await online({ ...NUMBERED, outputLengths: new Map() });
		for (let refusal = 0; refusal < 3; refusal += 1) {
			bench.device.beepError();
			await new Promise((resolve) => setImmediate(resolve));
		}
		await bench.read(MILK);
		expect(bench.time.scans).toHaveLength(1);
		expect([bench.end.refusedCount, bench.end.openCount]).toEqual([1, 1]);
	});

	it("looks for a missing scanner at a bounded pace, and finds it when it comes", async () => {
		const made = await hidScannerBench(NUMBERED, PROFILE)();
		made.end.unplug();
		made.device.open();
		for (let second = 0; second < 120; second += 1) {
			made.time.timers.advance(500);
			await new Promise((resolve) => setImmediate(resolve));
		}
		expect(made.device.state()).toMatchObject({ power: "offline", detail: "HID 05e0:1300 is not plugged in" });
		expect(made.end.listedCount).toBeGreaterThan(8);
		expect(made.end.listedCount).toBeLessThan(20);
		made.end.plug();
		await made.online();
	});

	it.each([
		["is set to something else", [{ usagePage: 1, path: "/dev/hidraw7" }], "not set to USB HID-POS"],
		["has a twin", [{ path: "/dev/hidraw7" }, { path: "/dev/hidraw8" }], "say which by serialNumber"],
	])("is not opened while it %s, and says so", async (_, listed, detail) => {
		const made = await hidScannerBench(NUMBERED, PROFILE)();
		made.end.listed = listed.map((one) => ({ vendorId: 0x05e0, productId: 0x1300, usagePage: 0x8c, ...one }));
		made.device.open();
		await made.time.until(() => made.device.state().power === "offline");
		expect(made.device.state().detail).toContain(detail);
		expect(made.end.openCount).toBe(0);
	});

	it("is told from its twin by the serial number", async () => {
		const made = await hidScannerBench(NUMBERED, PROFILE, { ...HID_PORT, serialNumber: "A1" })();
		made.end.listed = [
			...made.end.listed,
			...made.end.listed.map((one) => ({ ...one, path: "/x", serialNumber: "B" })),
		];
		made.device.open();
		await made.online();
		await made.read(MILK);
		expect(made.time.scans).toHaveLength(1);
	});

	it("says why it cannot be opened, and opens when it can", async () => {
		const made = await hidScannerBench(NUMBERED, PROFILE)();
		made.end.refusal = "Failed to open a device with path '/dev/hidraw7': Permission denied";
		made.device.open();
		await made.time.until(() => made.device.state().power === "offline");
		expect(made.device.state().detail).toContain("Permission denied");
		made.end.refusal = null;
		await made.online();
	});

	it("gives the scanner back when it is closed while it is still being opened", async () => {
		const made = await hidScannerBench(NUMBERED, PROFILE)();
		made.device.open();
		await made.device.close();
		await new Promise((resolve) => setImmediate(resolve));
		expect([made.end.isOpen, made.device.state().power, made.time.timers.names()]).toEqual([false, "unknown", []]);
	});
});
