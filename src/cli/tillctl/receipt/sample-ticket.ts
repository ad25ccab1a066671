import type { TicketDocument, TicketLine } from "../../../events/ticket-document.ts";
import type { Amount } from "../../../money/amount.ts";
import { amountOf } from "../../../money/amount.ts";
import type { CurrencyCode } from "../../../money/currency.ts";
import { quantityOf } from "../../../money/quantity.ts";
import { percentageOf, type Rate, rateOf } from "../../../money/rate.ts";

const FOOD = rateOf(150_000n);
const GENERAL = rateOf(250_000n);

interface SampleItem {
	readonly description: string;
	readonly quantityMillionths: bigint;
	readonly unitText: string;
	readonly priceMinor: bigint;
	readonly beforeMinor: bigint;
	readonly discountMinor?: bigint;
	readonly vatMinor: bigint;
	readonly vat: { readonly code: string; readonly rate: Rate };
}

const food = { code: "31", rate: FOOD };
const general = { code: "3", rate: GENERAL };

/** Letters of all Nordic languages, a weighed item, a discount, two rates. */
const ITEMS: readonly SampleItem[] = [
	{
		description: "Ærlig blåbærsyltetøy",
		quantityMillionths: 2_000_000n,
		unitText: "stk",
		priceMinor: 2_490n,
		beforeMinor: 4_980n,
		vatMinor: 650n,
		vat: food,
	},
	{
		description: "Crème fraîche à 3 dl",
		quantityMillionths: 1_000_000n,
		unitText: "stk",
		priceMinor: 3_150n,
		beforeMinor: 3_150n,
		vatMinor: 411n,
		vat: food,
	},
	{
		description: "Kjøttdeig av storfe fra Østfold",
		quantityMillionths: 840_000n,
		unitText: "kg",
		priceMinor: 11_900n,
		beforeMinor: 9_996n,
		vatMinor: 1_304n,
		vat: food,
	},
	{
		description: "Mössa och vantar, barn",
		quantityMillionths: 1_000_000n,
		unitText: "stk",
		priceMinor: 39_900n,
		beforeMinor: 39_900n,
		discountMinor: 7_980n,
		vatMinor: 6_384n,
		vat: general,
	},
];

const lineOf = (item: SampleItem, at: number): TicketLine => {
	const gross = item.beforeMinor - (item.discountMinor ?? 0n);
	return {
		lineNo: at + 1,
		kind: "sale",
		itemId: `SAMPLE-${at + 1}`,
		scanCode: null,
		description: item.description,
		itemGroup: "sample",
		unit: "PCS",
		unitText: item.unitText,
		quantity: quantityOf(item.quantityMillionths),
		basis: "unit",
		price: {
			unitPrice: { amountMinor: amountOf(item.priceMinor), per: 1 },
			includesVat: true,
			source: { origin: "catalog", catalogVersion: "sample", reference: null },
			original: null,
		},
		extendedAmount: amountOf(item.beforeMinor),
		discounts:
			item.discountMinor === undefined
				? []
				: [
						{
							reason: "20%",
							scope: "line",
							given: "manual",
							percentage: percentageOf(200_000n),
							amount: amountOf(item.discountMinor),
							approverId: null,
						},
					],
		vatCode: item.vat.code,
		vatRate: item.vat.rate,
		gross: amountOf(gross),
		net: amountOf(gross - item.vatMinor),
		vat: amountOf(item.vatMinor),
		origin: null,
		invoice: null,
		approverId: null,
	};
};

const LINES: readonly TicketLine[] = ITEMS.map(lineOf);

const total = (of: (line: TicketLine) => Amount, vatCode?: string): Amount =>
	amountOf(
		LINES.filter((line) => vatCode === undefined || line.vatCode === vatCode).reduce((sum, line) => sum + of(line), 0n),
	);

const AT = { utcMs: 1_795_431_600_000, offsetMinutes: 60, bootId: "sample", monotonicMs: 0 };

/** 1000.00 in cash for 500.46, which coin rounds to 500.00. */
const GIVEN_MINOR = 100_000n;

/** A ticket that never was, with everything that stands on most: its figures keep the invariants of a real one. */
export const sampleTicket = (place: {
	readonly store: string;
	readonly till: string;
	readonly currency: CurrencyCode;
}): TicketDocument => {
	const due = total((line) => line.gross);
	const toPay = ((due + 50n) / 100n) * 100n;
	const rounding = amountOf(due - toPay);
	const cash = { tenderType: "cash", description: "Kontant", safTCode: "12001", isCash: true, card: null };
	const given = amountOf(GIVEN_MINOR);
	const change = amountOf(toPay - GIVEN_MINOR);
	return {
		version: 1,
		ticketId: "SAMPLE-1",
		...place,
		businessDate: "2026-11-23",
		z: 1,
		transactionCode: "11001",
		settlement: "cash",
		training: false,
		series: "receipt",
		receiptNumber: 123_456,
		operatorId: "1",
		customer: null,
		openedAt: AT,
		closedAt: AT,
		lines: LINES,
		tenders: [
			{ tenderNo: 1, kind: "tender", ...cash, amount: given },
			{ tenderNo: 2, kind: "change", ...cash, amount: change },
		],
		rounding,
		due,
		net: total((line) => line.net),
		vat: total((line) => line.vat),
		vatTotals: [general, food].map(({ code, rate }) => ({
			vatCode: code,
			vatRate: rate,
			gross: total((line) => line.gross, code),
			net: total((line) => line.net, code),
			vat: total((line) => line.vat, code),
		})),
		apportionment: [
			{
				group: "cashSale",
				gross: due,
				tenders: [
					{ tenderNo: 1, amount: given },
					{ tenderNo: 2, amount: change },
				],
				rounding,
				offset: amountOf(0n),
			},
		],
		fiscal: null,
	};
};
