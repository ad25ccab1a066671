import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { next, type RoundInput, type RoundState } from "../../../src/relay/m3/round.ts";

const START: RoundState = { step: "number", itrn: null, part: 0, partCount: 2, reads: 0, words: null };

const inputs: readonly RoundInput[] = [
	{ kind: "numbered", itrn: "1" },
	{ kind: "uploaded" },
	{ kind: "rowsRefused", refusals: [{ messageId: 1, code: "RELAY-2201", words: "no" }], partCount: 1 },
	{ kind: "rowsRefused", refusals: [{ messageId: 1, code: "RELAY-2201", words: "no" }], partCount: 0 },
	{ kind: "bulkFailed", words: "stopped" },
	{ kind: "counted", isAsSent: true, isEmpty: false },
	{ kind: "counted", isAsSent: false, isEmpty: false },
	{ kind: "counted", isAsSent: false, isEmpty: true },
	{ kind: "removed" },
	{ kind: "accepted" },
	{ kind: "readBack", started: false, openCount: 2 },
	{ kind: "readBack", started: true, openCount: 1 },
	{ kind: "readBack", started: true, openCount: 0 },
	{ kind: "readBackRefused", words: "no" },
	{ kind: "refused", words: "no" },
	{ kind: "lost", reason: "silence" },
	{ kind: "resolved", processed: true },
	{ kind: "resolved", processed: false },
	{ kind: "remapped" },
	{ kind: "newTerm" },
];

const PREPARING = ["number", "upload", "count", "remove", "checkRemoved", "dissolved"];

const tryNext = (state: RoundState, input: RoundInput, policy: { canReadBack: boolean; mayRepeat: boolean }) => {
	try {
		return next(state, input, policy);
	} catch {
		return undefined;
	}
};

describe("the machine of a round", () => {
	it("never deletes and never resends rows once BchPrcRound may have gone out, whatever happens", () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...inputs), { maxLength: 80 }),
				fc.record({ canReadBack: fc.boolean(), mayRepeat: fc.boolean() }),
				(happenings, policy) => {
					let state = START;
					let mayBeProcessed = false;
					for (const input of happenings) {
						const transition = tryNext(state, input, policy);
						if (transition === undefined) continue;
						const before = state.step;
						state = transition.state;
						mayBeProcessed ||= state.step === "process";
						if (mayBeProcessed) expect(PREPARING).not.toContain(state.step);
						if (state.step === "repeat") expect(policy.mayRepeat).toBe(true);
						if (state.step === "unsure") expect(policy.canReadBack).toBe(true);
						if (state.step === "process" && before !== "process") {
							// Only a full upload leads there, or a person who looked.
							expect(state.part === state.partCount || input.kind === "resolved").toBe(true);
						}
					}
				},
			),
			{ numRuns: 2_000 },
		);
	});

	it("asks nothing of M3 again without a pause after it refused or lost something", () => {
		for (const step of ["number", "process", "repeat", "unsure", "confirm", "remove"] as const) {
			for (const kind of ["lost", "refused"] as const) {
				const input: RoundInput = kind === "lost" ? { kind, reason: "" } : { kind, words: "" };
				const transition = tryNext({ ...START, step, itrn: "1" }, input, { canReadBack: true, mayRepeat: true });
				if (transition?.state.step === step)
					expect(`${step} ${kind} ${transition.pause}`).toBe(`${step} ${kind} backOff`);
			}
		}
	});

	it("takes an input that a step cannot have for a fault of the program", () => {
		expect(() => next(START, { kind: "accepted" }, { canReadBack: true, mayRepeat: true })).toThrow(
			/step number.*accepted/,
		);
	});
});
