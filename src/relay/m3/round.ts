import type { RelayCode } from "../codes.ts";

/**
 * Where a round stands. `number` AddRoundNumber · `upload` the bulks of rows · `count` GetRoundNumber after a lost answer ·
 * `remove` DelRoundNumber · `checkRemoved` GetRoundNumber after a refused one · `process` BchPrcRound · `unsure` its answer
 * was lost, M3 is read · `repeat` BchPrcRound once more, where that is allowed · `unknown` a person has to say · `confirm`
 * accepted, OPSALE is read · `done` · `dissolved` given up before anything of it could be booked.
 */
export type RoundStep =
	| "number"
	| "upload"
	| "count"
	| "remove"
	| "checkRemoved"
	| "process"
	| "unsure"
	| "repeat"
	| "unknown"
	| "confirm"
	| "done"
	| "dissolved";

/** The state of a round. */
export interface RoundState {
	readonly step: RoundStep;
	/** Interface round number; null until AddRoundNumber was answered. */
	readonly itrn: string | null;
	/** Bulks known to be in M3; the one at hand is `part`. */
	readonly part: number;
	/** Bulks of the round; 0 when no ticket is left in it. */
	readonly partCount: number;
	/** Times M3 was read without finding what was looked for. */
	readonly reads: number;
	/** What M3 said last against this round; null while all is well. */
	readonly words: string | null;
}

/** What this tenant can and tolerates. */
export interface RoundPolicy {
	readonly canReadBack: boolean;
	/** Whether a second BchPrcRound does no harm (m3.repeatBchPrcRound). */
	readonly mayRepeat: boolean;
}

/** A ticket that leaves the round, and why. */
export interface TicketRefusal {
	readonly messageId: number;
	readonly code: RelayCode;
	readonly words: string;
}

/** What happened to a round. */
export type RoundInput =
	| { readonly kind: "numbered"; readonly itrn: string }
	| { readonly kind: "uploaded" }
	| { readonly kind: "rowsRefused"; readonly refusals: readonly TicketRefusal[]; readonly partCount: number }
	/** The bulk did not go through for a reason that lies in no ticket. */
	| { readonly kind: "bulkFailed"; readonly words: string }
	| { readonly kind: "counted"; readonly isAsSent: boolean; readonly isEmpty: boolean }
	| { readonly kind: "removed" }
	| { readonly kind: "accepted" }
	/** What M3 was found to hold; `started` when anything shows that BchPrcRound was carried out. */
	| { readonly kind: "readBack"; readonly started: boolean; readonly openCount: number }
	| { readonly kind: "readBackRefused"; readonly words: string }
	/** M3 refused the step: it was certainly not carried out. */
	| { readonly kind: "refused"; readonly words: string }
	/** The answer is lost, or the relay ended while waiting for it. */
	| { readonly kind: "lost"; readonly reason: string }
	/** A person looked into M3. */
	| { readonly kind: "resolved"; readonly processed: boolean }
	/** The mapping was changed since the rows were made. */
	| { readonly kind: "remapped" }
	/** The ledger was restored from a backup: what the lost one did since is not known. */
	| { readonly kind: "newTerm" };

/** What a transition does beside changing the state; carried out in the same transaction. */
export type RoundEffect =
	/** A round number that M3 may have given out and nobody uses. */
	| { readonly kind: "noteOrphan"; readonly itrn: string | null; readonly reason: string }
	| { readonly kind: "quarantine"; readonly refusals: readonly TicketRefusal[] }
	/** M3 accepted the round for processing. */
	| { readonly kind: "acknowledge" }
	/** Its tickets are looked at anew: where M3 can be read there first, since a lost ledger may have booked them. */
	| { readonly kind: "doubt" }
	| { readonly kind: "raise"; readonly code: RelayCode; readonly detail: string }
	| { readonly kind: "clear"; readonly code: RelayCode };

/** A transition: the new state, what else to do, and whether to go on at once or after a while. */
export interface RoundTransition {
	readonly state: RoundState;
	readonly effects: readonly RoundEffect[];
	readonly pause: "none" | "backOff";
}

/** Read-backs after a lost BchPrcRound before the round counts as not processed. */
const UNSURE_READS_MAX = 3;
/** Read-backs after which tickets that M3 accepted are missed aloud. */
const CONFIRM_READS_ALARM = 5;

