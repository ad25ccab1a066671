import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../../src/config/load/load-config.ts";
import { tillConfigSchema } from "../../../src/config/schema/till-config.ts";
import { bareBox, filledIn } from "./support.ts";

const DS2208 = "/dev/serial/by-id/usb-Symbol_Technologies-if00";

describe("tillctl device add", () => {
	it("writes a device into till.yaml, keeps every other line and the old file, and says how it comes in force", async () => {
		const box = bareBox();
		chmodSync(box.file, 0o640);
		const { code, out } = await box.device("add", "epson-tm-t20iii", "192.0.2.10");
		expect(code).toBe(0);
		expect(out).toContain("systemctl restart tilld");
		expect(out).toContain("manual: from the maker's manual, not tried on a unit");
		expect(loadConfig(box.file, tillConfigSchema).devices).toEqual([
			{
				id: "printer",
				deviceClass: "POSPrinter",
				profile: "epson-tm-t20iii",
				port: { transport: "tcp", host: "192.0.2.10", port: 9100 },
			},
		]);
		expect(readFileSync(`${box.file}.bak`, "utf8")).toBe(filledIn());
		expect(statSync(box.file).mode & 0o777).toBe(0o640);
		const lines = ["id: printer", "  deviceClass: POSPrinter", "  profile: epson-tm-t20iii"];
		const item = `  - ${[...lines, "  port: { transport: tcp, host: 192.0.2.10 }"].join("\n  ")}\n`;
		expect(box.text().replace(item, "")).toBe(filledIn().replace("devices: [] #", "devices: #"));
	});

	it("finds ids that are free, and hangs drawers on a printer's connectors", async () => {
		const box = bareBox();
		await box.device("add", "epson-tm-t20iii", "192.0.2.10");
		await box.device("add", "--drawer-of", "printer");
		await box.device("add", "--drawer-of", "printer", "--connector", "2");
		await box.device("add", "zebra-ds2208-serial", DS2208);
		await box.device("add", "epson-dm-d110", "/dev/ttyS0", "--id", "pole");
		const ids = loadConfig(box.file, tillConfigSchema).devices.map((one) =>
			one.deviceClass === "CashDrawer" ? [one.id, one.printer, one.drawer] : [one.id, one.deviceClass],
		);
		expect(ids).toEqual([
			["printer", "POSPrinter"],
			["drawer", "printer", 0],
			["drawer-2", "printer", 1],
			["scanner", "Scanner"],
			["pole", "LineDisplay"],
		]);
	});

	it("puts a display into the line of a printer", async () => {
		const box = bareBox();
		await box.device("add", "epson-tm-t88v", "/dev/ttyS0");
		expect((await box.device("add", "epson-dm-d110", "--in-line-of", "printer")).code).toBe(0);
		expect(loadConfig(box.file, tillConfigSchema).devices[1]).toMatchObject({
			port: { transport: "shared", with: "printer" },
		});
	});

	it("shows with --dry-run what it would write, and writes nothing", async () => {
		const box = bareBox();
		const { code, answer } = await box.deviceJson("add", "epson-tm-t20iii", "192.0.2.10", "--dry-run");
		expect(code).toBe(0);
		expect(answer).toMatchObject({ written: false, device: { id: "printer" } });
		expect((answer["lines"] as { sign: string }[]).map(({ sign }) => sign).join("")).toBe("-+++++");
		expect(box.text()).toBe(filledIn());
		expect(existsSync(`${box.file}.bak`)).toBe(false);
	});

	it.each([
		["a port that is another device's", ["epson-tm-t20iii", "192.0.2.10"], "TILL-0702", "already belongs to printer"],
		["a profile that there is not", ["epson-tm-t99", "192.0.2.11"], "TILL-0720", "epson-tm-t20"],
		["an id that stands already", ["epson-dm-d110", "/dev/ttyS0", "--id", "printer"], "TILL-1003", "stands twice"],
		["a port that no driver of the model uses", ["virtual-printer", "192.0.2.12"], "TILL-0702", "serves"],
		["a drawer of no printer", ["--drawer-of", "kitchen"], "TILL-0735", '"problems":["printer"]'],
	])("refuses %s, and leaves the file as it was", async (_, args, fault, words) => {
		const box = bareBox();
		await box.device("add", "epson-tm-t20iii", "192.0.2.10");
		const before = box.text();
		const { code, answer } = await box.deviceJson("add", ...args);
		expect({ code, fault: answer["code"] }).toEqual({ code: 1, fault });
		expect(JSON.stringify(answer)).toContain(words);
		expect(box.text()).toBe(before);
	});

	it("refuses a second drawer on a connector, which one pulse would open with the first", async () => {
		const box = bareBox();
		await box.device("add", "epson-tm-t20iii", "192.0.2.10");
		await box.device("add", "--drawer-of", "printer");
		const { code, err } = await box.device("add", "--drawer-of", "printer");
		expect(code).toBe(1);
		expect(err).toContain("TILL-1003");
		expect(err).toContain("its connector is drawer's");
	});

	it("says what is wrong with the box's own profile, not that there is none", async () => {
		const box = bareBox();
		writeFileSync(box.file, `${box.text()}profileDirectory: ${box.directory}\n`);
		writeFileSync(join(box.directory, "shop-p80.yaml"), "inherits: generic-escpos-80mm\ncolums: 42\n");
		const { answer } = await box.deviceJson("add", "shop-p80", "192.0.2.10");
		expect(answer["code"]).toBe("TILL-0701");
		expect(JSON.stringify(answer["problems"])).toContain("colums");
	});

	it("tells names written like one that there is not, not those of every model", async () => {
		const { answer } = await bareBox().deviceJson("add", "epsom-tm-t88", "192.0.2.10");
		expect(answer["problems"]).toContain("epson-tm-t88v");
		expect(answer["problems"]).not.toContain("aures-ocd-100");
		const { answer: strange } = await bareBox().deviceJson("add", "kitchen-printer", "192.0.2.10");
		expect(strange["problems"]).toContain("aures-ocd-100");
	});

	it("refuses a file that is not filled in yet, with every problem of it", async () => {
		const text = readFileSync("systemd/examples/till.yaml", "utf8");
		const box = bareBox(text);
		const { code, err } = await box.device("add", "epson-tm-t20iii", "192.0.2.10");
		expect(code).toBe(1);
		expect(err).toContain("TILL-1003");
		expect(err).toContain("company.organisationNumber");
		expect(box.text()).toBe(text);
	});

	it.each([
		[[]],
		[["epson-tm-t20iii"]],
		[["epson-tm-t20iii", "no port"]],
		[["epson-tm-t20iii", "ttyUSB0"]],
		[["p", "h", "--drawer-of", "printer"]],
	])("does not understand %j", async (args) => {
		expect((await bareBox().device("add", ...args)).code).toBe(2);
	});
});

describe("tillctl device list", () => {
	it("says of each device its profile, how well that is known, its port, and that nothing runs", async () => {
		const box = bareBox();
		expect((await box.device("list")).out).toContain("No device is configured");
		await box.device("add", "generic-escpos-80mm", "192.0.2.10");
		await box.device("add", "--drawer-of", "printer");
		const { code, out } = await box.device("list");
		expect(code).toBe(0);
		expect(out).toContain("generic-escpos-80mm, unverified: neither tried nor found in a manual");
		expect(out).toContain("192.0.2.10:9100");
		expect(out).toContain("connector 1 of printer");
		expect(out).toContain("the service does not run");
	});
});
