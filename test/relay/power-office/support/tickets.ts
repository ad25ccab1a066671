import { NO_TOTALS, withTicket } from "../../../../src/business-day/totals.ts";
import type { Stamp } from "../../../../src/events/stamp.ts";
import type { InvoiceReference, LineKind, TicketDocument, TicketLine } from "../../../../src/events/ticket-document.ts";
import type { ZReport } from "../../../../src/events/z-report.ts";
import { amountOf, sum, ZERO } from "../../../../src/money/amount.ts";
import { ONE } from "../../../../src/money/quantity.ts";
import { type Rate, rateOf } from "../../../../src/money/rate.ts";
import { splitGross } from "../../../../src/money/vat.ts";
import { apportion } from "../../../../src/ticket/apportionment.ts";
import { vatTotalsOf } from "../../../../src/ticket/line.ts";

/** Rates of the SAF-T codes that the tests sell by. */
const RATES: Readonly<Record<string, Rate>> = {
	"0": rateOf(0n),
	"3": rateOf(250_000n),
	"31": rateOf(150_000n),
	"32": rateOf(111_100n),
	"33": rateOf(120_000n),
	"6": rateOf(0n),
};

/** A line by what matters to a booking. */
export interface LineSpec {
	readonly group?: string | null;
	readonly kind?: LineKind;
	readonly vatCode?: string;
	/** Øre, negative on a return. */
	readonly gross: number | bigint;
	readonly invoice?: InvoiceReference;
}

/** A ticket by what matters to a booking. */
export interface TicketSpec {
	readonly lines: readonly LineSpec[];
	/** Tender type and øre, in the order entered; the last is change where it is negative and `change` says so. */
	readonly tenders?: readonly (readonly [type: string, amount: number | bigint, kind?: "change"])[];
	readonly rounding?: number | bigint;
	readonly settlement?: "cash" | "credit";
	readonly training?: boolean;
}

/** Where and when tickets are sold. */
export interface DaySpec {
	readonly store?: string;
	readonly till?: string;
	readonly z?: number;
	readonly businessDate?: string;
}

const STAMP: Stamp = { utcMs: 1_741_989_600_000, offsetMinutes: 60, bootId: "boot", monotonicMs: 1 };

const lineOf = (spec: LineSpec, index: number): TicketLine => {
	const vatCode = spec.vatCode ?? "3";
	const vatRate = RATES[vatCode] ?? rateOf(0n);
	const split = splitGross(amountOf(BigInt(spec.gross)), vatRate);
	const amount = amountOf(BigInt(spec.gross));
	return {
		lineNo: index + 1,
		kind: spec.kind ?? (amount < 0n ? "return" : "sale"),
		itemId: "ITEM",
		scanCode: null,
		description: "Item",
		itemGroup: spec.group === undefined ? "FOOD" : spec.group,
		unit: "EA",
		unitText: "stk",
		quantity: ONE,
		basis: "extended",
		price: {
			unitPrice: { amountMinor: amount < 0n ? amountOf(-amount) : amount, per: 1 },
			includesVat: true,
			source: { origin: "catalog", catalogVersion: "1", reference: null },
			original: null,
		},
		extendedAmount: amount,
		discounts: [],
		vatCode,
		vatRate,
		...split,
		origin: null,
		invoice: spec.invoice ?? null,
		approverId: null,
	};
};

/** A ticket document as a till would write it. */
const ticketOf = (spec: TicketSpec, receiptNumber: number, day: DaySpec = {}): TicketDocument => {
	const lines = spec.lines.map(lineOf);
	const rounding = amountOf(BigInt(spec.rounding ?? 0));
	const tenders = (spec.tenders ?? []).map(([tenderType, amount, kind], index) => ({
		tenderNo: index + 1,
		kind: kind ?? ("tender" as const),
		tenderType,
		description: `By ${tenderType}`,
		safTCode: tenderType === "cash" ? "12001" : "12002",
		isCash: tenderType === "cash",
		amount: amountOf(BigInt(amount)),
		card: null,
	}));
	return {
		version: 1,
		ticketId: `T-${receiptNumber}`,
		store: day.store ?? "0001",
		till: day.till ?? "1",
		businessDate: day.businessDate ?? "2025-03-14",
		z: day.z ?? 1042,
		transactionCode: "11001",
		settlement: spec.settlement ?? "cash",
		training: spec.training ?? false,
		series: spec.training === true ? "training" : "receipt",
		receiptNumber,
		operatorId: "1",
		customer: null,
		currency: "NOK",
		openedAt: STAMP,
		closedAt: STAMP,
		lines,
		tenders,
		rounding,
		due: sum(lines.map((line) => line.gross)),
		net: sum(lines.map((line) => line.net)),
		vat: sum(lines.map((line) => line.vat)),
		vatTotals: vatTotalsOf(lines),
		apportionment: spec.settlement === "credit" ? [] : apportion(lines, tenders, rounding),
		fiscal: null,
	};
};

/** The tickets of a day and the Z that closes it, with the till's own totals. `feedSeqFirst` is the day's first message. */
export const dayOf = (
	specs: readonly TicketSpec[],
	day: DaySpec = {},
	feedSeqFirst = 1,
): { readonly tickets: readonly TicketDocument[]; readonly report: ZReport } => {
	const tickets = specs.map((spec, index) => ticketOf(spec, index + 1, day));
	const totals = {
		...tickets.reduce(withTicket, NO_TOTALS),
		feedSeqFirst: tickets.length === 0 ? null : feedSeqFirst,
		feedSeqLast: tickets.length === 0 ? null : feedSeqFirst + tickets.length - 1,
	};
	const numbers = tickets.filter((ticket) => !ticket.training).map((ticket) => ticket.receiptNumber);
	return {
		tickets,
		report: {
			version: 1,
			store: day.store ?? "0001",
			till: day.till ?? "1",
			z: day.z ?? 1042,
			businessDate: day.businessDate ?? "2025-03-14",
			currency: "NOK",
			openedAt: STAMP,
			closedAt: STAMP,
			operatorId: "1",
			receiptNumberFirst: numbers[0] ?? null,
			receiptNumberLast: numbers.at(-1) ?? null,
			totals,
			grandTotals: { sales: totals.gross, returns: ZERO, net: totals.gross },
			head: { seq: 100, sha256: "0".repeat(64) },
		},
	};
};

/** The Friday night of the point-of-sale page: 18,650.00, of which 5,000.00 in cash and 13,650.00 by Visa. */
export const FRIDAY_NIGHT: readonly TicketSpec[] = [
	{
		lines: [
			{ group: "FOOD", vatCode: "3", gross: 500_000 },
			{ group: "BEER", gross: 100_000 },
		],
		tenders: [["visa", 600_000]],
	},
	{
		lines: [
			{ group: "FOOD", vatCode: "31", gross: 115_000 },
			{ group: "SODA", gross: 250_000 },
			{ group: "FOOD", vatCode: "3", gross: 135_000 },
		],
		tenders: [["cash", 500_000]],
	},
	{
		lines: [
			{ group: "FOOD", vatCode: "3", gross: 615_000 },
			{ group: "BEER", gross: 150_000 },
		],
		tenders: [["visa", 765_000]],
	},
];
