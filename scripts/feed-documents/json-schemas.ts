import { z } from "zod";
import {
	acceptedSchema,
	answerSchema,
	askSchema,
	commandSchema,
	noticeSchema,
	statusSchema,
} from "../../src/feed/schema/control.ts";
import {
	envelopeSchema,
	eventMessageSchema,
	reportMessageSchema,
	ticketMessageSchema,
	trainingMessageSchema,
} from "../../src/feed/schema/message.ts";

/** One form of the feed, as its readers get it. */
export interface FeedForm {
	readonly schema: z.ZodType;
	readonly title: string;
	readonly description: string;
}

/** Every form of version 1 by the name of its topic; `envelope` is what the chained four have in common. */
export const FEED_FORMS = {
	ticket: { schema: ticketMessageSchema, title: "Ticket", description: "A closed ticket: real and completed." },
	training: {
		schema: trainingMessageSchema,
		title: "Training ticket",
		description: "A closed training ticket: for no book.",
	},
	report: { schema: reportMessageSchema, title: "Z report", description: "A closed day with its control totals." },
	event: {
		schema: eventMessageSchema,
		title: "Event",
		description:
			"A record of the journal that head office may want: days opened, starts, doubted clocks, tickets set aside; drawers told " +
			"to open without a sale (DrawerOpenStarted), opened without a cause (DrawerOpened) or open for too long " +
			"(DrawerOpenTooLong). Keep the types you do not know.",
	},
	envelope: {
		schema: envelopeSchema,
		title: "Envelope",
		description:
			"What ticket, training, report and event have in common: enough to store, order and chain a message whatever its body. " +
			"Key: journalId and feedSeq. prev is the SHA-256 of the bytes of message feedSeq - 1, so keep the bytes as they came.",
	},
	status: {
		schema: statusSchema,
		title: "Status",
		description: "What the till can do now; retained. The last will says online: false and leaves the rest null.",
	},
	ask: { schema: askSchema, title: "Ask", description: "A question of the till, worth an answer until its deadline." },
	accepted: {
		schema: acceptedSchema,
		title: "Accepted",
		description: "The relay has stored every message up to feedSeq; retained. The highest term is obeyed.",
	},
	answer: {
		schema: answerSchema,
		title: "Answer",
		description: "The answer to an ask; refusal says why there is none.",
	},
	command: {
		schema: commandSchema,
		title: "Command",
		description: "An order of the relay with its issuer; none sells, opens or deletes.",
	},
	notice: { schema: noticeSchema, title: "Notice", description: "News for the till." },
} as const satisfies Record<string, FeedForm>;

/** The name of a form. */
export type FeedFormName = keyof typeof FEED_FORMS;

/** The name of the file that a form's JSON Schema stands in. */
export const schemaFileName = (name: FeedFormName): string => `${name}.schema.json`;

/** The JSON Schema (2020-12) of what travels, not of what a program makes of it: amounts are integers, quantities text. */
export const jsonSchemaOf = (name: FeedFormName): object => {
	const { schema, title, description }: FeedForm = FEED_FORMS[name];
	const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input", target: "draft-2020-12" });
	return { $schema, $id: `urn:tilld:feed:1:${name}`, title, description, ...rest };
};
