import type { Clock } from "../../runtime/contract/clock.ts";
import { messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import type { AlarmBook } from "../alarm/alarm-book.ts";
import { POWER_OFFICE_CODES, type PowerOfficeCode } from "../codes.ts";
import type { Delivery } from "../delivery.ts";
import { closingOf } from "../intake/closing.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { isLedgerTrouble } from "../ledger/ledger-trouble.ts";
import { RelayFault } from "../relay-fault.ts";
import type { CallFailure } from "./call-result.ts";
import { bookedOfDay, dueBookedDay, isSameReading, noteLook } from "./daily-look.ts";
import { type DeliveryInput, next } from "./delivery-next.ts";
import { type DeliveryState, RESTING_STATES, type Delivery as ZDelivery } from "./delivery-state.ts";
import {
	addDelivery,
	type ClosedDay,
	deliveriesIn,
	deliveriesOf,
	dueDelivery,
	newlyClosedDays,
	renewDelivery,
	type StoredDelivery,
	saveDelivery,
	takeReports,
	wakeWaiting,
	type ZKey,
} from "./delivery-store.ts";
import { powerOfficeSummary } from "./delivery-summary.ts";
import type { GoClient } from "./go-client.ts";
import { type MasterData, masterData } from "./master-data.ts";
import { POWER_OFFICE_STEPS } from "./tables.ts";
import type { CashVoucher } from "./voucher.ts";
import { voucherBody } from "./voucher-body.ts";
import { type PreparationSettings, prepareVoucher } from "./z-source.ts";

/** What the delivery works with. */
export interface DeliveryParts {
	readonly ledger: Ledger;
	readonly settings: PreparationSettings;
	/** Company of the mapping -> the calls of its Go client. */
	readonly clients: ReadonlyMap<string, GoClient>;
	readonly clock: Clock;
	readonly alarms: AlarmBook;
	readonly log: Logger;
}

/** The delivery to PowerOffice Go: one voucher a till and Z. */
export interface PowerOfficeDelivery extends Delivery {
	readonly name: "power-office";
	/** A person has seen to a held Z: it is looked at again. Throws RELAY-3019 when it is not held. */
	release(key: ZKey): void;
	/** Takes the booked voucher out of the books and posts the Z again as the next revision (DESIGN section 8). Throws RELAY-3019. */
	repost(key: ZKey): void;
	/** A person has seen to a second Z of the same till and number (RELAY-3011): its alarm ends, nothing is posted. */
	acknowledgeTwin(key: ZKey): void;
	/** Reads a booked voucher again, for a reconciliation. Throws RELAY-3019 when it is not booked. */
	readAgain(key: ZKey): void;
}

/** How often the ledger is searched for a day to look at again. */
const LOOK_SEARCH_MS = 60_000;
/** How long a daily look rests that PowerOffice did not answer. */
const LOOK_PAUSE_MS = 600_000;

const subjectOf = ({ store, till, z }: ZKey): string => `${store}/${till} Z ${z}`;

/** Opens the delivery on a ledger. What an earlier process was sending is in doubt; what waits is looked at anew. */
export const openPowerOfficeDelivery = (parts: DeliveryParts): PowerOfficeDelivery => {
	const { ledger, settings, clients, clock, alarms, log } = parts;
	ledger.migrate("power-office", POWER_OFFICE_STEPS);
	const known = new Map<string, MasterData>(
		[...clients].map(([company, client]) => [company, masterData(client, clock)]),
	);
	const nowUtcMs = (): number => clock.stamp().utcMs;
	let lookAtMs = Number.NEGATIVE_INFINITY;

	/** Writes the step; answers the delivery as it stands now, undefined when another process was quicker. */
	const apply = (stored: StoredDelivery, input: DeliveryInput, detail: string | null): StoredDelivery | undefined => {
		const { delivery, waitMs } = next(stored.delivery, input);
		const atUtcMs = nowUtcMs();
		return ledger.transaction(() => {
			const isNews = detail !== null || statusOf(delivery) !== statusOf(stored.delivery);
			const note = isNews ? { input: input.kind, detail: detail ?? wordsOf(delivery) } : null;
			if (!saveDelivery(ledger, stored, delivery, { nowUtcMs: atUtcMs, waitMs }, note)) return undefined;
			raiseAndResolve(stored, delivery, atUtcMs);
			if (delivery.state.name === "reversed") {
				const messageId = closingOf(ledger, stored)?.messageId ?? stored.messageId;
				addDelivery(ledger, { ...stored, messageId, revision: stored.revision + 1 }, atUtcMs);
			}
			if (delivery.state.name !== stored.delivery.state.name) {
				log.info("power-office voucher", {
					z: subjectOf(stored),
					revision: stored.revision,
					state: delivery.state.name,
				});
			}
			return { ...stored, delivery, version: stored.version + 1, nextUtcMs: atUtcMs + waitMs, changedUtcMs: atUtcMs };
		});
	};

	const raiseAndResolve = (stored: StoredDelivery, delivery: ZDelivery, atUtcMs: number): void => {
		const codes = new Set(delivery.reasons.map((reason) => reason.code));
		for (const { code } of stored.delivery.reasons) {
			if (!codes.has(code)) alarms.resolve(code, subjectOf(stored), atUtcMs);
		}
		for (const code of codes) {
			const details = delivery.reasons.filter((reason) => reason.code === code).map((reason) => reason.detail);
			const detail = details.join("; ");
			const before = stored.delivery.reasons.filter((reason) => reason.code === code).map((reason) => reason.detail);
			if (before.join("; ") !== detail) alarms.raise(code, subjectOf(stored), detail, atUtcMs);
		}
	};

	const prepare = (stored: StoredDelivery): StoredDelivery | undefined => {
		const outcome = prepareVoucher(ledger, stored, settings);
		return apply(stored, { kind: "prepared", outcome, isDoubtful: ledger.term > 1 }, null);
	};

	/** Vouchers that an earlier process made and had not sent. */
	const inherited = new Set(deliveriesIn(ledger, "ready").map(subjectOf));

	/** One that an earlier process made is made again before it is sent for the first time: the mapping may be another. */
	const madeHere = (stored: StoredDelivery): StoredDelivery | undefined => {
		const { state } = stored.delivery;
		if (state.name !== "ready" || state.attempted || !inherited.delete(subjectOf(stored))) return stored;
		const waiting = apply(stored, { kind: "restarted" }, null);
		return waiting === undefined ? undefined : prepare(waiting);
	};

	const act = async (due: StoredDelivery): Promise<void> => {
		if (due.delivery.state.name === "waiting") return void prepare(due);
		const stored = madeHere(due);
		if (stored === undefined) return;
		const { state } = stored.delivery;
		if (!isCalling(state)) return;
		const found = clientOf(state.voucher.company);
		if (found === undefined) {
			const failure = { kind: "unsent", why: `company ${state.voucher.company} has no keys any more` } as const;
			apply(stored, withoutClient(state.name, failure), null);
			return;
		}
		const { client, master } = found;
		const { voucher } = state;
		if (state.name === "ready") {
			await post(stored, voucher, client, master);
		} else if (state.name === "posting") {
			// Nothing of this process is being sent here: whoever wrote it has ended.
			apply(stored, { kind: "restarted" }, null);
		} else if (state.name === "posted") {
			apply(stored, { kind: "read", result: await client.readCashJournal(state.voucherId) }, null);
		} else if (state.name === "reversing") {
			await reverse(stored, state.voucherId, client);
		} else {
			const result = await client.findCashJournals(voucher.externalImportReference, voucher.businessDate);
			apply(stored, { kind: "looked", result }, null);
		}
	};

	/** A Z that breaks the program is shown and tried again later: it holds up no other. */
	const actSafely = async (due: StoredDelivery): Promise<void> => {
		try {
			await act(due);
		} catch (error) {
			if (isLedgerTrouble(error)) throw error;
			const [stored = due] = deliveriesOf(ledger, due);
			log.error("a voucher failed", { z: subjectOf(due), reason: messageOf(error) });
			apply(stored, { kind: "failed", why: messageOf(error) }, null);
		}
	};

	const post = async (
		stored: StoredDelivery,
		voucher: CashVoucher,
		client: GoClient,
		master: MasterData,
	): Promise<void> => {
		const resolution = await master.resolve(voucher);
		if (resolution.kind === "failed") {
			apply(stored, { kind: "lookupFailed", failure: resolution.failure }, null);
			return;
		}
		if (resolution.kind === "unresolved") {
			apply(stored, { kind: "unresolved", reasons: resolution.reasons }, null);
			return;
		}
		const body = voucherBody(voucher, resolution.ids);
		const sending = apply(stored, { kind: "sending" }, body);
		if (sending === undefined) return;
		const result = await client.postCashJournal(body);
		if (result.kind === "refused") master.forget();
		const words = result.kind === "refused" ? `${result.problem.status}: ${result.problem.words}` : null;
		apply(sending, { kind: "answered", result }, words);
	};

	const reverse = async (stored: StoredDelivery, voucherId: string, client: GoClient): Promise<void> => {
		const reading = await client.readCashJournal(voucherId);
		const after = apply(stored, { kind: "read", result: reading }, null);
		const isStanding = reading.kind === "ok" && !reading.value.isReversed;
		if (after === undefined || after.delivery.state.name !== "reversing" || !isStanding) return;
		apply(after, { kind: "reversalAnswered", result: await client.reverse(voucherId) }, null);
	};

	/**
	 * Begins the voucher of a day that a person closed at the relay. One that is booked already held less of the day: it is
	 * taken out of the books, and the next revision holds all. One that is being sent is left to settle first.
	 */
	const takeClosedDay = ({ key, last }: ClosedDay, atUtcMs: number): boolean => {
		alarms.resolve("RELAY-3011", subjectOf(key), atUtcMs);
		if (last === undefined || last.delivery.state.name === "nothing") {
			addDelivery(ledger, { ...key, revision: (last?.revision ?? 0) + 1 }, atUtcMs);
			return true;
		}
		const { state } = last.delivery;
		if (state.name === "waiting") {
			renewDelivery(ledger, key, atUtcMs);
			return true;
		}
		if (state.name === "booked") return apply(last, { kind: "reverse" }, null) !== undefined;
		const isRefused = state.name === "held" && state.voucherId === null;
		return isRefused && apply(last, { kind: "release" }, null) !== undefined;
	};

	const clientOf = (company: string): { readonly client: GoClient; readonly master: MasterData } | undefined => {
		const client = clients.get(company);
		const master = known.get(company);
		return client === undefined || master === undefined ? undefined : { client, master };
	};

	/**
	 * Looks once a day whether the books still hold what was booked, all vouchers of a day by one question; one that is not as
	 * it was read is read again, and then shown. Answers whether there was a day to look at.
	 */
	const lookAgain = async (atUtcMs: number): Promise<boolean> => {
		const nowMs = clock.stamp().monotonicMs;
		if (nowMs < lookAtMs) return false;
		const day = dueBookedDay(ledger, atUtcMs);
		if (day === undefined) {
			lookAtMs = nowMs + LOOK_SEARCH_MS;
			return false;
		}
		const result = await clientOf(day.company)?.client.cashJournalsOf(day.businessDate);
		if (result?.kind !== "ok") {
			lookAtMs = nowMs + LOOK_PAUSE_MS;
			return false;
		}
		for (const stored of bookedOfDay(ledger, day)) {
			const { state } = stored.delivery;
			if (state.name !== "booked") continue;
			const found = result
				.value(state.voucher.externalImportReference)
				?.find(({ voucherId }) => voucherId === state.booked.voucherId);
			if (found === undefined || !isSameReading(found, state.booked)) apply(stored, { kind: "readAgain" }, null);
		}
		noteLook(ledger, day, atUtcMs);
		return true;
	};

	/** The revision that stands; a person means that one. */
	const current = (key: ZKey): StoredDelivery => {
		const [stored] = deliveriesOf(ledger, key);
		if (stored === undefined) throw new RelayFault("RELAY-3019", `${subjectOf(key)} is not known`);
		return stored;
	};

	const command = (key: ZKey, kind: "release" | "reverse" | "readAgain"): void => {
		if (apply(current(key), { kind }, null) === undefined) {
			throw new RelayFault("RELAY-3019", `${subjectOf(key)} is being worked on; try again`);
		}
	};

	const startUtcMs = nowUtcMs();
	for (const stored of deliveriesIn(ledger, "posting")) apply(stored, { kind: "restarted" }, null);
	wakeWaiting(ledger, startUtcMs);

	return {
		name: "power-office",
		step: async () => {
			const atUtcMs = nowUtcMs();
			const { taken, second } = takeReports(ledger, atUtcMs);
			for (const { report, journalId } of second) {
				alarms.raise("RELAY-3011", subjectOf(report), `also in journal ${journalId}`, atUtcMs);
			}
			const closed = newlyClosedDays(ledger).filter((day) => takeClosedDay(day, atUtcMs));
			const due = dueDelivery(ledger, atUtcMs);
			if (due === undefined) return taken > 0 || closed.length > 0 || (await lookAgain(atUtcMs));
			await actSafely(due);
			return true;
		},
		summary: () => powerOfficeSummary(ledger),
		release: (key) => command(key, "release"),
		repost: (key) => command(key, "reverse"),
		acknowledgeTwin: (key) => alarms.resolve("RELAY-3011", subjectOf(key), nowUtcMs()),
		readAgain: (key) => command(key, "readAgain"),
	};
};

/** The states that a call to PowerOffice leaves. */
type CallingState = Exclude<DeliveryState, { readonly name: "waiting" | (typeof RESTING_STATES)[number] }>;

const isCalling = (state: DeliveryState): state is CallingState =>
	state.name !== "waiting" && !RESTING_STATES.some((name) => name === state.name);

/** What a state is told when its call cannot be made at all. */
const withoutClient = (name: CallingState["name"], failure: CallFailure): DeliveryInput => {
	switch (name) {
		case "ready":
			return { kind: "lookupFailed", failure };
		case "posting":
			return { kind: "restarted" };
		case "looking":
		case "numbered":
			return { kind: "looked", result: failure };
		case "posted":
		case "reversing":
			return { kind: "read", result: failure };
	}
};

/** What stands in the way, in words with remedies left to the reader of the code. */
const wordsOf = ({ reasons }: ZDelivery): string | null =>
	reasons.length === 0 ? null : reasons.map(({ code, detail }) => `${code} ${causeOf(code)} ${detail}`).join("; ");

/** State and reasons as one text, to see whether a step changed anything a person would want to know. */
const statusOf = (delivery: ZDelivery): string => `${delivery.state.name} ${wordsOf(delivery) ?? ""}`;

const causeOf = (code: PowerOfficeCode): string => POWER_OFFICE_CODES[code].cause;
