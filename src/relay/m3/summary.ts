import type { DeliverySummary, TillBacklog } from "../delivery.ts";
import type { Ledger } from "../ledger/ledger.ts";

/** Quarantined tickets named per till; the rest is in the count. */
const QUARANTINED_PER_TILL_MAX = 20;

interface ReasonRow {
	readonly store: string;
	readonly till: string;
	readonly code: string | null;
	readonly reason: string | null;
	readonly count: number;
}

const tillBacklogs = (ledger: Ledger): TillBacklog[] => {
	const waiting = ledger
		.statement<ReasonRow>(
			`SELECT t.store, t.till, m.code, m.reason, count(*) AS count FROM m3_ticket m JOIN ticket t USING (message_id)
			WHERE m.state = 'waiting' GROUP BY t.store, t.till, m.code, m.reason ORDER BY t.store, t.till, m.reason`,
		)
		.all();
	const quarantined = ledger
		.statement<{ store: string; till: string; key: string; code: string | null; reason: string | null }>(
			`SELECT t.store, t.till, m.refe AS key, m.code, m.reason FROM m3_ticket m JOIN ticket t USING (message_id)
			WHERE m.state = 'quarantined' ORDER BY m.message_id`,
		)
		.all();
	const nameOf = (row: { readonly store: string; readonly till: string }): string => `${row.store}/${row.till}`;
	const waitingByTill = Map.groupBy(waiting, nameOf);
	const quarantinedByTill = Map.groupBy(quarantined, nameOf);
	return [...new Set([...waitingByTill.keys(), ...quarantinedByTill.keys()])].toSorted().map((name) => {
		const [store = "", till = ""] = name.split("/");
		return {
			store,
			till,
			waiting: (waitingByTill.get(name) ?? []).map(({ code, reason, count }) => ({ code, reason, count })),
			quarantined: (quarantinedByTill.get(name) ?? [])
				.slice(0, QUARANTINED_PER_TILL_MAX)
				.map(({ key, code, reason }) => ({ key, code, reason })),
		};
	});
};

/** Where the delivery to M3 stands. */
export const m3Summary = (ledger: Ledger, pausedBy: string | null): DeliverySummary => {
	const states = ledger
		.statement<{ state: string; count: number }>("SELECT state, count(*) AS count FROM m3_ticket GROUP BY state")
		.all();
	const unknown = ledger
		.statement<{ id: number; itrn: string; words: string | null }>(
			"SELECT id, itrn, words FROM m3_round WHERE step = 'unknown' ORDER BY id",
		)
		.all();
	return {
		states: Object.fromEntries(states.map(({ state, count }) => [state, count])),
		tills: tillBacklogs(ledger),
		unknown: unknown.map(({ id, itrn, words }) => ({
			key: itrn,
			detail: `round ${id}: not known whether M3 processed it${words === null ? "" : ` (${words})`}`,
		})),
		pausedBy,
	};
};
