import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDigit } from "../../src/catalog/core/gtin.ts";
import { nationalTemplates } from "../../src/catalog/core/in-store/national.ts";
import { templateOf } from "../../src/catalog/core/in-store/template.ts";
import type { CatalogItem } from "../../src/catalog/core/item.ts";
import { gtinKey, ownKey } from "../../src/catalog/core/scan-code.ts";
import type { TicketLine } from "../../src/events/ticket-document.ts";
import { amountOf } from "../../src/money/amount.ts";
import { quantityText } from "../../src/money/quantity.ts";
import { lineRows } from "../../src/receipt/display-rows.ts";
import { salesReceipt } from "../../src/receipt/sales-receipt.ts";
import { textsOf } from "../../src/receipt/texts/texts-of.ts";
import type { Outcome } from "../../src/till/till.ts";
import { refusalOf, TestTill, typesOf } from "../support/test-till.ts";
import { itemOf, stampAt } from "../support/ticket-fixture.ts";

const GS = "\u001d";
const code = (digits: string): string => `${digits}${checkDigit(digits)}`;

/** Cheese at 189.90 a kilogram, food VAT: its packs have a GTIN of variable measure, and the shop's own weight codes. */
const CHEESE = itemOf({
	itemId: "CHEESE",
	description: "Cheese",
	unit: "KG",
	unitText: "kg",
	unitDecimals: 3,
	price: { amountMinor: amountOf(18_990n), per: 1 },
	vatCode: "31",
});
const CHEESE_GTIN = code("9703801000001");
const CHEESE_ZEROED = code("231234560000");

/** Ham at 24.90 per 100 g, sold by the gram; its labels have a price. */
const HAM = itemOf({
	itemId: "HAM",
	description: "Ham",
	unit: "g",
	unitText: "g",
	price: { amountMinor: amountOf(2_490n), per: 100 },
	vatCode: "31",
});
const HAM_ZEROED = code("207777770000");

const openTill = (items: readonly Partial<CatalogItem>[] = []): TestTill => {
	const till = new TestTill({ inStoreTemplates: nationalTemplates("sweden").map(templateOf) });
	const others = items.map((fields) => itemOf(fields));
	const codes = { CHEESE: CHEESE_ZEROED, HAM: HAM_ZEROED, "Item A": "7038010001659" };
	till.catalog.put("v1", [itemOf(), CHEESE, HAM], { codes });
	till.catalog.put("v1", [CHEESE, ...others], { codes: { CHEESE: CHEESE_GTIN } });
	till.openDay();
	return till;
};

const scan = (till: TestTill, data: string, symbology = "GS1DataBar"): Outcome =>
	till.take({ type: "Scanned", deviceId: "scanner", symbology, data });

const lastLine = (till: TestTill): TicketLine => {
	const line = till.till.state().ticket?.lines.at(-1);
	if (line === undefined) throw new Error("nothing was sold");
	return line;
};

/** Quantity, gross, basis and origin of the line that a code makes. */
const sold = (data: string, items: readonly Partial<CatalogItem>[] = []): string => {
	const till = openTill(items);
	const { refusal } = scan(till, data);
	if (refusal !== undefined) return refusal.code;
	const { quantity, unit, gross, basis, price } = lastLine(till);
	return `${quantityText(quantity)} ${unit} ${gross} ${basis} ${price.source.origin}`;
};

