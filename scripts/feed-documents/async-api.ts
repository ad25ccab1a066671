import { TOPIC_ROOT } from "../../src/feed/schema/topic.ts";
import { FEED_FORMS, type FeedFormName, schemaFileName } from "./json-schemas.ts";

interface Topic {
	readonly name: Exclude<FeedFormName, "envelope">;
	readonly direction: "up" | "down";
	readonly retain: boolean;
}

const TOPICS: readonly Topic[] = [
	{ name: "ticket", direction: "up", retain: false },
	{ name: "report", direction: "up", retain: false },
	{ name: "event", direction: "up", retain: false },
	{ name: "training", direction: "up", retain: false },
	{ name: "status", direction: "up", retain: true },
	{ name: "ask", direction: "up", retain: false },
	{ name: "accepted", direction: "down", retain: true },
	{ name: "answer", direction: "down", retain: false },
	{ name: "command", direction: "down", retain: false },
	{ name: "notice", direction: "down", retain: false },
];

const entries = <T>(make: (topic: Topic) => T, keyOf = (topic: Topic): string => topic.name): Record<string, T> =>
	Object.fromEntries(TOPICS.map((topic) => [keyOf(topic), make(topic)]));

const operationName = ({ name, direction }: Topic): string => {
	const capital = name.charAt(0).toUpperCase() + name.slice(1);
	return direction === "up" ? `send${capital}` : `receive${capital}`;
};

/** The AsyncAPI 3.0 document of the feed, from the till's side: `send` is what it publishes. */
export const asyncApiDocument = (): object => ({
	asyncapi: "3.0.0",
	id: "urn:tilld:feed:1",
	info: {
		title: "tilld feed",
		version: "1.0.0",
		description:
			"What a till publishes and is told, over MQTT 3.1.1 with QoS 1. Order by feedSeq, never by arrival; expect repeats " +
			"(same journalId and feedSeq, same bytes: drop). Within version 1 fields are only added: ignore what you do not know " +
			"and keep the bytes. Messages have at most 100,000 bytes.",
	},
	defaultContentType: "application/json",
	channels: entries(({ name, direction }) => ({
		address: `${TOPIC_ROOT}/${direction}/{store}/{till}/${name}`,
		parameters: { store: { $ref: "#/components/parameters/store" }, till: { $ref: "#/components/parameters/till" } },
		messages: { [name]: { $ref: `#/components/messages/${name}` } },
	})),
	operations: entries(
		({ name, direction, retain }) => ({
			action: direction === "up" ? "send" : "receive",
			channel: { $ref: `#/channels/${name}` },
			messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
			bindings: { mqtt: { qos: 1, retain, bindingVersion: "0.2.0" } },
		}),
		operationName,
	),
	components: {
		parameters: {
			store: { description: "Id of the store, [A-Z0-9]{1,8}, fixed for life." },
			till: { description: "Id of the till within its store, [A-Z0-9]{1,4}, fixed for life." },
		},
		messages: entries(({ name }) => ({
			name,
			title: FEED_FORMS[name].title,
			summary: FEED_FORMS[name].description,
			contentType: "application/json",
			payload: {
				schemaFormat: "application/schema+json;version=2020-12",
				schema: { $ref: `./${schemaFileName(name)}` },
			},
		})),
	},
});
