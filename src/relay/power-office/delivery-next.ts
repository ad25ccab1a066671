import { RelayFault } from "../relay-fault.ts";
import { type BookedVoucher, isSameVoucher } from "./booked-voucher.ts";
import type { CallFailure, CallResult, Problem } from "./call-result.ts";
import type { Delivery, DeliveryState, Doubt } from "./delivery-state.ts";
import type { Reason, VoucherOutcome } from "./voucher.ts";

/** What happened to a delivery. */
export type DeliveryInput =
	/** waiting: the Z was looked at. `isDoubtful`: a ledger that is lost may have posted it, under this reference or a later one. */
	| { readonly kind: "prepared"; readonly outcome: VoucherOutcome; readonly isDoubtful: boolean }
	/** ready: an account, VAT code or customer has no id at the client, or the ids could not be asked for. */
	| { readonly kind: "unresolved"; readonly reasons: readonly Reason[] }
	| { readonly kind: "lookupFailed"; readonly failure: CallFailure }
	/** ready: the POST goes out next. */
	| { readonly kind: "sending" }
	/** posting: what came of the POST. */
	| { readonly kind: "answered"; readonly result: CallResult<{ readonly voucherId: string }> }
	/** ready, posting: the process that wrote it has ended. */
	| { readonly kind: "restarted" }
	/** looking, numbered: the vouchers that AccountTransactions shows under the reference. */
	| { readonly kind: "looked"; readonly result: CallResult<readonly BookedVoucher[]> }
	/** posted, reversing: the voucher as its GUID shows it. */
	| { readonly kind: "read"; readonly result: CallResult<VoucherReading> }
	/** reversing: what came of the reversal. */
	| { readonly kind: "reversalAnswered"; readonly result: CallResult<null> }
	/** Any state that goes on by itself: the program failed at it. */
	| { readonly kind: "failed"; readonly why: string }
	/** A person: look at the held Z again. */
	| { readonly kind: "release" }
	/** A person: take the voucher out of the books. */
	| { readonly kind: "reverse" }
	/** A person: read the booked voucher again. */
	| { readonly kind: "readAgain" };

/** A voucher read by its GUID. The number is null while PowerOffice has given none (poweroffice.md section 2.1). */
export interface VoucherReading {
	readonly voucherNo: string | null;
	readonly isReversed: boolean;
}

/** A delivery after an input, and how long it rests. */
export interface DeliveryStep {
	readonly delivery: Delivery;
	readonly waitMs: number;
}

const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 300_000;
/** A read replica is normally less than a second behind a write: wait 1 to 2 s (poweroffice.md section 1.6). */
const REPLICA_MS = 2_000;
/** So often a refusal in unknown words is checked against AccountTransactions before it is believed. */
const LOOKS_AFTER_REFUSAL = 3;
/** So often a state that passes by itself is met before a person is told. */
const TRIES_BEFORE_ALARM = 5;

/** 1 s, 2 s, 4 s ... 5 min. */
const retryMs = (tries: number): number => Math.min(RETRY_FIRST_MS * 2 ** Math.min(tries, 20), RETRY_MAX_MS);

const enter = (state: DeliveryState, waitMs = 0, reasons: readonly Reason[] = []): DeliveryStep => ({
	delivery: { state, reasons, tries: 0 },
	waitMs,
});

const stay = (delivery: Delivery, reasons: readonly Reason[], state: DeliveryState = delivery.state): DeliveryStep => ({
	delivery: { state, reasons, tries: delivery.tries + 1 },
	waitMs: retryMs(delivery.tries),
});

/** Stays until the call can be made or answered. Only what lasts is told to a person. */
const stayAfter = (delivery: Delivery, failure: CallFailure, state: DeliveryState = delivery.state): DeliveryStep => {
	switch (failure.kind) {
		case "throttled": {
			const step = stay(delivery, lasting(delivery, { code: "RELAY-3018", detail: "HTTP 429" }), state);
			return { ...step, waitMs: Math.max(step.waitMs, failure.waitMs) };
		}
		case "refused":
			return stay(delivery, [refusalReason(failure.problem)], state);
		case "uncertain":
		case "unsent":
			return stay(delivery, lasting(delivery, { code: "RELAY-3017", detail: failure.why }), state);
	}
};

const lasting = (delivery: Delivery, reason: Reason): readonly Reason[] =>
	delivery.tries + 1 < TRIES_BEFORE_ALARM ? [] : [reason];

/** 401 and 403 judge the keys and privileges, anything else the request (poweroffice.md section 1.7). */
const isAccess = ({ status }: Problem): boolean => status === 401 || status === 403;

const refusalReason = (problem: Problem): Reason => ({
	code: isAccess(problem) || problem.words.includes("invalid_client") ? "RELAY-3016" : "RELAY-3012",
	detail: `${problem.status}: ${problem.words}`,
});