type Change = Partial<RoundState>;

const go = (state: RoundState, change: Change, effects: readonly RoundEffect[] = []): RoundTransition => ({
	state: { ...state, ...change },
	effects,
	pause: "none",
});

/** Goes on past what M3 refused before. */
const goWell = (state: RoundState, change: Change, effects: readonly RoundEffect[] = []): RoundTransition =>
	go(
		state,
		{ ...change, words: null },
		state.words === null ? effects : [{ kind: "clear", code: "RELAY-2302" }, ...effects],
	);

const pause = (state: RoundState, change: Change = {}, effects: readonly RoundEffect[] = []): RoundTransition => ({
	state: { ...state, ...change },
	effects,
	pause: "backOff",
});

/** M3 refused a step: nothing was carried out, so the same step is tried again after a while, and a person is told why. */
const held = (state: RoundState, words: string, change: Change = {}): RoundTransition =>
	pause(state, { ...change, words }, [{ kind: "raise", code: "RELAY-2302", detail: `${state.step}: ${words}` }]);

const afterPart = (state: RoundState): RoundTransition => {
	const part = state.part + 1;
	return part < state.partCount ? go(state, { step: "upload", part }) : goWell(state, { step: "process", part });
};

/** Begins anew with the tickets that are left; after a while when it was not a ticket that failed. */
const anew = (state: RoundState): RoundTransition => {
	if (state.partCount === 0) return goWell(state, { step: "done", itrn: null, part: 0 });
	const change: Change = { step: "number", itrn: null, part: 0 };
	return state.words === null ? go(state, change) : pause(state, change);
};

const accepted = (state: RoundState, policy: RoundPolicy): RoundTransition =>
	goWell(state, { step: policy.canReadBack ? "confirm" : "done", reads: 0 }, [
		{ kind: "acknowledge" },
		{ kind: "clear", code: "RELAY-2301" },
	]);

/** Nobody can tell by machine: never delete, never resend. */
const toUnknown = (state: RoundState, detail: string): RoundTransition =>
	pause(state, { step: "unknown" }, [
		{ kind: "raise", code: "RELAY-2301", detail: `interface round number ${state.itrn}: ${detail}` },
	]);

const withoutReading = (state: RoundState, policy: RoundPolicy, detail: string): RoundTransition =>
	policy.mayRepeat ? pause(state, { step: "repeat" }) : toUnknown(state, detail);

/** The answer to BchPrcRound is lost (DESIGN section 8). */
const afterLostProcess = (state: RoundState, policy: RoundPolicy, reason: string): RoundTransition =>
	policy.canReadBack ? pause(state, { step: "unsure", reads: 0 }) : withoutReading(state, policy, reason);

const processing = (state: RoundState, input: RoundInput, policy: RoundPolicy): RoundTransition | undefined => {
	switch (input.kind) {
		case "accepted":
			return accepted(state, policy);
		case "lost":
			return afterLostProcess(state, policy, input.reason);
		case "refused":
			// A refused repeat proves nothing: it may mean "already processed".
			return state.step === "repeat" ? toUnknown(state, input.words) : held(state, input.words);
		default:
			return undefined;
	}
};

/** `unsure`, `unknown` and `confirm`: M3 is read. */
const reading = (state: RoundState, input: RoundInput, policy: RoundPolicy): RoundTransition | undefined => {
	switch (input.kind) {
		case "readBack": {
			if (state.step !== "confirm" && !input.started) {
				const reads = state.reads + 1;
				if (state.step === "unknown" || reads < UNSURE_READS_MAX) return pause(state, { reads });
				return withoutReading({ ...state, reads }, policy, "M3 shows no sign that it was processed");
			}
			const found = accepted(state, policy);
			if (input.openCount === 0) {
				return {
					...found,
					state: { ...found.state, step: "done" },
					effects: [...found.effects, { kind: "clear", code: "RELAY-2305" }],
				};
			}
			const reads = state.step === "confirm" ? state.reads + 1 : 0;
			const effects: RoundEffect[] = [...found.effects];
			if (reads >= CONFIRM_READS_ALARM) {
				const detail = `interface round number ${state.itrn}: ${input.openCount} tickets are not in OPSALE`;
				effects.push({ kind: "raise", code: "RELAY-2305", detail });
			}
			return pause(found.state, { reads }, effects);
		}
		case "readBackRefused":
			if (state.step === "unknown") return pause(state);
			return state.step === "confirm"
				? go(state, { step: "done" }, [{ kind: "clear", code: "RELAY-2305" }])
				: withoutReading(state, policy, input.words);
		case "lost":
		case "refused":
			return pause(state);
		default:
			return undefined;
	}
};

