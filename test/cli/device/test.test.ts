import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EmulatedPrinter } from "../../../drivers/virtual/emulated-printer.ts";
import type { PortConfig } from "../../../src/devices/contract/driver.ts";
import { conformanceReportSchema } from "../../../src/devices/provisioning/conformance-report.ts";
import { portText } from "../../../src/devices/provisioning/port-text.ts";
import { type FarEnd, serialFarEnd, tcpFarEnd } from "../../drivers/support/far-end.ts";
import { printerProfile } from "../../drivers/support/profiles.ts";
import { bareBox } from "./support.ts";

/** A printer with a drawer at the far end of a line: the drawer opens when it is pulsed, and its switch is read high then. */
const printerWithDrawer = (end: FarEnd): { port: PortConfig; lines: string[]; violations: string[] } => {
	const lines: string[] = [];
	const violations: string[] = [];
	const printer = new EmulatedPrinter(printerProfile("epson-tm-t88v"), (act) => {
		if (act.act === "line") lines.push(act.text);
		if (act.act === "violation") violations.push(act.detail);
		if (act.act === "pulse") printer.set({ drawerOpen: true });
	});
	printer.identity = { 65: "1.02", 66: "EPSON", 67: "TM-T88V" };
	printer.reply = (bytes) => end.send(bytes);
	end.onBytes = (bytes) => printer.receive(bytes);
	return { port: end.port, lines, violations };
};

const checksOf = (answer: Record<string, unknown>): string[] =>
	conformanceReportSchema.parse(answer).checks.map(({ check, result }) => `${check} ${result}`);

describe("tillctl device test, with no till running", () => {
	it("prints the test page, reads the drawer's switch, and files both as text and as JSON", async () => {
		const box = bareBox();
		const printer = printerWithDrawer(await tcpFarEnd());
		await box.device("add", "epson-tm-t88v", portText(printer.port));
		await box.device("add", "--drawer-of", "printer");
		const text = join(box.directory, "printer.txt");
		const json = join(box.directory, "printer.json");
		const { code, answer } = await box.deviceJson("test", "printer", "--yes", "--report", text, "--report", json);
		expect(code).toBe(0);
		expect(printer.violations).toEqual([]);
		expect(printer.lines.join("\n")).toContain("ingen kvittering");
		expect(printer.lines.join("\n")).toContain("epson-tm-t88v");
		expect(checksOf(answer).slice(0, 3)).toEqual(["online passed", "conditions passed", "print passed"]);
		expect(answer).toMatchObject({
			through: "port",
			verdict: "incomplete",
			reported: { maker: "EPSON", model: "TM-T88V", firmware: "1.02" },
			device: { profile: "epson-tm-t88v", evidence: { level: "manual" }, transport: "tcp" },
		});
		expect(JSON.parse(readFileSync(json, "utf8"))).toEqual(answer);
		const words = readFileSync(text, "utf8");
		expect(words).toContain("Epson TM-T88V");
		expect(words).toContain("says       EPSON, TM-T88V, 1.02");
		expect(words).not.toContain("127.0.0.1");
	});

	it("finds out which level of its switch means that the drawer is open, and reads it so once that is written", async () => {
		const box = bareBox();
		const printer = printerWithDrawer(await tcpFarEnd());
		await box.device("add", "epson-tm-t88v", portText(printer.port));
		await box.device("add", "--drawer-of", "printer");
		await box.device("add", "--drawer-of", "printer", "--open-when", "high", "--id", "known", "--connector", "2");
		expect((await box.device("test", "drawer", "--yes")).out).toMatch(/ok +sense .*device set DRAWER --open-when high/);
		const { out } = await box.device("test", "known", "--yes");
		// It stands open since the first pulse, and nobody shuts it.
		expect(out).toMatch(/not known +sense +open before the pulse, open after it/);
	});

	it("asks the person, and takes a no for what it is", async () => {
		const box = bareBox();
		await box.device("add", "epson-tm-t88v", portText(printerWithDrawer(await tcpFarEnd()).port));
		const questions: string[] = [];
		const { code, out } = await box.deviceWithPerson(
			(question) => {
				questions.push(question);
				return question.includes("cp865") ? "n" : questions.length === 1 ? "what?" : "y";
			},
			"test",
			"printer",
		);
		expect(code).toBe(5);
		expect(questions[0]).toBe(questions[1]);
		expect(questions.some((question) => question.includes('"ESC t 19 = cp858": does it read  æøå ÆØÅ'))).toBe(true);
		expect(out).toMatch(/FAILED +letters .*cp865.*the person said no/);
		expect(out).toContain("TILL-0726");
	});

	it("ends when the person ends it at a question, and writes no report", async () => {
		const box = bareBox();
		await box.device("add", "epson-tm-t88v", portText(printerWithDrawer(await tcpFarEnd()).port));
		const file = join(box.directory, "printer.txt");
		let asked = 0;
		const { code, err } = await box.deviceWithPerson(
			() => {
				asked += 1;
				return asked === 1 ? "y" : null;
			},
			"test",
			"printer",
			"--report",
			file,
		);
		expect({ code, asked }).toEqual({ code: 1, asked: 2 });
		expect(err).toContain("TILL-0738");
		expect(existsSync(file)).toBe(false);
	});

	it("says what is wrong with a device that is not there", async () => {
		const box = bareBox();
		await box.device("add", "epson-dm-d110", join(box.directory, "no-tty"));
		const { code, answer } = await box.deviceJson("test", "display", "--yes");
		expect(code).toBe(5);
		expect(checksOf(answer)).toEqual(["online failed"]);
	});

	it("waits for a scan, and writes nothing of it into the report", async () => {
		const box = bareBox();
		const end = await serialFarEnd();
		await box.device("add", "generic-serial-scanner", portText(end.port));
		const testing = box.deviceJson("test", "scanner", "--yes", "--timeout", "20");
		const again = setInterval(() => end.send(Buffer.from("7038010001659\r\n")), 200);
		const { code, answer } = await testing.finally(() => clearInterval(again));
		expect(code).toBe(0);
		expect(checksOf(answer)).toEqual(["online passed", "scan passed", "read notKnown"]);
		expect(JSON.stringify(answer)).not.toContain("7038010001659");
	});

	it("tries a device that no till.yaml names, on a box that is not filled in yet", async () => {
		const box = bareBox("version: 1\n");
		const printer = printerWithDrawer(await tcpFarEnd());
		const { code, answer } = await box.deviceJson(
			"test",
			"--profile",
			"epson-tm-t88v",
			"--port",
			portText(printer.port),
			"--yes",
		);
		expect(code).toBe(0);
		expect(answer).toMatchObject({ device: { id: "device", profile: "epson-tm-t88v" }, through: "port" });
		expect(printer.lines).toContain("epson-tm-t88v");
	});

	it.each([[[]], [["printer", "--port", "192.0.2.1", "--profile", "epson-tm-t88v"]], [["--port", "192.0.2.1"]]])(
		"does not understand %j",
		async (args) => {
			expect((await bareBox().device("test", ...args)).code).toBe(2);
		},
	);

	it("knows no device of another id", async () => {
		const { code, answer } = await bareBox().deviceJson("test", "kitchen");
		expect({ code, fault: answer["code"] }).toEqual({ code: 1, fault: "TILL-0735" });
	});
});
