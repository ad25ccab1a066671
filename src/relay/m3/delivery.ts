import type { Delivery } from "../delivery.ts";
import { applyInput, applyJudgement, policyOf } from "./apply.ts";
import { createBackOff } from "./back-off.ts";
import type { CallOutcome } from "./client.ts";
import { M3_SUBJECT, type M3Context, mayBeOldCopy, roundSubject } from "./context.ts";
import { settleDoubts } from "./doubts.ts";
import { readPosition, savePosition } from "./position.ts";
import { cutDueRounds, isAsMapped, placeAgain, takeTickets } from "./queue.ts";
import type { ExpectedTicket } from "./read-back.ts";
import { type ReadBackOutcome, readRound } from "./read-m3.ts";
import { type Resolution, releaseRefused, releaseTicket, resolveRound } from "./resolve.ts";
import type { RoundInput } from "./round.ts";
import { roundInput, type SettledOutcome } from "./round-answer.ts";
import { OPS270MI, roundRequest } from "./round-request.ts";
import { findRound, markSent, openRounds, roundRows, type StoredRound, type StoredRow } from "./rounds.ts";
import { M3_STEPS } from "./schema.ts";
import { m3Summary } from "./summary.ts";
import { roundTickets, setState, type TicketFilter, ticketsInState } from "./tickets.ts";

/** Name of the pause that stops everything: M3 is away, throttles or lets nobody in. */
const ALL = "all";
/** Name of the pause after a look-up of doubtful tickets that came to nothing. */
const DOUBTS = "doubts";
/** Pauses in a row after which a person is told. */
const PAUSES_ALARM = 3;

/** Inputs after which a round that struggled is well again. */
const PROGRESS: readonly RoundInput["kind"][] = ["uploaded", "accepted", "resolved"];
/** Inputs that show that M3 answers what a round waited for. */
const ANSWERS: readonly RoundInput["kind"][] = [...PROGRESS, "readBack", "readBackRefused"];

type Deferred = Extract<CallOutcome, { readonly kind: "deferred" }>;

/** What a lost ledger did since this one was copied is not known: all that is not booked is in doubt. */
const doubtAll = (context: M3Context): void => {
	const { ledger } = context;
	for (const round of openRounds(ledger)) applyInput(context, round, { kind: "newTerm" });
	for (const state of ["queued", "waiting"] as const) {
		for (const { messageId } of ticketsInState(ledger, state, Number.MAX_SAFE_INTEGER)) {
			setState(ledger, messageId, "doubtful");
		}
	}
};

/** After a restore from a backup (DESIGN section 7, term). */
const beginTerm = (context: M3Context): void => {
	const { ledger } = context;
	ledger.transaction(() => {
		const position = readPosition(ledger);
		if (position.term === ledger.term) return;
		doubtAll(context);
		savePosition(ledger, { ...position, term: ledger.term });
	});
};

const expectedTickets = (context: M3Context, round: StoredRound, rows: readonly StoredRow[]): ExpectedTicket[] =>
	roundTickets(context.ledger, round.id, ["inRound", "acknowledged"]).map(({ messageId, refe }) => ({
		messageId,
		refe,
		rows: rows.filter((row) => row.messageId === messageId),
	}));

const readBackInput = (outcome: Exclude<ReadBackOutcome, Deferred>): RoundInput => {
	switch (outcome.kind) {
		case "refused":
			return { kind: "readBackRefused", words: outcome.words };
		case "lost":
			return outcome;
		case "judged": {
			const { started, open } = outcome.judgement;
			return { kind: "readBack", started, openCount: open.length };
		}
	}
};

/** The delivery to M3, with what a person can tell it. */
export interface M3Delivery extends Delivery {
	/** See {@link resolveRound}. */
	resolveRound(itrn: string, processed: boolean): Resolution;
	/** See {@link releaseTicket}. */
	releaseTicket(refe: string, as: "send" | "booked"): Resolution;
	/** See {@link releaseRefused}. */
	releaseRefused(filter: TicketFilter): number;
}

