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

/** What a message says of a day. */
export interface NotedDay {
	readonly day: DayKey;
	/** Its maker has just begun the day. */
	readonly isBegun: boolean;
	/** Another journal than its maker sent it. */
	readonly isReissue: boolean;
}

/** Notes the day that a message belongs to, for the journal that made it and the one that sent it again; undefined for none. */
export const noteDay = (ledger: Ledger, envelope: IntakeEnvelope, content: Content): NotedDay | undefined => {
	const z = zOf(content);
	if (z === undefined) return undefined;
	const { store, till, reissueOf, journalId } = envelope;
	const note = (of: string, isMaker: 0 | 1): boolean =>
		ledger.statement("INSERT OR IGNORE INTO day VALUES (?, ?, ?, ?, ?)").run(store, till, z, of, isMaker).changes > 0;
	const isBegun = note(reissueOf?.journalId ?? journalId, 1);
	const isReissue = reissueOf !== null;
	if (isReissue) note(journalId, 0);
	return { day: { store, till, z }, isBegun, isReissue };
};

/** Whether the till has begun a day behind this one. */
export const hasLaterDay = (ledger: Ledger, { store, till, z }: DayKey): boolean =>
	ledger.statement("SELECT 1 FROM day WHERE store = ? AND till = ? AND z > ? LIMIT 1").get(store, till, z) !==
	undefined;

/** The days of a till before this one that may not be closed rightly: without a Z, or in two journals. */
export const suspectDaysBefore = (ledger: Ledger, { store, till, z }: DayKey): DayKey[] =>
	ledger
		.statement<DayKey>(
			`SELECT store, till, z FROM day d WHERE store = ? AND till = ? AND z < ? GROUP BY z
			HAVING count(*) > 1 OR NOT EXISTS
				(SELECT 1 FROM report r WHERE r.store = d.store AND r.till = d.till AND r.z = d.z) ORDER BY z`,
		)
		.all(store, till, z);

/** The journals that made messages of a day, oldest first. */
export const makersOfDay = (ledger: Ledger, { store, till, z }: DayKey): string[] =>
	ledger
		.statement<{ journalId: string }>(
			`SELECT d.journal_id AS journalId FROM day d LEFT JOIN journal j USING (journal_id)
			WHERE d.store = ? AND d.till = ? AND d.z = ? AND d.is_maker = 1 ORDER BY coalesce(j.ordinal, 0), d.journal_id`,
		)
		.all(store, till, z)
		.map((row) => row.journalId);

/** A journal that was met after the one that opened the day has begun a later day: the Z will not come any more. */
const isSucceeded = (ledger: Ledger, { store, till, z }: DayKey): boolean =>
	ledger
		.statement(
			`SELECT 1 FROM day d LEFT JOIN journal j USING (journal_id) WHERE d.store = ? AND d.till = ? AND d.z > ? AND d.is_maker = 1
			AND coalesce(j.ordinal, 0) > (SELECT min(coalesce(oj.ordinal, 0)) FROM day o LEFT JOIN journal oj USING (journal_id)
				WHERE o.store = d.store AND o.till = d.till AND o.z = ? AND o.is_maker = 1) LIMIT 1`,
		)
		.get(store, till, z, z) !== undefined;

/** Whether messages of a day came in more than one journal. */
const isInTwoJournals = (ledger: Ledger, { store, till, z }: DayKey): boolean =>
	ledger.statement("SELECT 1 FROM day WHERE store = ? AND till = ? AND z = ? LIMIT 1 OFFSET 1").get(store, till, z) !==
	undefined;

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
		return tickets > report.tickets && isInTwoJournals(ledger, key) ? "split" : "closed";
	}
	if (tickets === 0) return "empty";
	return isSucceeded(ledger, key) ? "orphan" : "open";
};
