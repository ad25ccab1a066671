import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UDEV_RULES_FILE, udevRules } from "../../scripts/generate-udev-rules.ts";
import { loadProfiles, PROFILE_DIRECTORY } from "../../src/devices/supervisor/load-profiles.ts";
import { REPOSITORY } from "./support/command.ts";
import { applyRules, parseRules, type UdevDevice } from "./support/udev-rules.ts";

const rules = parseRules(readFileSync(join(REPOSITORY, "systemd/udev/70-tilld.rules"), "utf8"));

const usbDevice = (idVendor: string, interfaces: string): UdevDevice => ({
	subsystem: "usb",
	kernel: "1-1",
	parents: [{ subsystem: "usb", driver: "usb" }],
	attributes: { idVendor, "power/control": "auto" },
	properties: { DEVTYPE: "usb_device", ID_USB_INTERFACES: interfaces },
});

const serialLine = (kernel: string, driver: string, vendor: string): UdevDevice => ({
	subsystem: "tty",
	kernel,
	parents: [
		{ subsystem: "usb-serial", driver },
		{ subsystem: "usb", driver },
		{ subsystem: "usb", driver: "usb" },
	],
	properties: { ID_VENDOR_ID: vendor, ID_SERIAL: "maker_model_1", ID_PATH: "platform-usb-0:1:1.0" },
});

const usbNode = (subsystem: string, kernel: string, vendor: string): UdevDevice => ({
	subsystem,
	kernel,
	parents: [{ subsystem: "usb", driver: "usbhid" }],
	properties: {
		ID_VENDOR_ID: vendor,
		ID_SERIAL: "maker_model_1",
		ID_PATH: "platform-usb-0:1:1.0",
		ID_USB_INTERFACE_NUM: "00",
	},
});

