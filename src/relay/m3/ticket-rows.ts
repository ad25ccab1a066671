import { localDateTime } from "../../events/stamp.ts";
import type { TicketDocument } from "../../events/ticket-document.ts";
import type { Finding, RowFields, RowSettings, StoreSettings } from "./finding.ts";
import { lineDraft } from "./line-draft.ts";
import { paymentDrafts } from "./payment-drafts.ts";
import { ticketReference } from "./ticket-reference.ts";

/** One row for OPS270MI, without the round number that it gets when it is sent. All values are text, as M3 takes them. */
export interface M3Row {
	readonly transaction: RowFields["transaction"];
	/** PONR: 1..n over lines, then payments. */
	readonly ponr: number;
	readonly record: Readonly<Record<string, string>>;
}

/** A ticket as M3 takes it: its rows, and what decides in which round it can travel. */
export interface M3Ticket {
	readonly cono: number;
	readonly divi: string;
	/** Accounting date yyyyMMdd: the business date. */
	readonly acdt: string;
	readonly currency: string;
	readonly refe: string;
	readonly rows: readonly M3Row[];
}

/** What a ticket becomes in M3; `waiting` names everything that is missing at once. */
export type TicketMapping =
	| { readonly outcome: "mapped"; readonly ticket: M3Ticket }
	| { readonly outcome: "waiting"; readonly findings: readonly Finding[] }
	/** M3 gets nothing of it: another system books it, or there is nothing to book. */
	| { readonly outcome: "elsewhere" };

/** The ticket with its key. */
export interface KeyedTicket {
	readonly journalId: string;
	readonly feedSeq: number;
	/** Ordinal of the journal among its till's, from 1. */
	readonly journalOrdinal: number;
	readonly ticket: TicketDocument;
}

/** Lengths of the fields that a ticket's own values go to (OPS270MI metadata). */
const LENGTHS: Readonly<Record<string, number>> = {
	ITNO: 15,
	CUNO: 10,
	ALUN: 3,
	ORNO: 10,
	DLIX: 11,
	REFE: 40,
	PONR: 5,
};

const compactDate = (date: string): string => date.replaceAll("-", "");

const waiting = (findings: readonly Finding[]): TicketMapping => ({
	outcome: "waiting",
	findings: findings.filter(
		(finding, index) => findings.findIndex((other) => other.reason === finding.reason) === index,
	),
});

/** Numbers the rows and gives each the fields that all rows of the ticket have. */
const finishRows = (drafts: readonly RowFields[], keyed: KeyedTicket, { store }: StoreSettings): M3Row[] => {
	const { ticket } = keyed;
	const { orno, dlix, refe } = ticketReference(ticket, keyed, keyed.journalOrdinal);
	const closed = localDateTime(ticket.closedAt);
	return drafts.map(({ transaction, fields }, index) => {
		const record: Record<string, string> = {};
		const all: RowFields["fields"] = {
			CONO: String(store.cono),
			DIVI: store.divi,
			WHLO: store.whlo,
			ORNO: orno,
			DLIX: dlix,
			PONR: String(index + 1),
			CUCD: ticket.currency,
			TRDT: compactDate(closed.date),
			TRTM: closed.time.replaceAll(":", ""),
			...fields,
			REFE: refe,
		};
		for (const [name, value] of Object.entries(all)) if (value !== undefined) record[name] = value;
		return { transaction, ponr: index + 1, record };
	});
};

const tooLong = (rows: readonly M3Row[]): Finding[] =>
	rows.flatMap(({ record }) =>
		Object.entries(record).flatMap(([name, value]): Finding[] => {
			const length = LENGTHS[name];
			if (length === undefined || value.length <= length) return [];
			return [{ code: "RELAY-2109", reason: `${name} "${value}" has more than ${length} characters` }];
		}),
	);

/**
 * A ticket as OPS270MI rows (m3.md section 1; the M3 cash sale document, step 5). Every figure is one that the till wrote:
 * net and VAT of each line, each tender's share of each settlement group, the rounding as a payment row of its own. In each
 * settlement group payments = lines, so sum(1990) = sum(net + VAT). What is missing in the mapping makes the ticket wait,
 * with everything that is missing named at once.
 */
export const ticketRows = (keyed: KeyedTicket, settings: RowSettings): TicketMapping => {
	const { ticket } = keyed;
	const store = settings.mapping.stores[ticket.store];
	if (store === undefined) return waiting([{ code: "RELAY-2101", reason: `store ${ticket.store} is not mapped` }]);
	if (store.tills !== undefined && !store.tills.includes(ticket.till)) {
		const reason = `till ${ticket.till} is not among the tills of store ${ticket.store}`;
		return waiting([{ code: "RELAY-2102", reason }]);
	}
	if (ticket.settlement === "credit") {
		if (settings.m3.creditSales === "elsewhere") return { outcome: "elsewhere" };
		return waiting([{ code: "RELAY-2107", reason: "credit sale" }]);
	}
	const storeSettings = { ...settings, store };
	const drafts = [
		...ticket.lines.map((line) => lineDraft(line, ticket, storeSettings)),
		...ticket.apportionment.flatMap((group) => paymentDrafts(group, ticket, storeSettings)),
	];
	const missing = drafts.flatMap((draft) => ("findings" in draft ? draft.findings : []));
	if (missing.length > 0) return waiting(missing);
	const rows = finishRows(
		drafts.flatMap((draft) => ("findings" in draft ? [] : [draft])),
		keyed,
		storeSettings,
	);
	// Nothing sold and nothing paid: there is nothing to book, and M3 takes no empty bulk.
	if (rows.length === 0) return { outcome: "elsewhere" };
	const long = tooLong(rows);
	if (long.length > 0) return waiting(long);
	return {
		outcome: "mapped",
		ticket: {
			cono: store.cono,
			divi: store.divi,
			acdt: compactDate(ticket.businessDate),
			currency: ticket.currency,
			refe: ticketReference(ticket, keyed, keyed.journalOrdinal).refe,
			rows,
		},
	};
};
