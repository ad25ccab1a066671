import { z } from "zod";
import { journalIdSchema, seqSchema, sha256Schema, storeSchema, tillSchema } from "./values.ts";

/**
 * A number of a series. A till that goes on behind one needs room: beyond this the answer is wrong, and a till that believed
 * it could close no ticket any more.
 */
const seriesNumber = z.int().min(0).max(999_999_999);

/**
 * The relay's answer: the highest contiguous message it has stored (DESIGN section 7). The till obeys the highest term,
 * within a term it takes the maximum; a new term may go back, for a relay restored from a backup.
 */
export const acceptedSchema = z.object({
	v: z.literal(1),
	journalId: journalIdSchema,
	/** 0: the relay holds nothing of this journal. */
	feedSeq: z.int().min(0),
	/** SHA-256 of that message's bytes; zeros for 0. An anchor of the chain outside the box. */
	sha256: sha256Schema,
	ledgerId: z.string().min(1).max(64),
	term: z.int().min(1),
	/** The highest number of each series the relay has seen from this till, in whatever journal: a restored copy goes on behind them. */
	series: z.object({
		receipt: seriesNumber,
		return: seriesNumber,
		delivery: seriesNumber,
		training: seriesNumber,
		z: seriesNumber,
	}),
});

/** See {@link acceptedSchema}. */
export type Accepted = z.output<typeof acceptedSchema>;

/** One thing the till can or cannot do now. */
const capabilitySchema = z.object({ able: z.boolean(), codes: z.array(z.string()) });

/** The retained status; the last will sets `online` to false and leaves the rest null. */
export const statusSchema = z.object({
	v: z.literal(1),
	online: z.boolean(),
	store: storeSchema,
	till: tillSchema,
	readiness: z
		.object({ sell: capabilitySchema, takeCash: capabilitySchema, print: capabilitySchema, close: capabilitySchema })
		.nullable(),
	/** What a person should know, by code. */
	warnings: z.array(z.string()),
	journalId: journalIdSchema.nullable(),
	/** Messages not yet accepted. */
	backlog: z.int().min(0).nullable(),
	head: z.object({ seq: z.int().min(0), sha256: sha256Schema }).nullable(),
	feedSeq: z.int().min(0).nullable(),
	version: z.string().nullable(),
	/** Days of selling the disk still holds, at the rate of the last days; null when not known. */
	diskDaysLeft: z.int().min(0).nullable(),
	businessDate: z.string().nullable(),
	atUtcMs: z.int().nullable(),
});

/** See {@link statusSchema}. */
export type Status = z.output<typeof statusSchema>;

/** An order from the relay: journalled, each with its issuer; none sells, opens or deletes. */
export const commandSchema = z.discriminatedUnion("kind", [
	z.object({
		v: z.literal(1),
		id: z.string().max(64),
		issuer: z.string().max(64),
		kind: z.literal("replay"),
		body: z.object({ fromFeedSeq: seqSchema }),
	}),
	z.object({
		v: z.literal(1),
		id: z.string().max(64),
		issuer: z.string().max(64),
		kind: z.literal("reportStatus"),
		body: z.object({}),
	}),
]);

/** See {@link commandSchema}. */
export type Command = z.output<typeof commandSchema>;

/** A question from a till. */
export const askSchema = z.object({
	v: z.literal(1),
	id: z.string().max(64),
	kind: z.enum(["price", "stock", "customer", "invoice", "giftCard", "receipt", "park", "data"]),
	deadlineUtcMs: z.int(),
	body: z.looseObject({}),
});

/** The answer to an ask; `refusal` names why there is none. */
export const answerSchema = z.object({
	v: z.literal(1),
	id: z.string().max(64),
	kind: askSchema.shape.kind,
	deadlineUtcMs: z.int(),
	body: z.looseObject({}).nullable(),
	refusal: z.string().nullable(),
});

/** News for a till: its day was booked, a payment came in, an item is recalled. */
export const noticeSchema = z.object({
	v: z.literal(1),
	id: z.string().max(64),
	kind: z.enum(["booked", "paymentReceived", "recall"]),
	body: z.looseObject({}),
});
