import { describe, expect, it } from "vitest";
import { amountText } from "../../../src/money/currency.ts";
import { makeVoucher } from "../../../src/relay/power-office/make-voucher.ts";
import type { CashVoucher } from "../../../src/relay/power-office/voucher.ts";
import { mappingOf, RESTAURANT, voucherMappingOf } from "./support/mapping.ts";
import { dayOf, FRIDAY_NIGHT, type TicketSpec } from "./support/tickets.ts";

const outcomeOf = (specs: readonly TicketSpec[], mapping: unknown = RESTAURANT) => {
	const { tickets, report } = dayOf(specs);
	return makeVoucher({ day: report, tickets, mapping: voucherMappingOf(mapping), revision: 1 });
};

const voucherOf = (specs: readonly TicketSpec[], mapping: unknown = RESTAURANT): CashVoucher => {
	const outcome = outcomeOf(specs, mapping);
	if (outcome.kind !== "voucher") throw new Error(`no voucher: ${JSON.stringify(outcome)}`);
	return outcome.voucher;
};

/** Lines as "account/VAT code amount". */
const shown = (voucher: CashVoucher): string[] =>
	voucher.lines.map((line) => {
		const target = line.target.kind === "account" ? line.target.accountNo : `customer ${line.target.customerNo}`;
		return `${target}/${line.vatCode} ${amountText(line.amount, voucher.currency)}`;
	});

const reasonsOf = (specs: readonly TicketSpec[], mapping?: unknown): string[] => {
	const outcome = outcomeOf(specs, mapping);
	return outcome.kind === "held" ? outcome.reasons.map(({ code, detail }) => `${code} ${detail}`) : [outcome.kind];
};