describe("70-tilld.rules", () => {
	it.each(["ftdi_sio", "pl2303", "ch341", "cp210x"])("gives serial adapters of %s to the till", (driver) => {
		const { group, mode, properties } = applyRules(rules, serialLine("ttyUSB0", driver, "1a86"));
		expect({ group, mode }).toEqual({ group: "tilld", mode: "0660" });
		expect(properties["ID_MM_PORT_IGNORE"]).toBe("1");
	});

	it.each([
		["option", "12d1"],
		["qcserial", "1199"],
		["cdc_acm", "1546"],
	])("leaves a modem (%s %s) to the network", (driver, vendor) => {
		const { group, properties } = applyRules(rules, serialLine("ttyUSB1", driver, vendor));
		expect(group).toBeUndefined();
		expect(properties["ID_MM_PORT_IGNORE"]).toBeUndefined();
		const device = applyRules(rules, usbDevice(vendor, ":ffffff:"));
		expect(device.group).toBeUndefined();
		expect(device.properties["ID_MM_DEVICE_IGNORE"]).toBeUndefined();
		expect(device.attributes["power/control"]).toBe("auto");
	});

	it("gives a scanner's and a display's USB serial line to the till", () => {
		expect(applyRules(rules, serialLine("ttyACM0", "cdc_acm", "05e0")).group).toBe("tilld");
		expect(applyRules(rules, serialLine("ttyACM1", "cdc_acm", "0d3a")).group).toBe("tilld");
	});

	it("knows the USB makers of the displays and scanners that have a profile, and keeps their devices awake", () => {
		const makers = new Set(
			[...loadProfiles([PROFILE_DIRECTORY]).values()]
				.filter(({ deviceClass }) => deviceClass !== "POSPrinter") // taken by class, whoever made the chip
				.flatMap(({ identity }) => identity.usb.map(({ vendorId }) => vendorId)),
		);
		expect(makers.size).toBeGreaterThan(0);
		for (const maker of makers) {
			const { group, properties, attributes } = applyRules(rules, usbDevice(maker, ":ffffff:"));
			expect({ maker, group }).toEqual({ maker, group: "tilld" });
			expect(properties["ID_MM_DEVICE_IGNORE"]).toBe("1");
			expect(attributes["power/control"]).toBe("on");
			expect(applyRules(rules, serialLine("ttyACM0", "cdc_acm", maker)).group).toBe("tilld");
		}
	});

	it("holds the makers and models of the profiles, as scripts/generate-udev-rules.ts writes them", () => {
		const text = readFileSync(UDEV_RULES_FILE, "utf8");
		expect(udevRules(text, [...loadProfiles([PROFILE_DIRECTORY]).values()])).toBe(text);
	});

	it("takes a model on a chip by its product, and leaves everything else on that chip alone", () => {
		const device = usbDevice("0416", ":ffffff:");
		const withProduct = (idProduct: string): UdevDevice => ({
			...device,
			attributes: { ...device.attributes, idProduct },
		});
		expect(applyRules(rules, withProduct("5011")).group).toBe("tilld");
		expect(applyRules(rules, withProduct("5012")).group).toBeUndefined();
		const line = serialLine("ttyACM0", "cdc_acm", "0416");
		const model = (ID_MODEL_ID: string): UdevDevice => ({ ...line, properties: { ...line.properties, ID_MODEL_ID } });
		expect(applyRules(rules, model("5011")).properties["ID_MM_PORT_IGNORE"]).toBe("1");
		expect(applyRules(rules, model("5012")).group).toBeUndefined();
	});

	it("takes in a maker that a new profile brings, wherever makers are listed", () => {
		const [profile] = [...loadProfiles([PROFILE_DIRECTORY]).values()].filter(
			({ deviceClass }) => deviceClass === "Scanner",
		);
		if (profile === undefined) throw new Error("no scanner profile");
		const added = { ...profile, vendor: "Newcomer", identity: { ...profile.identity, usb: [{ vendorId: "abcd" }] } };
		const fresh = parseRules(udevRules(readFileSync(UDEV_RULES_FILE, "utf8"), [added]));
		expect(applyRules(fresh, usbDevice("abcd", ":ffffff:")).group).toBe("tilld");
		expect(applyRules(fresh, serialLine("ttyACM0", "cdc_acm", "abcd")).group).toBe("tilld");
		expect(applyRules(fresh, usbNode("hidraw", "hidraw0", "abcd")).group).toBe("tilld");
	});

	it("takes a printer of an unknown maker by its class, under names that stay", () => {
		expect(applyRules(rules, usbDevice("6868", ":070102:")).group).toBe("tilld");
		const { group, links } = applyRules(rules, usbNode("usbmisc", "lp1", "6868"));
		expect(group).toBe("tilld");
		expect(links).toEqual(["tilld/printer-by-id/maker_model_1", "tilld/printer-by-path/platform-usb-0:1:1.0"]);
	});

	it("lets the till read HID scanners but no keyboard", () => {
		const scanner = applyRules(rules, usbNode("hidraw", "hidraw0", "0c2e"));
		expect(scanner.group).toBe("tilld");
		expect(scanner.links).toEqual([
			"tilld/scanner-by-id/maker_model_1-if00",
			"tilld/scanner-by-path/platform-usb-0:1:1.0",
		]);
		expect(applyRules(rules, usbNode("hidraw", "hidraw1", "046d")).group).toBeUndefined();
	});

	it("leaves a disk and a device that goes away alone", () => {
		expect(applyRules(rules, usbDevice("0781", ":080650:")).group).toBeUndefined();
		expect(applyRules(rules, { ...usbNode("usbmisc", "lp0", "04b8"), action: "remove" }).links).toEqual([]);
	});
});

describe("parseRules", () => {
	it.each([
		['SUBSYSTEM=="tty" GROUP="tilld"', /what is this/],
		['SUBSYSTEM="tty", GROUP="tilld"', /not to be used/],
		['GROUP=="tilld"', /not to be used/],
		['SUBSYSTEM=="tty"', /does nothing/],
		['GROUP="tilld", SUBSYSTEM=="tty"', /after it has acted/],
		['SUBSYSTEM=="tty", GOTO="nowhere"', /no label nowhere follows/],
		['LABEL="nobody"', /nothing goes to nobody/],
	])("refuses %s", (text, problem) => {
		expect(() => parseRules(text)).toThrow(problem);
	});
});
