import type { MqttConfig } from "../../config/schema/till-config.ts";
import type { FeedCursor, Journal, StoredMessage } from "../../journal/contract/journal.ts";
import type { Entropy, Timers } from "../../runtime/contract/clock.ts";
import { Fault, type FaultCode, messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import type { Accepted, Command, Status } from "../schema/control.ts";
import { downTopic, type TillAddress, upTopic } from "../schema/topic.ts";
import { BrokerConnection, type Inbound } from "./broker-connection.ts";
import { type Answer, DOWN_NAMES, type Notice, readDownMessage } from "./down-message.ts";
import {
	isAwaiting,
	openWindow,
	reopenWindow,
	room,
	type SendWindow,
	withAccepted,
	withPuback,
	withReplay,
	withSent,
	withSilence,
} from "./send-window.ts";

/** How long the relay may be silent before everything from accepted+1 is sent again (DESIGN section 7). */
const SILENCE_MIN_MS = 30_000;

/** It doubles up to this. */
const SILENCE_MAX_MS = 300_000;

/** After a fresh `accepted` that says nothing new: a relay that came back shows its state, and lost what lay in the broker. */
const HINT_MS = 1_000;

/** Wait before the journal is read again after a failure. */
const READ_AGAIN_MS = 5_000;

/** Orders that are obeyed in a minute: each is journalled, and a till that writes orders sells nothing meanwhile. */
const COMMANDS_MAX = 30;

const COMMANDS_PERIOD_MS = 60_000;

/** What the publisher reads; the journal is the only queue. */
export type FeedReader = Pick<Journal, "journalId" | "messages" | "cursor">;

/** What the till is told. Called one at a time from I/O; what they throw is logged, not passed on. */
export interface PublisherListeners {
	/** The relay's answer, as read. The till judges and stores it (`judgeAccepted`), then calls `cursorMoved`. */
	onAccepted(accepted: Accepted): void;
	/** An order, for the journal. A replay is carried out by the publisher itself. */
	onCommand(command: Command): void;
	onAnswer(answer: Answer): void;
	onNotice(notice: Notice): void;
	onConnected(isConnected: boolean): void;
}

/** What a publisher is made of. */
export interface PublisherParts {
	readonly address: TillAddress;
	readonly mqtt: MqttConfig;
	readonly reader: FeedReader;
	readonly listeners: PublisherListeners;
	readonly timers: Timers;
	readonly entropy: Entropy;
	readonly logger: Logger;
}

/** Figures for status, tests and metrics; counted since the start. */
export interface PublisherCounts {
	/** Messages handed to the broker, repeats included. */
	readonly sent: number;
	/** Times the sending went back because the relay was silent. */
	readonly silences: number;
	/** Improper things on the down topics. */
	readonly rejected: number;
	/** Messages handed to the broker and not acknowledged by it now; all that is held in memory. */
	readonly inFlight: number;
}

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** The status that the broker keeps when the till is gone. */
export const offlineStatus = (address: TillAddress): Status => ({
	v: 1,
	online: false,
	store: address.store,
	till: address.till,
	readiness: null,
	warnings: [],
	journalId: null,
	backlog: null,
	head: null,
	feedSeq: null,
	version: null,
	diskDaysLeft: null,
	businessDate: null,
	atUtcMs: null,
});

/**
 * The till's side of the feed: sends the journal's messages, oldest first, stored bytes unchanged, and goes on only when
 * the relay has accepted them (DESIGN sections 4 and 7). It holds numbers, not messages: a broker that is away for a month
 * costs nothing. It never throws after construction.
 */
export class FeedPublisher {
	readonly #parts: PublisherParts;
	readonly #connection: BrokerConnection;
	#window: SendWindow = openWindow(0);
	#silenceMs = SILENCE_MIN_MS;
	#cancelSilence: (() => void) | undefined;
	#cancelReadAgain = (): void => {};
	#pump: NodeJS.Immediate | undefined;
	/** PUBACKs since the wait for the relay began: none at all means that the broker is stuck, not the relay away. */
	#pubacks = 0;
	#isHinted = false;
	#isStarted = false;
	#status: Status | undefined;
	#isStatusDue = false;
	#isStatusInFlight = false;
	#sent = 0;
	#silences = 0;
	#rejected = 0;
	#commands = 0;
	#cancelCommands = (): void => {};

	/** @throws Fault TILL-0804 for plain TCP to another machine without `insecure` */
	constructor(parts: PublisherParts) {
		this.#parts = parts;
		const { address, reader } = parts;
		this.#connection = new BrokerConnection(
			{
				mqtt: parts.mqtt,
				// The journal is in the name: two boxes that both think they are this till reach the relay, which raises the alarm.
				clientId: `t${address.store}-${address.till}-${reader.journalId.slice(-8)}`,
				clean: true,
				will: { topic: upTopic(address, "status"), payload: Buffer.from(encode(offlineStatus(address))) },
				subscriptions: DOWN_NAMES.map((name) => downTopic(address, name)),
			},
			parts,
			{
				onUp: () => this.#up(),
				onDown: (wasUp) => this.#down(wasUp),
				onMessage: (message) => this.#arrived(message),
			},
		);
	}

	/** See {@link PublisherCounts}. */
	get counts(): PublisherCounts {
		return {
			sent: this.#sent,
			silences: this.#silences,
			rejected: this.#rejected,
			inFlight: this.#connection.isUp ? this.#window.inFlight : 0,
		};
	}

	/** What is wrong with the connection now, by code, for the status; undefined when nothing is. */
	get trouble(): FaultCode | undefined {
		return this.#connection.trouble;
	}

	/** Begins to dial; returns at once. */
	start(): void {
		this.#isStarted = true;
		this.#connection.start();
	}

	/** Leaves the offline status behind, ends the connection and every timer. Takes at most two seconds. */
	async stop(): Promise<void> {
		this.#isStarted = false;
		this.#rest();
		this.#cancelCommands();
		this.#commands = 0;
		this.#connection.publish(
			upTopic(this.#parts.address, "status"),
			encode(offlineStatus(this.#parts.address)),
			true,
			() => {},
		);
		await this.#connection.stop();
	}

	/** The journal has new messages. */
	notify(): void {
		this.#schedule();
	}

	/** The till stored another cursor. */
	cursorMoved(): void {
		const accepted = this.#cursor()?.feedSeq ?? 0;
		if (accepted !== this.#window.accepted) {
			if (accepted < this.#window.accepted) {
				this.#parts.logger.warn("the relay went back; sending again", { from: accepted + 1 });
			}
			this.#window = withAccepted(this.#window, accepted);
			this.#silenceMs = SILENCE_MIN_MS;
			this.#isHinted = false;
			this.#endWatch();
		}
		this.#schedule();
	}

	/** Publishes the status, retained. The newest is kept and published again with each connection; older ones are dropped. */
	publishStatus(status: Status): void {
		this.#status = status;
		this.#isStatusDue = true;
		this.#sendStatus();
	}

	#cursor(): FeedCursor | undefined {
		try {
			return this.#parts.reader.cursor();
		} catch (thrown) {
			this.#cannotRead(thrown);
			return undefined;
		}
	}

	#up(): void {
		this.#window = reopenWindow(this.#window, this.#cursor()?.feedSeq ?? 0);
		this.#silenceMs = SILENCE_MIN_MS;
		this.#isHinted = false;
		this.#isStatusDue = this.#status !== undefined;
		this.#isStatusInFlight = false;
		this.#sendStatus();
		this.#schedule();
		this.#tell(() => this.#parts.listeners.onConnected(true));
	}

	#down(wasUp: boolean): void {
		this.#rest();
		if (wasUp) this.#tell(() => this.#parts.listeners.onConnected(false));
	}

	#rest(): void {
		this.#endWatch();
		this.#cancelReadAgain();
		if (this.#pump !== undefined) clearImmediate(this.#pump);
		this.#pump = undefined;
	}

	/** Sends after the I/O at hand: the drawer and the display come before the feed. */
	#schedule(): void {
		if (this.#pump !== undefined || !this.#isStarted || !this.#connection.isUp) return;
		this.#pump = setImmediate(() => {
			this.#pump = undefined;
			this.#send();
		});
	}

	#send(): void {
		const { next } = this.#window;
		const messages = this.#read(next, room(this.#window));
		const [first] = messages;
		if (first !== undefined && first.feedSeq !== next) {
			this.#parts.logger.error("messages are no longer on the box", {
				code: "TILL-0811",
				from: next,
				to: first.feedSeq - 1,
			});
		}
		for (const { feedSeq, kind, bytes } of messages) {
			const isSent = this.#connection.publish(upTopic(this.#parts.address, kind), bytes, false, (hasIt) =>
				this.#puback(hasIt),
			);
			if (!isSent) return;
			this.#sent += 1;
			this.#window = withSent(this.#window, feedSeq);
		}
		this.#watch();
	}

	#read(next: number, limit: number): readonly StoredMessage[] {
		if (limit === 0) return [];
		try {
			return this.#parts.reader.messages(next, limit);
		} catch (thrown) {
			this.#cannotRead(thrown);
			return [];
		}
	}

	#cannotRead(thrown: unknown): void {
		this.#parts.logger.error("cannot read the journal for the feed", {
			code: "TILL-0809",
			reason: messageOf(thrown),
		});
		this.#cancelReadAgain();
		this.#cancelReadAgain = this.#parts.timers.after("feed read again", READ_AGAIN_MS, () => this.cursorMoved());
	}

	#puback(hasIt: boolean): void {
		if (!hasIt) return;
		this.#pubacks += 1;
		this.#window = withPuback(this.#window);
		this.#schedule();
	}

	#watch(): void {
		if (this.#cancelSilence !== undefined || !isAwaiting(this.#window)) return;
		this.#pubacks = 0;
		this.#cancelSilence = this.#parts.timers.after("feed silence", this.#silenceMs, () => this.#silence());
	}

	#endWatch(): void {
		this.#cancelSilence?.();
		this.#cancelSilence = undefined;
	}

	#silence(): void {
		this.#cancelSilence = undefined;
		if (this.#pubacks === 0 && this.#window.inFlight > 0) {
			this.#connection.drop(new Fault("TILL-0801", "the broker acknowledges nothing"));
			return;
		}
		this.#silences += 1;
		this.#parts.logger.warn("the relay is silent; sending again", {
			code: "TILL-0808",
			from: this.#window.accepted + 1,
			sent: this.#window.next - 1,
		});
		this.#silenceMs = Math.min(this.#silenceMs * 2, SILENCE_MAX_MS);
		this.#window = withSilence(this.#window);
		this.#schedule();
	}

	#arrived(message: Inbound): void {
		try {
			const down = readDownMessage(this.#parts.address, message.topic, message.bytes);
			switch (down?.name) {
				case undefined:
					this.#reject(message);
					break;
				case "accepted":
					this.#hint(down.body, message.retained);
					this.#tell(() => this.#parts.listeners.onAccepted(down.body));
					break;
				case "command":
					// A kept order would be carried out again with every connection.
					if (message.retained || !this.#mayObey()) {
						this.#reject(message);
						break;
					}
					this.#tell(() => this.#parts.listeners.onCommand(down.body));
					this.#obey(down.body);
					break;
				case "answer":
					this.#tell(() => this.#parts.listeners.onAnswer(down.body));
					break;
				case "notice":
					this.#tell(() => this.#parts.listeners.onNotice(down.body));
					break;
			}
		} finally {
			message.acknowledge();
		}
	}

	/**
	 * A relay that was away (or whose broker lost its queue) says where it stands: nothing new, while messages are under
	 * way. Once per step of progress the wait is shortened, so that a relay that repeats itself cannot make the till do so.
	 */
	#hint(accepted: Accepted, isRetained: boolean): void {
		const cursor = this.#cursor();
		if (isRetained || this.#isHinted || this.#cancelSilence === undefined) return;
		if (accepted.journalId !== this.#parts.reader.journalId) return;
		if (accepted.feedSeq !== (cursor?.feedSeq ?? 0) || accepted.term < (cursor?.term ?? 0)) return;
		this.#isHinted = true;
		this.#endWatch();
		this.#cancelSilence = this.#parts.timers.after("feed silence", HINT_MS, () => this.#silence());
	}

	/** Whether there is room for one more order in this minute. */
	#mayObey(): boolean {
		if (this.#commands === 0) {
			this.#cancelCommands = this.#parts.timers.after("feed commands", COMMANDS_PERIOD_MS, () => {
				this.#commands = 0;
			});
		}
		this.#commands += 1;
		return this.#commands <= COMMANDS_MAX;
	}

	#obey(command: Command): void {
		if (command.kind !== "replay") return;
		const { fromFeedSeq } = command.body;
		this.#parts.logger.info("the relay asks for a replay", { from: fromFeedSeq, issuer: command.issuer });
		this.#window = withReplay(this.#window, fromFeedSeq);
		this.#schedule();
	}

	/** Logged at the 1st, 2nd, 4th, 8th ... so that a flood of them does not become a flood of log lines. */
	#reject(message: Inbound): void {
		this.#rejected += 1;
		if ((this.#rejected & (this.#rejected - 1)) !== 0) return;
		this.#parts.logger.warn("improper message left aside", {
			code: "TILL-0807",
			topic: message.topic.slice(0, 100),
			bytes: message.bytes.length,
			count: this.#rejected,
		});
	}

	#sendStatus(): void {
		if (!this.#isStatusDue || this.#isStatusInFlight) return;
		const topic = upTopic(this.#parts.address, "status");
		const isSent = this.#connection.publish(topic, encode(this.#status), true, (hasIt) => {
			this.#isStatusInFlight = false;
			if (hasIt) this.#sendStatus();
		});
		if (!isSent) return;
		this.#isStatusDue = false;
		this.#isStatusInFlight = true;
	}

	#tell(call: () => void): void {
		try {
			call();
		} catch (thrown) {
			this.#parts.logger.error("a listener of the feed failed", { reason: messageOf(thrown) });
		}
	}
}
