import { z } from "zod";
import type { FeedKind, JournalEvent } from "../../events/journal-event.ts";
import { FEED_KINDS } from "../../events/journal-event.ts";
import type { TicketDocument } from "../../events/ticket-document.ts";
import type { ZReport } from "../../events/z-report.ts";
import { ticketDocumentSchema } from "./ticket-schema.ts";
import {
	dateSchema,
	journalIdSchema,
	seqSchema,
	sha256Schema,
	stampSchema,
	storeSchema,
	tillSchema,
} from "./values.ts";
import { zReportSchema } from "./z-report-schema.ts";

/** The largest message in bytes (DESIGN section 7). */
export const MESSAGE_BYTES_MAX = 100_000;

/** `prev` of a journal's first message. */
export const NO_PREVIOUS = "0".repeat(64);

const envelope = {
	/** Major version of the feed. Within 1 fields are only added. */
	v: z.literal(1),
	journalId: journalIdSchema,
	/** Gapless per journal, from 1. Receivers order by it, never by arrival. */
	feedSeq: seqSchema,
	/** Gapless per journal and kind, from 1. */
	kindSeq: seqSchema,
	/** SHA-256 of the bytes of message feedSeq - 1; zeros for the first. */
	prev: sha256Schema,
	store: storeSchema,
	till: tillSchema,
	businessDate: dateSchema.nullable(),
	/** The journal record the message was made with. */
	recordSeq: seqSchema,
	madeAt: stampSchema,
	/**
	 * Set when a journal that continues a restored copy sends again what the copy had not seen accepted: the relay that
	 * holds exactly those bytes under the old key drops this one, any other books it.
	 */
	reissueOf: z.object({ journalId: journalIdSchema, feedSeq: seqSchema, sha256: sha256Schema }).nullable(),
};

/** A closed ticket. */
export const ticketMessageSchema = z.object({ ...envelope, kind: z.literal("ticket"), body: ticketDocumentSchema });

/** A closed training ticket: its own topic, so that `ticket` carries only real ones. */
export const trainingMessageSchema = z.object({ ...envelope, kind: z.literal("training"), body: ticketDocumentSchema });

/** A Z report. */
export const reportMessageSchema = z.object({ ...envelope, kind: z.literal("report"), body: zReportSchema });

/** Anything else head office may want to know: a journal event as it stands in the journal; readers keep the types they do not know. */
export const eventMessageSchema = z.object({
	...envelope,
	kind: z.literal("event"),
	body: z.looseObject({ type: z.string() }),
});

/** One chained message. */
export const feedMessageSchema = z.discriminatedUnion("kind", [
	ticketMessageSchema,
	trainingMessageSchema,
	reportMessageSchema,
	eventMessageSchema,
]);

/** A message as read. */
export type FeedMessage = z.output<typeof feedMessageSchema>;

/** What the loop wants published with a record: the journal makes the envelope around it. */
export type FeedDraft =
	| { readonly kind: "ticket" | "training"; readonly businessDate: string; readonly body: TicketDocument }
	| { readonly kind: "report"; readonly businessDate: string; readonly body: ZReport }
	| { readonly kind: "event"; readonly businessDate: string | null; readonly body: JournalEvent };

/** The envelope as every reader can read it, whatever the body holds: enough to store, order and chain. */
export const envelopeSchema = z.object({ ...envelope, kind: z.enum(FEED_KINDS) });

/**
 * The envelope as a receiver reads it: "producers strict, consumers tolerant" (DESIGN section 7). A kind that is not known yet
 * is stored and chained like any other.
 */
export const tolerantEnvelopeSchema = envelopeSchema.extend({
	kind: z.string().regex(/^[a-zA-Z]{1,20}$/),
	reissueOf: envelope.reissueOf.default(null),
});

/** The envelope of a message. */
export type FeedEnvelope = z.output<typeof envelopeSchema>;

/** The last number of each kind. */
export type KindSeq = Readonly<Record<FeedKind, number>>;
