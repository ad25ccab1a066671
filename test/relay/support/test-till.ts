import { createHash } from "node:crypto";
import type { LineKind, TicketDocument, TicketLine, TicketTender } from "../../../src/events/ticket-document.ts";
import type { ZReport } from "../../../src/events/z-report.ts";
import { type FeedMessage, feedMessageSchema, NO_PREVIOUS } from "../../../src/feed/schema/message.ts";
import { type Amount, amountOf, sum } from "../../../src/money/amount.ts";
import { quantityOf } from "../../../src/money/quantity.ts";
import { rateOf } from "../../../src/money/rate.ts";
import { splitGross } from "../../../src/money/vat.ts";
import type { TopicAddress } from "../../../src/relay/intake/intake.ts";
import { apportion } from "../../../src/ticket/apportionment.ts";

/** One line to sell: gross in minor units, VAT rate in percent. */
export interface TestLine {
	readonly kind?: LineKind;
	readonly itemId?: string | null;
	readonly unit?: string;
	readonly gross: bigint;
	readonly percent?: 0 | 12 | 15 | 25;
	readonly quantity?: bigint;
}

/** One tender: its type and amount in minor units; negative is change. */
export interface TestTender {
	readonly type: "cash" | "mc" | "visa" | "vipps";
	readonly amount: bigint;
}

/** What a ticket may say other than the usual. */
export interface TestTicket {
	readonly lines?: readonly TestLine[];
	readonly tenders?: readonly TestTender[];
	readonly rounding?: bigint;
	readonly businessDate?: string;
	readonly series?: TicketDocument["series"];
	readonly settlement?: TicketDocument["settlement"];
	readonly customerNo?: string;
	readonly currency?: TicketDocument["currency"];
	readonly receiptNumber?: number;
}

/** A message as it goes to the relay. */
export interface Sent {
	readonly topic: TopicAddress;
	readonly bytes: Uint8Array;
	readonly feedSeq: number;
	readonly sha256: string;
}

const VAT_CODES = { 0: "0", 12: "33", 15: "31", 25: "3" } as const;
const SAF_T = { cash: "12001", mc: "12003", visa: "12003", vipps: "12011" } as const;
const GOLDEN = {
	lines: [{ gross: 9995n }],
	tenders: [
		{ type: "mc", amount: 50000n },
		{ type: "cash", amount: -40000n },
	],
	rounding: -5n,
} as const satisfies TestTicket;

const AT = { utcMs: Date.UTC(2026, 10, 23, 13, 5, 9), offsetMinutes: 60, bootId: "till-boot", monotonicMs: 1 };

const lineOf = (line: TestLine, index: number): TicketLine => {
	const percent = line.percent ?? 25;
	const vatRate = rateOf(BigInt(percent) * 10_000n);
	const kind = line.kind ?? "sale";
	const { gross, net, vat } = splitGross(amountOf(line.gross), vatRate);
	return {
		lineNo: index + 1,
		kind,
		itemId: line.itemId === undefined ? "Item A" : line.itemId,
		scanCode: null,
		description: "Item A",
		itemGroup: "food",
		unit: line.unit ?? "Pcs",
		unitText: "Pcs",
		quantity: quantityOf(line.quantity ?? 1_000_000n),
		basis: "extended",
		price: {
			unitPrice: { amountMinor: amountOf(line.gross < 0n ? -line.gross : line.gross), per: 1 },
			includesVat: true,
			source: { origin: "catalog", catalogVersion: "1", reference: null },
			original: null,
		},
		extendedAmount: gross,
		discounts: [],
		vatCode: VAT_CODES[percent],
		vatRate,
		gross,
		net,
		vat,
		origin: null,
		invoice: null,
		approverId: null,
	};
};

const tenderOf = (tender: TestTender, index: number): TicketTender => ({
	tenderNo: index + 1,
	kind: tender.amount < 0n ? "change" : "tender",
	tenderType: tender.type,
	description: tender.type,
	safTCode: SAF_T[tender.type],
	isCash: tender.type === "cash",
	amount: amountOf(tender.amount),
	card: null,
});

/** Plays the part of a till: makes chained messages that are right in every byte, or wrong in just the way a test wants. */
export class TestTill {
	readonly journalId: string;
	readonly store: string;
	readonly till: string;
	z = 1;
	#feedSeq = 0;
	#prev = NO_PREVIOUS;
	#kindSeq = { ticket: 0, report: 0, event: 0, training: 0 };
	#receipts = { receipt: 0, return: 0, delivery: 0, training: 0 };
	#tickets: { feedSeq: number; ticket: TicketDocument }[] = [];

	constructor(journalNumber: number, store = "S1", till = "T1") {
		this.journalId = `01TEST${String(journalNumber).padStart(20, "0")}`;
		this.store = store;
		this.till = till;
	}

	/** Goes on as a restored copy of this journal would: same id, same tail. */
	copy(): TestTill {
		const copy = new TestTill(0, this.store, this.till);
		Object.assign(copy, { journalId: this.journalId, z: this.z });
		copy.#feedSeq = this.#feedSeq;
		copy.#prev = this.#prev;
		copy.#kindSeq = { ...this.#kindSeq };
		copy.#receipts = { ...this.#receipts };
		return copy;
	}

