import type { FeedKind } from "../../events/journal-event.ts";

/** The root of version 1 of the feed. */
export const TOPIC_ROOT = "tilld/1";

/** Where one till stands: the two ids that are fixed for life. */
export interface TillAddress {
	readonly store: string;
	readonly till: string;
}

/** What a till publishes. */
export type UpName = FeedKind | "status" | "ask";

/** What a till is told. */
export type DownName = "accepted" | "answer" | "command" | "notice";

/** `tilld/1/up/{store}/{till}/{name}`. */
export const upTopic = (address: TillAddress, name: UpName): string =>
	`${TOPIC_ROOT}/up/${address.store}/${address.till}/${name}`;

/** `tilld/1/down/{store}/{till}/{name}`. */
export const downTopic = (address: TillAddress, name: DownName): string =>
	`${TOPIC_ROOT}/down/${address.store}/${address.till}/${name}`;

/** `tilld/1/down/{store}/all/{dataset}`: what every till of a store reads. */
export const datasetTopic = (store: string, dataset: string): string => `${TOPIC_ROOT}/down/${store}/all/${dataset}`;

const UP = /^tilld\/1\/up\/([A-Z0-9]{1,8})\/([A-Z0-9]{1,4})\/(ticket|report|event|training|status|ask)$/;

/** Reads an up topic; undefined for any other. */
export const parseUpTopic = (topic: string): (TillAddress & { readonly name: UpName }) | undefined => {
	const match = UP.exec(topic);
	if (match === null) return undefined;
	const [, store = "", till = "", name = ""] = match;
	return { store, till, name: name as UpName };
};