describe("makeVoucher", () => {
	it("posts the Friday night of the point-of-sale page line for line", () => {
		const voucher = voucherOf(FRIDAY_NIGHT);
		expect(shown(voucher)).toEqual([
			"1901/0 5000.00",
			"1910/0 13650.00",
			"3000/3 -12500.00",
			"3001/31 -1150.00",
			"3002/3 -2500.00",
			"3003/3 -2500.00",
		]);
		expect(voucher).toMatchObject({
			businessDate: "2025-03-14",
			z: 1042,
			currency: "NOK",
			saftSourceId: "0001-1",
			saftBatchId: "0001-1-Z1042",
			revision: 1,
		});
	});

	it("debits the card in full and credits the cash that went back, with the rounding on its own account", () => {
		const voucher = voucherOf([
			{
				lines: [{ group: "FOOD", gross: 9995 }],
				tenders: [
					["mc", 50_000],
					["cash", -40_000, "change"],
				],
				rounding: -5,
			},
		]);
		expect(shown(voucher)).toEqual(["1901/0 -400.00", "1902/0 500.00", "3000/3 -99.95", "7740/0 -0.05"]);
	});

	it("nets returns with sales, cash with change, and drops what comes to zero", () => {
		const voucher = voucherOf([
			{ lines: [{ group: "BEER", gross: 10_000 }], tenders: [["cash", 10_000]] },
			{ lines: [{ group: "BEER", gross: -10_000 }], tenders: [["cash", -10_000]] },
			{ lines: [{ group: "SODA", gross: 3000 }], tenders: [["visa", 3000]] },
		]);
		expect(shown(voucher)).toEqual(["1910/0 30.00", "3003/3 -30.00"]);
	});

	it("leaves out training and credit sales, and has nothing to post when there is nothing else", () => {
		const apart: TicketSpec[] = [
			{ lines: [{ gross: 5000 }], tenders: [["cash", 5000]], training: true },
			{ lines: [{ gross: 7000 }], settlement: "credit" },
		];
		expect(outcomeOf(apart)).toEqual({ kind: "nothing" });
		expect(shown(voucherOf([...apart, { lines: [{ gross: 100 }], tenders: [["cash", 100]] }]))).toEqual([
			"1901/0 1.00",
			"3000/3 -1.00",
		]);
	});

	it("credits each paid invoice to its customer under the invoice's own matching reference", () => {
		const invoice = (invoiceNo: string) => ({
			invoiceNo,
			customerNo: "10000",
			customMatchingReference: `POS-INV-${invoiceNo}`,
		});
		const voucher = voucherOf([
			{
				lines: [
					{ kind: "invoicePayment", group: null, vatCode: "0", gross: 125_000, invoice: invoice("200123") },
					{ group: "BEER", gross: 9000 },
					{ kind: "invoicePayment", group: null, vatCode: "0", gross: 80_000, invoice: invoice("200124") },
				],
				tenders: [["visa", 214_000]],
			},
		]);
		expect(shown(voucher)).toEqual([
			"1910/0 2140.00",
			"3002/3 -90.00",
			"customer 10000/0 -1250.00",
			"customer 10000/0 -800.00",
		]);
		expect(voucher.lines.map((line) => line.customMatchingReference)).toEqual([
			null,
			null,
			"POS-INV-200123",
			"POS-INV-200124",
		]);
	});

	it("keeps a gift card sold and one redeemed apart, though both are one account", () => {
		const mapping = { ...RESTAURANT, tenders: { ...RESTAURANT.tenders, gift: { account: 2900 } } };
		const voucher = voucherOf(
			[
				{ lines: [{ kind: "giftCardIssue", group: null, vatCode: "0", gross: 50_000 }], tenders: [["visa", 50_000]] },
				{ lines: [{ gross: 20_000 }], tenders: [["gift", 20_000]] },
			],
			mapping,
		);
		expect(shown(voucher)).toEqual(["1910/0 500.00", "2900/0 200.00", "2900/0 -500.00", "3000/3 -200.00"]);
	});

	it("holds the Z whole, with every reason once", () => {
		const specs: TicketSpec[] = [
			{ lines: [{ group: "WINE", gross: 100 }], tenders: [["vipps", 100]] },
			{ lines: [{ group: "WINE", gross: 200 }], tenders: [["vipps", 200]] },
			{ lines: [{ group: "FOOD", gross: 150 }], tenders: [["cash", 200]], rounding: -50 },
			{ lines: [{ kind: "invoicePayment", group: null, gross: 100 }], tenders: [["cash", 100]] },
		];
		const { companies: _, ...rest } = RESTAURANT;
		const mapping = { ...rest, companies: { restaurant: { clientKeyFile: "k" } } };
		expect(reasonsOf(specs, mapping)).toEqual([
			"RELAY-3003 sale of WINE with VAT code 3",
			"RELAY-3010 receipt 4: no invoice",
			"RELAY-3004 vipps (By vipps)",
			"RELAY-3005 -50 minor units",
		]);
	});

	it("posts the unmapped to suspense only for a VAT code that has such an account", () => {
		const mapping = {
			...RESTAURANT,
			companies: { restaurant: { clientKeyFile: "k", suspenseAccounts: { "3": 3999 } } },
		};
		const sale = (vatCode: string): TicketSpec => ({
			lines: [{ group: "WINE", vatCode, gross: 100 }],
			tenders: [["cash", 100]],
		});
		expect(shown(voucherOf([sale("3")], mapping))).toEqual(["1901/0 1.00", "3999/3 -1.00"]);
		expect(reasonsOf([sale("33")], mapping)).toEqual(["RELAY-3003 sale of WINE with VAT code 33"]);
	});

	it("holds a Z whose tender is not apportioned whole", () => {
		const { tickets, report } = dayOf([{ lines: [{ gross: 100 }], tenders: [["cash", 100]] }]);
		const broken = tickets.map((ticket) => ({ ...ticket, apportionment: [] }));
		const outcome = makeVoucher({ day: report, tickets: broken, mapping: voucherMappingOf(), revision: 1 });
		expect(outcome).toMatchObject({ kind: "held", reasons: [{ code: "RELAY-3006" }] });
	});

	it("does not take an item group's name for a property of every object", () => {
		expect(reasonsOf([{ lines: [{ group: "constructor", gross: 100 }], tenders: [["cash", 100]] }])).toEqual([
			"RELAY-3003 sale of constructor with VAT code 3",
		]);
		expect(mappingOf().itemGroups["FOOD"]?.account).toBe(3000);
	});
});
