import type { JournalCreated, JournalEvent, SeriesCounters } from "../../../src/events/journal-event.ts";
import type { Stamp } from "../../../src/events/stamp.ts";
import type { ReceiptSeries, TicketDocument, TicketLine, TicketTender } from "../../../src/events/ticket-document.ts";
import type { ZReport } from "../../../src/events/z-report.ts";
import type { FeedDraft } from "../../../src/feed/schema/message.ts";
import { amountOf, ZERO } from "../../../src/money/amount.ts";
import { ONE } from "../../../src/money/quantity.ts";
import { percentageOf, rateOf } from "../../../src/money/rate.ts";

/** The journals of the tests. */
export const JOURNAL_A = "01JD0000000000000000000000";
/** See {@link JOURNAL_A}. */
export const JOURNAL_B = "01JD0000000000000000000001";
/** See {@link JOURNAL_A}. */
export const JOURNAL_C = "01JD0000000000000000000002";

/** A stamp `seconds` into the tests' time. */
export const stampAt = (seconds = 0): Stamp => ({
	utcMs: 1_793_520_000_000 + seconds * 1000,
	offsetMinutes: 60,
	bootId: "boot-1",
	monotonicMs: seconds * 1000,
});

export const COUNTERS: SeriesCounters = { receipt: 0, return: 0, delivery: 0, training: 0, z: 0, ticket: 0 };
export const CARRIED = {
	counters: COUNTERS,
	grandTotals: { sales: ZERO, returns: ZERO },
	catalogVersion: null,
};

export const created = (journalId = JOURNAL_A): JournalCreated => ({
	type: "JournalCreated",
	journalId,
	store: "101",
	till: "T1",
	currency: "NOK",
	counters: COUNTERS,
	grandTotals: { sales: ZERO, returns: ZERO },
	adoptedFrom: null,
	reason: "provisioned",
});

const RATE = rateOf(250_000n);
const VAT_TOTAL = {
	vatCode: "3",
	vatRate: RATE,
	gross: amountOf(9_995n),
	net: amountOf(7_996n),
	vat: amountOf(1_999n),
};

/** The golden example's line: 99.95 incl. 25 %. */
export const line = (lineNo = 1, description = "Melk 1 l, æøå"): TicketLine => ({
	lineNo,
	kind: "sale",
	itemId: "1001",
	scanCode: { symbology: "EAN13", data: "7038010001659" },
	description,
	itemGroup: "DAIRY",
	unit: "PCE",
	unitText: "stk",
	quantity: ONE,
	basis: "unit",
	price: {
		unitPrice: { amountMinor: amountOf(9_995n), per: 1 },
		includesVat: true,
		source: { origin: "catalog", catalogVersion: "v1", reference: null },
		original: null,
	},
	extendedAmount: amountOf(9_995n),
	discounts: [
		{
			reason: "staff",
			scope: "line",
			given: "manual",
			percentage: percentageOf(0n),
			amount: ZERO,
			approverId: null,
		},
	],
	vatCode: "3",
	vatRate: RATE,
	gross: amountOf(9_995n),
	net: amountOf(7_996n),
	vat: amountOf(1_999n),
	origin: null,
	invoice: null,
	approverId: null,
});

const tender = (tenderNo: number, kind: "tender" | "change", minor: bigint): TicketTender => ({
	tenderNo,
	kind,
	tenderType: kind === "change" ? "cash" : "mc",
	description: kind === "change" ? "Kontant" : "Master Card",
	safTCode: kind === "change" ? "12001" : "12003",
	isCash: kind === "change",
	amount: amountOf(minor),
	card:
		kind === "change" ? null : { first6: "541333", last4: "4444", scheme: "Mastercard", terminalReference: "ref-1" },
});

/** A closed ticket with one line or more. */
export const ticket = (
	receiptNumber: number,
	{ series = "receipt", lines = [line()] }: { series?: ReceiptSeries; lines?: readonly TicketLine[] } = {},
): TicketDocument => ({
	version: 1,
	ticketId: `${JOURNAL_A}-${receiptNumber}`,
	store: "101",
	till: "T1",
	businessDate: "2026-11-01",
	z: 1,
	transactionCode: "11001",
	settlement: "cash",
	training: series === "training",
	series,
	receiptNumber,
	operatorId: "op-7",
	customer: { customerNo: "10001", personId: "person-1", saltedHash: "ab".repeat(32) },
	currency: "NOK",
	openedAt: stampAt(),
	closedAt: stampAt(30),
	lines,
	tenders: [tender(1, "tender", 50_000n), tender(2, "change", -40_000n)],
	rounding: amountOf(-5n),
	due: amountOf(9_995n),
	net: amountOf(7_996n),
	vat: amountOf(1_999n),
	vatTotals: [VAT_TOTAL],
	apportionment: [
		{
			group: "cashSale",
			gross: amountOf(9_995n),
			tenders: [{ tenderNo: 1, amount: amountOf(10_000n) }],
			rounding: amountOf(-5n),
			offset: ZERO,
		},
	],
	fiscal: {
		country: "NO",
		nr: null,
		signature: null,
		previousSignature: null,
		keyVersion: null,
		algorithm: null,
		printable: [{ caption: "Org", data: "123456789MVA" }],
	},
});

