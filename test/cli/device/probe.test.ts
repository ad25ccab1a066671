import { describe, expect, it } from "vitest";
import { EmulatedPrinter } from "../../../drivers/virtual/emulated-printer.ts";
import type { PortConfig } from "../../../src/devices/contract/driver.ts";
import { portText } from "../../../src/devices/provisioning/port-text.ts";
import { BoxTree } from "../../devices/provisioning/support/box-tree.ts";
import { type FarEnd, serialFarEnd, tcpFarEnd } from "../../drivers/support/far-end.ts";
import { printerProfile } from "../../drivers/support/profiles.ts";
import { bareBox } from "./support.ts";

/** A printer at the far end of a line. */
const printerAt = (end: FarEnd, identity: EmulatedPrinter["identity"]): PortConfig => {
	const printer = new EmulatedPrinter(printerProfile("epson-tm-t20iii"), () => undefined);
	printer.identity = identity;
	printer.reply = (bytes) => end.send(bytes);
	end.onBytes = (bytes) => printer.receive(bytes);
	return end.port;
};

describe("tillctl device probe", () => {
	it.each([
		["the network", tcpFarEnd],
		["a serial line", serialFarEnd],
	])("asks a printer on %s who it is, and proposes its profile", async (_, farEnd) => {
		const box = bareBox();
		const port = portText(printerAt(await farEnd(), { 65: "1.02", 66: "EPSON", 67: "TM-T20III" }));
		const { code, answer } = await box.deviceJson("probe", port);
		expect(code).toBe(0);
		expect(answer).toMatchObject({
			outcome: "identified",
			identity: { maker: "EPSON", model: "TM-T20III", firmware: "1.02", dleEotAnswers: 4, asb: true },
			proposals: [{ profile: "epson-tm-t20iii", because: "reportedModel" }],
		});
		const { out } = await box.device("probe", port);
		expect(out).toContain(`Next: tillctl device add epson-tm-t20iii ${port}`);
		expect(out).toContain("whether a drawer hangs on it, nobody can say");
	});

	it("proposes the generic ones to a printer that says no name", async () => {
		const port = portText(printerAt(await tcpFarEnd(), {}));
		// Which of them it is depends on the paper: none is to be typed unseen.
		expect((await bareBox().device("probe", port)).out).toContain(`tillctl device add PROFILE ${port}`);
		const { answer } = await bareBox().deviceJson("probe", port);
		const proposals = answer["proposals"] as { profile: string; because: string }[];
		expect(proposals.length).toBeGreaterThan(0);
		for (const { profile, because } of proposals)
			expect({ profile, because }).toEqual({ profile: expect.stringMatching(/^generic-/), because: "escpos" });
	});

	it("says that a port cannot be had", async () => {
		const end = await tcpFarEnd();
		await end.unplug();
		const { code, answer } = await bareBox().deviceJson("probe", portText(end.port));
		expect({ code, fault: answer["code"] }).toEqual({ code: 1, fault: "TILL-0722" });
	});

	it("says that nothing answers as a printer does", async () => {
		const { code, answer } = await bareBox().deviceJson("probe", portText((await tcpFarEnd()).port));
		expect({ code, fault: answer["code"] }).toEqual({ code: 5, fault: "TILL-0723" });
	});

	it("sends a HID scanner nothing", async () => {
		const { code, answer } = await bareBox().deviceJson("probe", "hid:05e0:1300");
		expect({ code, outcome: answer["outcome"] }).toEqual({ code: 0, outcome: "notAsked" });
	});

	it("sends a scanner nothing: by its USB id it is no printer", async () => {
		const tree = new BoxTree();
		const name = "usb-Symbol_Technologies_Symbol_Bar_Code_Scanner-if00";
		tree.usbLine({ place: "1-1", vendorId: "05e0", productId: "1701" }, "ttyACM0", name);
		const { code, answer } = await bareBox().deviceJson("probe", "/dev/ttyACM0", "--root", tree.root);
		expect({ code, outcome: answer["outcome"] }).toEqual({ code: 0, outcome: "notAsked" });
	});
});
