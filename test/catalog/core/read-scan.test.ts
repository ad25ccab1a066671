import { describe, expect, it } from "vitest";
import { nationalTemplates } from "../../../src/catalog/core/in-store/national.ts";
import { templateOf } from "../../../src/catalog/core/in-store/template.ts";
import { readScan, type ScanMeaning } from "../../../src/catalog/core/read-scan.ts";
import { isRefusal, type Refusal } from "../../../src/events/refusal.ts";

const TEMPLATES = [...nationalTemplates("sweden"), ...nationalTemplates("denmark")].map(templateOf);

const read = (symbology: string, data: string): ScanMeaning | Refusal =>
	readScan({ symbology, data }, { templates: TEMPLATES, presentYear: 2026 });

const keysOf = (symbology: string, data: string): string[] | string => {
	const meaning = read(symbology, data);
	return isRefusal(meaning) ? meaning.code : meaning.candidates.map(({ key }) => key);
};

const MILK = "gtin:07038010001659";

describe("a read", () => {
	it.each<[string, string, string, string[] | string]>([
		["an EAN-13 (Tine milk)", "EAN13", "7038010001659", [MILK, "own:7038010001659"]],
		["the same without symbology", "Unknown", "7038010001659", [MILK, "own:7038010001659"]],
		["an EAN-13 with the issue of a magazine", "EAN13_S", "703801000165912", [MILK, "own:7038010001659"]],
		["an EAN-8", "EAN8", "96385074", ["gtin:00000096385074", "own:96385074"]],
		["a UPC-A", "UPCA", "036000291452", ["gtin:00036000291452", "own:036000291452"]],
		["a UPC-A that the scanner sends as EAN-13", "UPCA", "0036000291452", ["gtin:00036000291452", "own:0036000291452"]],
		["a UPC-E with both ends", "UPCE", "01234565", ["gtin:00012345000065", "own:01234565"]],
		["a UPC-E of six digits", "UPCE", "425261", ["gtin:00042100005264", "own:425261"]],
		["a UPC-E that the scanner expands", "UPCE", "042100005264", ["gtin:00042100005264", "own:042100005264"]],
		["an ITF-14", "ITF", "17038010001656", ["gtin:17038010001656", "own:17038010001656"]],
		["an own code, typed in small letters with blanks", "typed", " ab-1 ", ["own:AB-1"]],
		["a number with a GTIN's length that is none", "Code128", "10012346", ["own:10012346"]],
		["an own ITF code of eight digits, which promises no check digit", "ITF", "10012346", ["own:10012346"]],
		["a misread EAN-13", "EAN13", "7038010001658", "TILL-0421"],
		["a misread EAN-8", "EAN8", "96385075", "TILL-0421"],
		["a misread UPC-A", "UPCA", "036000291453", "TILL-0421"],
		["a misread UPC-E", "UPCE", "01234566", "TILL-0421"],
		["a misread ITF-14", "ITF", "17038010001657", "TILL-0421"],
		["nothing", "typed", "  ", "TILL-0401"],
		["too much for an own code", "Code128", "A".repeat(49), "TILL-0401"],
		["more than any symbol holds", "QRCode", "A".repeat(5000), "TILL-0401"],
		["another web address", "QRCode", "https://example.com/menu", ["own:HTTPS://EXAMPLE.COM/MENU"]],
	])("%s", (_name, symbology, data, keys) => {
		expect(keysOf(symbology, data)).toEqual(keys);
	});

	it.each([
		["GS1 DataBar", "GS1DataBar", "0107038010001659"],
		["GS1 DataMatrix", "GS1DataMatrix", "010703801000165910A1\u001d17261130"],
		["a scanner that names no symbology, by its separator", "Unknown", "010703801000165910A1\u001d17261130"],
		["a scanner that names none, without a separator", "Unknown", "01070380100016593103001250"],
		["a Digital Link", "QRCode", "https://id.gs1.org/01/07038010001659/10/A1?17=261130"],
	])("of %s finds the same item as its EAN", (_name, symbology, data) => {
		expect(keysOf(symbology, data)[0]).toBe(MILK);
	});

	it("of GS1 has batch, serial and expiry", () => {
		expect(read("GS1DataMatrix", "010703801000165921S7\u001d10A1\u001d17261100\u001d")).toMatchObject({
			gtin: "07038010001659",
			batch: "A1",
			serial: "S7",
			expiresAt: "2026-11-30T23:59:59",
			kept: "010703801000165921S7\u001d10A1\u001d17261100\u001d",
		});
	});

	it("expires at the earlier of day and minute", () => {
		expect(read("GS1_128", "01070380100016591726113070032611301345")).toMatchObject({
			expiresAt: "2026-11-30T13:45:00",
		});
		expect(read("GS1_128", "01070380100016591726112970032611301345")).toMatchObject({
			expiresAt: "2026-11-29T23:59:59",
		});
	});

	it("of a GS1 code without an item, or with an unknown AI, is refused", () => {
		expect(read("GS1_128", "00370380100000000016")).toMatchObject({ code: "TILL-0421" });
		expect(read("GS1_128", "10A1")).toMatchObject({ code: "TILL-0427" });
		expect(read("GS1_128", "010703801000165905XYZ")).toMatchObject({ code: "TILL-0425", details: { ai: "05XY" } });
		expect(read("GS1_128", "010703801000165917261301")).toMatchObject({ code: "TILL-0426", details: { ai: "17" } });
	});
});

describe("what looks like a card number", () => {
	it.each(["4111111111111111", "5555555555554444", "371449635398431", "4222222222222"])(
		"%s is an own code until the catalog has been asked, and shown by nobody when the read is damaged",
		(number) => {
			expect(keysOf("typed", number)).toEqual([`own:${number}`]);
		},
	);

	it("stands in no text of a damaged read", () => {
		expect(read("EAN13", "4222222222222")).toMatchObject({ code: "TILL-0421", details: { code: "(13 digits)" } });
	});
});