/** Words like those for a customer: "ExternalImportReference is already in use" (section 1.7); for vouchers they are not known. */
const isDuplicate = ({ status, words }: Problem): boolean => status === 409 || /ExternalImportReference/i.test(words);

/** What cannot happen is a fault of the program, never ignored. */
const misfit = (delivery: Delivery, input: DeliveryInput): never => {
	throw new RelayFault("RELAY-3019", `${input.kind} does not fit the state ${delivery.state.name}`);
};

/** One step of the delivery machine. Pure: the caller does what the state asks for and says what came of it. */
export const next = (delivery: Delivery, input: DeliveryInput): DeliveryStep => {
	const { state } = delivery;
	if (input.kind === "failed") return stay(delivery, [{ code: "RELAY-3021", detail: input.why }]);
	switch (state.name) {
		case "waiting":
			return input.kind === "prepared" ? prepared(delivery, input) : misfit(delivery, input);
		case "ready":
			return whenReady(delivery, state, input);
		case "posting":
			return whenPosting(delivery, state, input);
		case "looking":
			if (input.kind === "looked") return looked(delivery, state, input.result);
			return input.kind === "release" ? postAgain(state) : misfit(delivery, input);
		case "posted":
			if (input.kind === "read") return numberRead(delivery, state, input.result);
			return input.kind === "reverse" ? reverse(state) : misfit(delivery, input);
		case "numbered":
			if (input.kind === "looked") return readBack(delivery, state, input.result);
			return input.kind === "reverse" ? reverse(state) : misfit(delivery, input);
		case "booked":
			return whenBooked(delivery, state, input);
		case "held":
			return whenHeld(delivery, state, input);
		case "reversing":
			return whenReversing(delivery, state, input);
		case "reversed":
		case "nothing":
			return misfit(delivery, input);
	}
};

type In<Name extends DeliveryState["name"]> = Extract<DeliveryState, { readonly name: Name }>;

const prepared = (
	delivery: Delivery,
	{ outcome, isDoubtful }: Extract<DeliveryInput, { readonly kind: "prepared" }>,
): DeliveryStep => {
	switch (outcome.kind) {
		case "held":
			return stay(delivery, outcome.reasons);
		case "nothing":
			return enter({ name: "nothing" });
		case "voucher":
			if (isDoubtful) return look(outcome.voucher, { kind: "noAnswer", why: "a lost ledger may have posted it" });
			return enter({ name: "ready", voucher: outcome.voucher, attempted: false });
	}
};

const whenReady = (delivery: Delivery, state: In<"ready">, input: DeliveryInput): DeliveryStep => {
	switch (input.kind) {
		case "sending":
			return { delivery: { ...delivery, state: { ...state, name: "posting" } }, waitMs: 0 };
		case "unresolved":
			// Never posted: the mapping may be corrected, so the voucher is made anew. Else its content stays.
			return stay(delivery, input.reasons, state.attempted ? state : { name: "waiting" });
		case "restarted":
			return state.attempted ? { delivery, waitMs: 0 } : enter({ name: "waiting" });
		case "lookupFailed":
			return stayAfter(delivery, input.failure);
		default:
			return misfit(delivery, input);
	}
};

const look = (voucher: In<"looking">["voucher"], doubt: Doubt): DeliveryStep =>
	enter({ name: "looking", voucher, doubt }, REPLICA_MS);

const whenPosting = (delivery: Delivery, state: In<"posting">, input: DeliveryInput): DeliveryStep => {
	const { voucher } = state;
	const again: DeliveryState = { ...state, name: "ready" };
	if (input.kind === "restarted") return look(voucher, { kind: "noAnswer", why: "the relay was restarted" });
	if (input.kind !== "answered") return misfit(delivery, input);
	const { result } = input;
	switch (result.kind) {
		case "ok":
			return enter({ name: "posted", voucher, voucherId: result.value.voucherId });
		case "uncertain":
			return look(voucher, { kind: "noAnswer", why: result.why });
		case "throttled":
		case "unsent":
			return stayAfter(delivery, result, again);
		case "refused":
			if (isAccess(result.problem)) return stayAfter(delivery, result, again);
			return look(voucher, {
				kind: "refusal",
				words: `${result.problem.status}: ${result.problem.words}`,
				duplicate: isDuplicate(result.problem),
			});
	}
};

const looked = (
	delivery: Delivery,
	state: In<"looking">,
	result: CallResult<readonly BookedVoucher[]>,
): DeliveryStep => {
	if (result.kind !== "ok") return stayAfter(delivery, result);
	const { voucher, doubt } = state;
	const standing = result.value.find((found) => !found.isReversed);
	if (standing !== undefined) {
		const { voucherId } = standing;
		if (isSameVoucher(voucher, standing)) return enter({ name: "posted", voucher, voucherId });
		const detail = `voucher ${standing.voucherNo ?? voucherId}`;
		return enter({ name: "held", voucher, voucherId }, 0, [{ code: "RELAY-3014", detail }]);
	}
	const [reversed] = result.value;
	if (reversed !== undefined) return heldReversed(voucher, reversed);
	if (doubt.kind === "noAnswer") return postAgain(state);
	if (doubt.duplicate) return stay(delivery, lasting(delivery, { code: "RELAY-3013", detail: doubt.words }));
	if (delivery.tries + 1 < LOOKS_AFTER_REFUSAL) return stay(delivery, []);
	return enter({ name: "held", voucher, voucherId: null }, 0, [{ code: "RELAY-3012", detail: doubt.words }]);
};

