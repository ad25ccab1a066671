import type { Mapping } from "../../config/schema/relay-mapping.ts";
import type { TicketDocument } from "../../events/ticket-document.ts";
import { type Closing, closingOf, ticketsOfClosing } from "../intake/closing.ts";
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

/**
 * The voucher of a Z from what the ledger holds, or everything that stands in its way: messages not in yet, sums that are
 * not the Z's control totals to the last minor unit, an account that nothing names. Nothing is posted that is not whole. A
 * day that a person closed at the relay is whole by his word.
 */
export const prepareVoucher = (
	ledger: Ledger,
	stored: StoredDelivery,
	settings: PreparationSettings,
): VoucherOutcome => {
	const held = (reasons: readonly Reason[]): VoucherOutcome => ({ kind: "held", reasons });
	const closing = closingOf(ledger, stored);
	if (closing === undefined) throw new Error(`${stored.store}/${stored.till} Z ${stored.z} has no closing`);
	const tickets = ticketsOfClosing(ledger, stored, closing);
	const faults = closing.kind === "till" ? faultsOfZ(ledger, closing, tickets) : [];
	if (faults.length > 0) return held(faults);
	const { report } = closing;
	if (report.currency !== "NOK") return held([{ code: "RELAY-3020", detail: report.currency }]);
	const till = tillMapping(settings.mapping, stored, settings.saftSourceId);
	if (till.kind === "unmapped") return held([{ code: "RELAY-3008", detail: till.detail }]);
	return makeVoucher({ day: report, tickets, mapping: till.voucher, revision: stored.revision });
};

type TillClosing = Extract<Closing, { readonly kind: "till" }>;

/** What keeps a Z of the till from being booked; the first kind of trouble hides those behind it. */
const faultsOfZ = (ledger: Ledger, closing: TillClosing, tickets: readonly TicketDocument[]): readonly Reason[] => {
	const { report } = closing;
	const twins = otherReports(ledger, report, closing.messageId);
	if (twins.length > 0) return [{ code: "RELAY-3011", detail: `also in journal ${twins.join(", ")}` }];
	const missing = missingMessages(ledger, closing);
	if (missing.length > 0) return missing;
	const stray = tickets.find(
		({ businessDate, currency }) => businessDate !== report.businessDate || currency !== report.currency,
	);
	if (stray !== undefined) {
		const { series, receiptNumber, businessDate, currency } = stray;
		return [{ code: "RELAY-3002", detail: `${series} ${receiptNumber} is of ${businessDate} in ${currency}` }];
	}
	const differences = totalsDifferences(report.totals, ownTotals(tickets));
	if (differences.length === 0) return [];
	const shown = differences
		.slice(0, DIFFERENCES_SHOWN)
		.map(({ field, journal, feed }) => `${field}: Z ${journal}, tickets ${feed}`);
	const more = differences.length > DIFFERENCES_SHOWN ? [`${differences.length - DIFFERENCES_SHOWN} more`] : [];
	return [{ code: "RELAY-3002", detail: [...shown, ...more].join("; ") }];
};

/** Journals that hold another Z of the same till and number. */
const otherReports = (ledger: Ledger, { store, till, z }: ZKey, messageId: number): readonly string[] =>
	ledger
		.statement<{ journalId: string }>(
			"SELECT journal_id AS journalId FROM report WHERE store = ? AND till = ? AND z = ? AND message_id <> ?",
		)
		.all(store, till, z, messageId)
		.map((row) => row.journalId);

/** A Z that was sent again names the numbers of the journal that made it; some of them may have come under new ones. */
const missingMessages = (ledger: Ledger, { journalId, report }: TillClosing): readonly Reason[] => {
	const { feedSeqFirst: first, feedSeqLast: last } = report.totals;
	if (first === null || last === null || last < first) return [];
	const found = ledger
		.statement<{ n: number; problems: string | null }>(
			`SELECT count(DISTINCT n) AS n, group_concat(CASE WHEN problem IS NULL THEN NULL ELSE n || ' ' || problem END, '; ') AS problems
			FROM (SELECT feed_seq AS n, problem FROM message WHERE journal_id = ? AND feed_seq BETWEEN ? AND ?
				UNION ALL SELECT reissue_feed_seq, problem FROM message
				WHERE reissue_journal_id = ? AND reissue_feed_seq BETWEEN ? AND ? AND duplicate_of IS NULL)`,
		)
		.get(journalId, first, last, journalId, first, last);
	const wanted = last - first + 1;
	if (found?.n !== wanted) {
		return [{ code: "RELAY-3001", detail: `${found?.n ?? 0} of ${wanted} messages, ${first} to ${last}` }];
	}
	return found.problems === null ? [] : [{ code: "RELAY-3002", detail: `unreadable: ${found.problems}` }];
};