/** The steps before BchPrcRound: nothing of the round can be booked yet, so everything may be repeated or thrown away. */
const preparing = (state: RoundState, input: RoundInput): RoundTransition | undefined => {
	switch (`${state.step} ${input.kind}`) {
		case "number lost":
			return pause(state, {}, [{ kind: "noteOrphan", itrn: null, reason: "AddRoundNumber was not answered" }]);
		case "number remapped":
			return goWell(state, { step: "dissolved" }, [{ kind: "doubt" }]);
		case "upload uploaded":
			return afterPart(state);
		case "upload lost":
			// The bulk may still be running: a count that comes too early would find too little.
			return pause(state, { step: "count" });
		case "count refused":
			return go(state, { step: "remove" });
		case "count lost":
		case "remove lost":
		case "checkRemoved lost":
			return pause(state);
		case "remove removed":
			return anew(state);
		case "remove refused":
			return go(state, { step: "checkRemoved" });
		case "checkRemoved refused":
			return anew(state);
		default:
			break;
	}
	if (state.step === "number" && input.kind === "numbered")
		return go(state, { step: "upload", itrn: input.itrn, part: 0 });
	if (state.step === "number" && input.kind === "refused") return held(state, input.words);
	if (state.step === "upload" && input.kind === "rowsRefused") {
		return go(state, { step: "remove", partCount: input.partCount }, [
			{ kind: "quarantine", refusals: input.refusals },
		]);
	}
	if (state.step === "upload" && (input.kind === "bulkFailed" || input.kind === "refused")) {
		const failed = held(state, input.words, { step: "remove" });
		return { ...failed, pause: "none" };
	}
	if (state.step === "count" && input.kind === "counted")
		return input.isAsSent ? afterPart(state) : go(state, { step: "remove" });
	if (state.step === "checkRemoved" && input.kind === "counted") {
		return input.isEmpty ? anew(state) : held(state, "DelRoundNumber is refused and rows are left", { step: "remove" });
	}
	return undefined;
};

/** What a round that the lost ledger may have carried further becomes in the restored one. */
const afterRestore = (state: RoundState, policy: RoundPolicy): RoundTransition => {
	switch (state.step) {
		case "number":
		case "upload":
		case "count":
		case "remove":
		case "checkRemoved":
			return go(state, { step: "dissolved" }, [
				{ kind: "noteOrphan", itrn: state.itrn, reason: "the ledger was restored from a backup" },
				{ kind: "doubt" },
				{ kind: "clear", code: "RELAY-2302" },
				{ kind: "clear", code: "RELAY-2303" },
			]);
		case "process":
		case "unsure":
		case "repeat":
			return afterLostProcess(state, policy, "the ledger was restored from a backup");
		case "unknown":
		case "confirm":
		case "done":
		case "dissolved":
			return { state, effects: [], pause: "none" };
	}
};

/**
 * The delivery machine of one round (DESIGN section 8), pure: from a state and what happened to the next state and what to
 * do beside. Throws for an input that the step cannot have: a fault of the program, nothing is written then.
 */
export const next = (state: RoundState, input: RoundInput, policy: RoundPolicy): RoundTransition => {
	if (input.kind === "newTerm") return afterRestore(state, policy);
	let transition: RoundTransition | undefined;
	switch (state.step) {
		case "process":
		case "repeat":
			transition = processing(state, input, policy);
			break;
		case "unknown":
			if (input.kind === "resolved") {
				transition = input.processed
					? accepted(state, policy)
					: go(state, { step: "process", reads: 0 }, [{ kind: "clear", code: "RELAY-2301" }]);
				break;
			}
			transition = reading(state, input, policy);
			break;
		case "unsure":
		case "confirm":
			transition = reading(state, input, policy);
			break;
		default:
			transition = preparing(state, input);
	}
	if (transition === undefined) throw new Error(`a round in step ${state.step} cannot have ${input.kind}`);
	return transition;
};
