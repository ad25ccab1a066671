import { batchedIntake, type UpMessage } from "../feed/mqtt/batched-intake.ts";
import type { TillAddress, UpName } from "../feed/schema/topic.ts";
import type { Clock, Entropy, Timers } from "../runtime/contract/clock.ts";
import { messageOf } from "../runtime/contract/fault.ts";
import type { Logger } from "../runtime/contract/logger.ts";
import type { AlarmBook } from "./alarm/alarm-book.ts";
import type { Delivery } from "./delivery.ts";
import { type DeliveryLoop, runDelivery } from "./delivery-loop.ts";
import type { DayKey } from "./intake/days.ts";
import type { Intake } from "./intake/intake.ts";
import { type FileIntake, intakeFile } from "./intake/intake-file.ts";
import { allJournals, findJournal, lastTermOf } from "./intake/journals.ts";
import { noteClaim } from "./intake/missing.ts";
import { type CloseOptions, closeOrphanDay } from "./intake/orphan-day.ts";
import type { RelayReport } from "./intake/relay-report.ts";
import { claimLedger } from "./ledger/claim.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { type RelayStatus, relayStatus } from "./relay-status.ts";
import { createTillAnswers, type DownPort } from "./till-answers.ts";
import { acceptedAtTill, createTillStatuses } from "./till-statuses.ts";

/** The feed as the relay uses it: `FeedSubscriber` is one. */
export interface FeedPort extends DownPort {
	start(): void;
	stop(): Promise<void>;
}

/** What the relay hears from the feed. */
export interface FeedListener {
	/** Resolves when the message is stored; throws when the ledger cannot be written, and then the broker hands it out again. */
	onMessage(address: TillAddress, name: UpName, bytes: Uint8Array): Promise<void>;
	onConnected(isConnected: boolean): void;
}

/** Messages that the subscriber may hand over before the first is stored: what one transaction takes together. */
export const RELAY_OUTSTANDING_MAX = 200;

/**
 * How often in a row a till must have been accepted further than the ledger holds before that is said aloud, where a new term
 * is known to have begun: what it said last may be from before it heard of the term.
 */
const AHEAD_IN_NEW_TERM_ALARM = 2;

/** What a relay is made of. */
export interface RelayParts {
	readonly ledger: Ledger;
	readonly alarms: AlarmBook;
	readonly intake: Intake;
	/** To M3, to PowerOffice: as they are configured. */
	readonly deliveries: readonly Delivery[];
	/** Makes the feed with the relay's ears: `(listener) => new FeedSubscriber({ ...listener, outstandingMax: RELAY_OUTSTANDING_MAX, ... })`. */
	readonly openFeed: (listener: FeedListener) => FeedPort;
	readonly clock: Clock;
	readonly timers: Timers;
	readonly entropy: Entropy;
	readonly log: Logger;
}

/** Head office's relay: takes what the tills send, answers how far it is stored, and runs the deliveries. */
export interface Relay {
	/** Throws RELAY-1005 when another relay runs on the ledger. */
	start(): void;
	/** Ends in order: first the feed, then the deliveries after the step at hand. What is under way is on disk. */
	stop(): Promise<void>;
	/** Takes a feed file in; see {@link intakeFile}. */
	intakeFile(path: string): Promise<FileIntake>;
	status(): RelayStatus;
	/** See {@link closeOrphanDay}; the deliveries go on with it at once. */
	closeOrphanDay(day: DayKey, closedBy: string, options?: CloseOptions): RelayReport;
}

