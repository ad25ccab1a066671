import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mappingSchema } from "../../../src/config/schema/relay-mapping.ts";
import type { RowSettings } from "../../../src/relay/m3/finding.ts";
import { ticketReference } from "../../../src/relay/m3/ticket-reference.ts";
import { type M3Row, type TicketMapping, ticketRows } from "../../../src/relay/m3/ticket-rows.ts";
import { OPS270MI } from "../../../src/sandbox/m3/metadata/ops270mi.ts";
import { FULL_MAPPING, m3Settings } from "../support/m3-world.ts";
import { type TestLine, type TestTender, type TestTicket, TestTill } from "../support/test-till.ts";

const MAPPING = mappingSchema.parse({
	...FULL_MAPPING,
	m3: {
		...FULL_MAPPING.m3,
		recordTypes: { deposit: { xrcd: "1000" }, tip: { xrcd: "1000", itemId: "TIP" }, fee: { xrcd: "1000" } },
		offsetPaymentMethod: "OFF",
	},
});

const mapped = (options: TestTicket, settings: Partial<RowSettings> = {}): TicketMapping => {
	const till = new TestTill(1);
	const key = { journalId: till.journalId, feedSeq: 7, journalOrdinal: 2 };
	return ticketRows({ ...key, ticket: till.document(options) }, { mapping: MAPPING, m3: m3Settings(), ...settings });
};

const rowsOf = (mapping: TicketMapping): readonly M3Row[] => {
	if (mapping.outcome !== "mapped") throw new Error(JSON.stringify(mapping));
	return mapping.ticket.rows;
};

const reasonsOf = (mapping: TicketMapping): string[] =>
	mapping.outcome === "waiting" ? mapping.findings.map(({ code, reason }) => `${code} ${reason}`) : [];

/** Øre of decimal text with two decimals, counted without the code under test. */
const minor = (text: string | undefined): bigint => {
	expect(text).toMatch(/^-?[0-9]+\.[0-9]{2}$/);
	return BigInt((text ?? "").replace(".", ""));
};

const sumOf = (rows: readonly M3Row[], value: (row: M3Row) => bigint): bigint =>
	rows.reduce((total, row) => total + value(row), 0n);