/**
 * The delivery to M3. One thing a step: take tickets over, look doubtful ones up, cut a round, or do the next request of a
 * round. A round that pauses never holds up another. Everything is on disk before it is sent, so that a relay that ends at
 * any moment goes on from there.
 */
export const createM3Delivery = (context: M3Context): M3Delivery => {
	const { ledger, alarms, clock, client, m3 } = context;
	ledger.migrate("m3", M3_STEPS);
	let hasBegun = false;
	let wasOldCopy = false;
	/** Rounds that an earlier process cut, perhaps with another mapping. */
	let inherited: ReadonlySet<number> = new Set();
	const backOff = createBackOff();
	let pausedBy: string | null = null;
	/** False at first: an alarm of an earlier process may stand. */
	let isReached = false;
	const nowMs = (): number => clock.stamp().monotonicMs;

	/** Picks up what the last process left, at the first step: a command that only tells something must not do that. */
	const begin = (): void => {
		if (hasBegun) return;
		beginTerm(context);
		placeAgain(context);
		inherited = new Set(openRounds(ledger).map((round) => round.id));
		wasOldCopy = mayBeOldCopy(context);
		hasBegun = true;
	};

	/** A till has just shown that the ledger is an old copy in which no new term was begun: what is under way is in doubt too. */
	const noticeOldCopy = (): boolean => {
		if (wasOldCopy || !mayBeOldCopy(context)) return false;
		wasOldCopy = true;
		ledger.transaction(() => doubtAll(context));
		return true;
	};

	/** M3 did not carry the request out and is not to be asked anything for a while. */
	const defer = ({ reason, retryAfterMs }: Deferred): void => {
		backOff.pause(ALL, nowMs(), retryAfterMs);
		pausedBy = reason;
		isReached = false;
		if (backOff.count(ALL) >= PAUSES_ALARM) alarms.raise("RELAY-2303", M3_SUBJECT, reason, clock.stamp().utcMs);
	};

	const reached = (): void => {
		if (isReached) return;
		isReached = true;
		pausedBy = null;
		backOff.reset(ALL);
		alarms.resolve("RELAY-2303", M3_SUBJECT, clock.stamp().utcMs);
	};

	const settle = (round: StoredRound, input: RoundInput): void => {
		const [name, subject] = [`round ${round.id}`, roundSubject(round.id)];
		const { state, pause } = applyInput(context, round, input);
		const atUtcMs = clock.stamp().utcMs;
		const isEnded = state.step === "done" || state.step === "dissolved";
		if (pause === "backOff") backOff.pause(name, nowMs());
		else if (isEnded || PROGRESS.includes(input.kind)) backOff.reset(name);
		if (input.kind === "lost" && backOff.count(name) >= PAUSES_ALARM) {
			alarms.raise("RELAY-2303", subject, `${round.state.step}: ${input.reason}`, atUtcMs);
		} else if (isEnded || ANSWERS.includes(input.kind)) alarms.resolve("RELAY-2303", subject, atUtcMs);
	};

	/** Whether M3's tables may be read is a matter of the tenant, not of a round. */
	const noteReadable = (refusal: string | null): void => {
		const atUtcMs = clock.stamp().utcMs;
		if (refusal === null) alarms.resolve("RELAY-2304", M3_SUBJECT, atUtcMs);
		else alarms.raise("RELAY-2304", M3_SUBJECT, refusal, atUtcMs);
	};

	const readBack = async (round: StoredRound, itrn: string, rows: readonly StoredRow[]): Promise<void> => {
		const outcome = await readRound(context, round, itrn, expectedTickets(context, round, rows));
		if (outcome.kind === "deferred") return defer(outcome);
		if (outcome.kind !== "lost") {
			reached();
			noteReadable(outcome.kind === "refused" ? outcome.words : null);
		}
		// While M3 was read a person may have said what became of the round.
		if (findRound(ledger, round.id)?.state.step !== round.state.step) return;
		ledger.transaction(() => {
			settle(round, readBackInput(outcome));
			if (outcome.kind === "judged") applyJudgement(context, round.id, outcome.judgement);
		});
	};

	const call = (round: StoredRound, rows: readonly StoredRow[]): Promise<CallOutcome> | undefined => {
		const request = roundRequest(round, rows, m3, policyOf(context).canReadBack);
		switch (request.kind) {
			case "change":
				return client.change(OPS270MI, request.transactions, round);
			case "count":
				return client.read(OPS270MI, request.transaction, round);
			case "readBack":
			case "none":
				return undefined;
		}
	};

	/**
	 * Does the request of a round's step. One that went out before, from this process or an earlier one, without its answer
	 * being written down counts as lost: it may have been carried out.
	 */
	const advance = async (round: StoredRound): Promise<void> => {
		if (round.sent) return settle(round, { kind: "lost", reason: "its answer was not written down" });
		const rows = roundRows(ledger, round.id);
		const { step, itrn } = round.state;
		if (itrn !== null && (step === "unsure" || step === "unknown" || step === "confirm")) {
			return readBack(round, itrn, rows);
		}
		if (
			step === "number" &&
			inherited.has(round.id) &&
			(policyOf(context).canReadBack || !isAsMapped(context, round, rows))
		) {
			return settle(round, { kind: "remapped" });
		}
		markSent(ledger, round.id, true, clock.stamp().utcMs);
		const outcome = await call(round, rows);
		if (outcome === undefined || outcome.kind === "deferred") {
			markSent(ledger, round.id, false, clock.stamp().utcMs);
			if (outcome !== undefined) defer(outcome);
			return;
		}
		if (outcome.kind !== "uncertain") reached();
		settle(round, roundInput(round, rows, outcome satisfies SettledOutcome));
	};

	const nextRound = (): StoredRound | undefined =>
		openRounds(ledger).find(
			(round) =>
				!backOff.isPaused(`round ${round.id}`, nowMs()) &&
				roundRequest(round, [], m3, policyOf(context).canReadBack).kind !== "none",
		);

	/** Looks doubtful tickets up; false when there are none or they have to wait. */
	const doubts = async (): Promise<boolean> => {
		if (backOff.isPaused(DOUBTS, nowMs())) return false;
		const outcome = await settleDoubts(context);
		switch (outcome.kind) {
			case "none":
				return false;
			case "settled":
				backOff.reset(DOUBTS);
				if (policyOf(context).canReadBack) {
					reached();
					noteReadable(null);
				}
				return true;
			case "deferred":
				defer(outcome);
				return false;
			case "refused":
				reached();
				noteReadable(outcome.words);
				backOff.pause(DOUBTS, nowMs());
				return false;
			case "lost":
				backOff.pause(DOUBTS, nowMs());
				if (backOff.count(DOUBTS) >= PAUSES_ALARM) {
					isReached = false;
					alarms.raise("RELAY-2303", M3_SUBJECT, outcome.reason, clock.stamp().utcMs);
				}
				return false;
		}
	};

	return {
		name: "m3",
		step: async () => {
			begin();
			if (noticeOldCopy() || takeTickets(context) || cutDueRounds(context)) return true;
			if (backOff.isPaused(ALL, nowMs())) return false;
			if (await doubts()) return true;
			const round = nextRound();
			if (round === undefined) return false;
			await advance(round);
			return true;
		},
		summary: () => m3Summary(ledger, pausedBy),
		resolveRound: (itrn, processed) => {
			backOff.clear();
			return resolveRound(context, itrn, processed);
		},
		releaseTicket: (refe, as) => {
			backOff.clear();
			return releaseTicket(context, refe, as);
		},
		releaseRefused: (filter) => {
			backOff.clear();
			return releaseRefused(context, filter);
		},
	};
};
