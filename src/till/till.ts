import type { Effect } from "../devices/contract/effect.ts";
import type { ClockDoubted, JournalEvent } from "../events/journal-event.ts";
import { isRefusal, type Refusal } from "../events/refusal.ts";
import { brokenInvariants } from "../ticket/invariants.ts";
import { judgeClock } from "./clock-rules.ts";
import type { TillParts } from "./context.ts";
import { decide } from "./decide.ts";
import { draftOf } from "./drafts.ts";
import { effectsOf } from "./effects-of.ts";
import { evolve } from "./evolve.ts";
import type { Input } from "./input.ts";
import type { Surroundings } from "./readiness.ts";
import { type RecentRead, withRead } from "./recent-reads.ts";
import { snapshotText } from "./snapshot.ts";
import { carriedJobs, STATE_VERSION, type TillState } from "./state.ts";

/** Records after which a snapshot is due. */
const SNAPSHOT_RECORDS = 200;

/** Records between two snapshots at the most, and so what a restart replays at the most. */
const SNAPSHOT_RECORDS_MAX = 2 * SNAPSHOT_RECORDS;

/** What one input came to. */
export interface Outcome {
	/** Undefined when it was taken. */
	readonly refusal: Refusal | undefined;
	/** What was recorded; none for a refusal and for an answer that says nothing new. */
	readonly events: readonly JournalEvent[];
	readonly effects: readonly Effect[];
	/** Whether the journal now holds messages that were not there before. */
	readonly hasMessages: boolean;
}

/**
 * The loop: one input -> decide -> evolve on trial -> append -> adopt -> effects (DESIGN section 4). Synchronous from end
 * to end: between taking an input and having its records on disk nothing else can run.
 */
export class Till {
	readonly #parts: TillParts;
	#state: TillState;
	/** Not part of the state: a read that was dropped is no fact, and after a restart the pack lies elsewhere. */
	#recentReads: readonly RecentRead[] = [];
	#sinceSnapshot = 0;

	constructor(parts: TillParts, state: TillState) {
		this.#parts = parts;
		this.#state = state;
	}

	/** The state after everything recorded so far. */
	state(): TillState {
		return this.#state;
	}

	/** Takes one input. Throws only on a fault of the journal or a bug; then nothing was recorded and the state stands. */
	take(input: Input, surroundings: Surroundings): Outcome {
		const outcome = this.#decideAndRecord(input, surroundings);
		this.#recentReads = withRead(this.#recentReads, input, outcome.refusal, this.#parts);
		return outcome;
	}

	#decideAndRecord(input: Input, surroundings: Surroundings): Outcome {
		const decided = decide(input, {
			state: this.#state,
			parts: this.#parts,
			surroundings,
			recentReads: this.#recentReads,
		});
		if (isRefusal(decided))
			return { refusal: decided, events: [], effects: refusalEffects(input, decided), hasMessages: false };
		if (decided.length === 0) return { refusal: undefined, events: [], effects: [], hasMessages: false };
		const doubt = judgeClock(this.#state.lastAt, input.at, input.clockSynchronised);
		const carried = this.#rollIfNewMonth(decided, input);
		const recorded = doubt ?? carried;
		return this.#record(input, recorded === undefined ? decided : [recorded, ...decided]);
	}

	#record(input: Input, events: readonly JournalEvent[]): Outcome {
		const { journal, settings } = this.#parts;
		const before = this.#state;
		const after = events.reduce((state, event) => evolve(state, event, input.at), before);
		assertSound(events, settings.cashUnitMinor);
		const businessDate = after.day?.businessDate ?? before.day?.businessDate ?? null;
		const drafts = events.map((event) => draftOf(event, businessDate)).filter((draft) => draft !== undefined);
		journal.append(input.at, input.source, events, drafts);
		this.#state = after;
		this.#sinceSnapshot += input.body.type === "ServiceStarted" ? SNAPSHOT_RECORDS : events.length;
		if (this.#sinceSnapshot >= (isWaitedFor(input) ? SNAPSHOT_RECORDS_MAX : SNAPSHOT_RECORDS)) this.#saveSnapshot();
		return {
			refusal: undefined,
			events,
			effects: effectsOf(events, after, journal, settings.cashUnitMinor),
			hasMessages: drafts.length > 0,
		};
	}

	/**
	 * A business month has its own segment file, begun when its first day is opened (DESIGN section 6). The new segment
	 * begins with what its first record holds; a doubted clock is answered to be recorded in it again.
	 */
	#rollIfNewMonth(events: readonly JournalEvent[], input: Input): ClockDoubted | undefined {
		const opened = events.find((event) => event.type === "BusinessDayOpened");
		if (opened === undefined) return undefined;
		const { counters, grandTotals, catalogVersion, clockDoubt } = this.#state;
		const jobs = carriedJobs(this.#state);
		const rolled = this.#parts.journal.roll(input.at, opened.businessDate.slice(0, 7), {
			counters,
			grandTotals,
			catalogVersion: catalogVersion ?? null,
			...(jobs === undefined ? {} : { jobs }),
		});
		if (rolled === undefined) return undefined;
		this.#state = rolled.records.reduce((state, record) => evolve(state, record.event, record.at), this.#state);
		return clockDoubt === undefined ? undefined : { type: "ClockDoubted", doubt: clockDoubt, differenceMs: 0 };
	}

	#saveSnapshot(): void {
		this.#parts.journal.saveSnapshot(STATE_VERSION, snapshotText(this.#state));
		this.#sinceSnapshot = 0;
	}
}

/** Whether a person stands and waits for display or drawer: what can be done with another input is not done with this one. */
const isWaitedFor = ({ body }: Input): boolean =>
	body.type === "Scanned" || body.type === "Typed" || body.type === "Tendered" || body.type === "CloseRequested";

/** A closed ticket whose sums do not hold is a bug of this program: nothing of it is written. */
const assertSound = (events: readonly JournalEvent[], cashUnitMinor: bigint | undefined): void => {
	for (const event of events) {
		if (event.type !== "TicketClosed") continue;
		const broken = brokenInvariants(event.document, cashUnitMinor);
		if (broken.length > 0) throw new Error(`TILL-0106 ${event.document.ticketId}: ${broken.join("; ")}`);
	}
};

const refusalEffects = (input: Input, refusal: Refusal): Effect[] => {
	const { body } = input;
	switch (body.type) {
		case "Scanned":
			return [
				{ effect: "DisplayText", content: { show: "refusal", refusal } },
				{ effect: "BeepError", deviceId: body.deviceId },
			];
		default:
			return [];
	}
};
