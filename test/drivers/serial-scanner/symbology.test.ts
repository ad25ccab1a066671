import { describe, expect, it } from "vitest";
import { aimPrefixOf, parseRead } from "../../../drivers/serial-scanner/symbology.ts";

describe("parseRead", () => {
	it.each([
		["]E07038010001659", "EAN13", "7038010001659"],
		["]E0036000291452", "UPCA", "036000291452"],
		["]E457012345", "EAN8", "57012345"],
		["]E3978020137962412345", "EAN13_S", "978020137962412345"],
		["]C0ABC", "Code128", "ABC"],
		["]C10107038010001659", "GS1_128", "0107038010001659"],
		["]e00107038010001659", "GS1DataBar", "0107038010001659"],
		["]d1X", "DataMatrix", "X"],
		["]d2X", "GS1DataMatrix", "X"],
		["]Q1X", "QRCode", "X"],
		["]Q3X", "GS1QRCode", "X"],
		["]I0123456", "ITF", "123456"],
		["]A0X", "Code39", "X"],
		["]X0X", "Other", "X"],
	])("takes the AIM prefix off %s", (text, symbology, data) => {
		expect(parseRead(text, true)).toEqual({ symbology, data });
	});

	it.each(["]E", "]", "[E0703", "]90703", "7038010001659"])("leaves %s alone, which has no AIM prefix", (text) => {
		expect(parseRead(text, true)).toEqual({ symbology: "Unknown", data: text });
	});

	it("takes nothing off where the scanner sends no prefix: ]C1 may be the label itself", () => {
		expect(parseRead("]C1ABC", false)).toEqual({ symbology: "Unknown", data: "]C1ABC" });
	});
});

describe("aimPrefixOf", () => {
	it.each(["EAN13", "EAN8", "Code128", "GS1_128", "GS1DataBar", "DataMatrix", "GS1DataMatrix", "QRCode", "ITF"])(
		"gives a prefix that is read as %s",
		(symbology) => {
			expect(parseRead(`${aimPrefixOf(symbology)}1234567890128`, true)).toEqual({ symbology, data: "1234567890128" });
		},
	);
});