describe("a ticket as OPS270MI rows", () => {
	it("is the M3 document's sale, field by field", () => {
		const refe = "01TEST00000000000000000001/7";
		const common = {
			CONO: "100",
			DIVI: "AAA",
			WHLO: "001",
			ORNO: "T1000001",
			DLIX: "2",
			CUCD: "NOK",
			TRDT: "20261123",
			TRTM: "140509",
			REFE: refe,
		};
		expect(mapped({})).toEqual({
			outcome: "mapped",
			ticket: {
				cono: 100,
				divi: "AAA",
				acdt: "20261123",
				currency: "NOK",
				refe,
				rows: [
					{
						transaction: "AddSlsTicketLin",
						ponr: 1,
						record: {
							...common,
							PONR: "1",
							XRCD: "1000",
							CUNO: "CASH",
							CUAM: "79.96",
							ITNO: "Item A",
							ALUN: "Pcs",
							IVQA: "1",
							VTCD: "25",
							FVT1: "19.99",
							VTP1: "25",
						},
					},
					{
						transaction: "AddSlsTicketPay",
						ponr: 2,
						record: { ...common, PONR: "2", XRCD: "1990", CUAM: "500.00", PYCD: "MC" },
					},
					{
						transaction: "AddSlsTicketPay",
						ponr: 3,
						record: { ...common, PONR: "3", XRCD: "1990", CUAM: "-400.00", PYCD: "CSH" },
					},
					{
						transaction: "AddSlsTicketPay",
						ponr: 4,
						record: { ...common, PONR: "4", XRCD: "1990", CUAM: "-0.05", PYCD: "RND" },
					},
				],
			},
		});
	});

	it("signs a return as the tenant wants it, and pays it out either way", () => {
		const refund: TestTicket = {
			lines: [{ kind: "return", gross: -9995n, quantity: 2_500_000n }],
			tenders: [{ type: "cash", amount: -10000n }],
			rounding: 5n,
		};
		const [negative, paid, rounding] = rowsOf(mapped(refund));
		expect(negative?.record).toMatchObject({ XRCD: "1200", IVQA: "-2.5", CUAM: "-79.96", FVT1: "-19.99" });
		expect([paid?.record["CUAM"], rounding?.record["CUAM"]]).toEqual(["-100.00", "0.05"]);
		const [positive, same] = rowsOf(mapped(refund, { m3: m3Settings({ returnSign: "positive", cuam: "gross" }) }));
		expect(positive?.record).toMatchObject({ XRCD: "1200", IVQA: "2.5", CUAM: "99.95", FVT1: "19.99" });
		expect(same?.record["CUAM"]).toBe("-100.00");
	});

	it("gives a bottle's deposit back as a return", () => {
		const rows = rowsOf(mapped({ lines: [{ kind: "deposit", gross: -300n, percent: 0 }, { gross: 5000n }] }));
		expect(rows.map(({ record }) => `${record["XRCD"]} ${record["IVQA"] ?? record["PYCD"]} ${record["CUAM"]}`)).toEqual(
			["1200 -1 -3.00", "1000 1 40.00", "1990 MC 47.00"],
		);
	});

	it("pays invoices and gift cards with their own rows, and a return that pays an invoice by the offset method", () => {
		const rows = rowsOf(
			mapped({
				lines: [
					{ kind: "invoicePayment", gross: 10000n, percent: 0, itemId: null },
					{ kind: "return", gross: -10000n },
				],
				tenders: [],
			}),
		);
		expect(rows.map(({ record }) => `${record["XRCD"]} ${record["PYCD"] ?? "-"} ${record["CUAM"]}`)).toEqual([
			"4500 - 100.00",
			"1200 - -80.00",
			"4590 OFF 100.00",
			"1990 OFF -100.00",
		]);
		expect(rows[0]?.record["ITNO"]).toBeUndefined();
	});

	it("names everything that is missing at once", () => {
		const bare = mappingSchema.parse({ stores: FULL_MAPPING.stores });
		const ticket: TestTicket = {
			lines: [
				{ gross: 1000n },
				{ gross: 1000n, percent: 15, itemId: null },
				{ kind: "tip", gross: 500n, percent: 0, itemId: null },
			],
			tenders: [
				{ type: "mc", amount: 1000n },
				{ type: "vipps", amount: 1500n },
			],
		};
		expect(reasonsOf(mapped(ticket, { mapping: bare }))).toEqual([
			"RELAY-2104 VAT code 3 is not mapped",
			"RELAY-2104 VAT code 31 is not mapped",
			"RELAY-2106 line 2 (sale) has no item",
			"RELAY-2105 no record type for tip",
			"RELAY-2103 tender mc has no payment method",
			"RELAY-2103 tender vipps has no payment method",
		]);
	});

	it.each([
		["a store that is not mapped", { stores: {} }, {}, ["RELAY-2101 store S1 is not mapped"]],
		[
			"a till that its store does not name",
			{ stores: { S1: { ...FULL_MAPPING.stores["S1"], tills: ["T2"] } } },
			{},
			["RELAY-2102 till T1 is not among the tills of store S1"],
		],
		["a credit sale", {}, { settlement: "credit" }, ["RELAY-2107 credit sale"]],
		[
			"a customer number that M3 cannot hold",
			{},
			{ customerNo: "12345678901" },
			['RELAY-2109 CUNO "12345678901" has more than 10 characters'],
		],
		[
			"a negative gift card",
			{},
			{ lines: [{ kind: "giftCardIssue", gross: -100n, percent: 0 }] },
			["RELAY-2105 no record type for a negative giftCardIssue"],
		],
	] as const)("waits for %s", (_, change, ticket, reasons) => {
		const mapping = mappingSchema.parse({ ...MAPPING, ...change });
		expect(reasonsOf(mapped(ticket, { mapping }))).toEqual(reasons);
	});

	it("leaves credit sales to another system where that is said", () => {
		expect(mapped({ settlement: "credit" }, { m3: m3Settings({ creditSales: "elsewhere" }) })).toEqual({
			outcome: "elsewhere",
		});
	});

	it("has nothing to send of a ticket without lines and payments", () => {
		expect(mapped({ lines: [], tenders: [] })).toEqual({ outcome: "elsewhere" });
	});

	it("names a known customer, and no customer where none is set", () => {
		expect(rowsOf(mapped({ customerNo: "10001" }))[0]?.record["CUNO"]).toBe("10001");
		const store = mappingSchema.parse({
			...MAPPING,
			stores: { S1: { company: "a", cono: 100, divi: "AAA", whlo: "001" } },
		});
		expect(rowsOf(mapped({}, { mapping: store }))[0]?.record).not.toHaveProperty("CUNO");
	});

	it("sends a unit by the name that M3 has for it", () => {
		const mapping = mappingSchema.parse({ ...MAPPING, m3: { ...MAPPING.m3, units: { stk: "PCE" } } });
		const rows = rowsOf(
			mapped(
				{
					lines: [
						{ gross: 100n, unit: "stk" },
						{ gross: 100n, unit: "kg" },
					],
				},
				{ mapping },
			),
		);
		expect(rows.slice(0, 2).map(({ record }) => record["ALUN"])).toEqual(["PCE", "kg"]);
	});

	const line: fc.Arbitrary<TestLine> = fc.record({
		kind: fc.constantFrom("sale", "return", "deposit", "giftCardIssue", "invoicePayment", "tip"),
		gross: fc.bigInt(0n, 10_000_000n),
		percent: fc.constantFrom(0, 12, 15, 25),
		quantity: fc.bigInt(1n, 5_000_000n),
	});
	const signed = ({ kind, gross, percent, ...rest }: TestLine): TestLine => ({
		...rest,
		kind: kind ?? "sale",
		gross: kind === "return" ? -gross : gross,
		percent: kind === "giftCardIssue" || kind === "invoicePayment" ? 0 : (percent ?? 25),
	});

	it("always has payments equal to net and VAT of its lines, and fits M3's fields", () => {
		const lengths = new Map(
			OPS270MI.transactions.map(({ name, input }) => [name, new Map(input.map((field) => [field.name, field.length]))]),
		);
		fc.assert(
			fc.property(
				fc.array(line.map(signed), { minLength: 1, maxLength: 12 }),
				fc.array(fc.record({ type: fc.constantFrom("mc", "visa", "cash"), amount: fc.bigInt(1n, 5_000_000n) }), {
					maxLength: 3,
				}),
				fc.bigInt(-50n, 50n),
				fc.constantFrom("net", "gross"),
				fc.constantFrom("negative", "positive"),
				(lines, first, rounding, cuam, returnSign) => {
					const due = lines.reduce((total, { gross }) => total + gross, 0n);
					const paid = first.reduce((total, { amount }) => total + amount, 0n);
					const tenders: TestTender[] = [...first, { type: "cash", amount: due - paid - rounding }];
					const rows = rowsOf(mapped({ lines, tenders, rounding }, { m3: m3Settings({ cuam, returnSign }) }));
					const [goods, payments] = [
						rows.filter((row) => row.transaction === "AddSlsTicketLin"),
						rows.filter((row) => row.transaction === "AddSlsTicketPay"),
					];
					expect(goods).toHaveLength(lines.length);
					const gross = sumOf(goods, ({ record }) => {
						const vat = record["FVT1"] === undefined ? 0n : minor(record["FVT1"]);
						const amount = minor(record["CUAM"]) + (cuam === "net" ? vat : 0n);
						return record["XRCD"] === "1200" && returnSign === "positive" ? -amount : amount;
					});
					expect(sumOf(payments, ({ record }) => minor(record["CUAM"]))).toBe(gross);
					expect(gross).toBe(due);
					expect(rows.map(({ record }) => record["PONR"])).toEqual(rows.map((_, index) => String(index + 1)));
					for (const { transaction, record } of rows) {
						for (const [name, value] of Object.entries(record)) {
							expect(value.length).toBeGreaterThan(0);
							expect(value.length).toBeLessThanOrEqual(lengths.get(transaction)?.get(name) ?? 0);
						}
					}
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe("the reference of a ticket in M3", () => {
	const of = (series: "receipt" | "return" | "delivery", receiptNumber: number, ordinal = 1) => {
		const { orno, dlix } = ticketReference(
			{ till: "T1", series, receiptNumber },
			{ journalId: "J", feedSeq: 1 },
			ordinal,
		);
		return `${orno} ${dlix}`;
	};

	it("holds till, series and number, and in DLIX the journal and how often the numbers started over", () => {
		expect(of("receipt", 17)).toBe("T1000017 1");
		expect(of("return", 17)).toBe("T1R00017 1");
		expect(of("delivery", 17, 3)).toBe("T1D00017 3");
		expect(of("receipt", 1_000_017)).toBe("T1000017 1001");
		expect(of("return", 200_017, 2)).toBe("T1R00017 2002");
	});

	it("is never the same for two tickets of a warehouse", () => {
		const ticket = fc.record({
			till: fc.constantFrom("T", "T1", "T10", "T1R0", "1", "10", "1000"),
			series: fc.constantFrom("receipt", "return", "delivery"),
			receiptNumber: fc.integer({ min: 1, max: 99_999_999 }),
			ordinal: fc.integer({ min: 1, max: 999 }),
		});
		const referenceOf = ({
			ordinal,
			...rest
		}: {
			till: string;
			series: "receipt" | "return" | "delivery";
			receiptNumber: number;
			ordinal: number;
		}) => {
			const { orno, dlix } = ticketReference(rest, { journalId: "J", feedSeq: 1 }, ordinal);
			expect(orno.length).toBeLessThanOrEqual(10);
			return `${orno}/${dlix}`;
		};
		fc.assert(
			fc.property(fc.uniqueArray(ticket, { selector: (value) => JSON.stringify(value), maxLength: 50 }), (tickets) => {
				expect(new Set(tickets.map(referenceOf)).size).toBe(tickets.length);
			}),
			{ numRuns: 300 },
		);
	});
});
