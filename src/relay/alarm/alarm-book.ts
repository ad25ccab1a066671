import type { Logger } from "../../runtime/contract/logger.ts";
import type { RelayCode } from "../codes.ts";
import type { Ledger } from "../ledger/ledger.ts";

/** Something a person has to see to: kept until it is resolved, so that a restart forgets none. */
export interface Alarm {
	readonly code: RelayCode;
	/** What it is about: a journal id, "STORE/TILL", a round. One open alarm per code and subject. */
	readonly subject: string;
	readonly detail: string;
	readonly firstUtcMs: number;
	readonly lastUtcMs: number;
	/** How often it came up. */
	readonly count: number;
}

/** The alarms of the relay. */
export interface AlarmBook {
	/** Raises one, or counts it again when it is open. Joins the caller's transaction. */
	raise(code: RelayCode, subject: string, detail: string, atUtcMs: number): void;
	/** Its cause is gone. Nothing happens when there is none. */
	resolve(code: RelayCode, subject: string, atUtcMs: number): void;
	/** What is open, oldest first. */
	open(): Alarm[];
}

const STEPS = [
	`CREATE TABLE alarm (
		code TEXT NOT NULL,
		subject TEXT NOT NULL,
		detail TEXT NOT NULL,
		first_utc_ms INTEGER NOT NULL,
		last_utc_ms INTEGER NOT NULL,
		count INTEGER NOT NULL,
		resolved_utc_ms INTEGER,
		PRIMARY KEY (code, subject)
	) STRICT, WITHOUT ROWID`,
];

/** The alarms in a ledger. Each one is logged when it is raised for the first time. */
export const openAlarmBook = (ledger: Ledger, log: Logger): AlarmBook => {
	ledger.migrate("alarm", STEPS);
	return {
		raise: (code, subject, detail, atUtcMs) => {
			const again = ledger
				.statement(
					"UPDATE alarm SET count = count + 1, last_utc_ms = ?, detail = ? WHERE code = ? AND subject = ? AND resolved_utc_ms IS NULL",
				)
				.run(atUtcMs, detail, code, subject);
			if (again.changes > 0) return;
			ledger
				.statement("INSERT OR REPLACE INTO alarm VALUES (?, ?, ?, ?, ?, 1, NULL)")
				.run(code, subject, detail, atUtcMs, atUtcMs);
			log.error(detail, { code, subject });
		},
		resolve: (code, subject, atUtcMs) => {
			ledger
				.statement("UPDATE alarm SET resolved_utc_ms = ? WHERE code = ? AND subject = ? AND resolved_utc_ms IS NULL")
				.run(atUtcMs, code, subject);
		},
		open: () =>
			ledger
				.statement<Alarm>(
					"SELECT code, subject, detail, first_utc_ms AS firstUtcMs, last_utc_ms AS lastUtcMs, count FROM alarm WHERE resolved_utc_ms IS NULL ORDER BY first_utc_ms, code, subject",
				)
				.all(),
	};
};