/** Puts a relay together; nothing runs before `start`. */
export const createRelay = (parts: RelayParts): Relay => {
	const { ledger, alarms, intake, deliveries, clock, timers, entropy, log } = parts;
	const statuses = createTillStatuses();
	const inThisTerm = ` in term ${ledger.term}`;
	let loops: DeliveryLoop[] = [];
	let isConnected = false;
	let giveBack: (() => void) | undefined;

	const wakeAll = (): void => {
		for (const loop of loops) loop.wake();
	};

	const heldUpTo = (journalId: string): number => findJournal(ledger, journalId)?.contiguous ?? 0;

	/** A till's word on itself: answers it when it knows less or more than the ledger holds. */
	const hearStatus = (address: TillAddress, bytes: Uint8Array): void => {
		const heard = statuses.hear(address, bytes, heldUpTo);
		if (heard === undefined) {
			log.debug("a status that cannot be read", { ...address });
			return;
		}
		const { status, aheadCount } = heard;
		const subject = `${address.store}/${address.till}`;
		if (status.journalId !== null && acceptedAtTill(status) !== heldUpTo(status.journalId)) {
			answers.accepted(address, status.journalId);
		}
		if (status.journalId !== null && status.feedSeq !== null) {
			noteClaim(ledger, status.journalId, status.feedSeq, clock.stamp().utcMs);
		}
		if (aheadCount >= (isNewTerm(status.journalId) ? AHEAD_IN_NEW_TERM_ALARM : 1)) {
			const detail = `${subject} was told that journal ${status.journalId} is accepted up to ${acceptedAtTill(status)}`;
			alarms.raise("RELAY-1004", `${subject}${inThisTerm}`, detail, clock.stamp().utcMs);
		}
	};

	/** Whether nothing of a journal was taken in this term yet, which is not the ledger's first. */
	const isNewTerm = (journalId: string | null): boolean =>
		ledger.term > 1 && (journalId === null || lastTermOf(ledger, journalId) !== ledger.term);

	/**
	 * That the ledger was an old copy is dealt with by a new term and by nothing else: tills that fill its gaps do not tell it
	 * what was booked from the lost one.
	 */
	const endAlarmsOfOtherTerms = (): void => {
		for (const { code, subject } of alarms.open()) {
			if (code === "RELAY-1004" && !subject.endsWith(inThisTerm)) alarms.resolve(code, subject, clock.stamp().utcMs);
		}
	};

	const takeBatch = (batch: readonly UpMessage[]): void => {
		const chained = batch.filter(({ name }) => name !== "status" && name !== "ask");
		const taken = intake.takeAll(chained.map(({ address, name, bytes }) => ({ topic: { ...address, name }, bytes })));
		answers.taken(
			taken.flatMap((outcome, index) => {
				const address = chained[index]?.address;
				return address === undefined ? [] : [{ address, taken: outcome }];
			}),
		);
		const spoken = batch.filter(({ name }) => name === "status");
		if (spoken.length > 0) {
			ledger.transaction(() => {
				for (const { address, bytes } of spoken) hearStatus(address, bytes);
			});
		}
		if (chained.length > 0) wakeAll();
	};

	/** Keeps an alarm while the steps of a delivery fail. One of an earlier process may stand at first. */
	const alarmOf = ({ name }: Delivery): ((failure: string | null) => void) => {
		let isWell = false;
		return (failure) => {
			if (failure !== null) alarms.raise("RELAY-1008", name, failure, clock.stamp().utcMs);
			else if (!isWell) alarms.resolve("RELAY-1008", name, clock.stamp().utcMs);
			isWell = failure === null;
		};
	};

	/** After a connection: each till's last journal again, since a broker may have lost what it kept; and how far is it? */
	const answerAll = (): void => {
		const latest = new Map(
			allJournals(ledger)
				.toSorted((a, b) => a.lastTakenUtcMs - b.lastTakenUtcMs || a.ordinal - b.ordinal)
				.map((journal) => [`${journal.store}/${journal.till}`, journal]),
		);
		for (const { store, till, journalId } of latest.values()) {
			answers.accepted({ store, till }, journalId);
			answers.askStatus({ store, till });
		}
	};

	const feed = parts.openFeed({
		onMessage: batchedIntake(takeBatch),
		onConnected: (connected) => {
			isConnected = connected;
			if (connected) answerAll();
		},
	});
	const answers = createTillAnswers({ intake, down: feed, clock, entropy, log });

	return {
		start: () => {
			giveBack = claimLedger(ledger.path);
			endAlarmsOfOtherTerms();
			loops = deliveries.map((delivery) => runDelivery(delivery, timers, log, alarmOf(delivery)));
			feed.start();
		},
		stop: async () => {
			await feed.stop().catch((error: unknown) => log.warn("the feed did not end well", { reason: messageOf(error) }));
			await Promise.all(loops.map((loop) => loop.stop()));
			loops = [];
			giveBack?.();
			giveBack = undefined;
		},
		intakeFile: async (path) => {
			const taken = await intakeFile(intake, path);
			answers.accepted(taken.address, taken.accepted.journalId);
			wakeAll();
			return taken;
		},
		closeOrphanDay: (day, closedBy, options) => {
			const report = closeOrphanDay({ ledger, alarms }, day, closedBy, clock.stamp().utcMs, options);
			wakeAll();
			return report;
		},
		status: () => relayStatus({ ledger, alarms, statuses, deliveries, connected: isConnected }),
	};
};