/** A Z with what a day of one ticket gives. */
export const zReport = (z: number, head = { seq: 1, sha256: "cd".repeat(32) }): ZReport => ({
	version: 1,
	store: "101",
	till: "T1",
	z,
	businessDate: "2026-11-01",
	currency: "NOK",
	openedAt: stampAt(),
	closedAt: stampAt(60),
	operatorId: "op-7",
	receiptNumberFirst: 1,
	receiptNumberLast: 1,
	totals: {
		feedSeqFirst: 1,
		feedSeqLast: 1,
		ticketCount: 1,
		lineCount: 1,
		gross: amountOf(9_995n),
		net: amountOf(7_996n),
		vat: amountOf(1_999n),
		rounding: amountOf(-5n),
		vatTotals: [VAT_TOTAL],
		itemGroups: [{ itemGroup: "DAIRY", vatCode: "3", gross: amountOf(9_995n), lineCount: 1 }],
		tenders: [{ tenderType: "mc", description: "Master Card", safTCode: "12003", amount: amountOf(50_000n), count: 1 }],
	},
	grandTotals: { sales: amountOf(9_995n), returns: ZERO, net: amountOf(9_995n) },
	head,
});

export const sold = (lineNo = 1, description?: string): JournalEvent => ({
	type: "ItemSold",
	line: line(lineNo, description),
});

export const closed = (document: TicketDocument): JournalEvent => ({ type: "TicketClosed", document });

export const ticketDraft = (document: TicketDocument): FeedDraft => ({
	kind: document.training ? "training" : "ticket",
	businessDate: document.businessDate,
	body: document,
});

/** One of each event type. */
export const EVERY_EVENT: { readonly [Type in JournalEvent["type"]]: Extract<JournalEvent, { type: Type }> } = {
	JournalCreated: { ...created(), adoptedFrom: { journalId: JOURNAL_B, seq: 7, sha256: "ab".repeat(32) } },
	SegmentOpened: {
		type: "SegmentOpened",
		journalId: JOURNAL_A,
		month: "2026-11",
		previous: { month: "2026-10", seq: 12, sha256: "ab".repeat(32) },
		counters: COUNTERS,
		grandTotals: { sales: amountOf(9_007_199_254_740_991n), returns: ZERO },
		catalogVersion: "v1",
		feed: { feedSeq: 3, sha256: "cd".repeat(32), kindSeq: { ticket: 1, report: 1, event: 1, training: 0 } },
	},
	ApplicationStarted: { type: "ApplicationStarted", applicationVersion: "0.1.0", recovery: false },
	ApplicationStopped: { type: "ApplicationStopped", reason: "SIGTERM" },
	ClockDoubted: { type: "ClockDoubted", doubt: "steppedBack", differenceMs: -3_600_000 },
	ClockConfirmed: { type: "ClockConfirmed", operatorId: "op-1" },
	BusinessDayOpened: {
		type: "BusinessDayOpened",
		businessDate: "2026-11-01",
		z: 1,
		feedSeqFirst: 1,
		operatorId: "op-1",
	},
	BusinessDayClosed: { type: "BusinessDayClosed", report: zReport(1) },
	TicketOpened: { type: "TicketOpened", ticketId: `${JOURNAL_A}-1`, operatorId: "op-7", training: false },
	ItemSold: { type: "ItemSold", line: line() },
	TenderReceived: { type: "TenderReceived", tender: tender(1, "tender", 50_000n) },
	CashRounded: { type: "CashRounded", amount: amountOf(-5n) },
	ChangeGiven: { type: "ChangeGiven", tender: tender(2, "change", -40_000n) },
	TicketClosed: { type: "TicketClosed", document: ticket(1) },
	DrawerOpened: { type: "DrawerOpened", drawerId: "drawer", cause: { jobId: "job" }, seen: "change" },
	DrawerClosed: { type: "DrawerClosed", drawerId: "drawer", seen: "afterGap" },
	DrawerOpenTooLong: { type: "DrawerOpenTooLong", drawerId: "drawer", openMs: 300_000 },
	TicketSetAside: {
		type: "TicketSetAside",
		ticketId: `${JOURNAL_A}-2`,
		reason: "TILL-0607",
		lineCount: 3,
		due: amountOf(-100n),
	},
	DrawerOpenStarted: { type: "DrawerOpenStarted", jobId: "j1", cause: "noSale", ticketId: null },
	DrawerOpenFinished: { type: "DrawerOpenFinished", jobId: "j1", outcome: "unknown", detail: "\ud800 lone" },
	PrintStarted: {
		type: "PrintStarted",
		jobId: "j2",
		subject: { kind: "ticket", ticketId: `${JOURNAL_A}-1`, receiptNumber: 1, copy: true },
	},
	PrintFinished: { type: "PrintFinished", jobId: "j2", outcome: "confirmed", confirmation: "gsr", detail: null },
	DoubtSettled: { type: "DoubtSettled", jobId: "j2", operatorId: "op-1", remedy: "copyPrinted" },
	CatalogActivated: { type: "CatalogActivated", version: "v2", sha256: "ef".repeat(32), itemCount: 1_000_000 },
	ChainAnchored: { type: "ChainAnchored", feedSeq: 4, sha256: "ab".repeat(32), ledgerId: "L1", term: 2 },
	JournalExported: { type: "JournalExported", feedSeqFirst: 1, feedSeqLast: 4, sha256: "ab".repeat(32) },
	CommandReceived: { type: "CommandReceived", commandId: "c-1", issuer: "relay", kind: "replay", fromFeedSeq: 3 },
	SegmentDeleted: { type: "SegmentDeleted", month: "2021-11", seq: 9, sha256: "ab".repeat(32), feedSeq: 3 },
};
