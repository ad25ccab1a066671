import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BookedVoucher } from "../../../src/relay/power-office/booked-voucher.ts";
import type { CallResult } from "../../../src/relay/power-office/call-result.ts";
import { type DeliveryInput, next } from "../../../src/relay/power-office/delivery-next.ts";
import { deliveryFromJson, deliveryToJson } from "../../../src/relay/power-office/delivery-schema.ts";
import { type Delivery, NEW_DELIVERY } from "../../../src/relay/power-office/delivery-state.ts";
import { makeVoucher } from "../../../src/relay/power-office/make-voucher.ts";
import { targetKey } from "../../../src/relay/power-office/voucher-body.ts";
import { voucherMappingOf } from "./support/mapping.ts";
import { dayOf, FRIDAY_NIGHT } from "./support/tickets.ts";

const { report, tickets } = dayOf(FRIDAY_NIGHT);
const outcome = makeVoucher({ day: report, tickets, mapping: voucherMappingOf(), revision: 1 });
if (outcome.kind !== "voucher") throw new Error("the Friday night makes a voucher");
const { voucher } = outcome;
const VOUCHER_ID = "6f0b6f0e-6c2f-4d0b-9c38-8a4f5c1f0a01";

const booked = (changes: Partial<BookedVoucher> = {}): BookedVoucher => ({
	voucherId: VOUCHER_ID,
	voucherNo: "17",
	isReversed: false,
	rows: voucher.lines.map(({ target, vatCode, amount }) => ({
		accountNo: targetKey(target).replace("account ", ""),
		customerAccountNo: null,
		vatCode,
		amount,
		vatAmount: 0n as never,
	})),
	...changes,
});

const failures: readonly Exclude<CallResult<never>, { kind: "ok" }>[] = [
	{ kind: "uncertain", why: "no answer" },
	{ kind: "throttled", waitMs: 1000 },
	{ kind: "unsent", why: "no token" },
	{ kind: "refused", problem: { status: 400, words: "Voucher validation error(s): something" } },
	{ kind: "refused", problem: { status: 400, words: "ExternalImportReference is already in use." } },
	{ kind: "refused", problem: { status: 409, words: "Conflict" } },
	{ kind: "refused", problem: { status: 403, words: "HTTP status 403 without a word" } },
];

/** A random answer of the world to whatever a state asks. */
const answerTo = (delivery: Delivery, pick: number): DeliveryInput => {
	const failure = failures[pick % failures.length] ?? { kind: "uncertain", why: "" };
	const isGood = pick % 3 === 0;
	switch (delivery.state.name) {
		case "waiting":
			return {
				kind: "prepared",
				outcome: isGood ? outcome : { kind: "held", reasons: [{ code: "RELAY-3003", detail: "X" }] },
				isDoubtful: pick % 2 === 0,
			};
		case "ready":
			if (pick % 5 === 0) return { kind: "restarted" };
			return isGood ? { kind: "sending" } : { kind: "lookupFailed", failure };
		case "posting":
			if (pick % 5 === 0) return { kind: "restarted" };
			return { kind: "answered", result: isGood ? { kind: "ok", value: { voucherId: VOUCHER_ID } } : failure };
		case "looking":
		case "numbered":
			return { kind: "looked", result: isGood ? { kind: "ok", value: pick % 2 === 0 ? [] : [booked()] } : failure };
		case "posted":
		case "reversing":
			return {
				kind: "read",
				result: isGood ? { kind: "ok", value: { voucherNo: "17", isReversed: pick % 2 === 0 } } : failure,
			};
		case "held":
			return { kind: "release" };
		case "booked":
			return { kind: "readAgain" };
		case "reversed":
		case "nothing":
			throw new Error("nothing follows");
	}
};

