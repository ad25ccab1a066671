import type { TillAddress } from "../../feed/schema/topic.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Content } from "./content.ts";
import type { IntakeEnvelope } from "./envelope.ts";
import { relayReportOf } from "./relay-report.ts";

/** A day of a till, by the number that its Z has or would have had. */
export interface DayKey extends TillAddress {
	readonly z: number;
}

/** A day as alarms and people name it. */
export const daySubject = ({ store, till, z }: DayKey): string => `${store}/${till} Z ${z}`;

const zOf = (content: Content): number | undefined => {
	switch (content.kind) {
		case "ticket":
			return content.ticket.z;
		case "report":
			return content.report.z;
		case "dayOpened":
			return content.z;
		default:
			return undefined;
	}
};

/**
 * Notes that a message belongs to a day, in the life of the journal in which it was first made. Answers the day, and whether
 * this journal has just begun it; undefined for a message of no day.
 */
export const noteDay = (
	ledger: Ledger,
	envelope: IntakeEnvelope,
	content: Content,
): { readonly day: DayKey; readonly isBegun: boolean } | undefined => {
	const z = zOf(content);
	if (z === undefined) return undefined;
	const { store, till, reissueOf, journalId } = envelope;
	const { changes } = ledger
		.statement("INSERT OR IGNORE INTO day VALUES (?, ?, ?, ?)")
		.run(store, till, z, reissueOf?.journalId ?? journalId);
	return { day: { store, till, z }, isBegun: changes > 0 };
};

/** Whether the till has begun a day behind this one. */
export const hasLaterDay = (ledger: Ledger, { store, till, z }: DayKey): boolean =>
	ledger.statement("SELECT 1 FROM day WHERE store = ? AND till = ? AND z > ? LIMIT 1").get(store, till, z) !==
	undefined;

/** The days of a till before this one that may not be closed rightly: without a Z, or sold in the lives of two journals. */
export const suspectDaysBefore = (ledger: Ledger, { store, till, z }: DayKey): DayKey[] =>
	ledger
		.statement<DayKey>(
			`SELECT store, till, z FROM day d WHERE store = ? AND till = ? AND z < ? GROUP BY z
			HAVING count(*) > 1 OR NOT EXISTS
				(SELECT 1 FROM report r WHERE r.store = d.store AND r.till = d.till AND r.z = d.z) ORDER BY z`,
		)
		.all(store, till, z);

/** The journals in whose life a day was sold, oldest first, as far as they are known. */
export const livesOfDay = (ledger: Ledger, { store, till, z }: DayKey): string[] =>
	ledger
		.statement<{ journalId: string }>(
			`SELECT d.journal_id AS journalId FROM day d LEFT JOIN journal j USING (journal_id)
			WHERE d.store = ? AND d.till = ? AND d.z = ? ORDER BY coalesce(j.ordinal, 0), d.journal_id`,
		)
		.all(store, till, z)
		.map((row) => row.journalId);

/** A journal that began after the one that opened the day has gone on to a later day: the Z will not come any more. */
const isSucceeded = (ledger: Ledger, { store, till, z }: DayKey): boolean =>
	ledger
		.statement(
			`SELECT 1 FROM day d LEFT JOIN journal j USING (journal_id) WHERE d.store = ? AND d.till = ? AND d.z > ?
			AND coalesce(j.ordinal, 0) > (SELECT min(coalesce(oj.ordinal, 0)) FROM day o LEFT JOIN journal oj USING (journal_id)
				WHERE o.store = d.store AND o.till = d.till AND o.z = ?) LIMIT 1`,
		)
		.get(store, till, z, z) !== undefined;

/**
 * Where a day stands. `empty` nothing was sold · `open` its till can still send the Z · `closed` its Z, or the closing at the
 * relay, holds all its tickets · `orphan` its Z will not come: the till went on in a new journal · `split` it has tickets
 * beyond those that its Z or closing holds: a copy of the till's journal sold on.
 */
export type DayState = "empty" | "open" | "closed" | "orphan" | "split";

/** Says where a day stands. */
export const dayState = (ledger: Ledger, key: DayKey): DayState => {
	const { store, till, z } = key;
	const count = ledger
		.statement<{ n: number }>("SELECT count(*) AS n FROM ticket WHERE store = ? AND till = ? AND z = ?")
		.get(store, till, z);
	const tickets = count?.n ?? 0;
	const own = relayReportOf(ledger, key);
	if (own !== undefined) return own.ticketCount === tickets ? "closed" : "split";
	const report = ledger
		.statement<{ tickets: number }>(
			"SELECT ticket_count AS tickets FROM report WHERE store = ? AND till = ? AND z = ? ORDER BY message_id LIMIT 1",
		)
		.get(store, till, z);
	if (report !== undefined) {
		// Fewer or more tickets of one journal than its Z counts are a fault of the till, and found as one (RELAY-3002).
		return tickets > report.tickets && livesOfDay(ledger, key).length > 1 ? "split" : "closed";
	}
	if (tickets === 0) return "empty";
	return isSucceeded(ledger, key) ? "orphan" : "open";
};
