import type { AlarmBook } from "./alarm/alarm-book.ts";
import type { Delivery, DeliverySummary } from "./delivery.ts";
import { allJournals } from "./intake/journals.ts";
import { type UnclosedDay, unclosedDays } from "./intake/orphan-day.ts";
import { type SeriesHighest, seriesHighest } from "./intake/series.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { TillStatuses } from "./till-statuses.ts";

/** A journal as the status shows it. */
interface JournalStatus {
	readonly journalId: string;
	readonly ordinal: number;
	/** Highest number accepted. */
	readonly accepted: number;
	/** Code of its fork; null while all is well. */
	readonly fork: string | null;
}

/** A till as the status shows it. */
export interface TillReport {
	readonly store: string;
	readonly till: string;
	/** Whether the till is on the broker; null when it was not heard since the relay began. */
	readonly online: boolean | null;
	/** Messages the till has not seen accepted, as it said last. */
	readonly backlog: number | null;
	readonly journals: readonly JournalStatus[];
	/** Messages set aside and not dealt with. */
	readonly setAside: number;
	/** The highest number of each series seen, in whatever journal: a new box of this till begins behind them (seriesStart). */
	readonly series: SeriesHighest;
}

/** Where the relay stands, as JSON. */
export interface RelayStatus {
	readonly ledgerId: string;
	readonly term: number;
	/** Whether the broker is reached. */
	readonly connected: boolean;
	readonly alarms: ReturnType<AlarmBook["open"]>;
	readonly tills: readonly TillReport[];
	/** Days that no Z of their till will close rightly: each waits for a person to close it here. */
	readonly unclosedDays: readonly UnclosedDay[];
	/** By name: m3, power-office. */
	readonly deliveries: Readonly<Record<string, DeliverySummary>>;
}

/** Puts the status together. */
export const relayStatus = (parts: {
	readonly ledger: Ledger;
	readonly alarms: AlarmBook;
	readonly statuses: TillStatuses;
	readonly deliveries: readonly Delivery[];
	readonly connected: boolean;
}): RelayStatus => {
	const { ledger, alarms, statuses, deliveries, connected } = parts;
	const setAside = ledger
		.statement<{ store: string; till: string; count: number }>(
			"SELECT store, till, count(*) AS count FROM set_aside WHERE resolved_utc_ms IS NULL GROUP BY store, till",
		)
		.all();
	const nameOf = ({ store, till }: { readonly store: string; readonly till: string }): string => `${store}/${till}`;
	const journals = Map.groupBy(allJournals(ledger), nameOf);
	const heard = new Map(statuses.all().map((entry) => [nameOf(entry), entry.status]));
	const aside = new Map(setAside.map((entry) => [nameOf(entry), entry.count]));
	const names = [...new Set([...journals.keys(), ...heard.keys(), ...aside.keys()])].toSorted();
	return {
		ledgerId: ledger.ledgerId,
		term: ledger.term,
		connected,
		alarms: alarms.open(),
		tills: names.map((name) => {
			const [store = "", till = ""] = name.split("/");
			return {
				store,
				till,
				online: heard.get(name)?.online ?? null,
				backlog: heard.get(name)?.backlog ?? null,
				journals: (journals.get(name) ?? []).map(({ journalId, ordinal, contiguous, forkCode }) => ({
					journalId,
					ordinal,
					accepted: contiguous,
					fork: forkCode,
				})),
				setAside: aside.get(name) ?? 0,
				series: seriesHighest(ledger, { store, till }),
			};
		}),
		unclosedDays: unclosedDays(ledger),
		deliveries: Object.fromEntries(deliveries.map((delivery) => [delivery.name, delivery.summary()])),
	};
};
