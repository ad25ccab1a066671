import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TicketDocument } from "../../src/events/ticket-document.ts";
import type { ZReport } from "../../src/events/z-report.ts";
import { amountOf, negate } from "../../src/money/amount.ts";
import { closedRows, idleRows, leftRows, lineRows } from "../../src/receipt/display-rows.ts";
import { heading, type ReceiptElement, twoColumns } from "../../src/receipt/receipt-line.ts";
import { type ReceiptStyle, salesReceipt } from "../../src/receipt/sales-receipt.ts";
import type { Seller } from "../../src/receipt/seller.ts";
import { LANGUAGES } from "../../src/receipt/texts/texts.ts";
import { textsOf } from "../../src/receipt/texts/texts-of.ts";
import { zReportPaper } from "../../src/receipt/z-report-paper.ts";
import { TestTill } from "../support/test-till.ts";
import { itemOf } from "../support/ticket-fixture.ts";

const SELLER: Seller = {
	name: "Example Goods AS",
	organisationNumber: "999888777",
	vatRegistered: true,
	address: ["Storgata 1", "0155 Oslo"],
	footer: [],
};
const styleOf = (fields: Partial<ReceiptStyle> = {}): ReceiptStyle => ({
	columns: 42,
	texts: textsOf("en"),
	seller: SELLER,
	...fields,
});

const closing = (till: TestTill, tenderType: string, amount: string | null): TicketDocument => {
	const closed = till.tender(tenderType, amount).events.find((event) => event.type === "TicketClosed");
	if (closed === undefined) throw new Error("the ticket did not close");
	return closed.document;
};

/** The M3 document's ticket: receipt 123456, Item A at 99.95, Master Card 500.00. */
const M3_TICKET = ((): TicketDocument => {
	const till = new TestTill();
	till.catalog.put("v1", [itemOf()]);
	till.openDay();
	till.type("Item A");
	return closing(till, "mc", "500.00");
})();

const linesOf = (elements: readonly ReceiptElement[]): string[] =>
	elements.flatMap((element) => (element.kind === "text" ? [element.text] : []));
/** Runs of blanks are one: where a column stands depends on the paper. */
const plain = (elements: readonly ReceiptElement[]): string[] =>
	linesOf(elements).map((line) => line.trim().replaceAll(/ +/g, " "));

describe("the receipt of the M3 document", () => {
	it("says what the document's receipt says, in its order", () => {
		const lines = plain(salesReceipt(M3_TICKET, styleOf(), false));
		const wanted = [
			"Receipt No. 123456",
			"Item A 1 Pce 99.95",
			"Subtotal 99.95",
			"To pay 100.00",
			"Master Card 500.00",
			"Change back 400.00",
			"VAT 25% VAT 19.99",
		];
		expect(lines.filter((line) => wanted.includes(line))).toEqual(wanted);
	});

	it("is this, whole, in English", () => {
		expect(linesOf(salesReceipt(M3_TICKET, styleOf(), false)).join("\n")).toMatchInlineSnapshot(`
			"Sales receipt
			             Example Goods AS
			                Storgata 1
			                0155 Oslo
			          Org. no. 999888777 MVA
			------------------------------------------
			Receipt No. 123456
			Till OSLO1/1           2026-11-20 18:00:03
			Operator 1
			------------------------------------------
			Item A 1 Pce                         99.95
			------------------------------------------
			Subtotal                             99.95
			Rounding                              0.05
			To pay                              100.00
			Master Card                         500.00
			Change back                         400.00
			------------------------------------------
			VAT 25%                          VAT 19.99
			Net                                  79.96
			                Thank you"
		`);
	});

	it("has the decimal comma and the words of the language", () => {
		const lines = plain(salesReceipt(M3_TICKET, styleOf({ texts: textsOf("nb") }), false));
		expect(lines).toContain("Item A 1 Pce 99,95");
		expect(lines[0]).toBe("Salgskvittering");
		expect(lines.filter((line) => /[0-9]\.[0-9]/.test(line))).toEqual([]);
	});

	it("of a copy says so first, in double size", () => {
		const [first, second] = salesReceipt(M3_TICKET, styleOf(), true);
		expect(first).toEqual({ kind: "text", text: "COPY", bold: true, double: true });
		expect(second).toMatchObject({ text: "Sales receipt", double: true });
	});

	it.each<[TicketDocument["series"], string[]]>([
		["return", ["Return receipt"]],
		["delivery", ["Delivery receipt", "NOT A RECEIPT FOR", "PURCHASE"]],
		["training", ["Training receipt", "NOT A RECEIPT FOR", "PURCHASE"]],
	])("of the series %s says what it is and what not", (series, titles) => {
		const doubled = salesReceipt({ ...M3_TICKET, series }, styleOf({ columns: 40 }), false).filter(
			(element) => element.kind === "text" && element.double,
		);
		expect(linesOf(doubled)).toEqual(titles);
	});

	it("shows discounts below their line, money paid out, and what a country adds", () => {
		const [line] = M3_TICKET.lines;
		const [tender] = M3_TICKET.tenders;
		if (line === undefined || tender === undefined) throw new Error("no line");
		const discount = {
			reason: "staff",
			scope: "line" as const,
			given: "manual" as const,
			percentage: null,
			amount: amountOf(1000n),
			approverId: null,
		};
		const lines = plain(
			salesReceipt(
				{
					...M3_TICKET,
					lines: [{ ...line, discounts: [discount] }],
					tenders: [{ ...tender, amount: negate(amountOf(9995n)) }],
					fiscal: {
						country: "NO",
						nr: 1,
						signature: "s",
						previousSignature: null,
						keyVersion: null,
						algorithm: null,
						printable: [{ caption: "Control", data: "AB12" }],
					},
				},
				styleOf(),
				false,
			),
		);
		expect(lines).toEqual(
			expect.arrayContaining(["Discount staff -10.00", "Paid out Master Card 99.95", "Control AB12"]),
		);
	});
});

