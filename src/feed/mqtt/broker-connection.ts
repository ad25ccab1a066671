import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from "mqtt";
import type { MqttConfig } from "../../config/schema/till-config.ts";
import type { Entropy, Timers } from "../../runtime/contract/clock.ts";
import { Fault, type FaultCode, messageOf } from "../../runtime/contract/fault.ts";
import type { Logger } from "../../runtime/contract/logger.ts";
import { redialDelayMs } from "./backoff.ts";
import { assertSecure, readCredentials } from "./broker-access.ts";
import { troubleOf } from "./connection-trouble.ts";

/** Seconds between signs of life; after one and a half of them without one, either side gives the connection up. */
const KEEPALIVE_S = 30;

/** How long a broker may take to say hello, and then to answer the subscription. */
const CONNACK_TIMEOUT_MS = 10_000;

/** A connection that lived this long was a good one: the next failure begins with the short wait again. */
const SETTLED_MS = 30_000;

/** How long `stop` waits for the broker at each of its two steps. */
const GOODBYE_MS = 1_000;

/** What a side of the feed wants of the broker. */
export interface ConnectionPlan {
	readonly mqtt: MqttConfig;
	/** At most 23 letters, digits and dashes: what every broker takes (MQTT 3.1.1, 3.1.3.1). */
	readonly clientId: string;
	/** false: the broker keeps the session, and what was published to it, over a break. */
	readonly clean: boolean;
	/** Published by the broker when this side is gone without a goodbye; retained. */
	readonly will?: { readonly topic: string; readonly payload: Buffer };
	/** Topic filters, QoS 1. */
	readonly subscriptions: readonly string[];
}

/** A message as it came in. Both functions do nothing once its connection is gone: the broker hands it out again. */
export interface Inbound {
	readonly topic: string;
	readonly bytes: Uint8Array;
	/** Whether the broker had kept it: it may be old. */
	readonly retained: boolean;
	/** Sends the PUBACK and lets the next message in. */
	readonly acknowledge: () => void;
	/** Lets the next message in before this one is acknowledged. */
	readonly letMore: () => void;
}

/** What the connection tells its side. */
export interface ConnectionEvents {
	/** The broker is there and has taken the subscriptions. */
	onUp(): void;
	/** A connection or an attempt ended: everything unacknowledged is forgotten. `wasUp` says whether `onUp` was called for it. */
	onDown(wasUp: boolean): void;
	/** One message, in order of arrival; the next one waits for `acknowledge` or `letMore`. */
	onMessage(message: Inbound): void;
}

/** A PUBACK (MQTT 3.1.1, 3.4): mqtt.js sends one only in step with reading, not later. */
const puback = (messageId: number): Buffer => Buffer.of(0x40, 2, messageId >> 8, messageId & 0xff);

/**
 * A connection to the broker that is made again for ever, waiting longer each time. Each attempt is a new mqtt.js client
 * with its reconnecting switched off, so that no queue or store of the library outlives a connection: what it resends or
 * forgets there is not ours to know (peers.md (b) 17).
 */
export class BrokerConnection {
	readonly #plan: ConnectionPlan;
	readonly #events: ConnectionEvents;
	readonly #timers: Timers;
	readonly #entropy: Entropy;
	readonly #logger: Logger;
	readonly #pending = new Set<(hasIt: boolean) => void>();
	#client: MqttClient | undefined;
	#isUp = false;
	#isStarted = false;
	#attempt = 0;
	#trouble: FaultCode | undefined;
	#cancelRedial = (): void => {};
	#cancelSubscribing = (): void => {};
	#cancelSettled = (): void => {};
	#onDrained = (): void => {};

	/** @throws Fault TILL-0804 when the plan means plain TCP to another machine */
	constructor(
		plan: ConnectionPlan,
		ports: { readonly timers: Timers; readonly entropy: Entropy; readonly logger: Logger },
		events: ConnectionEvents,
	) {
		assertSecure(plan.mqtt);
		this.#plan = plan;
		this.#timers = ports.timers;
		this.#entropy = ports.entropy;
		this.#logger = ports.logger;
		this.#events = events;
	}

	/** Whether the broker is there and has taken the subscriptions. */
	get isUp(): boolean {
		return this.#isUp;
	}

	/** Why it is not; undefined when it is, or before the first attempt has failed. */
	get trouble(): FaultCode | undefined {
		return this.#trouble;
	}

	/** Begins to dial. Returns at once: the broker may be away. */
	start(): void {
		if (this.#isStarted) return;
		this.#isStarted = true;
		this.#dial();
	}

	/** Waits shortly for what is in flight, says goodbye and stays away until `start`. Ends within two seconds whatever the broker does. */
	async stop(): Promise<void> {
		if (!this.#isStarted) return;
		this.#isStarted = false;
		this.#cancelRedial();
		this.#cancelSettled();
		await this.#drained();
		const client = this.#client;
		if (client === undefined) return;
		const isOrderly = this.#isUp && this.#pending.size === 0;
		this.#forget();
		await new Promise<void>((resolve) => {
			const cancel = this.#timers.after("broker goodbye", GOODBYE_MS, () => {
				client.stream.destroy();
				resolve();
			});
			client.end(!isOrderly, {}, () => {
				cancel();
				resolve();
			});
		});
	}