describe("a weight in a code", () => {
	it.each<[string, string, string]>([
		["AI 3103", `01${CHEESE_GTIN}3103000385`, "0.385 KG 7311 unit catalog"],
		["AI 3102", `01${CHEESE_GTIN}3102000038`, "0.38 KG 7216 unit catalog"],
		["AI 3100", `01${CHEESE_GTIN}3100000002`, "2 KG 37980 unit catalog"],
		["an in-store code", code("231234560385"), "0.385 KG 7311 unit catalog"],
		["an in-store code of two decimals, item filed under another prefix", code("241234560385"), "TILL-0401"],
		["a Digital Link", `https://a.b/01/${CHEESE_GTIN}?3103=000385`, "0.385 KG 7311 unit catalog"],
		["AI 3105, more decimals than the unit has", `01${CHEESE_GTIN}3105000385`, "TILL-0430"],
		["AI 3105 with zeros at its end", `01${CHEESE_GTIN}3105038500`, "0.385 KG 7311 unit catalog"],
		["a volume", `01${CHEESE_GTIN}3153000385`, "TILL-0430"],
		["a count", `01${CHEESE_GTIN}305`, "TILL-0430"],
		["nothing", `01${CHEESE_GTIN}3103000000`, "TILL-0431"],
		["nothing in an in-store code", CHEESE_ZEROED, "TILL-0431"],
		["no measure at all beside a GTIN of variable measure", `01${CHEESE_GTIN}10A1`, "TILL-0431"],
	])("of %s", (_name, data, line) => {
		expect(sold(data)).toBe(line);
	});

	it.each<[string, string, number, string]>([
		["grams", "g", 0, "385 g"],
		["hectograms", "HG", 2, "3.85 HG"],
		["kilograms by UN/ECE's code", "KGM", 3, "0.385 KGM"],
		["whole hectograms, which it is not", "hg", 0, "TILL-0430"],
		["kilograms to one decimal, which it is not", "kg", 1, "TILL-0430"],
		["pieces", "Pcs", 0, "TILL-0430"],
	])("meets an item that is sold by %s", (_name, unit, unitDecimals, quantity) => {
		const item = { itemId: CHEESE_GTIN, unit, unitDecimals, price: { amountMinor: amountOf(10n), per: 1 } } as const;
		expect(sold(`01${CHEESE_GTIN}3103000385`, [item])).toMatch(new RegExp(`^${quantity}`));
	});

	it.each<[string, string, string]>([
		["length", `3112000250`, "2.5 M"],
		["area", `3142000250`, "2.5 M2"],
		["volume", `3152000250`, "2.5 L"],
		["cubic metres, of an item in litres", `3165000250`, "2.5 L"],
	])("may be a %s", (_name, measure, quantity) => {
		const unit = quantity.split(" ")[1] ?? "";
		const item = { itemId: CHEESE_GTIN, unit, unitDecimals: 2 };
		expect(sold(`01${CHEESE_GTIN}${measure}`, [item])).toMatch(new RegExp(`^${quantity} `));
	});

	it("that stands beside a GTIN of fixed measure is mere information on an item that is counted", () => {
		expect(sold("01070380100016593103000385")).toBe("1 Pcs 9995 unit catalog");
	});
});

describe("a price in a code of a GTIN of fixed measure", () => {
	it("is not believed of an item that is counted: anybody can print one", () => {
		expect(sold("010703801000165939220009900")).toBe("TILL-0430");
		expect(sold("https://a.b/01/07038010001659?3922=0000100")).toBe("TILL-0430");
	});
});

describe("a count in a code", () => {
	it("is the quantity of an item that is counted", () => {
		expect(sold("010703801000165930012")).toBe("12 Pcs 119940 unit catalog");
		expect(sold(`02070380100016593724`)).toBe("24 Pcs 239880 unit catalog");
		expect(sold(`02070380100016593724${GS}10A1`)).toBe("24 Pcs 239880 unit catalog");
		expect(sold("01070380100016593000000000")).toBe("TILL-0431");
	});
});