	/** The document of the next ticket; the golden sale of the M3 document unless told otherwise. */
	document(options: TestTicket = {}): TicketDocument {
		const {
			lines: testLines,
			tenders: testTenders,
			rounding,
		} = options.lines === undefined ? { ...GOLDEN, ...options } : options;
		const lines = (testLines ?? []).map(lineOf);
		const due: Amount = sum(lines.map((line) => line.gross));
		const tenders = (testTenders ?? [{ type: "mc", amount: due } as const]).map(tenderOf);
		const series = options.series ?? "receipt";
		const receiptNumber = options.receiptNumber ?? this.#receipts[series] + 1;
		this.#receipts[series] = receiptNumber;
		const byCode = Map.groupBy(lines, (line) => line.vatCode);
		return {
			version: 1,
			ticketId: `${this.journalId}-${this.#feedSeq + 1}`,
			store: this.store,
			till: this.till,
			businessDate: options.businessDate ?? "2026-11-23",
			z: this.z,
			transactionCode: "11001",
			settlement: options.settlement ?? "cash",
			training: series === "training",
			series,
			receiptNumber,
			operatorId: "1",
			customer:
				options.customerNo === undefined ? null : { customerNo: options.customerNo, personId: null, saltedHash: null },
			currency: options.currency ?? "NOK",
			openedAt: AT,
			closedAt: AT,
			lines,
			tenders,
			rounding: amountOf(rounding ?? 0n),
			due,
			net: sum(lines.map((line) => line.net)),
			vat: sum(lines.map((line) => line.vat)),
			vatTotals: [...byCode.entries()].map(([vatCode, group]) => ({
				vatCode,
				vatRate: group[0]?.vatRate ?? rateOf(0n),
				gross: sum(group.map((line) => line.gross)),
				net: sum(group.map((line) => line.net)),
				vat: sum(group.map((line) => line.vat)),
			})),
			apportionment: apportion(lines, tenders, amountOf(rounding ?? 0n)),
			fiscal: null,
		};
	}

	/** Closes a ticket and sends it. */
	sell(options: TestTicket = {}): Sent {
		const ticket = this.document(options);
		const sent = this.send(ticket.training ? "training" : "ticket", ticket.businessDate, ticket);
		if (!ticket.training) this.#tickets.push({ feedSeq: sent.feedSeq, ticket });
		return sent;
	}

	/** Takes the Z of what was sold since the last one. */
	close(businessDate = "2026-11-23"): Sent {
		const sold = this.#tickets;
		this.#tickets = [];
		const all = <T>(pick: (ticket: TicketDocument) => T): T[] => sold.map(({ ticket }) => pick(ticket));
		const report: ZReport = {
			version: 1,
			store: this.store,
			till: this.till,
			z: this.z,
			businessDate,
			currency: "NOK",
			openedAt: AT,
			closedAt: AT,
			operatorId: "1",
			receiptNumberFirst: sold[0]?.ticket.receiptNumber ?? null,
			receiptNumberLast: sold.at(-1)?.ticket.receiptNumber ?? null,
			totals: {
				feedSeqFirst: sold[0]?.feedSeq ?? null,
				feedSeqLast: sold.at(-1)?.feedSeq ?? null,
				ticketCount: sold.length,
				lineCount: all((ticket) => ticket.lines.length).reduce((total, count) => total + count, 0),
				gross: sum(all((ticket) => ticket.due)),
				net: sum(all((ticket) => ticket.net)),
				vat: sum(all((ticket) => ticket.vat)),
				rounding: sum(all((ticket) => ticket.rounding)),
				vatTotals: [],
				itemGroups: [],
				tenders: [],
			},
			grandTotals: { sales: amountOf(0n), returns: amountOf(0n), net: amountOf(0n) },
			head: { seq: 1, sha256: NO_PREVIOUS },
		};
		this.z += 1;
		return this.send("report", businessDate, report);
	}

	/** Sends the next message of the chain with this body. `change` may spoil the finished JSON before it is hashed. */
	send(
		kind: FeedMessage["kind"],
		businessDate: string | null,
		body: unknown,
		change: (json: Record<string, unknown>) => Record<string, unknown> = (json) => json,
	): Sent {
		this.#feedSeq += 1;
		this.#kindSeq[kind] += 1;
		const message = {
			v: 1,
			journalId: this.journalId,
			feedSeq: this.#feedSeq,
			kindSeq: this.#kindSeq[kind],
			prev: this.#prev,
			store: this.store,
			till: this.till,
			businessDate,
			recordSeq: this.#feedSeq,
			madeAt: AT,
			reissueOf: null,
			kind,
			body,
		} as FeedMessage;
		const bytes = new TextEncoder().encode(JSON.stringify(change({ ...feedMessageSchema.encode(message) })));
		const sha256 = createHash("sha256").update(bytes).digest("hex");
		this.#prev = sha256;
		return { topic: { store: this.store, till: this.till, name: kind }, bytes, feedSeq: this.#feedSeq, sha256 };
	}

	/** Sends again what an older journal of this till sent, as a journal does that continues a restored copy. */
	reissue(sent: Sent, journalId: string): Sent {
		const { kind, businessDate, body } = feedMessageSchema.parse(JSON.parse(new TextDecoder().decode(sent.bytes)));
		return this.send(kind, businessDate, body, (json) => ({
			...json,
			reissueOf: { journalId, feedSeq: sent.feedSeq, sha256: sent.sha256 },
		}));
	}
}
