import { describe, expect, it } from "vitest";
import { cellsOf } from "../../../drivers/line-display/cells.ts";
import { DISPLAY_PROTOCOLS } from "../../../drivers/line-display/driver.ts";
import { DisplayInterpreter } from "../../../drivers/virtual/display-interpreter.ts";
import type { DisplayProfile } from "../../../src/devices/contract/profile.ts";
import { DISPLAY_PROFILES, displayProfile } from "../support/profiles.ts";

const EPSON = displayProfile("epson-dm-d110");
const CD5220 = displayProfile("generic-cd5220");

/** What a display of that profile shows, read back from the bytes; every answered command is taken to be confirmed. */
const shown = (profile: DisplayProfile, rows: readonly string[]): readonly string[] => {
	const display = new DisplayInterpreter(profile);
	const { initialise, show } = DISPLAY_PROTOCOLS[profile.driver];
	for (const { bytes } of [...initialise(profile, undefined), ...show(rows, profile)]) display.next(bytes);
	expect(display.violations).toEqual([]);
	expect(display.scrollCount).toBe(0);
	return display.rows;
};

const withPages = (...pages: DisplayProfile["codePages"]): DisplayProfile => ({ ...EPSON, codePages: pages });

describe("the letters of a display", () => {
	it.each([
		["epson-dm-d110", "Ærlig blåbærsyltetøy", "à 24,90 €"],
		["virtual-display", "Ærlig blåbærsyltetøy", "à 24,90 €"],
		["generic-cd5220", "Ærlig blåbærsyltetøy", "a 24,90 EUR"],
		["generic-utc", "Arlig blabarsyltetoy", "a 24,90 EUR"],
		["generic-utc-enhanced", "Arlig blabarsyltetoy", "a 24,90 EUR"],
		["generic-aedex", "Arlig blabarsyltetoy", "a 24,90 EUR"],
		["generic-adm787", "Arlig blabarsyltetoy", "a 24,90 EUR"],
		["generic-dsp800", "Arlig blabarsyltetoy", "a 24,90 EUR"],
	])("of %s are right or readable", (name, first, second) => {
		expect(shown(displayProfile(name), ["Ærlig blåbærsyltetøy", "à 24,90 €"])).toEqual([
			first.padEnd(20),
			second.padEnd(20),
		]);
	});

	it("are spelled out where there is room", () => {
		expect(shown(displayProfile("generic-utc"), ["Blåbær & ø", "½ Brød"])).toEqual([
			"Blaabaer & oe".padEnd(20),
			"1/2 Broed".padEnd(20),
		]);
	});

	it("never push a digit of the amount off the display, and never turn into one", () => {
		const rows = ["Blåbærsyltetøy  9,90", "½ Blåbærsyltet 19,90"];
		expect(shown(displayProfile("generic-utc"), rows)).toEqual(["Blabarsyltetoy  9,90", "? Blabarsyltet 19,90"]);
	});

	it("are in one code page for all of the display, the first that has them all", () => {
		const pages = withPages(
			{ slot: 0, encoding: "cp437" },
			{ slot: 5, encoding: "cp865" },
			{ slot: 19, encoding: "cp858" },
		);
		expect(cellsOf(["Melk", ""], pages).page.slot).toBe(0);
		expect(cellsOf(["Brød", ""], pages).page.slot).toBe(5);
		expect(cellsOf(["Brød", "24,90 €"], pages).page.slot).toBe(19);
	});

	it("are in the page that lacks the least where none has them all", () => {
		const pages = withPages({ slot: 0, encoding: "cp437" }, { slot: 5, encoding: "cp865" });
		expect(shown(pages, ["Ærlig brød 24,90 €", ""])[0]).toBe("Ærlig brød 24,90 EUR");
	});

	it.each([
		["DenmarkI", "ÆØÅæøå", "ÆØÅæøå"],
		["DenmarkII", "ÆØÅæøåÉéÜü", "ÆØÅæøåÉéÜü"],
		["Norway", "ÆØÅæøåÉéÜü", "ÆØÅæøåÉéÜü"],
		["Sweden", "ÄÖÅäöåÉéÜü", "ÄÖÅäöåÉéÜü"],
	] as const)("of the national set %s stand in place of brackets", (internationalSet, letters, expected) => {
		const profile: DisplayProfile = { ...withPages({ slot: 0, encoding: "ascii" }), internationalSet };
		expect(shown(profile, [letters, "[a]{b}|c\\"])).toEqual([expected.padEnd(20), "(a)(b)!c/".padEnd(20)]);
	});

	it("keep their national set when they are chosen anew, and one that a switch chose needs no command", () => {
		const byCommand = DISPLAY_PROTOCOLS["cd5220-display"].show(["ø"], CD5220);
		expect(Buffer.concat(byCommand.map(({ bytes }) => bytes)).includes("\u001bfD")).toBe(true);
		const bySwitch: DisplayProfile = { ...displayProfile("generic-aedex"), internationalSet: "Norway" };
		expect(shown(bySwitch, ["Ærlig brød"])[0]).toBe("Ærlig brød".padEnd(20));
	});

	it("hold a letter with its mark in one cell, and something for what no table has", () => {
		expect(shown(EPSON, ["A\u030Angstro\u0308m 😀 漢", ""])[0]).toBe("Ångström ? ?".padEnd(20));
	});
});

describe("the cells of a display", () => {
	it.each(DISPLAY_PROFILES)("of %s take two full rows", (_name, profile) => {
		const rows = ["A".repeat(profile.deviceColumns), "b".repeat(profile.deviceColumns)];
		expect(shown(profile, rows).slice(0, 2)).toEqual(rows);
	});

	it.each(DISPLAY_PROFILES)("of %s are all written, whatever the rows", (_name, profile) => {
		for (const rows of [[], [""], ["x".repeat(100)], ["a", "b", "c", "d", "e"]]) {
			const cells = cellsOf(rows, profile).rows;
			expect(cells.map((row) => row.length)).toEqual(
				Array.from({ length: profile.deviceRows }, () => profile.deviceColumns),
			);
		}
	});
});
