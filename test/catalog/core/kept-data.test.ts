import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KEPT_BYTES_MAX, keptData, keptLink } from "../../../src/catalog/core/kept-data.ts";

const LONG = [
	{ ai: "01", value: "97038010001652" },
	{ ai: "240", value: "X".repeat(30) },
	{ ai: "21", value: "S".repeat(20) },
	{ ai: "10", value: "B".repeat(20) },
	{ ai: "17", value: "261130" },
	{ ai: "7003", value: "2611301345" },
	{ ai: "3103", value: "001250" },
	{ ai: "3932", value: `578${"9".repeat(15)}` },
];

const jsonBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

describe("what a ticket keeps of a read", () => {
	it("is all of it where it fits", () => {
		const data = `010703801000165910${"B".repeat(20)}\u001d17261130`;
		expect(keptData(data, LONG)).toBe(data);
	});

	it("is item, batch, expiry, serial, measure and price of a GS1 code that is too long, and they just fit", () => {
		const kept = keptData(`https://example.com/${"a".repeat(200)}`, LONG);
		expect(kept).toBe(
			`(01)97038010001652(10)${"B".repeat(20)}(17)261130(7003)2611301345(21)${"S".repeat(20)}(3103)001250` +
				`(3932)578${"9".repeat(15)}`,
		);
		expect(jsonBytes(kept)).toBe(KEPT_BYTES_MAX);
	});

	it("never has more bytes in a message than it may", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 300 }), (data) => {
				const kept = keptData(data, []);
				expect(jsonBytes(kept)).toBeLessThanOrEqual(KEPT_BYTES_MAX);
				expect(data.startsWith(kept)).toBe(true);
				if (jsonBytes(data) <= KEPT_BYTES_MAX) expect(kept).toBe(data);
			}),
		);
	});

	it("is a web address whole, unless it holds what no record may: a card number, or a terminal's command", () => {
		const elements = [
			{ ai: "01", value: "07038010001659" },
			{ ai: "10", value: "A1" },
		];
		const item = "https://example.com/01/07038010001659/10/A1";
		expect(keptLink(`${item}?linkType=all`, elements)).toBe(`${item}?linkType=all`);
		expect(keptLink(`${item}?pan=4111111111111111`, elements)).toBe("(01)07038010001659(10)A1");
		expect(keptLink(item.replace("example", "\u001b[2J"), elements)).toBe("(01)07038010001659(10)A1");
	});
});
