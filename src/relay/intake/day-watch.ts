import type { AlarmBook } from "../alarm/alarm-book.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { type DayKey, dayState, daySubject, hasLaterDay, type NotedDay, suspectDaysBefore } from "./days.ts";

/** The alarm of each state that needs a person. */
const ALARMS = { orphan: "RELAY-1113", split: "RELAY-1114" } as const;

/** A state of a day that only a person resolves. */
export type UnclosedState = keyof typeof ALARMS;

/** Looks at one day again, and raises or ends its alarm when that has changed. Joins the caller's transaction. */
export const watchDay = (ledger: Ledger, alarms: AlarmBook, key: DayKey, atUtcMs: number): void => {
	const { store, till, z } = key;
	const subject = daySubject(key);
	const state = dayState(ledger, key);
	const known = ledger
		.statement<{ state: UnclosedState }>("SELECT state FROM unclosed_day WHERE store = ? AND till = ? AND z = ?")
		.get(store, till, z)?.state;
	const isUnclosed = state === "orphan" || state === "split";
	if (known === (isUnclosed ? state : undefined)) return;
	ledger.statement("DELETE FROM unclosed_day WHERE store = ? AND till = ? AND z = ?").run(store, till, z);
	if (known !== undefined) alarms.resolve(ALARMS[known], subject, atUtcMs);
	if (!isUnclosed) return;
	ledger.statement("INSERT INTO unclosed_day VALUES (?, ?, ?, ?, ?)").run(store, till, z, state, atUtcMs);
	const detail =
		state === "orphan"
			? `${subject} has tickets and will get no Z from the till`
			: `${subject} has tickets that its Z or its closing does not hold`;
	alarms.raise(ALARMS[state], subject, detail, atUtcMs);
};

/**
 * Looks at what a message may have changed: a day that begins leaves those before it behind, a ticket or Z of a day that was
 * left behind comes late, or a copy of the journal sold on. In the ordinary course of a till none of it is the case.
 */
export const watchDays = (
	ledger: Ledger,
	alarms: AlarmBook,
	{ day, isBegun, isReissue }: NotedDay,
	atUtcMs: number,
): void => {
	if (isBegun) for (const earlier of suspectDaysBefore(ledger, day)) watchDay(ledger, alarms, earlier, atUtcMs);
	if (isReissue || hasLaterDay(ledger, day)) watchDay(ledger, alarms, day, atUtcMs);
};

/** Looks at every day that may be left behind, once at the start: the ledger may come from before days were watched. */
export const watchAllDays = (ledger: Ledger, alarms: AlarmBook, atUtcMs: number): void =>
	ledger.transaction(() => {
		const tills = ledger
			.statement<{ store: string; till: string }>(
				"SELECT store, till FROM journal GROUP BY store, till HAVING count(*) > 1",
			)
			.all();
		for (const till of tills) {
			for (const day of suspectDaysBefore(ledger, { ...till, z: Number.MAX_SAFE_INTEGER })) {
				watchDay(ledger, alarms, day, atUtcMs);
			}
		}
	});
