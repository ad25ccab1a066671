import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CodePage, encodingTable } from "../../../drivers/text/code-page.ts";
import { encodeText } from "../../../drivers/text/encode-text.ts";

const CP858: CodePage = { slot: 19, encoding: "cp858" };
const CP865: CodePage = { slot: 5, encoding: "cp865" };
const CP1252: CodePage = { slot: 16, encoding: "cp1252" };
const CP437: CodePage = { slot: 0, encoding: "cp437" };

/** The runs as slot and text, read back through the tables. */
const runs = (text: string, pages: readonly [CodePage, ...CodePage[]], current: CodePage = pages[0]) =>
	encodeText(text, pages, current).map(({ page, bytes }) => [
		page.slot,
		[...bytes].map((byte) => encodingTable(page.encoding).charOf[byte]).join(""),
	]);

describe("encodeText", () => {
	it("writes Nordic letters and the euro in one page that has them all", () => {
		expect(runs("Ærlig blåbærsyltetøy à 24,90 €", [CP858, CP437])).toEqual([[19, "Ærlig blåbærsyltetøy à 24,90 €"]]);
	});

	it("uses the bytes of the standard tables", () => {
		const bytes = (page: CodePage): string => encodeText("æøåÆØÅ", [page], page)[0]?.bytes.toString("hex") ?? "";
		expect(bytes(CP865)).toBe("919b86929d8f");
		expect(bytes(CP858)).toBe("919b86929d8f");
		expect(bytes(CP1252)).toBe("e6f8e5c6d8c5");
	});

	it("switches the page within a line where no page has it all", () => {
		expect(runs("Blåbær ½ 24,90 €!", [CP865, CP1252, CP437])).toEqual([[16, "Blåbær ½ 24,90 €!"]]);
		expect(runs("≥ 24,90 €", [CP437, CP1252])).toEqual([
			[0, "≥ 24,90 "],
			[16, "€"],
		]);
	});

	it("keeps the page in force while it serves, and goes back to the preferred one when it must", () => {
		expect(runs("abc", [CP858, CP437], CP437)).toEqual([[0, "abc"]]);
		expect(runs("ø", [CP858, CP437], CP437)).toEqual([[19, "ø"]]);
	});

	it("transliterates what no page has, and keeps the amount in its column", () => {
		const line = "Smørbrød          24,90";
		expect(runs(line, [CP437])).toEqual([[0, "Smoerbroed        24,90"]]);
		expect("Smoerbroed        24,90".length).toBe(line.length);
	});

	it.each([
		["24,90 €", "24,90 EUR"],
		["Škoda", "Skoda"],
		["日本", "??"],
		["“a” – b…", '"a" - b...'],
	])("transliterates %s to %s", (text, expected) => {
		expect(runs(text, [CP437])).toEqual([[0, expected]]);
	});

	// The line ends in the same column, whatever was replaced.
	it.each([
		["ascii", "AErlig blaabaersyltetoey a 24,90 EUR"],
		["cp437", "Ærlig blåbærsyltetoey à    24,90 EUR"],
		["cp850", "Ærlig blåbærsyltetøy à     24,90 EUR"],
		["cp852", "AErlig blaabaersyltetoey a 24,90 EUR"],
		["cp858", "Ærlig blåbærsyltetøy à       24,90 €"],
		["cp860", "AErlig blaabaersyltetoey à 24,90 EUR"],
		["cp863", "AErlig blaabaersyltetoey à 24,90 EUR"],
		["cp865", "Ærlig blåbærsyltetøy à     24,90 EUR"],
		["cp1250", "AErlig blaabaersyltetoey a   24,90 €"],
		["cp1252", "Ærlig blåbærsyltetøy à       24,90 €"],
		["iso885915", "Ærlig blåbærsyltetøy à       24,90 €"],
	] as const)("writes a line of 36 columns in %s alone", (encoding, expected) => {
		expect(runs("Ærlig blåbærsyltetøy à       24,90 €", [{ slot: 7, encoding }])).toEqual([[7, expected]]);
	});

	it("composes letters that came with a loose mark", () => {
		expect(runs("bla\u030abær", [CP858])).toEqual([[19, "blåbær"]]);
	});

	it("never lets a control character through: an item's name cannot kick the drawer", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => {
				const bytes = encodeText(`${text}\x1bp\x00\x19\x78`, [CP858, CP437], CP858).flatMap((run) => [...run.bytes]);
				expect(bytes.every((byte) => byte >= 0x20 && byte !== 0x7f)).toBe(true);
			}),
		);
	});

	it("drops nothing but what it must replace: every character of the pages comes back", () => {
		const chars = [CP858, CP865, CP1252, CP437].flatMap((page) => encodingTable(page.encoding).charOf).join("");
		const text = fc.string({ unit: fc.constantFrom(...new Set(chars.normalize("NFC"))) });
		fc.assert(
			fc.property(text, (sample) => {
				const clean = sample.normalize("NFC");
				fc.pre([...clean].every((char) => chars.includes(char)));
				const back = runs(clean, [CP858, CP865, CP1252, CP437])
					.map(([, part]) => part)
					.join("");
				expect(back).toBe(clean);
			}),
		);
	});
});
