import type { TicketDocument } from "../../events/ticket-document.ts";
import type { ZReport } from "../../events/z-report.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { reportsAfter, ticketsOfZ } from "./archive.ts";
import type { DayKey } from "./days.ts";
import { type RelayReport, relayReportOf } from "./relay-report.ts";

/** What a day is booked by: its till's Z, or the relay's own report where a person closed the day there. */
export type Closing =
	| {
			readonly kind: "till";
			readonly messageId: number;
			/** The journal whose feed numbers the Z's control totals name: where it was first made. */
			readonly journalId: string;
			readonly report: ZReport;
	  }
	| { readonly kind: "relay"; readonly messageId: number; readonly report: RelayReport };

/** The closing of a day; undefined as long as there is none. Of two Zs with one number the first counts. */
export const closingOf = (ledger: Ledger, key: DayKey): Closing | undefined => {
	const own = relayReportOf(ledger, key);
	if (own !== undefined) return { kind: "relay", messageId: own.messageId, report: own };
	const row = ledger
		.statement<{ messageId: number; journalId: string }>(
			`SELECT c.message_id AS messageId, coalesce(m.reissue_journal_id, m.journal_id) AS journalId
			FROM closing c JOIN message m ON m.id = c.message_id WHERE c.store = ? AND c.till = ? AND c.z = ?`,
		)
		.get(key.store, key.till, key.z);
	if (row === undefined) return undefined;
	const [taken] = reportsAfter(ledger, row.messageId - 1, 1);
	if (taken?.messageId !== row.messageId) throw new Error(`message ${row.messageId} is no Z report`);
	return { kind: "till", ...row, report: taken.report };
};

/**
 * The tickets that a closing is compared and booked with: all of the day, in whatever journal of the till they stand. Of a
 * day closed at the relay only those that its report holds; what came in later waits until it is closed again.
 */
export const ticketsOfClosing = (ledger: Ledger, key: DayKey, closing: Closing): readonly TicketDocument[] =>
	ticketsOfZ(ledger, key, key.z)
		.filter(({ messageId }) => closing.kind === "till" || messageId <= closing.messageId)
		.map(({ ticket }) => ticket);
