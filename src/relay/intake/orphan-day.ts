import type { AlarmBook } from "../alarm/alarm-book.ts";
import type { RelayCode } from "../codes.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { ownTotals } from "../reconciliation/own-totals.ts";
import { RelayFault } from "../relay-fault.ts";
import { type TakenTicket, ticketsOfZ } from "./archive.ts";
import { type UnclosedState, watchDay } from "./day-watch.ts";
import { type DayKey, dayState, daySubject, makersOfDay } from "./days.ts";
import { holdingOf, type JournalHolding, missingWords } from "./missing.ts";
import { addRelayReport, type RelayReport, relayReportOf } from "./relay-report.ts";

/** A day that waits for a person, as the status shows it. */
export interface UnclosedDay extends DayKey {
	/** `orphan` its Z will not come; `split` it has tickets beyond its Z or closing. */
	readonly state: UnclosedState;
	readonly businessDate: string;
	readonly ticketCount: number;
	/** Sum over the tickets in minor units. */
	readonly grossMinor: number;
	/** The journals that made its messages. Whether a lost box made more than it ever told cannot be known. */
	readonly journals: readonly JournalHolding[];
}

/** How a day is closed. */
export interface CloseOptions {
	/** A person says that what is known to be missing is lost for good; it stands in the report. */
	readonly acceptMissing?: boolean | undefined;
}

/** The longest name of a person. */
const NAME_LENGTH_MAX = 100;

const holdingsOfDay = (ledger: Ledger, key: DayKey): JournalHolding[] =>
	makersOfDay(ledger, key).map((journalId) => holdingOf(ledger, journalId));

/** The days that wait for a person, by store, till and number. */
export const unclosedDays = (ledger: Ledger): UnclosedDay[] =>
	ledger
		.statement<Omit<UnclosedDay, "journals">>(
			`SELECT u.store, u.till, u.z, u.state, min(t.business_date) AS businessDate, count(*) AS ticketCount,
			sum(t.due_minor) AS grossMinor FROM unclosed_day u JOIN ticket t USING (store, till, z)
			GROUP BY u.store, u.till, u.z ORDER BY u.store, u.till, u.z`,
		)
		.all()
		.map((row) => ({ ...row, journals: holdingsOfDay(ledger, row) }));

/** Tickets of the day's journals and date that nobody can read: they are in no sum. */
const unreadable = (ledger: Ledger, key: DayKey, businessDate: string): string[] =>
	makersOfDay(ledger, key).flatMap((journalId) =>
		ledger
			.statement<{ name: string }>(
				`SELECT journal_id || '/' || feed_seq AS name FROM message WHERE problem_code = 'RELAY-1110' AND kind = 'ticket'
				AND coalesce(reissue_journal_id, journal_id) = ? AND business_date = ? AND duplicate_of IS NULL`,
			)
			.all(journalId, businessDate)
			.map(({ name }) => `${name}, which cannot be read`),
	);

const refuse = (code: RelayCode, key: DayKey, detail: string): never => {
	throw new RelayFault(code, `${daySubject(key)}: ${detail}`);
};

const onlyOne = <T>(key: DayKey, what: string, values: Iterable<T>): T => {
	const [first, ...more] = new Set(values);
	if (first === undefined || more.length > 0) {
		return refuse("RELAY-1119", key, `tickets of ${what} ${[first, ...more].join(" and ")}`);
	}
	return first;
};

const sumUp = (key: DayKey, taken: readonly TakenTicket[]) => {
	const tickets = taken.map(({ ticket }) => ticket);
	const { ticketCount, lineCount, gross, net, vat, rounding } = ownTotals(tickets);
	return {
		businessDate: onlyOne(key, "the dates", new Set(tickets.map((ticket) => ticket.businessDate))),
		currency: onlyOne(key, "the currencies", new Set(tickets.map((ticket) => ticket.currency))),
		messageId: Math.max(...taken.map(({ messageId }) => messageId)),
		...{ ticketCount, lineCount, gross, net, vat, rounding },
	};
};

/**
 * Closes a day that no Z of its till closes rightly: a person's act (`closedBy` is the name). Makes the relay's own report of
 * the tickets that it holds; from then on the day is booked by it like by a Z. Asked again it answers the same report; when
 * more of the day's tickets have come in since, the day is closed anew, whole. Throws a RelayFault: RELAY-1116 when the till
 * can still close the day, RELAY-1117 when its Z holds all its tickets, RELAY-1118 when messages are known to be missing and
 * `acceptMissing` does not say that they are lost for good, RELAY-1119 when the tickets cannot be summed to one report,
 * RELAY-1007 for a name that is none.
 */
export const closeOrphanDay = (
	{ ledger, alarms }: { readonly ledger: Ledger; readonly alarms: AlarmBook },
	{ store, till, z }: DayKey,
	closedBy: string,
	closedUtcMs: number,
	{ acceptMissing = false }: CloseOptions = {},
): RelayReport => {
	const key = { store, till, z };
	if (closedBy.trim() === "" || closedBy.length > NAME_LENGTH_MAX) {
		return refuse("RELAY-1007", key, "the name of the person who closes it is missing or too long");
	}
	return ledger.transaction(() => {
		const state = dayState(ledger, key);
		const before = relayReportOf(ledger, key);
		if (state === "closed" && before !== undefined) return before;
		if (state === "closed") return refuse("RELAY-1117", key, "nothing is left to close");
		if (state === "empty" || state === "open") {
			return refuse(
				"RELAY-1116",
				key,
				state === "empty" ? "nothing was sold" : "its till has not gone on in a new journal",
			);
		}
		const sums = sumUp(key, ticketsOfZ(ledger, key, z));
		const lost = [missingWords(holdingsOfDay(ledger, key)) ?? [], unreadable(ledger, key, sums.businessDate)].flat(2);
		const missing = lost.length === 0 ? null : lost.join("; ");
		if (missing !== null && !acceptMissing) return refuse("RELAY-1118", key, missing);
		const report = { ...key, ...sums, revision: (before?.revision ?? 0) + 1, missing, closedBy, closedUtcMs };
		addRelayReport(ledger, report);
		watchDay(ledger, alarms, key, closedUtcMs);
		return report;
	});
};