describe("a price in a code", () => {
	it.each<[string, string, string]>([
		// 73.19 / 0.249 a gram = 293.93...
		["an in-store code", code("207777777319"), "294 g 7319 extended label"],
		["AI 3922", `01${CHEESE_GTIN}39227319`, "0.385 KG 7319 extended label"],
		["AI 3921", `01${CHEESE_GTIN}3921732`, "0.385 KG 7320 extended label"],
		["AI 3924 with zeros at its end", `01${CHEESE_GTIN}3924731900`, "0.385 KG 7319 extended label"],
		["AI 3924 with parts of an øre", `01${CHEESE_GTIN}3924731901`, "TILL-0430"],
		["AI 3932 in Norwegian kroner", `01${CHEESE_GTIN}39325787319`, "0.385 KG 7319 extended label"],
		["AI 3932 in euros", `01${CHEESE_GTIN}39329787319`, "TILL-0406"],
		[
			"AI 3922 and the weight, which is then the quantity",
			`01${CHEESE_GTIN}310300040039227319`,
			"0.4 KG 7319 extended label",
		],
		[
			"AI 3922 and a weight with more decimals than the unit",
			`01${CHEESE_GTIN}310500038539227319`,
			"0.004 KG 7319 extended label",
		],
		["the smallest, of less than a gram's price", `01${CHEESE_GTIN}39221`, "0.001 KG 1 extended label"],
		["an in-store code, and the weight beside it", `010${code("207777777319")}3103000385`, "385 g 7319 extended label"],
		["an in-store code, and another one beside it", `010${code("207777777319")}39224999`, "201 g 4999 extended label"],
		["nothing", `01${CHEESE_GTIN}39220000`, "TILL-0431"],
		["nothing in an in-store code", HAM_ZEROED, "TILL-0431"],
		["more than there is", `01${CHEESE_GTIN}3920999999999999999`, "TILL-0403"],
		["more than a line's quantity", `01${CHEESE_GTIN}3920999999999`, "TILL-0403"],
	])("of %s", (_name, data, line) => {
		expect(sold(data)).toBe(line);
	});

	it("is one piece of an item without a price of its own", () => {
		const item = { itemId: CHEESE_GTIN, price: { amountMinor: amountOf(0n), per: 1 } } as const;
		expect(sold(`01${CHEESE_GTIN}39227319`, [item])).toBe("1 Pcs 7319 extended label");
	});

	it("has VAT in it, whatever the catalog's price has", () => {
		const item = { ...CHEESE, itemId: CHEESE_GTIN, includesVat: false };
		const till = openTill([item]);
		scan(till, `01${CHEESE_GTIN}392211500`);
		// 115.00 with 15 % is 100.00 without; of 189.90 that is 0.5266 kg.
		expect(lastLine(till)).toMatchObject({ gross: 11_500n, net: 10_000n, vat: 1_500n, extendedAmount: 10_000n });
		expect(quantityText(lastLine(till).quantity)).toBe("0.527");
		expect(typesOf(till.tender("card"))).toContain("TicketClosed");
	});

	it("is the line's amount to the øre, and its quantity the nearest the unit can say, for any price", () => {
		const price = fc.integer({ min: 1, max: 9_999 });
		fc.assert(
			fc.property(
				price,
				fc.integer({ min: 1, max: 99_999 }),
				fc.integer({ min: 0, max: 6 }),
				(minor, unitPrice, unitDecimals) => {
					const item = { ...HAM, unitDecimals, price: { amountMinor: amountOf(BigInt(unitPrice)), per: 100 } } as const;
					const till = new TestTill({ inStoreTemplates: nationalTemplates("sweden").map(templateOf) });
					till.catalog.put("v1", [item], { codes: { HAM: HAM_ZEROED } });
					till.openDay();
					scan(till, code(`20777777${minor.toString().padStart(4, "0")}`), "EAN13");
					const { gross, quantity } = lastLine(till);
					expect(gross).toBe(BigInt(minor));
					const step = 10n ** BigInt(6 - unitDecimals);
					expect(quantity % step).toBe(0n);
					// |quantity x unit price - amount x 100 x 10^6| is at most half a step's price, but for the least quantity.
					const off = quantity * BigInt(unitPrice) - BigInt(minor) * 100n * 1_000_000n;
					if (quantity > step) expect((off < 0n ? -off : off) * 2n).toBeLessThanOrEqual(step * BigInt(unitPrice));
				},
			),
		);
	});
});

