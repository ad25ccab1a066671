import type { Mapping } from "../../config/schema/relay-mapping.ts";
import type { TicketDocument } from "../../events/ticket-document.ts";
import type { ZReport } from "../../events/z-report.ts";
import { reportsAfter, ticketsOfZ } from "../intake/archive.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { ownTotals, totalsDifferences } from "../reconciliation/own-totals.ts";
import type { StoredDelivery, ZKey } from "./delivery-store.ts";
import { makeVoucher } from "./make-voucher.ts";
import type { Reason, VoucherOutcome } from "./voucher.ts";
import { tillMapping } from "./voucher-mapping.ts";

/** How many differences are spelled out. */
const DIFFERENCES_SHOWN = 4;

/** What a Z's voucher is made with. */
export interface PreparationSettings {
	readonly mapping: Mapping;
	/** System id of the tills' own SAF-T files; null: store and till. */
	readonly saftSourceId: string | null;
}

/** The Z report of a message. */
export const reportOf = (
	ledger: Ledger,
	messageId: number,
): { readonly journalId: string; readonly report: ZReport } => {
	const [taken] = reportsAfter(ledger, messageId - 1, 1);
	if (taken?.messageId !== messageId) throw new Error(`message ${messageId} is no Z report`);
	return taken;
};

/** The tickets of a Z, in whatever journal of the till they stand: a box may be swapped during a day. */
export const zTickets = (ledger: Ledger, key: ZKey): readonly TicketDocument[] =>
	ticketsOfZ(ledger, key, key.z).map((taken) => taken.ticket);

/**
 * The voucher of a Z from what the ledger holds, or everything that stands in its way: messages not in yet, sums that are
 * not the Z's control totals to the last minor unit, an account that nothing names. Nothing is posted that is not whole.
 */
export const prepareVoucher = (
	ledger: Ledger,
	stored: StoredDelivery,
	settings: PreparationSettings,
): VoucherOutcome => {
	const { journalId, report } = reportOf(ledger, stored.messageId);
	const held = (reasons: readonly Reason[]): VoucherOutcome => ({ kind: "held", reasons });
	const twins = otherReports(ledger, stored);
	if (twins.length > 0) return held([{ code: "RELAY-3011", detail: `also in journal ${twins.join(", ")}` }]);
	const missing = missingMessages(ledger, journalId, report);
	if (missing.length > 0) return held(missing);
	const tickets = zTickets(ledger, stored);
	const differences = totalsDifferences(report.totals, ownTotals(tickets));
	if (differences.length > 0) {
		const shown = differences
			.slice(0, DIFFERENCES_SHOWN)
			.map(({ field, journal, feed }) => `${field}: Z ${journal}, tickets ${feed}`);
		const more = differences.length > DIFFERENCES_SHOWN ? [`${differences.length - DIFFERENCES_SHOWN} more`] : [];
		return held([{ code: "RELAY-3002", detail: [...shown, ...more].join("; ") }]);
	}
	if (report.currency !== "NOK") return held([{ code: "RELAY-3020", detail: report.currency }]);
	const till = tillMapping(settings.mapping, stored, settings.saftSourceId);
	if (till.kind === "unmapped") return held([{ code: "RELAY-3008", detail: till.detail }]);
	return makeVoucher({ report, tickets, mapping: till.voucher, revision: stored.revision });
};

/** Journals that hold another Z of the same till and number. */
const otherReports = (ledger: Ledger, { store, till, z, messageId }: StoredDelivery): readonly string[] =>
	ledger
		.statement<{ journalId: string }>(
			"SELECT journal_id AS journalId FROM report WHERE store = ? AND till = ? AND z = ? AND message_id <> ?",
		)
		.all(store, till, z, messageId)
		.map((row) => row.journalId);

const missingMessages = (ledger: Ledger, journalId: string, { totals }: ZReport): readonly Reason[] => {
	const { feedSeqFirst: first, feedSeqLast: last } = totals;
	if (first === null || last === null || last < first) return [];
	const found = ledger
		.statement<{ n: number; problems: string | null }>(
			`SELECT count(*) AS n, group_concat(CASE WHEN problem IS NULL THEN NULL ELSE feed_seq || ' ' || problem END, '; ') AS problems
			FROM message WHERE journal_id = ? AND feed_seq BETWEEN ? AND ?`,
		)
		.get(journalId, first, last);
	const wanted = last - first + 1;
	if (found?.n !== wanted) {
		return [{ code: "RELAY-3001", detail: `${found?.n ?? 0} of ${wanted} messages, ${first} to ${last}` }];
	}
	return found.problems === null ? [] : [{ code: "RELAY-3002", detail: `unreadable: ${found.problems}` }];
};
