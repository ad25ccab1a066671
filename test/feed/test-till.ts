import { createHash } from "node:crypto";
import type { MqttConfig } from "../../src/config/schema/till-config.ts";
import { FeedPublisher } from "../../src/feed/mqtt/feed-publisher.ts";
import { type AcceptedVerdict, judgeAccepted } from "../../src/feed/schema/accept.ts";
import type { Accepted, Command } from "../../src/feed/schema/control.ts";
import { type FeedEnvelope, NO_PREVIOUS } from "../../src/feed/schema/message.ts";
import type { TillAddress } from "../../src/feed/schema/topic.ts";
import type { FeedCursor, StoredMessage } from "../../src/journal/contract/journal.ts";
import type { Timers } from "../../src/runtime/contract/clock.ts";
import { createEntropy } from "../../src/runtime/node/entropy.ts";
import { createTimers } from "../../src/runtime/node/timers.ts";
import { recordingLogger } from "../support/manual-runtime.ts";

/** SHA-256 in hexadecimal digits. */
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A valid journal id ending in these characters. */
const journalIdOf = (ending: string): string => ending.padStart(26, "0");

/** The envelope of one message of a test's feed. */
const envelopeOf = (journalId: string, address: TillAddress, feedSeq: number, prev: string): FeedEnvelope => ({
	v: 1,
	journalId,
	feedSeq,
	kindSeq: feedSeq,
	prev,
	...address,
	businessDate: "2026-11-23",
	recordSeq: feedSeq,
	madeAt: { utcMs: 1_795_000_000_000 + feedSeq, offsetMinutes: 60, bootId: "boot", monotonicMs: feedSeq },
	reissueOf: null,
	kind: "event",
});

/** A journal's feed in memory: chained messages and a cursor, without a disk. */
export class MemoryFeed {
	readonly journalId: string;
	readonly address: TillAddress;
	readonly stored: StoredMessage[] = [];
	#cursor: FeedCursor | undefined;
	/** Every cursor that was stored, oldest first. */
	readonly cursors: FeedCursor[] = [];
	/** The most that was asked for in one call. */
	largestRead = 0;
	/** What a read throws, while set. */
	failure: Error | undefined;

	constructor(address: TillAddress = { store: "S1", till: "01" }, journalId = journalIdOf("ABC")) {
		this.address = address;
		this.journalId = journalId;
	}

	/** Adds `count` messages. */
	add(count: number): void {
		for (let n = 0; n < count; n++) {
			const last = this.stored.at(-1);
			const feedSeq = this.stored.length + 1;
			const envelope = envelopeOf(this.journalId, this.address, feedSeq, last?.sha256 ?? NO_PREVIOUS);
			const body = { type: "ApplicationStarted", applicationVersion: "æøå 1", recovery: false };
			const bytes = Buffer.from(JSON.stringify({ ...envelope, body }));
			this.stored.push({ feedSeq, kind: "event", bytes, sha256: sha256(bytes) });
		}
	}

	feedHead(): { seq: number; sha256: string } {
		const last = this.stored.at(-1);
		return { seq: last?.feedSeq ?? 0, sha256: last?.sha256 ?? NO_PREVIOUS };
	}

	messages(feedSeq: number, limit: number): StoredMessage[] {
		if (this.failure !== undefined) throw this.failure;
		this.largestRead = Math.max(this.largestRead, limit);
		return this.stored.slice(feedSeq - 1, feedSeq - 1 + limit);
	}

	cursor(): FeedCursor | undefined {
		return this.#cursor;
	}

	moveCursor(cursor: FeedCursor): void {
		this.#cursor = cursor;
		this.cursors.push(cursor);
	}
}

/** A till as far as the feed sees it: judges what the relay says, stores the cursor, and remembers what happened. */
export class TestTill {
	readonly feed: MemoryFeed;
	readonly publisher: FeedPublisher;
	readonly accepted: Accepted[] = [];
	readonly verdicts: AcceptedVerdict[] = [];
	readonly commands: Command[] = [];
	readonly logger = recordingLogger();
	/** Each change of the connection. */
	readonly connected: boolean[] = [];

	constructor(
		mqtt: Partial<MqttConfig> & { readonly url: string },
		feed = new MemoryFeed(),
		timers: Timers = createTimers(),
	) {
		this.feed = feed;
		this.publisher = new FeedPublisher({
			address: feed.address,
			mqtt: { insecure: false, ...mqtt },
			reader: feed,
			timers,
			entropy: createEntropy(),
			logger: this.logger,
			listeners: {
				onAccepted: (accepted) => this.#judge(accepted),
				onCommand: (command) => this.commands.push(command),
				onAnswer: () => {},
				onNotice: () => {},
				onConnected: (isConnected) => this.connected.push(isConnected),
			},
		});
	}

	/** Adds messages and says so. */
	sell(count: number): void {
		this.feed.add(count);
		this.publisher.notify();
	}

	#judge(accepted: Accepted): void {
		this.accepted.push(accepted);
		const verdict = judgeAccepted(accepted, {
			journalId: this.feed.journalId,
			feedHead: this.feed.feedHead(),
			cursor: this.feed.cursor(),
			hashOfMessage: (feedSeq) => this.feed.stored[feedSeq - 1]?.sha256,
		});
		this.verdicts.push(verdict);
		if (verdict.verdict !== "advance") return;
		this.feed.moveCursor(verdict.cursor);
		this.publisher.cursorMoved();
	}
}
