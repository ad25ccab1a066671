import mqtt, { type IClientOptions } from "mqtt";
import { onTestFinished } from "vitest";

/** A feed message as head office hears it. */
export interface Heard {
	readonly topic: string;
	readonly text: string;
	/** Its number in its journal's feed; undefined when it is none. */
	readonly feedSeq: number | undefined;
}

/** Head office listening to the tills' feed, beside the relay. */
export interface FeedObserver {
	readonly heard: readonly Heard[];
	/** Numbers of a till's messages in the order in which they first came; what came twice counts once. */
	feedSeqsOf(till: string): number[];
}

const feedSeqOf = (text: string): number | undefined => /"feedSeq":([0-9]+)/.exec(text)?.slice(1).map(Number)[0];

/** Listens to everything the tills publish, in a session that the broker keeps while it is away. Status messages are left out. */
export const feedObserver = async (url: string, options: IClientOptions = {}): Promise<FeedObserver> => {
	const heard: Heard[] = [];
	const client = await mqtt.connectAsync(url, {
		clientId: "observer",
		clean: false,
		reconnectPeriod: 50,
		...options,
	});
	onTestFinished(async () => {
		await client.endAsync(true);
	});
	client.on("error", () => undefined);
	client.on("message", (topic, payload) => {
		const text = payload.toString("utf8");
		if (topic.endsWith("/status")) return;
		heard.push({ topic, text, feedSeq: feedSeqOf(text) });
	});
	await client.subscribeAsync("tilld/1/up/#", { qos: 1 });
	return {
		heard,
		feedSeqsOf: (till) => [
			...new Set(
				heard.flatMap(({ topic, feedSeq }) => (topic.split("/")[4] === till && feedSeq !== undefined ? [feedSeq] : [])),
			),
		],
	};
};
