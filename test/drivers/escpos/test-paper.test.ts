import { describe, expect, it } from "vitest";
import { encodeJob } from "../../../drivers/escpos/encode-job.ts";
import { nordicLettersOf, testPaper } from "../../../drivers/escpos/test-paper.ts";
import { encodingTable } from "../../../drivers/text/code-page.ts";
import { PRINTER_PROFILES, printerProfile } from "../support/profiles.ts";
import { interpret } from "../support/receipt.ts";

describe.each(PRINTER_PROFILES)("the test print of %s", (name, profile) => {
	const acts = interpret(encodeJob(testPaper(profile, [`printer, ${name}`]), profile), profile);
	const lines = acts.flatMap((act) => (act.act === "line" ? [act.text] : []));

	it("is understood to the last byte, and says that it is no receipt", () => {
		expect(acts.filter((act) => act.act === "violation")).toEqual([]);
		expect(lines.join("\n")).toContain("ingen kvittering");
	});

	it("shows every character above 7F of every code page, below the number that selects it", () => {
		const paper = lines.join("");
		for (const { slot, encoding } of profile.codePages) {
			const letters = encodingTable(encoding).charOf.slice(0x80).join("");
			const [, below = ""] = paper.split(`ESC t ${slot} = ${encoding}`);
			expect({ slot, encoding, shown: below.includes(letters) }).toEqual({ slot, encoding, shown: true });
		}
	});
});

describe("the letters to compare", () => {
	it("are those that a page has", () => {
		expect(nordicLettersOf({ slot: 19, encoding: "cp858" })).toBe("æøå ÆØÅ äö ÄÖ éèüðþ €£§½");
		expect(nordicLettersOf({ slot: 0, encoding: "cp437" })).toBe("æå ÆÅ äö ÄÖ éèü £½");
		expect(nordicLettersOf({ slot: 0, encoding: "ascii" })).toBe("");
	});

	it("are printed by their own page though another has them too", () => {
		const profile = printerProfile("epson-tm-t88v");
		const [first, second] = profile.codePages;
		const job = encodeJob([{ kind: "text", text: "æ", slot: second?.slot ?? -1 }], profile);
		expect(first?.slot).not.toBe(second?.slot);
		expect(job.includes(Buffer.of(0x1b, 0x74, second?.slot ?? -1, 0x91))).toBe(true);
	});
});
