import { z } from "zod";
import { journalIdSchema, seqSchema, sha256Schema, storeSchema, tillSchema } from "../schema/values.ts";

/**
 * The feed in a file, for a shop without a network: JSON Lines in UTF-8, each line ended by a line feed. First this header,
 * then the bytes of each message on a line, as they would be sent, then the trailer. A part of the feed of one journal.
 */
export const feedFileHeaderSchema = z.object({
	format: z.literal("tilld-feed"),
	v: z.literal(1),
	journalId: journalIdSchema,
	store: storeSchema,
	till: tillSchema,
	fromFeedSeq: seqSchema,
	/** fromFeedSeq - 1 when there is no message. */
	toFeedSeq: z.int().min(0),
});

/** See {@link feedFileHeaderSchema}. */
export type FeedFileHeader = z.output<typeof feedFileHeaderSchema>;

/** The last line. The hash is over all message lines with their line feeds: `sed '1d;$d' FILE | sha256sum`. */
export const feedFileTrailerSchema = z.object({ count: z.int().min(0), sha256: sha256Schema });

/** See {@link feedFileTrailerSchema}. */
export type FeedFileTrailer = z.output<typeof feedFileTrailerSchema>;

/** Ends a line. */
export const LINE_FEED = 0x0a;

/** Bytes of one message line that the chain can be judged by. */
export interface FeedFileLine {
	/** In the file, from 1 (the header). */
	readonly line: number;
	readonly bytes: Uint8Array;
}
