import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkProfiles, type ProfilesReport } from "../../../scripts/check-profiles/check-profiles.ts";
import { profileTable } from "../../../scripts/check-profiles/table.ts";
import { PROFILE_DIRECTORY } from "../../../src/devices/supervisor/load-profiles.ts";
import { tempDir } from "../../support/temp-dir.ts";

const GOLDEN = join(import.meta.dirname, "..", "..", "golden", "receipts");

const PRINTER = `
deviceClass: POSPrinter
driver: escpos
vendor: Acme
model: P-1
evidence: { level: unverified, source: a test }
capabilities: { CapRecPapercut: true }
recLineChars: 48
recLineWidth: 576
codePages: [{ slot: 19, encoding: cp858 }]
cut: { mode: partial, feedLines: 4 }
drawers: [{ pin: 2, onMs: 50, offMs: 250 }]
`;

const DISPLAY = `
deviceClass: LineDisplay
driver: epson-display
vendor: Acme
model: D-1
evidence: { level: unverified, source: a test }
codePages: [{ slot: 0, encoding: cp437 }]
`;

const aedex = (more = ""): string => `${DISPLAY.replace("epson-display", "aedex-display")}${more}\n`;
const dsp800 = (more = ""): string => `${DISPLAY.replace("epson-display", "dsp800-display")}${more}\n`;

const SCANNER = `
deviceClass: Scanner
driver: serial-scanner
vendor: Acme
model: S-1
evidence: { level: unverified, source: a test }
capabilities: {}
`;

/** The report over a directory with these files, whose golden receipts are just written. */
const check = (files: Readonly<Record<string, string>>): ProfilesReport => {
	const directory = tempDir();
	for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, `${name}.yaml`), text);
	return checkProfiles({ directories: [directory], goldenDirectory: tempDir(), update: true });
};

const problemsOf = (files: Readonly<Record<string, string>>): readonly string[] => check(files).problems;

describe("the profiles that come with the program", () => {
	it("hold every rule, and print as they always did", () => {
		const report = checkProfiles({ directories: [PROFILE_DIRECTORY], goldenDirectory: GOLDEN, update: false });
		expect(report.problems).toEqual([]);
		expect(report.profiles.length).toBeGreaterThanOrEqual(40);
	});

	it("stand in the table with their evidence and what they write otherwise", () => {
		const report = checkProfiles({ directories: [PROFILE_DIRECTORY], goldenDirectory: GOLDEN, update: false });
		const table = profileTable(report.profiles);
		expect(table).toMatch(/^epson-tm-t88v +POSPrinter +Epson +TM-T88V +42 +manual +19 cp858, 5 cp865, .*cp437$/m);
		expect(table).toMatch(/^generic-cd5220 +LineDisplay +Generic +CD5220 +2x20 +unverified +65 ascii +ä ö Ä Ö €$/m);
	});
});

