import type { MqttConfig } from "../../config/schema/till-config.ts";
import { FEED_KINDS } from "../../events/journal-event.ts";
import type { Entropy, Timers } from "../../runtime/contract/clock.ts";
import { Fault, type FaultCode } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import { type DownName, downTopic, parseUpTopic, type TillAddress, TOPIC_ROOT, type UpName } from "../schema/topic.ts";
import { BrokerConnection, type Inbound } from "./broker-connection.ts";
import { OrderedIntake } from "./ordered-intake.ts";

const UP_NAMES = [...FEED_KINDS, "status", "ask"] as const satisfies readonly UpName[];

/** What a subscriber is made of. */
export interface SubscriberParts {
	readonly mqtt: MqttConfig;
	/** Fixed for the relay, at most 23 letters, digits and dashes: the broker keeps the session under it over a break. */
	readonly clientId: string;
	/**
	 * Takes one message, called in order of arrival. The broker gets its PUBACK when the answer resolves, so a relay that
	 * dies before it gets the message again. A throw gives the connection up and has everything unacknowledged handed out
	 * again: throw only when storing failed, and set a bad message aside instead.
	 */
	readonly onMessage: (address: TillAddress, name: UpName, bytes: Uint8Array) => Promise<void> | void;
	/**
	 * After a connection was made: publish each till's `accepted` again, since a broker may have lost the kept one, and the
	 * tills send what was lost when they see it.
	 */
	readonly onConnected: (isConnected: boolean) => void;
	/** How many messages `onMessage` may be taking at a time; default 1. More lets one transaction take many. */
	readonly outstandingMax?: number;
	readonly timers: Timers;
	readonly entropy: Entropy;
	readonly logger: Logger;
}

/** The relay's side of the feed: everything the tills send, at least once, acknowledged to the broker when it is stored. */
export class FeedSubscriber {
	readonly #parts: SubscriberParts;
	readonly #connection: BrokerConnection;
	readonly #intake: OrderedIntake;
	#rejected = 0;

	/** @throws Fault TILL-0804 for plain TCP to another machine without `insecure` */
	constructor(parts: SubscriberParts) {
		this.#parts = parts;
		this.#intake = new OrderedIntake(
			parts.outstandingMax ?? 1,
			(message) => this.#take(message),
			(reason) => {
				parts.logger.error("a message could not be taken", { code: "TILL-0812", reason });
				this.#connection.drop(new Fault("TILL-0812", reason));
			},
		);
		this.#connection = new BrokerConnection(
			{
				mqtt: parts.mqtt,
				clientId: parts.clientId,
				clean: false,
				subscriptions: UP_NAMES.map((name) => `${TOPIC_ROOT}/up/+/+/${name}`),
			},
			parts,
			{
				onUp: () => parts.onConnected(true),
				onDown: (wasUp) => {
					this.#intake.forget();
					if (wasUp) parts.onConnected(false);
				},
				onMessage: (message) => this.#intake.arrived(message),
			},
		);
	}

	/** Messages on topics of no till; acknowledged and left aside. */
	get rejected(): number {
		return this.#rejected;
	}

	/** What is wrong with the connection now; undefined when nothing is. */
	get trouble(): FaultCode | undefined {
		return this.#connection.trouble;
	}

	/** Begins to dial; returns at once. */
	start(): void {
		this.#connection.start();
	}

	/** Ends the connection, then waits for what `onMessage` is still taking. The broker keeps the session. */
	async stop(): Promise<void> {
		await this.#connection.stop();
		await this.#intake.idle();
	}

	/**
	 * Publishes to a till with QoS 1, `accepted` with retain so that a till learns it when it connects. Resolves true when
	 * the broker has it, false when there is no connection or it was lost: then the caller says it again after onConnected.
	 */
	publishDown(
		address: TillAddress,
		name: DownName,
		bytes: Uint8Array,
		{ retain }: { readonly retain: boolean },
	): Promise<boolean> {
		return new Promise((resolve) => {
			if (!this.#connection.publish(downTopic(address, name), bytes, retain, resolve)) resolve(false);
		});
	}

	#take(message: Inbound): Promise<void> | undefined {
		const up = parseUpTopic(message.topic);
		if (up !== undefined) {
			return this.#parts.onMessage({ store: up.store, till: up.till }, up.name, message.bytes) ?? undefined;
		}
		this.#rejected += 1;
		this.#parts.logger.debug("message on the topic of no till", { topic: message.topic.slice(0, 100) });
		return undefined;
	}
}
