import { describe, expect, it } from "vitest";
import { DisplayInterpreter } from "../../../drivers/virtual/display-interpreter.ts";
import { DISPLAY_PROFILES, displayProfile } from "../support/profiles.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

/** A display of that model that was sent these bytes. */
const display = (model: string, ...texts: readonly string[]): DisplayInterpreter => {
	const interpreter = new DisplayInterpreter(displayProfile(model));
	for (const text of texts) interpreter.next(bytes(text));
	return interpreter;
};

const A = "A".repeat(20);
const B = "B".repeat(20);

describe("a strict display", () => {
	it.each([
		["epson-dm-d110", "\u001b@A\u0007"],
		["generic-cd5220", "\u001b\u0011A\u0007"],
		["generic-utc", "A\u0003"],
		["generic-utc-enhanced", "A"],
		["generic-aedex", "A"],
		["generic-adm787", "A\u0009"],
		["generic-dsp800", "A\u001b"],
	])("of %s does not know a byte that its language lacks", (model, text) => {
		expect(display(model, text).violations).toEqual([expect.stringMatching(/^unknown byte/)]);
	});

	it.each([
		["epson-dm-d110", "\u001bA\u0000"],
		["epson-dm-d110", "\u001f0\u0001"],
		["generic-cd5220", "\u001bt\u0005"],
		["generic-utc", "\u001buA"],
		["generic-utc-enhanced", "\u001buZ"],
		["generic-aedex", "!#7"],
		["generic-aedex", "!a"],
		["generic-dsp800", "\u0004\u0001Z"],
		["generic-dsp800", "\u0004A"],
	])("of %s does not know the command %j that its language lacks", (model, text) => {
		expect(display(model, text).violations[0]).toMatch(/^unknown command/);
	});

	it.each([
		["epson-dm-d110", "\u001f$\u0015\u0001"],
		["generic-cd5220", "\u001bl\u0001\u0003"],
		["generic-utc", "\u0010\u0028"],
		["generic-dsp800", "\u0004\u0001PY\u0017"],
	])("of %s has no cell beyond its own", (model, text) => {
		expect(display(model, text).violations).toHaveLength(1);
	});

	it.each([
		["epson-dm-d110", "\u001bt\u0000"],
		["generic-cd5220", ""],
		["generic-utc", ""],
	])("of %s scrolls behind the last cell unless overwriting was asked for", (model, letters) => {
		const scrolled = display(model, letters, A, B);
		expect(scrolled.scrollCount).toBe(1);
		expect(scrolled.rows).toEqual([B, " ".repeat(20)]);
	});

	it("of CD5220's string mode takes nothing but CLR", () => {
		const cd5220 = display("generic-cd5220", `\u001bQA${A}\r`, "\u001b\u0011");
		expect(cd5220.rows[0]).toBe(A);
		expect(cd5220.violations).toEqual(["a command in string mode"]);
		cd5220.next(bytes("\u000c\u001b\u0011B"));
		expect(cd5220.violations).toHaveLength(1);
		expect(cd5220.rows[0]).toBe("B".padEnd(20));
	});

	it.each([
		["generic-aedex", "!#1short\r"],
		["generic-utc-enhanced", "\u001buAshort\r"],
		["generic-aedex", `!#1${A}A\r`],
		["generic-aedex", `!#1${"A".repeat(60)}`],
		["generic-aedex", `!#1${"A".repeat(10)}!#12345678\r`],
	])("of %s wants rows that fill it: %j", (model, text) => {
		expect(display(model, text).violations[0]).toMatch(/^(a row|the attention code)/);
	});

	it("shows a letter of a page that nobody chose as unknown", () => {
		const epson = display("epson-dm-d110", "\u001f\u0001", "\u009b");
		expect(epson.violations).toEqual(["no letter 9b in ascii"]);
		epson.next(bytes("\u001bt\u0009"));
		expect(epson.violations).toContain("no code page in slot 9");
	});

	it("switches between UTC's modes", () => {
		const utc = display("generic-utc", "\u001bd", `\u001buB${B}\r`);
		expect(utc.rows).toEqual([" ".repeat(20), B]);
		utc.next(bytes("\u001b\u000f\r\u001fA"));
		expect(utc.rows).toEqual(["A".padEnd(20), " ".repeat(20)]);
		expect(utc.violations).toEqual([]);
	});

	it("of DSP800 answers every command, refuses what it cannot do, and does not answer text", () => {
		const dsp800 = new DisplayInterpreter(displayProfile("generic-dsp800"));
		const answers: number[] = [];
		dsp800.reply = (reply) => answers.push(...reply);
		dsp800.next(bytes("\u0004\u0001PE\u0017Hei"));
		expect(dsp800.rows[1]).toBe("Hei".padEnd(20));
		dsp800.next(bytes("\u0004\u0001CEF\u0017"));
		expect(dsp800.rows[1]).toBe("  i".padEnd(20));
		dsp800.next(bytes("\u0004\u0001CFE\u0017\u0004\u0001P1A"));
		expect(answers).toEqual([0x06, 0x06, 0x15, 0x15]);
	});

	it.each(DISPLAY_PROFILES)("of %s survives bytes without sense", (_name, profile) => {
		const interpreter = new DisplayInterpreter(profile);
		let state = 1;
		for (let count = 0; count < 20_000; count += 1) {
			state = (state * 48_271) % 0x7fffffff;
			interpreter.next(Buffer.of(state & 0xff));
		}
		expect(interpreter.rows.map((row) => [...row].length)).toEqual(
			Array.from({ length: profile.deviceRows }, () => profile.deviceColumns),
		);
	});
});
