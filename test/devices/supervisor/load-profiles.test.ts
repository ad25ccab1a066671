import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadProfiles, PROFILE_DIRECTORY } from "../../../src/devices/supervisor/load-profiles.ts";
import { Fault } from "../../../src/runtime/contract/fault.ts";
import { tempDir } from "../../support/temp-dir.ts";

const BASE = `
deviceClass: POSPrinter
driver: escpos
vendor: Base
model: Base
evidence: { level: unverified, source: a test }
identity: { byId: ["base*"] }
capabilities: { CapRecPapercut: true, CapRecBold: true, CapRecBarCode: true }
recLineChars: 48
codePages: [{ slot: 19, encoding: cp858 }, { slot: 0, encoding: cp437 }]
cut: { mode: partial, feedLines: 4 }
status: { asb: true, confirmation: gsr }
quirks: [{ id: base, why: because, source: a test }]
`;

const HEIR = `
deviceClass: POSPrinter
driver: escpos
vendor: Heir
model: Heir
evidence: { level: manual, source: a test }
`;

/** The profiles of a directory with these files. */
const load = (files: Readonly<Record<string, string>>) => {
	const directory = tempDir();
	for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
	return loadProfiles([directory]);
};

/** The problems that loading these files meets. */
const problemsOf = (files: Readonly<Record<string, string>>): readonly string[] => {
	try {
		load(files);
	} catch (thrown) {
		if (thrown instanceof Fault && thrown.code === "TILL-0701") return thrown.problems;
		throw thrown;
	}
	return [];
};

describe("loadProfiles", () => {
	it("loads what comes with the program", () => {
		const profiles = loadProfiles([PROFILE_DIRECTORY]);
		expect(profiles.get("epson-tm-t20iii")).toMatchObject({ vendor: "Epson", recLineChars: 48 });
		expect(profiles.size).toBeGreaterThanOrEqual(11);
	});

	it("merges what is inherited: own keys win, mappings item by item, lists whole, quirks added", () => {
		const heir = `${HEIR}
inherits: base
capabilities: { CapRecBarCode: false }
codePages: [{ slot: 5, encoding: cp865 }, { slot: 0, encoding: cp850 }]
cut: { mode: none }
status: { confirmation: written }
quirks: [{ id: heir, why: because, source: a test }]
`;
		expect(load({ "base.yaml": BASE, "heir.yaml": heir }).get("heir")).toMatchObject({
			vendor: "Heir",
			evidence: { level: "manual" },
			identity: { byId: [] },
			capabilities: { CapRecPapercut: true, CapRecBold: true, CapRecBarCode: false },
			recLineChars: 48,
			codePages: [
				{ slot: 5, encoding: "cp865" },
				{ slot: 0, encoding: "cp850" },
			],
			cut: { mode: "none", feedLines: 4 },
			status: { asb: true, confirmation: "written" },
			quirks: [{ id: "base" }, { id: "heir" }],
		});
	});

	it("lets an heir correct a quirk by its id, instead of telling both", () => {
		const heir = `${HEIR}inherits: base\nquirks: [{ id: base, why: not here, source: a test }]\n`;
		const quirks = load({ "base.yaml": BASE, "heir.yaml": heir }).get("heir")?.quirks;
		expect(quirks).toEqual([{ id: "base", why: "not here", source: "a test" }]);
	});

	it("inherits over several generations", () => {
		const child = `${HEIR}inherits: base\nrecLineChars: 42\n`;
		const grandchild = `${HEIR}inherits: child\n`;
		const profiles = load({ "base.yaml": BASE, "child.yaml": child, "grandchild.yaml": grandchild });
		expect(profiles.get("grandchild")).toMatchObject({ recLineChars: 42, status: { confirmation: "gsr" } });
	});

	it("refuses a circle, and names it", () => {
		const files = { "a.yaml": `${BASE}inherits: b\n`, "b.yaml": `${BASE}inherits: a\n` };
		expect(problemsOf(files)).toEqual([
			expect.stringMatching(/a\.yaml: inherits: a circle: a -> b -> a$/),
			expect.stringMatching(/b\.yaml: inherits: a circle: b -> a -> b$/),
		]);
	});

	it("tells all problems of all files at once, each with file and path", () => {
		const problems = problemsOf({
			"a.yaml": BASE.replace("recLineChars: 48", "recLineChars: 480"),
			"b.yaml": `${BASE}colour: red\n`,
			"c.yaml": `${HEIR}inherits: nobody\n`,
			"d.yaml": "just text",
			"e.yaml": "a: [1",
			"f.yaml": BASE.replace("slot: 19", "slot: 1900"),
			"g.yaml": `${HEIR}inherits: 7\n`,
		});
		expect(problems).toEqual([
			expect.stringMatching(/a\.yaml: recLineChars: .+/),
			expect.stringMatching(/b\.yaml: : .*colour/),
			expect.stringMatching(/c\.yaml: inherits: there is no usable profile nobody$/),
			expect.stringMatching(/d\.yaml: a profile is a mapping$/),
			expect.stringMatching(/e\.yaml: .+/),
			expect.stringMatching(/f\.yaml: codePages\.0\.slot: .+/),
			expect.stringMatching(/g\.yaml: inherits: is no name$/),
		]);
	});

	it("reads the wanted ones with what they inherit, and no other: a broken file that nobody uses stops nothing", () => {
		const directory = tempDir();
		const files = { "base.yaml": BASE, "heir.yaml": `${HEIR}inherits: base\n`, "broken.yaml": "a: [1" };
		for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
		expect([...loadProfiles([directory], ["heir", "nowhere"]).keys()]).toEqual(["heir"]);
		expect(() => loadProfiles([directory], ["heir", "broken"])).toThrow("broken.yaml");
	});

	it("takes of two profiles of one name the one in the later directory, which is the box's own", () => {
		const first = tempDir();
		const second = tempDir();
		writeFileSync(join(first, "same.yaml"), BASE);
		writeFileSync(join(first, "heir.yaml"), `${HEIR}inherits: same\n`);
		writeFileSync(join(second, "same.yaml"), BASE.replace("recLineChars: 48", "recLineChars: 42"));
		const profiles = loadProfiles([first, second]);
		expect(profiles.get("same")).toMatchObject({ recLineChars: 42 });
		expect(profiles.get("heir")).toMatchObject({ recLineChars: 42 });
	});

	it("refuses a directory that is not there", () => {
		expect(() => loadProfiles([join(tempDir(), "missing")])).toThrow(/TILL-0701[\s\S]*ENOENT/);
	});
});
