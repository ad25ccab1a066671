import type { MqttConfig } from "../../src/config/schema/till-config.ts";
import { FeedSubscriber } from "../../src/feed/mqtt/feed-subscriber.ts";
import type { Accepted } from "../../src/feed/schema/control.ts";
import { envelopeSchema, NO_PREVIOUS } from "../../src/feed/schema/message.ts";
import type { TillAddress, UpName } from "../../src/feed/schema/topic.ts";
import { createEntropy } from "../../src/runtime/node/entropy.ts";
import { createTimers } from "../../src/runtime/node/timers.ts";
import { recordingLogger } from "../support/manual-runtime.ts";
import { sha256 } from "./test-till.ts";

interface Ledger {
	readonly address: TillAddress;
	/** In order of feedSeq, each once: what a relay would book. */
	readonly taken: Uint8Array[];
	/** Arrived too early. */
	readonly early: Map<number, Uint8Array>;
}

/** A relay that stores in memory: contiguous, each message once, answering with `accepted`. */
export class TestRelay {
	readonly #ledgers = new Map<string, Ledger>();
	readonly subscriber: FeedSubscriber;
	readonly logger = recordingLogger();
	/** feedSeq of every arrival, repeats included. */
	readonly arrivals: number[] = [];
	/** Every status, ask and improper message: name and text. */
	readonly others: { readonly name: UpName; readonly text: string }[] = [];
	ledgerId = "ledger-1";
	term = 1;
	/** Whether it says what it has; a broken one does not. */
	answers = true;
	/** Called before a message is taken; a throw means that it could not be stored. */
	beforeTaking: (feedSeq: number) => Promise<void> | void = () => {};
	isConnected = false;

	constructor(mqtt: Partial<MqttConfig> & { readonly url: string }, { clientId = "relay", outstandingMax = 1 } = {}) {
		this.subscriber = new FeedSubscriber({
			mqtt: { insecure: false, ...mqtt },
			clientId,
			outstandingMax,
			timers: createTimers(),
			entropy: createEntropy(),
			logger: this.logger,
			onMessage: (address, name, bytes) => this.#take(address, name, bytes),
			onConnected: (isConnected) => {
				this.isConnected = isConnected;
				if (isConnected) for (const journalId of this.#ledgers.keys()) this.say(journalId);
			},
		});
	}

	/** The messages of a journal, contiguous from 1. */
	taken(journalId: string): readonly Uint8Array[] {
		return this.#ledgers.get(journalId)?.taken ?? [];
	}

	/** Forgets all after `feedSeq`, as a restored backup does. */
	restore(journalId: string, feedSeq: number, term: number): void {
		this.#ledgers.get(journalId)?.taken.splice(feedSeq);
		this.#ledgers.get(journalId)?.early.clear();
		this.term = term;
	}

	/** Publishes `accepted` for a journal, retained; `changes` make it another. */
	say(journalId: string, changes: Partial<Accepted> = {}): void {
		const ledger = this.#ledgers.get(journalId);
		if (ledger === undefined) return;
		const last = ledger.taken.at(-1);
		const accepted: Accepted = {
			v: 1,
			journalId,
			feedSeq: ledger.taken.length,
			sha256: last === undefined ? NO_PREVIOUS : sha256(last),
			ledgerId: this.ledgerId,
			term: this.term,
			series: { receipt: 0, return: 0, delivery: 0, training: 0, z: 0 },
			...changes,
		};
		void this.subscriber.publishDown(ledger.address, "accepted", Buffer.from(JSON.stringify(accepted)), {
			retain: true,
		});
	}

	async #take(address: TillAddress, name: UpName, bytes: Uint8Array): Promise<void> {
		if (name === "status" || name === "ask") {
			this.others.push({ name, text: Buffer.from(bytes).toString() });
			return;
		}
		const { journalId, feedSeq, prev } = envelopeSchema.parse(JSON.parse(Buffer.from(bytes).toString()));
		this.arrivals.push(feedSeq);
		await this.beforeTaking(feedSeq);
		const ledger: Ledger = this.#ledgers.get(journalId) ?? { address, taken: [], early: new Map() };
		this.#ledgers.set(journalId, ledger);
		if (feedSeq > ledger.taken.length) ledger.early.set(feedSeq, bytes);
		for (;;) {
			const next = ledger.early.get(ledger.taken.length + 1);
			if (next === undefined) break;
			ledger.early.delete(ledger.taken.length + 1);
			const last = ledger.taken.at(-1);
			if (feedSeq === ledger.taken.length + 1 && prev !== (last === undefined ? NO_PREVIOUS : sha256(last))) {
				throw new Error(`chain broken at ${feedSeq}`);
			}
			ledger.taken.push(next);
		}
		if (this.answers) this.say(journalId);
	}
}