describe("what a label sold", () => {
	it("stands on paper and display with the label's amount to the øre, and the till's sums hold", () => {
		const till = openTill();
		scan(till, code("231234560385"), "EAN13");
		scan(till, code("207777777319"), "EAN13");
		const closed = till.tender("mc").events.find((event) => event.type === "TicketClosed");
		if (closed === undefined) throw new Error("the ticket did not close");
		const style = {
			columns: 42,
			texts: textsOf("nb"),
			seller: { name: "A", organisationNumber: "999888777", vatRegistered: true, address: [], footer: [] },
		};
		const paper = salesReceipt(closed.document, style, false).flatMap((line) =>
			line.kind === "text" ? [line.text] : [],
		);
		expect(paper).toContain("Cheese 0,385 kg                      73,11");
		expect(paper).toContain("Ham 294 g                            73,19");
		expect(paper).toContain("Sum                                 146,30");
		const [first] = closed.document.lines;
		if (first === undefined) throw new Error("no line");
		expect(lineRows(first, first.gross, { columns: 20, currency: "NOK", texts: style.texts })[0]).toBe(
			"0,385 Cheese   73,11",
		);
	});

	it("is the sum of its labels, for any of them, and survives a replay", () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 10 }), (prices) => {
				const till = openTill();
				for (const price of prices) scan(till, code(`20777777${price.toString().padStart(4, "0")}`), "EAN13");
				const due = prices.reduce((total, price) => total + BigInt(price), 0n);
				const closed = till.tender("card").events.find((event) => event.type === "TicketClosed");
				expect(closed?.document.due).toBe(due);
				till.restart();
				expect(till.till.state().grandTotals.sales).toBe(due);
			}),
			{ numRuns: 30 },
		);
	});
});

