import { describe, expect, it } from "vitest";
import { gtinKey } from "../../src/catalog/core/scan-code.ts";
import type { Stamp } from "../../src/events/stamp.ts";
import { SAME_ITEM_MS } from "../../src/till/recent-reads.ts";
import type { Outcome } from "../../src/till/till.ts";
import { refusalOf, TestTill, typesOf } from "../support/test-till.ts";
import { itemOf, stampAt } from "../support/ticket-fixture.ts";

const EAN = "7038010001659";
const LINK = `https://id.gs1.org/01/0${EAN}/10/A1?17=261130`;
const EXPIRED = `https://id.gs1.org/01/0${EAN}?17=261119`;

/** A till with the item, its day open; scans are so many milliseconds after the first one. */
const openTill = () => {
	const till = new TestTill();
	till.catalog.put("v1", [itemOf(), itemOf({ itemId: "Item B" })], {
		codes: { "Item A": EAN, "Item B": "96385074" },
	});
	till.openDay();
	const scan = (
		symbology: string,
		data: string,
		ms: number,
		fields: Partial<Stamp> & { deviceId?: string } = {},
	): Outcome => {
		const { deviceId = "scanner", ...stamp } = fields;
		const first = stampAt(60);
		return till.take(
			{ type: "Scanned", deviceId, symbology, data },
			{ ...first, utcMs: first.utcMs + ms, monotonicMs: first.monotonicMs + ms, ...stamp },
		);
	};
	const lineCount = (): number => till.till.state().ticket?.lines.length ?? 0;
	return { till, scan, lineCount };
};

describe("a pack with an EAN and a 2D code", () => {
	it.each([
		["EAN first", "EAN13", EAN, "QRCode", LINK],
		["2D first", "QRCode", LINK, "EAN13", EAN],
	])(
		"counts once when one scanner reads both at a time: %s; nothing is recorded, shown or beeped",
		(_name, ...codes) => {
			const { till, scan, lineCount } = openTill();
			scan(codes[0], codes[1], 0);
			const { state, head } = { state: till.till.state(), head: till.journal.head() };
			expect(scan(codes[2], codes[3], SAME_ITEM_MS)).toEqual({
				refusal: undefined,
				events: [],
				effects: [],
				hasMessages: false,
			});
			expect(till.till.state()).toBe(state);
			expect(till.journal.head()).toEqual(head);
			expect(lineCount()).toBe(1);
		},
	);

	it.each<[string, [string, string, number, object?][], number]>([
		[
			"one symbology twice is two packs",
			[
				["EAN13", EAN, 0],
				["EAN13", EAN, 10],
			],
			2,
		],
		[
			"both, twice, are two",
			[
				["EAN13", EAN, 0],
				["QRCode", LINK, 20],
				["EAN13", EAN, 90],
				["QRCode", LINK, 110],
			],
			2,
		],
		[
			"a code that was already counted is of the next pack",
			[
				["EAN13", EAN, 0],
				["QRCode", LINK, 20],
				["QRCode", LINK, 90],
			],
			2,
		],
		[
			"three symbologies of one pack are one",
			[
				["EAN13", EAN, 0],
				["QRCode", LINK, 20],
				["GS1DataMatrix", `010${EAN}`, 40],
			],
			1,
		],
		[
			"without the names of symbologies too",
			[
				["Unknown", EAN, 0],
				["Unknown", LINK, 20],
				["Unknown", EAN, 40],
			],
			2,
		],
		[
			"later is another pack",
			[
				["EAN13", EAN, 0],
				["QRCode", LINK, SAME_ITEM_MS + 1],
			],
			2,
		],
		[
			"the time runs from the first read",
			[
				["EAN13", EAN, 0],
				["QRCode", LINK, 100],
				["GS1_128", `010${EAN}`, 200],
			],
			2,
		],
		[
			"another scanner is another pack",
			[
				["EAN13", EAN, 0],
				["QRCode", LINK, 10, { deviceId: "hand" }],
			],
			2,
		],
		[
			"another boot is another time",
			[
				["EAN13", EAN, 0],
				["QRCode", LINK, 10, { bootId: "boot-2" }],
			],
			2,
		],
		[
			"another item between them changes nothing",
			[
				["EAN13", EAN, 0],
				["EAN8", "96385074", 20],
				["QRCode", LINK, 40],
			],
			2,
		],
	])("%s", (_name, scans, lines) => {
		const { scan, lineCount } = openTill();
		for (const [symbology, data, ms, fields] of scans) scan(symbology, data, ms, fields);
		expect(lineCount()).toBe(lines);
	});

	it("is not sold by its EAN when the 2D code said that it has expired", () => {
		const { scan, lineCount } = openTill();
		expect(refusalOf(scan("QRCode", EXPIRED, 0))).toBe("TILL-0428");
		expect(typesOf(scan("EAN13", EAN, 20))).toEqual([]);
		expect(lineCount()).toBe(0);
		expect(typesOf(scan("EAN13", EAN, 20 + SAME_ITEM_MS))).toContain("ItemSold");
	});

	it("that was sold by its EAN is still found out, with its line", () => {
		const { till, scan, lineCount } = openTill();
		scan("EAN13", EAN, 0);
		expect(scan("QRCode", EXPIRED, 20)).toMatchObject({
			refusal: { code: "TILL-0428", details: { item: "Item A", expiry: "2026-11-19", line: "1" } },
			effects: [{ effect: "DisplayText" }, { effect: "BeepError" }],
		});
		till.catalog.recalls = [{ key: gtinKey(EAN), batch: "A1", reason: "" }];
		scan("EAN13", EAN, 500);
		expect(scan("QRCode", LINK, 520).refusal).toMatchObject({ code: "TILL-0429", details: { batch: "A1", line: "2" } });
		expect(lineCount()).toBe(2);
	});

	it("is sold by its EAN when the 2D code was refused for itself alone", () => {
		const { scan } = openTill();
		expect(refusalOf(scan("GS1DataMatrix", `010${EAN}05X`, 0))).toBe("TILL-0425");
		expect(typesOf(scan("EAN13", EAN, 20))).toContain("ItemSold");
		expect(typesOf(scan("GS1DataMatrix", `010${EAN}3932840001000`, 40))).toEqual([]);
	});

	it("is counted after a read that could not be recorded", () => {
		const { till, scan, lineCount } = openTill();
		till.journal.failure = new Error("disk full");
		expect(() => scan("EAN13", EAN, 0)).toThrow("disk full");
		till.journal.failure = undefined;
		scan("QRCode", LINK, 20);
		expect(lineCount()).toBe(1);
	});
});
