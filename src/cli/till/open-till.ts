import { existsSync, mkdirSync } from "node:fs";
import { proposedBusinessDate } from "../../business-day/decide.ts";
import type { TillConfig } from "../../config/schema/till-config.ts";
import type { JournalCreated } from "../../events/journal-event.ts";
import type { Accepted } from "../../feed/schema/control.ts";
import { ULID_ENTROPY_BYTES, ulidOf } from "../../journal/contract/ulid.ts";
import { adoptJournal } from "../../journal/sqlite/adopt-journal.ts";
import { createJournal, hasJournal, type JournalOptions, openJournal } from "../../journal/sqlite/open-journal.ts";
import type { SqliteJournal } from "../../journal/sqlite/sqlite-journal.ts";
import { ZERO } from "../../money/amount.ts";
import type { Clock, Entropy } from "../../runtime/contract/clock.ts";
import { Fault } from "../../runtime/contract/fault.ts";
import { replay } from "../../till/replay.ts";
import type { TillState } from "../../till/state.ts";

/** What opening a journal takes from the world. */
export interface OpenParts {
	readonly config: TillConfig;
	readonly clock: Clock;
	readonly entropy: Entropy;
	readonly options: JournalOptions;
}

const newJournalId = ({ clock, entropy }: OpenParts): string =>
	ulidOf(clock.stamp().utcMs, entropy.bytes(ULID_ENTROPY_BYTES));

const monthNow = ({ clock, config }: OpenParts): string =>
	proposedBusinessDate(clock.stamp(), config.cutOverHour).slice(0, 7);

/** Opens the box's journal; a box that has none gets its first, its series beginning where provisioning says. */
export const openOrCreateJournal = (parts: OpenParts): SqliteJournal => {
	const { config, clock, options } = parts;
	const { directory } = config.journal;
	if (hasJournal(directory)) {
		const journal = openJournal(directory, options);
		assertSameTill(journal, config);
		return journal;
	}
	refuseIfLost(directory, config.journal.mirror);
	if (!existsSync(directory)) mkdirSync(directory, { recursive: true, mode: 0o750 });
	const { seriesStart } = config;
	const created: JournalCreated = {
		type: "JournalCreated",
		journalId: newJournalId(parts),
		store: config.store,
		till: config.till,
		currency: config.currency,
		counters: {
			receipt: seriesStart.receipt - 1,
			return: seriesStart.return - 1,
			delivery: seriesStart.delivery - 1,
			training: seriesStart.training - 1,
			z: seriesStart.z - 1,
			ticket: 0,
		},
		grandTotals: { sales: ZERO, returns: ZERO },
		adoptedFrom: null,
		reason: "provisioned",
	};
	return createJournal(directory, options, created, clock.stamp(), monthNow(parts));
};

/** The journal's disk was replaced or is not mounted: a new journal would give every number a second time. */
const refuseIfLost = (directory: string, mirror: string | undefined): void => {
	if (mirror === undefined || !hasJournal(mirror)) return;
	throw new Fault("TILL-0611", `there is no journal in ${directory}, and ${mirror} holds one`);
};

/** A journal belongs to one till for life: another store, till or currency in the configuration is a mistake, not a change. */
const assertSameTill = (journal: SqliteJournal, config: TillConfig): void => {
	const { store, till, currency } = journal.owner;
	if (store !== config.store || till !== config.till || currency !== config.currency) {
		journal.close();
		throw new Fault(
			"TILL-0905",
			`the journal is of till ${store}/${till} in ${currency}, the configuration says ${config.store}/${config.till} in ${config.currency}`,
		);
	}
};

/**
 * Continues a restored copy, or a journal that was continued twice, under a new id: its series go on behind what both
 * this box and the relay have seen, and what the relay has not accepted is sent again (DESIGN section 6). The journal in
 * force must be closed before.
 */
export const adoptAfterRestore = (parts: OpenParts, state: TillState, accepted: Accepted): SqliteJournal => {
	const { config, clock, options } = parts;
	const { counters, grandTotals } = state;
	return adoptJournal(
		config.journal.directory,
		options,
		{
			journalId: newJournalId(parts),
			reason: "restoredCopy",
			month: monthNow(parts),
			counters: {
				receipt: Math.max(counters.receipt, accepted.series.receipt),
				return: Math.max(counters.return, accepted.series.return),
				delivery: Math.max(counters.delivery, accepted.series.delivery),
				training: Math.max(counters.training, accepted.series.training),
				// A day that was open never gets its Z in the old journal: its number is used up.
				z: Math.max(counters.z, accepted.series.z, state.day?.z ?? 0),
				ticket: 0,
			},
			grandTotals,
		},
		clock.stamp(),
	);
};

/**
 * Continues the journal of another box (its directory, carried here on a medium) in this box's empty one, under a new id:
 * counters and grand totals go on, and what the relay had not accepted there is sent again from here.
 */
export const adoptFromBox = (parts: OpenParts, from: string): SqliteJournal => {
	const { config, clock, options } = parts;
	const old = openJournal(from, { logger: options.logger });
	let state: TillState;
	try {
		assertSameTill(old, config);
		({ state } = replay(old));
	} finally {
		old.close();
	}
	const { counters, grandTotals } = state;
	return adoptJournal(
		config.journal.directory,
		options,
		{
			journalId: newJournalId(parts),
			reason: "swappedBox",
			month: monthNow(parts),
			counters: { ...counters, z: Math.max(counters.z, state.day?.z ?? 0), ticket: 0 },
			grandTotals,
			from,
		},
		clock.stamp(),
	);
};
