import { batchedIntake, type UpMessage } from "../feed/mqtt/batched-intake.ts";
import type { TillAddress, UpName } from "../feed/schema/topic.ts";
import type { Clock, Entropy, Timers } from "../runtime/contract/clock.ts";
import { messageOf } from "../runtime/contract/fault.ts";
import type { Logger } from "../runtime/contract/logger.ts";
import type { AlarmBook } from "./alarm/alarm-book.ts";
import type { Delivery } from "./delivery.ts";
import { type DeliveryLoop, runDelivery } from "./delivery-loop.ts";
import type { Intake } from "./intake/intake.ts";
import { type FileIntake, intakeFile } from "./intake/intake-file.ts";
import { allJournals, findJournal } from "./intake/journals.ts";
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

/** How often in a row a till must have been accepted further than the ledger holds before that is said aloud. */
const AHEAD_ALARM = 2;

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
}

/** Puts a relay together; nothing runs before `start`. */
export const createRelay = (parts: RelayParts): Relay => {
	const { ledger, alarms, intake, deliveries, clock, timers, entropy, log } = parts;
	const statuses = createTillStatuses();
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
		if (aheadCount >= AHEAD_ALARM) {
			const detail = `${subject} was told that journal ${status.journalId} is accepted up to ${acceptedAtTill(status)}`;
			alarms.raise("RELAY-1004", subject, detail, clock.stamp().utcMs);
		} else if (aheadCount === 0) alarms.resolve("RELAY-1004", subject, clock.stamp().utcMs);
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
		for (const { address, name, bytes } of batch) if (name === "status") hearStatus(address, bytes);
		if (chained.length > 0) wakeAll();
	};

	/** After a connection: each till's last journal again, since a broker may have lost what it kept. */
	const answerAll = (): void => {
		const latest = new Map(
			allJournals(ledger)
				.toSorted((a, b) => a.lastTakenUtcMs - b.lastTakenUtcMs || a.ordinal - b.ordinal)
				.map((journal) => [`${journal.store}/${journal.till}`, journal]),
		);
		for (const { store, till, journalId } of latest.values()) answers.accepted({ store, till }, journalId);
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
			loops = deliveries.map((delivery) => runDelivery(delivery, timers, log));
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
		status: () => relayStatus({ ledger, alarms, statuses, deliveries, connected: isConnected }),
	};
};