describe("a code that may not be sold", () => {
	const refusals: readonly [string, string, string, Readonly<Record<string, string>>][] = [
		["an unknown AI", `010703801000165905`, "TILL-0425", { ai: "05" }],
		["a wrong value", `010703801000165917261131`, "TILL-0426", { ai: "17" }],
		["no item", `00${code("37038010000000001")}`, "TILL-0427", {}],
		["a day that is over", "010703801000165917261119", "TILL-0428", { item: "Item A", expiry: "2026-11-19" }],
		[
			"a minute that is over",
			"010703801000165970032611201759",
			"TILL-0428",
			{ item: "Item A", expiry: "2026-11-20T17:59:00" },
		],
		["a recalled batch", "010703801000165910l-42", "TILL-0429", { item: "Item A", batch: "L-42", reason: "glass" }],
		["a recalled item", "96385074", "TILL-0429", { item: "GONE" }],
		["a recalled own number", "BAD", "TILL-0429", { item: "BAD" }],
		["another code of an item whose number is recalled", "4006381333931", "TILL-0429", { item: "BAD" }],
		["an unfit label", `01${CHEESE_GTIN}3153000385`, "TILL-0430", { item: "CHEESE", unit: "KG", decimals: "3" }],
		["an empty label", `01${CHEESE_GTIN}3103000000`, "TILL-0431", { item: "CHEESE" }],
		["a card number", "4111111111111111", "TILL-0432", { length: "16" }],
		["a card number with blanks", "4111 1111 1111 1111", "TILL-0432", { length: "16" }],
		["the track of a card", "%B4111111111111111^DOE/JANE^2912101?", "TILL-0432", { length: "16" }],
		["a long text with a card number", `${"x".repeat(60)} 371449635398431`, "TILL-0432", { length: "15" }],
	];
	const prepared = (): TestTill => {
		const till = openTill([{ itemId: "BAD" }, { itemId: "GONE" }]);
		till.catalog.put("v1", [itemOf({ itemId: "GONE" })], { codes: { GONE: "96385074" } });
		till.catalog.put("v1", [itemOf({ itemId: "BAD" })], { codes: { BAD: "4006381333931" } });
		till.catalog.recalls = [
			{ key: gtinKey("7038010001659"), batch: "L-42", reason: "glass" },
			{ key: gtinKey("96385074"), batch: undefined, reason: "" },
			{ key: ownKey("BAD"), batch: undefined, reason: "" },
		];
		return till;
	};

	it.each(refusals)("for %s is refused, and nothing changes", (_name, data, code, details) => {
		const till = prepared();
		till.type("Item A");
		const { state, head } = { state: till.till.state(), head: till.journal.head() };
		const outcome = scan(till, data, /^[0-9]{16,}$/.test(data) && code !== "TILL-0432" ? "GS1_128" : "Unknown");
		expect(outcome.refusal).toMatchObject({ code, details });
		expect(Object.keys(outcome.refusal?.details ?? {})).toEqual(Object.keys(details));
		expect(outcome.effects.map(({ effect }) => effect)).toEqual(["DisplayText", "BeepError"]);
		expect(outcome.events).toEqual([]);
		expect(till.till.state()).toBe(state);
		expect(till.journal.head()).toEqual(head);
	});

	it("is refused when it is typed too", () => {
		for (const [, data, code] of refusals.slice(3))
			expect([data, refusalOf(prepared().type(data))]).toEqual([data, code]);
	});

	it("is not one whose time has not come, or whose batch nobody knows", () => {
		for (const data of [
			"010703801000165917261120",
			"010703801000165917261100",
			"010703801000165970032611201801",
			"010703801000165915200101",
			"010703801000165910L-43",
			"7038010001659",
		]) {
			expect([data, refusalOf(scan(prepared(), data, "GS1_128"))]).toEqual([data, ""]);
		}
	});

	it("expires with the local day, not with the one of Greenwich", () => {
		const at = (utcMs: number) => ({ ...stampAt(), utcMs, monotonicMs: 5_000 });
		const midnight = Date.UTC(2026, 10, 20, 23, 0, 0);
		const read = { type: "Scanned", deviceId: "s", symbology: "GS1_128", data: "010703801000165917261120" } as const;
		expect(refusalOf(prepared().take(read, at(midnight - 1)))).toBe("");
		expect(refusalOf(prepared().take(read, at(midnight)))).toBe("TILL-0428");
	});

	it("is a labelled pack with a typed quantity", () => {
		const till = openTill();
		expect(refusalOf(till.type(code("207777777319"), "3"))).toBe("TILL-0433");
		expect(refusalOf(till.type("HAM", "300"))).toBe("");
		expect(refusalOf(till.type(CHEESE_GTIN))).toBe("TILL-0431");
		expect(refusalOf(till.type(CHEESE_GTIN, "0.385"))).toBe("");
	});

	it("is a card number where a tender is typed: nobody is shown its digits", () => {
		const till = openTill();
		till.type("Item A");
		expect(till.tender("4111111111111111").refusal?.details["tender"]).toBe("(16 digits)");
		expect(till.tender("cash", "4111 1111 1111 1111").refusal?.details).toEqual({ amount: "(16 digits)" });
	});

	it("is no card number where the catalog knows it, or a check digit makes it a GTIN", () => {
		const gtin = Array.from({ length: 1000 }, (_, index) => code(`40063813${index.toString().padStart(4, "0")}`)).find(
			(candidate) => refusalOf(openTill().type(candidate)) === "TILL-0401" && luhn(candidate),
		);
		expect(gtin).toBeDefined();
		expect(refusalOf(openTill([{ itemId: "371449635398431" }]).type("371449635398431"))).toBe("");
	});
});

/** Luhn's sum, written down here apart from the program's. */
const luhn = (digits: string): boolean =>
	[...digits].reverse().reduce((total, digit, index) => {
		const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
		return total + (value > 9 ? value - 9 : value);
	}, 0) %
		10 ===
	0;
