import { describe, expect, it } from "vitest";
import { aimPrefixOf, parseRead } from "../../../drivers/scan-data/symbology.ts";

describe("parseRead", () => {
	it.each([
		["]E07038010001659", "EAN13", "7038010001659"],
		["]E00036000291452", "EAN13", "0036000291452"],
		["]E0036000291452", "UPCA", "036000291452"],
		["]E004252614", "UPCE", "04252614"],
		["]E0425261", "UPCE", "425261"],
		["]E112", "Other", "12"],
		["]E212345", "Other", "12345"],
		["]E3978020137962412345", "EAN13_S", "978020137962412345"],
		["]E457012345", "EAN8", "57012345"],
		["]C0ABC", "Code128", "ABC"],
		["]C10107038010001659", "GS1_128", "0107038010001659"],
		["]C2ABC", "Code128", "ABC"],
		["]C4=A9999", "Code128", "=A9999"],
		["]e00107038010001659", "GS1DataBar", "0107038010001659"],
		["]d1X", "DataMatrix", "X"],
		["]d2X", "GS1DataMatrix", "X"],
		["]d5X", "GS1DataMatrix", "X"],
		["]Q1X", "QRCode", "X"],
		["]Q3X", "GS1QRCode", "X"],
		["]Q4X", "GS1QRCode", "X"],
		["]J0X", "DotCode", "X"],
		["]J1X", "GS1DotCode", "X"],
		["]I0123456", "ITF", "123456"],
		["]I117038010001656", "ITF", "17038010001656"],
		["]A0X", "Code39", "X"],
		["]A7X", "Code39", "X"],
		["]F0A1A", "Codabar", "A1A"],
		["]G0X", "Code93", "X"],
		["]L0X", "PDF417", "X"],
		["]zCX", "Aztec", "X"],
		["]U0X", "Maxicode", "X"],
		["]X0X", "Other", "X"],
	])("takes the AIM prefix off %s", (text, symbology, data) => {
		expect(parseRead(text, true)).toEqual({ symbology, data });
	});

	it.each(["]E", "]", "[E0703", "]90703", "]EG703", "7038010001659"])(
		"leaves %s alone, which has no AIM prefix",
		(text) => {
			expect(parseRead(text, true)).toEqual({ symbology: "Unknown", data: text });
		},
	);

	it("takes nothing off where the scanner sends no prefix: ]C1 may be the label itself", () => {
		expect(parseRead("]C1ABC", false)).toEqual({ symbology: "Unknown", data: "]C1ABC" });
	});

	it("takes marks of the character set out of the data, and its doubled backslashes back, where there are marks", () => {
		expect(parseRead("]Q2\\000026https://x.example/a\\\\b", true).data).toBe("https://x.example/a\\b");
		expect(parseRead("]Q2a\\\\b", true).data).toBe("a\\\\b");
		expect(parseRead("]Q1\\000026x", true).data).toBe("\\000026x");
	});
});

describe("aimPrefixOf", () => {
	it.each([
		["EAN13", "7038010001659"],
		["EAN8", "57012345"],
		["UPCA", "036000291452"],
		["UPCE", "04252614"],
		["ITF", "17038010001656"],
		["Code128", "A"],
		["GS1_128", "0107038010001659"],
		["GS1DataBar", "0107038010001659"],
		["DataMatrix", "A"],
		["GS1DataMatrix", "0107038010001659"],
		["QRCode", "A"],
		["GS1QRCode", "0107038010001659"],
	])("gives a prefix that is read as %s", (symbology, data) => {
		expect(parseRead(aimPrefixOf(symbology) + data, true)).toEqual({ symbology, data });
	});

	it("gives the identifier that scanners send of a plain two-dimensional code", () => {
		expect([aimPrefixOf("QRCode"), aimPrefixOf("DataMatrix"), aimPrefixOf("Unknown")]).toEqual(["]Q1", "]d1", ""]);
	});
});