/** The same voucher under the same reference: PowerOffice refuses it when it has it after all. */
const postAgain = ({ voucher }: In<"looking">): DeliveryStep => enter({ name: "ready", voucher, attempted: true });

const heldReversed = (voucher: In<"held">["voucher"], reversed: BookedVoucher): DeliveryStep => {
	const { voucherId } = reversed;
	const detail = `voucher ${reversed.voucherNo ?? voucherId}`;
	return enter({ name: "held", voucher, voucherId }, 0, [{ code: "RELAY-3015", detail }]);
};

const numberRead = (delivery: Delivery, state: In<"posted">, result: CallResult<VoucherReading>): DeliveryStep => {
	const { voucher, voucherId } = state;
	if (result.kind === "ok" && result.value.voucherNo !== null) {
		return enter({ name: "numbered", voucher, voucherId, voucherNo: result.value.voucherNo });
	}
	const isUnshown = result.kind === "ok" || (result.kind === "refused" && !isAccess(result.problem));
	if (!isUnshown) return stayAfter(delivery, result);
	if (delivery.tries + 1 < TRIES_BEFORE_ALARM) return stay(delivery, []);
	// The voucher's own page does not show it; its transactions carry the number too.
	return enter({ name: "numbered", voucher, voucherId, voucherNo: null });
};

const readBack = (
	delivery: Delivery,
	state: In<"numbered">,
	result: CallResult<readonly BookedVoucher[]>,
): DeliveryStep => {
	if (result.kind !== "ok") return stayAfter(delivery, result);
	const { voucher, voucherId, voucherNo } = state;
	const found = result.value.find((one) => one.voucherId === voucherId);
	if (found === undefined) {
		return stay(delivery, lasting(delivery, { code: "RELAY-3013", detail: `voucher ${voucherNo ?? voucherId}` }));
	}
	if (found.isReversed) return heldReversed(voucher, found);
	const booked = { ...found, voucherNo: voucherNo ?? found.voucherNo };
	// A refused reversal is still to be seen to.
	const reasons = delivery.reasons.filter((reason) => reason.code === "RELAY-3012");
	return enter({ name: "booked", voucher, booked }, 0, reasons);
};

const whenBooked = (delivery: Delivery, state: In<"booked">, input: DeliveryInput): DeliveryStep => {
	const { voucher, booked } = state;
	const { voucherId, voucherNo } = booked;
	if (input.kind === "readAgain") return enter({ name: "numbered", voucher, voucherId, voucherNo });
	return input.kind === "reverse" ? reverse({ voucher, voucherId }) : misfit(delivery, input);
};

const whenHeld = (delivery: Delivery, state: In<"held">, input: DeliveryInput): DeliveryStep => {
	const { voucher, voucherId } = state;
	// What was reversed is never posted again under the same reference (DESIGN section 8).
	const isReversed = delivery.reasons.some((reason) => reason.code === "RELAY-3015");
	if (input.kind === "release" && !isReversed) return enter({ name: "waiting" });
	if (input.kind === "reverse" && isReversed && voucherId !== null)
		return enter({ name: "reversed", voucher, voucherId });
	return misfit(delivery, input);
};

const reverse = ({ voucher, voucherId }: Pick<In<"posted">, "voucher" | "voucherId">): DeliveryStep =>
	enter({ name: "reversing", voucher, voucherId, refused: null });

const whenReversing = (delivery: Delivery, state: In<"reversing">, input: DeliveryInput): DeliveryStep => {
	const { voucher, voucherId, refused } = state;
	const done = enter({ name: "reversed", voucher, voucherId });
	if (input.kind === "read") {
		if (input.result.kind !== "ok") return stayAfter(delivery, input.result);
		if (input.result.value.isReversed) return done;
		if (refused !== null && delivery.tries >= LOOKS_AFTER_REFUSAL) {
			const reasons: readonly Reason[] = [{ code: "RELAY-3012", detail: `reversal: ${refused}` }];
			return enter({ name: "numbered", voucher, voucherId, voucherNo: input.result.value.voucherNo }, 0, reasons);
		}
		return { delivery, waitMs: 0 };
	}
	if (input.kind !== "reversalAnswered") return misfit(delivery, input);
	const { result } = input;
	if (result.kind === "ok") return done;
	if (result.kind !== "refused" || isAccess(result.problem)) return stayAfter(delivery, result);
	const words = `${result.problem.status}: ${result.problem.words}`;
	return stay(delivery, [], { ...state, refused: words });
};
