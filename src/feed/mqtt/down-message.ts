import type { z } from "zod";
import {
	type Accepted,
	acceptedSchema,
	answerSchema,
	type Command,
	commandSchema,
	noticeSchema,
} from "../schema/control.ts";
import { MESSAGE_BYTES_MAX } from "../schema/message.ts";
import { type DownName, downTopic, type TillAddress } from "../schema/topic.ts";

/** An answer to an ask. */
export type Answer = z.output<typeof answerSchema>;

/** News for a till. */
export type Notice = z.output<typeof noticeSchema>;

/** What a till can be told. */
export type DownMessage =
	| { readonly name: "accepted"; readonly body: Accepted }
	| { readonly name: "answer"; readonly body: Answer }
	| { readonly name: "command"; readonly body: Command }
	| { readonly name: "notice"; readonly body: Notice };

/** The names of the down topics of one till. */
export const DOWN_NAMES = ["accepted", "answer", "command", "notice"] as const satisfies readonly DownName[];

const utf8 = new TextDecoder("utf-8", { fatal: true });

const readBody = (name: DownName, json: unknown): DownMessage => {
	switch (name) {
		case "accepted":
			return { name, body: acceptedSchema.parse(json) };
		case "answer":
			return { name, body: answerSchema.parse(json) };
		case "command":
			return { name, body: commandSchema.parse(json) };
		case "notice":
			return { name, body: noticeSchema.parse(json) };
	}
};

/**
 * Reads what came on a down topic. Undefined for anything that is no proper message: another topic, too large, no UTF-8,
 * no JSON, another form. A command of an unknown kind is one of these: nothing may be done that is not understood.
 */
export const readDownMessage = (address: TillAddress, topic: string, bytes: Uint8Array): DownMessage | undefined => {
	const name = DOWN_NAMES.find((candidate) => downTopic(address, candidate) === topic);
	if (name === undefined || bytes.length > MESSAGE_BYTES_MAX) return undefined;
	try {
		return readBody(name, JSON.parse(utf8.decode(bytes)));
	} catch {
		return undefined;
	}
};