const word = fc.stringMatching(/^[a-zæøå%-]{1,60}$/);
const sentence = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(" ").slice(0, 60));

describe("paper of 32 to 48 columns", () => {
	it("holds every line of any receipt and any Z, double size at half the columns", () => {
		fc.assert(
			fc.property(
				fc.record({
					columns: fc.integer({ min: 32, max: 48 }),
					language: fc.constantFrom(...LANGUAGES),
					name: sentence,
					address: fc.array(sentence, { maxLength: 4 }),
					footer: fc.array(sentence, { maxLength: 3 }),
					description: sentence.map((text) => text.slice(0, 40)),
					price: fc.bigInt({ min: 1n, max: 9_000_000_000_000n }),
				}),
				({ columns, language, name, address, footer, description, price }) => {
					const till = new TestTill();
					till.catalog.put("v1", [
						itemOf({ itemId: "A", description, price: { amountMinor: amountOf(price), per: 1 } }),
					]);
					till.openDay();
					till.type("A", "999");
					const document = closing(till, "card", null);
					const report = till.closeDay().events.find((event) => event.type === "BusinessDayClosed")?.report;
					const style = styleOf({ columns, texts: textsOf(language), seller: { ...SELLER, name, address, footer } });
					const papers = [salesReceipt(document, style, true), zReportPaper(report as ZReport, style)];
					for (const element of papers.flat()) {
						if (element.kind === "cut") continue;
						expect([...element.text].length, element.text).toBeLessThanOrEqual(
							element.double ? Math.floor(columns / 2) : columns,
						);
					}
					expect(papers.every((paper) => paper.at(-1)?.kind === "cut")).toBe(true);
				},
			),
			{ numRuns: 200 },
		);
	});

	it("keeps a quantity with its unit", () => {
		const line = twoColumns("Kjøttdeig av storfe fra Østfold 0,84\u00a0kg", "99,96", 36);
		expect(line.map(({ text }) => text)).toEqual(["Kjøttdeig av storfe fra Østfold", `${"0,84 kg".padEnd(31)}99,96`]);
	});

	it("loses no word: what does not fit goes onto a line of its own", () => {
		fc.assert(
			fc.property(sentence, fc.integer({ min: 8, max: 48 }), (text, columns) => {
				const both = linesOf(twoColumns(text, "123.45", columns));
				expect(both.join("").replaceAll(" ", "")).toBe(`${text} 123.45`.replaceAll(" ", ""));
				expect(both.at(-1)?.endsWith("123.45") && [...(both.at(-1) ?? "")].length === columns).toBe(true);
				expect(linesOf(heading(text, columns)).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
			}),
		);
	});
});

describe("a Z on paper", () => {
	it("says what the law asks for and where the chain stands", () => {
		const till = new TestTill();
		till.catalog.put("v1", [itemOf()]);
		till.openDay();
		till.type("Item A", "2");
		closing(till, "cash", "200");
		const report = till.closeDay().events.find((event) => event.type === "BusinessDayClosed")?.report;
		if (report === undefined) throw new Error("no report");
		expect(
			linesOf(zReportPaper(report, styleOf()))
				.join("\n")
				.replaceAll(report.head.sha256.slice(0, 32), "(head)")
				.replaceAll(report.head.sha256.slice(32), "(head)"),
		).toMatchInlineSnapshot(`
			"Z report 1
			             Example Goods AS
			                Storgata 1
			                0155 Oslo
			          Org. no. 999888777 MVA
			------------------------------------------
			Till                               OSLO1/1
			Business date                   2026-11-20
			Opened                 2026-11-20 18:00:01
			Closed                 2026-11-20 18:00:04
			Operator                                 1
			------------------------------------------
			Total cash sales                    199.90
			Net                                 159.92
			VAT                                  39.98
			Rounding                              0.10
			Sales receipts                           1
			Receipt numbers            123456 - 123456
			------------------------------------------
			Item groups
			  goods (1)                         199.90
			VAT 25% (199.90)                     39.98
			------------------------------------------
			Means of payment
			  Cash (1)                          200.00
			------------------------------------------
			Grand total sales                   199.90
			Grand total returns                   0.00
			Grand total net                     199.90
			------------------------------------------
			Journal head 10
			(head)
			(head)"
		`);
	});
});

describe("every figure in a language with the decimal comma", () => {
	it("has one, on receipts and on a Z, rates too", () => {
		const till = new TestTill();
		till.catalog.put("v1", [itemOf({ vatCode: "32", unitDecimals: 3 })]);
		till.openDay();
		till.type("Item A", "1.125");
		const document = closing(till, "cash", null);
		const report = till.closeDay().events.find((event) => event.type === "BusinessDayClosed")?.report;
		if (report === undefined) throw new Error("no report");
		const style = styleOf({ texts: textsOf("nb") });
		const lines = [...plain(salesReceipt(document, style, false)), ...plain(zReportPaper(report, style))];
		expect(lines.filter((line) => /[0-9]\.[0-9]/.test(line))).toEqual([]);
		expect(lines.filter((line) => line.includes("11,11%"))).toHaveLength(2);
	});
});

describe("the customer display", () => {
	const style = { columns: 20, currency: "NOK" as const, texts: textsOf("en") };

	it("shows line and sum, what is left, and what goes back, within its columns", () => {
		const [line] = M3_TICKET.lines;
		if (line === undefined) throw new Error("no line");
		expect(lineRows(line, amountOf(9995n), style)).toEqual(["Item A         99.95", "Total          99.95"]);
		const long = { ...line, description: "Strawberry jam, large", quantity: 2_500_000n as never };
		expect(lineRows(long, amountOf(9995n), style)[0]).toBe("2.5 Strawberry 99.95");
		expect(leftRows(amountOf(5995n), style)).toEqual(["Left to pay    59.95", ""]);
		expect(closedRows(amountOf(10_000n), amountOf(-40_000n), style)).toEqual([
			"To pay        100.00",
			"Change back   400.00",
		]);
		expect(idleRows(style)).toEqual(["Welcome", ""]);
	});

	it("never runs over, whatever the amount", () => {
		fc.assert(
			fc.property(
				fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
				fc.integer({ min: 8, max: 40 }),
				(amount, columns) => {
					for (const row of [
						...leftRows(amountOf(amount), { ...style, columns }),
						...closedRows(amountOf(amount), amountOf(amount), { ...style, columns }),
					]) {
						expect(row.length).toBeLessThanOrEqual(columns);
					}
				},
			),
		);
	});
});