	/**
	 * Publishes with QoS 1, in the order of the calls. `onAnswer` is called once: true with the broker's PUBACK, false when
	 * the connection was lost before it. Answers false, and calls nothing, when there is no connection.
	 */
	publish(topic: string, bytes: Uint8Array, retain: boolean, onAnswer: (hasIt: boolean) => void): boolean {
		const client = this.#client;
		if (client === undefined || !this.#isUp) return false;
		this.#pending.add(onAnswer);
		const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		client.publish(topic, payload, { qos: 1, retain }, (error) => {
			if (!this.#pending.delete(onAnswer)) return;
			onAnswer(error === undefined || error === null);
			if (this.#pending.size === 0) this.#onDrained();
		});
		return true;
	}

	/** Gives the connection up and dials again: the broker hands out again what was not acknowledged to it. */
	drop(reason: Error): void {
		if (this.#client !== undefined) this.#lost(this.#client, reason);
	}

	#dial(): void {
		let client: MqttClient;
		try {
			client = connect(this.#plan.mqtt.url, this.#options());
		} catch (thrown) {
			this.#redial(thrown);
			return;
		}
		this.#client = client;
		client.handleMessage = (packet, callback) => this.#arrived(client, packet, callback);
		client.on("error", (error) => this.#lost(client, error));
		client.once("close", () => this.#lost(client, new Error("the broker closed the connection")));
		client.once("connect", () => this.#subscribe(client));
	}

	#options(): IClientOptions {
		const { clientId, clean, will, mqtt } = this.#plan;
		return {
			...readCredentials(mqtt),
			protocolVersion: 4,
			clientId,
			clean,
			keepalive: KEEPALIVE_S,
			connectTimeout: CONNACK_TIMEOUT_MS,
			reconnectPeriod: 0,
			queueQoSZero: false,
			resubscribe: false,
			timerVariant: "native",
			...(will === undefined ? {} : { will: { ...will, qos: 1, retain: true } }),
		};
	}

	#subscribe(client: MqttClient): void {
		if (client !== this.#client) return;
		this.#cancelSubscribing = this.#timers.after("broker subscription", CONNACK_TIMEOUT_MS, () =>
			this.#lost(client, new Error("the broker does not answer the subscription")),
		);
		client.subscribe([...this.#plan.subscriptions], { qos: 1 }, (error) => {
			if (client !== this.#client) return;
			this.#cancelSubscribing();
			if (error) this.#lost(client, new Fault("TILL-0805", error.message));
			else this.#arise();
		});
	}

	#arise(): void {
		this.#isUp = true;
		this.#trouble = undefined;
		this.#cancelSettled = this.#timers.after("broker connection settled", SETTLED_MS, () => {
			this.#attempt = 0;
		});
		this.#logger.info("connected to the broker", { url: this.#plan.mqtt.url });
		this.#events.onUp();
	}

	#arrived(client: MqttClient, packet: IPublishPacket, callback: (error?: Error) => void): void {
		if (client !== this.#client) return;
		const { payload, messageId } = packet;
		let isLetMore = false;
		this.#events.onMessage({
			topic: packet.topic,
			bytes: typeof payload === "string" ? Buffer.from(payload) : payload,
			retained: packet.retain,
			acknowledge: () => {
				if (client !== this.#client) return;
				if (!isLetMore) callback();
				else if (messageId !== undefined) client.stream.write(puback(messageId));
			},
			letMore: () => {
				if (client !== this.#client) return;
				isLetMore = true;
				// An error makes mqtt.js go on to the next packet without a PUBACK of its own.
				callback(new Error("acknowledged later"));
			},
		});
	}

	#lost(client: MqttClient, reason: unknown): void {
		if (client !== this.#client) return;
		this.#forget();
		client.end(true);
		if (this.#isStarted) this.#redial(reason);
	}

	/** Parts from the client: none of its events counts from here on. */
	#forget(): void {
		const wasUp = this.#isUp;
		this.#client = undefined;
		this.#isUp = false;
		this.#cancelSubscribing();
		this.#cancelSettled();
		const pending = [...this.#pending];
		this.#pending.clear();
		for (const onAnswer of pending) onAnswer(false);
		this.#onDrained();
		this.#events.onDown(wasUp);
	}

	#redial(reason: unknown): void {
		const trouble = troubleOf(reason);
		const fields = { code: trouble, reason: messageOf(reason), url: this.#plan.mqtt.url };
		if (trouble === this.#trouble) this.#logger.debug("still no connection to the broker", fields);
		else this.#logger.warn("no connection to the broker", fields);
		this.#trouble = trouble;
		this.#attempt += 1;
		const delayMs = redialDelayMs(this.#attempt, this.#entropy);
		this.#cancelRedial = this.#timers.after("broker redial", delayMs, () => this.#dial());
	}

	#drained(): Promise<void> {
		if (this.#pending.size === 0) return Promise.resolve();
		return new Promise((resolve) => {
			const cancel = this.#timers.after("broker drain", GOODBYE_MS, resolve);
			this.#onDrained = () => {
				this.#onDrained = () => {};
				cancel();
				resolve();
			};
		});
	}
}