describe("the delivery machine", () => {
	it("looks before it posts again, after every POST that PowerOffice may have worked on", () => {
		fc.assert(
			fc.property(fc.array(fc.nat(), { minLength: 10, maxLength: 60 }), (picks) => {
				let delivery = NEW_DELIVERY;
				let isInDoubt = false;
				for (const pick of picks) {
					if (delivery.state.name === "reversed" || delivery.state.name === "nothing") return;
					const input = answerTo(delivery, pick);
					if (input.kind === "sending") expect(isInDoubt).toBe(false);
					const isSent = delivery.state.name === "posting";
					if (isSent && input.kind === "restarted") isInDoubt = true;
					if (input.kind === "answered" && input.result.kind === "uncertain") isInDoubt = true;
					if (input.kind === "prepared" && input.isDoubtful && input.outcome.kind === "voucher") isInDoubt = true;
					if (input.kind === "looked" && input.result.kind === "ok") isInDoubt = false;
					const step = next(delivery, input);
					expect(step.waitMs).toBeGreaterThanOrEqual(0);
					expect(step.waitMs).toBeLessThanOrEqual(300_000);
					// What is written to the ledger is what is read from it.
					delivery = deliveryFromJson(deliveryToJson(step.delivery));
					expect(delivery).toEqual(step.delivery);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("waits before it looks, because the replica is behind the write", () => {
		const posting: Delivery = { state: { name: "posting", voucher, attempted: false }, reasons: [], tries: 0 };
		const step = next(posting, { kind: "answered", result: { kind: "uncertain", why: "no answer" } });
		expect(step.delivery.state.name).toBe("looking");
		expect(step.waitMs).toBeGreaterThanOrEqual(1_000);
	});

	it("keeps the content of a voucher that was posted before, and makes a new one of another", () => {
		const reasons = [{ code: "RELAY-3009", detail: "account 1" }] as const;
		const ready = (attempted: boolean): Delivery => ({
			state: { name: "ready", voucher, attempted },
			reasons: [],
			tries: 0,
		});
		expect(next(ready(true), { kind: "unresolved", reasons }).delivery.state.name).toBe("ready");
		expect(next(ready(false), { kind: "unresolved", reasons }).delivery.state.name).toBe("waiting");
	});

	it("believes a refusal in unknown words only after it looked three times", () => {
		const posting: Delivery = { state: { name: "posting", voucher, attempted: false }, reasons: [], tries: 0 };
		const problem = { status: 400, words: "Bilaget finnes allerede" };
		let { delivery } = next(posting, { kind: "answered", result: { kind: "refused", problem } });
		const states = [delivery.state.name];
		while (delivery.state.name === "looking") {
			delivery = next(delivery, { kind: "looked", result: { kind: "ok", value: [] } }).delivery;
			states.push(delivery.state.name);
		}
		expect(states).toEqual(["looking", "looking", "looking", "held"]);
		expect(delivery.reasons).toEqual([{ code: "RELAY-3012", detail: "400: Bilaget finnes allerede" }]);
	});

	it("goes on looking for a voucher that PowerOffice says it has, and tells a person when that lasts", () => {
		const doubt = { kind: "refusal", words: "409: Conflict", duplicate: true } as const;
		let delivery: Delivery = { state: { name: "looking", voucher, doubt }, reasons: [], tries: 0 };
		const told: boolean[] = [];
		for (let look = 0; look < 8; look += 1) {
			delivery = next(delivery, { kind: "looked", result: { kind: "ok", value: [] } }).delivery;
			told.push(delivery.reasons.some(({ code }) => code === "RELAY-3013"));
		}
		expect(delivery.state.name).toBe("looking");
		expect(told).toEqual([false, false, false, false, true, true, true, true]);
		expect(next(delivery, { kind: "release" }).delivery.state).toMatchObject({ name: "ready", attempted: true });
	});

	it("asks less and less often while PowerOffice takes no more calls, and tells a person when that lasts", () => {
		const failure = { kind: "throttled", waitMs: 1_000 } as const;
		let delivery: Delivery = { state: { name: "ready", voucher, attempted: false }, reasons: [], tries: 0 };
		const waits: number[] = [];
		for (let call = 0; call < 8; call += 1) {
			const step = next(delivery, { kind: "lookupFailed", failure });
			waits.push(step.waitMs);
			({ delivery } = step);
		}
		expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000]);
		expect(delivery.reasons).toEqual([{ code: "RELAY-3018", detail: "HTTP 429" }]);
	});

	it("does not number or book another voucher than its own", () => {
		const numbered: Delivery = {
			state: { name: "numbered", voucher, voucherId: VOUCHER_ID, voucherNo: "17" },
			reasons: [],
			tries: 0,
		};
		const other = booked({ voucherId: "00000000-0000-0000-0000-000000000000" });
		expect(next(numbered, { kind: "looked", result: { kind: "ok", value: [other] } }).delivery.state.name).toBe(
			"numbered",
		);
		expect(
			next(numbered, { kind: "looked", result: { kind: "ok", value: [other, booked()] } }).delivery.state.name,
		).toBe("booked");
	});

	it("calls what cannot happen a fault", () => {
		expect(() => next(NEW_DELIVERY, { kind: "release" })).toThrow("RELAY-3019");
		expect(() => next(NEW_DELIVERY, { kind: "sending" })).toThrow("RELAY-3019");
	});
});
