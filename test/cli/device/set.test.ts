import { describe, expect, it } from "vitest";
import { bareBox } from "./support.ts";

describe("tillctl device set", () => {
	it("turns a drawer's switch round, sets a line and a profile, and keeps every other line", async () => {
		const box = bareBox();
		await box.device("add", "epson-tm-t88v", "/dev/ttyS0");
		await box.device("add", "--drawer-of", "printer");
		const before = box.text();
		expect((await box.device("set", "drawer", "--open-when", "low")).code).toBe(0);
		expect((await box.device("set", "printer", "--baud", "19200", "--profile", "generic-escpos-80mm")).code).toBe(0);
		const after = box.text();
		expect(after).toContain("openWhen: low");
		expect(after).toContain("baudRate: 19200");
		expect(after).toContain("profile: generic-escpos-80mm");
		expect(after.replace(/\n *openWhen: low/, "").replace(/, baudRate: 19200/, "")).toBe(
			before.replace("profile: epson-tm-t88v", "profile: generic-escpos-80mm"),
		);
	});

	it("writes nothing on a dry run, for a device that is not there, or a setting that the device has not", async () => {
		const box = bareBox();
		await box.device("add", "epson-tm-t88v", "192.168.1.50");
		const before = box.text();
		expect((await box.device("set", "printer", "--profile", "generic-escpos-58mm", "--dry-run")).out).toContain("+");
		expect((await box.device("set", "nobody", "--open-when", "low")).err).toContain("TILL-0735");
		expect((await box.device("set", "printer", "--open-when", "low")).code).toBe(1);
		expect((await box.device("set", "printer", "--baud", "9600")).code).toBe(1);
		expect((await box.device("set", "printer", "--profile", "no-such-model")).err).toContain("TILL-0720");
		expect((await box.device("set", "printer")).code).toBe(2);
		expect(box.text()).toBe(before);
	});
});