describe("checkProfiles", () => {
	it("finds nothing in good ones", () => {
		const told = `${DISPLAY}quirks: [{ id: no-o, why: "ø and Ø are written oe", source: a test of it }]\n`;
		expect(problemsOf({ "acme-p-1": PRINTER, "acme-d-1": told, "acme-s-1-serial": SCANNER })).toEqual([]);
	});

	it.each([
		["a name of another model", "acme-p-2", PRINTER, /^acme-p-2\.yaml: name: .* not its vendor and model/],
		["a name that goes on", "acme-p-1-new", PRINTER, /name: .* not its vendor and model/],
		["a name in another case", "Acme-P-1", PRINTER, /name: .* not in kebab-case/],
		[
			"a manual without a page",
			"acme-p-1",
			PRINTER.replace("unverified, source: a", "manual, source: the guide's"),
			/"manual" names/,
		],
		[
			"a page of nothing",
			"acme-p-1",
			PRINTER.replace("unverified, source: a test", "manual, source: p 7"),
			/"manual" names/,
		],
		["a unit without a number", "acme-p-1", PRINTER.replace("unverified", "verified"), /"verified" names the unit/],
		[
			"process ids of which no source speaks",
			"acme-p-1",
			`${PRINTER}status: { asb: true, confirmation: processId }\n`,
			/processId without a source that names GS \( H/,
		],
		["a confirmation that nobody hears", "acme-p-1", `${PRINTER}status: { confirmation: gsr }\n`, /never asked/],
		[
			"a page number twice",
			"acme-p-1",
			PRINTER.replace("codePages: [", "codePages: [{ slot: 19, encoding: cp865 }, "),
			/codePages: slot 19 stands there twice/,
		],
		["no page with ø", "acme-p-1", PRINTER.replace("cp858", "cp437"), /codePages: no page has ø Ø/],
		["rows that a language cannot reach", "acme-d-1", aedex("deviceRows: 3"), /deviceRows: aedex-display reaches 2/],
		["cells that it cannot reach", "acme-d-1", dsp800("deviceColumns: 40"), /deviceColumns: dsp800.* 40 cells, not 80/],
		[
			"a brightness that it cannot set",
			"acme-d-1",
			aedex("capabilities: { CapBrightness: true }"),
			/CapBrightness: aedex-display has no command/,
		],
		[
			"code pages that it cannot choose",
			"acme-d-1",
			aedex().replace("}]", "}, { slot: 1, encoding: cp865 }]"),
			/codePages: aedex-display has no command/,
		],
		["UTC's mode elsewhere", "acme-d-1", aedex("utcMode: enhanced"), /utcMode: is UTC's/],
		["a display that does not say what it lacks", "acme-d-1", DISPLAY, /codePages: no page has ø Ø/],
		[
			"a cut without a cutter",
			"acme-p-1",
			PRINTER.replace("CapRecPapercut: true", "CapRecPapercut: false"),
			/cut\.mode/,
		],
		["a cutter without a cut", "acme-p-1", PRINTER.replace("partial", "none"), /cut\.mode: none/],
		["a width of fewer dots", "acme-p-1", PRINTER.replace("576", "384"), /recLineWidth: .* 8\.0 dots a character/],
		[
			"a coil that gets hot",
			"acme-p-1",
			PRINTER.replace("offMs: 250", "offMs: 150"),
			/drawers\.0\.offMs: the solenoid burns/,
		],
		[
			"two drawers on one pin",
			"acme-p-1",
			PRINTER.replace("drawers: [", "drawers: [{ pin: 2 }, "),
			/drawers: two on one pin/,
		],
		["codes of no kind", "acme-p-1", `${PRINTER}barCodeSymbologies: []\n`, /barCodeSymbologies: none/],
		[
			"a quirk whose source is nowhere",
			"acme-p-1",
			`${PRINTER}quirks: [{ id: odd, why: "it does that", source: internet }]\n`,
			/quirks: odd: source "internet"/,
		],
		[
			"a quirk that says nothing",
			"acme-p-1",
			`${PRINTER}quirks: [{ id: odd, why: odd, source: a test of it }]\n`,
			/quirks: odd: why is no sentence/,
		],
		[
			"a quirk twice",
			"acme-p-1",
			`${PRINTER}quirks: [${"{ id: odd, why: it does that, source: a test of it }, ".repeat(2)}]\n`,
			/quirks: odd stands there twice/,
		],
		["a read that never ends", "acme-s-1", `${SCANNER}suffix: none\n`, /suffix: none/],
		["seven bits alone", "acme-s-1", `${SCANNER}serial: { dataBits: 7 }\n`, /7 data bits without parity/],
		["an encoding that is none", "acme-p-1", PRINTER.replace("cp858", "cp999"), /codePages\.0\.encoding/],
	] as const)("finds %s", (_what, name, text, problem) => {
		expect(problemsOf({ [name]: text })).toContainEqual(expect.stringMatching(problem));
	});

	it("finds a line of heirs that nobody can follow", () => {
		const heir = (model: string, base: string): string =>
			`deviceClass: POSPrinter\ndriver: escpos\nvendor: Acme\nmodel: ${model}\ninherits: ${base}\nevidence: { level: unverified, source: a test }\n`;
		const files = {
			"acme-p-1": PRINTER,
			"acme-p-2": heir("P-2", "acme-p-1"),
			"acme-p-3": heir("P-3", "acme-p-2"),
			"acme-p-4": heir("P-4", "acme-p-3"),
		};
		expect(problemsOf(files)).toEqual([
			"acme-p-4.yaml: inherits: acme-p-4 -> acme-p-3 -> acme-p-2 -> acme-p-1 is more than 3 profiles",
		]);
	});

	it.each([
		["a USB id", '{ usb: [{ vendorId: "0001", productId: "0002" }] }', "USB id 0001:0002"],
		["a by-id pattern", '{ byId: ["usb-Acme*"] }', "by-id pattern usb-Acme*"],
		["a name of itself", '{ reportedModel: ["P one"] }', "reported model PONE"],
	])("finds %s that two claim", (_what, identity, claim) => {
		const one = `${PRINTER}identity: ${identity}\n`;
		const problems = problemsOf({ "acme-p-1": one, "acme-p-2": one.replace("model: P-1", "model: P-2") });
		expect(problems).toEqual([
			`acme-p-1.yaml: identity: ${claim} is claimed by acme-p-2 too`,
			`acme-p-2.yaml: identity: ${claim} is claimed by acme-p-1 too`,
		]);
	});

	it("lets a maker's models share the maker's USB id, and no other maker's", () => {
		const one = `${PRINTER}identity: { usb: [{ vendorId: "0001" }] }\n`;
		const second = one.replace("model: P-1", "model: P-2");
		expect(problemsOf({ "acme-p-1": one, "acme-p-2": second })).toEqual([]);
		const foreign = problemsOf({ "acme-p-1": one, "bolt-p-2": second.replace("Acme", "Bolt") });
		expect(foreign).toHaveLength(2);
		expect(foreign[0]).toMatch(/USB maker 0001 stands under several vendors/);
	});
});

describe("golden receipts", () => {
	it("are missed, told apart and written anew, and go with their profile", () => {
		const directories = [tempDir()];
		const goldenDirectory = tempDir();
		const path = join(directories[0] ?? "", "acme-p-1.yaml");
		writeFileSync(path, PRINTER);
		const run = (update = false): readonly string[] => checkProfiles({ directories, goldenDirectory, update }).problems;
		expect(run()).toEqual([expect.stringMatching(/^acme-p-1\.yaml: receipt: not the golden one/)]);
		expect(run(true)).toEqual([]);
		expect(run()).toEqual([]);
		expect(readFileSync(join(goldenDirectory, "acme-p-1.txt"), "utf8")).toContain("|Å BETALE");
		writeFileSync(path, PRINTER.replace("cp858", "cp865").replace("19", "5"));
		expect(run()).toEqual([expect.stringMatching(/not the golden one/)]);
		rmSync(path);
		writeFileSync(join(directories[0] ?? "", "acme-s-1.yaml"), SCANNER);
		expect(run()).toEqual(["acme-p-1.yaml: receipt: a golden receipt without a printer profile"]);
		expect(run(true)).toEqual([]);
		expect(readdirSync(goldenDirectory)).toEqual([]);
	});

	it("are not kept of a box's own profiles, which are checked beside those of the program", () => {
		const own = tempDir();
		const goldenDirectory = tempDir();
		cpSync(GOLDEN, goldenDirectory, { recursive: true });
		writeFileSync(join(own, "acme-p-1.yaml"), `${PRINTER}identity: { reportedModel: ["TM-T88V"] }\n`);
		const { problems, profiles } = checkProfiles({
			directories: [PROFILE_DIRECTORY, own],
			goldenDirectory,
			update: false,
		});
		expect(problems).toEqual([
			"epson-tm-t88v.yaml: identity: reported model TMT88V is claimed by acme-p-1 too",
			"acme-p-1.yaml: identity: reported model TMT88V is claimed by epson-tm-t88v too",
		]);
		expect(profiles.map(({ name }) => name)).toContain("acme-p-1");
		expect(existsSync(join(goldenDirectory, "acme-p-1.txt"))).toBe(false);
		rmSync(join(own, "acme-p-1.yaml"));
		cpSync(join(PROFILE_DIRECTORY, "hp-a779.yaml"), join(own, "hp-a779.yaml"));
		const replaced = checkProfiles({ directories: [PROFILE_DIRECTORY, own], goldenDirectory, update: false });
		expect(replaced.problems).toEqual([]);
	});
});
