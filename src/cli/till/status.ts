import type { Stamp } from "../../events/stamp.ts";
import type { Status } from "../../feed/schema/control.ts";
import type { Journal } from "../../journal/contract/journal.ts";
import type { TicketSettings } from "../../ticket/settings.ts";
import { type Capability, readinessOf, type Surroundings } from "../../till/readiness.ts";
import type { TillState } from "../../till/state.ts";

const copied = (capability: Capability): { able: boolean; codes: string[] } => ({
	able: capability.able,
	codes: [...capability.codes],
});

/** The till's status as head office sees it. */
export const statusOf = (parts: {
	readonly state: TillState;
	readonly surroundings: Surroundings;
	readonly journal: Journal;
	readonly settings: TicketSettings;
	readonly version: string;
	readonly diskDaysLeft: number | null;
	readonly at: Stamp;
}): Status => {
	const { state, journal, settings } = parts;
	const readiness = readinessOf(state, parts.surroundings);
	const feedSeq = journal.feedHead().seq;
	return {
		v: 1,
		online: true,
		store: settings.store,
		till: settings.till,
		readiness: {
			sell: copied(readiness.sell),
			takeCash: copied(readiness.takeCash),
			print: copied(readiness.print),
			close: copied(readiness.close),
		},
		warnings: [...readiness.warnings],
		journalId: journal.journalId,
		backlog: feedSeq - (journal.cursor()?.feedSeq ?? 0),
		head: journal.head(),
		feedSeq,
		version: parts.version,
		diskDaysLeft: parts.diskDaysLeft,
		businessDate: state.day?.businessDate ?? null,
		atUtcMs: parts.at.utcMs,
	};
};
