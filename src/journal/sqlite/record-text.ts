import { z } from "zod";
import type { JournalEvent } from "../../events/journal-event.ts";
import type { Source, Stamp } from "../../events/stamp.ts";
import { stampSchema } from "../../feed/schema/values.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import { journalEventSchema } from "../contract/event-schema.ts";
import type { JournalRecord } from "../contract/journal.ts";
import { isIntact, type RecordRow } from "./row.ts";

const envelopeSchema = z.object({
	seq: z.int().min(1),
	prev: z.string(),
	at: stampSchema,
	source: z.enum(["operator", "device", "feed", "service"]),
	event: z.unknown(),
});

/**
 * The text of a record: `{seq, prev, at, source, event}` in this order. `at` and `event` come as JSON text, because a
 * ticket's text is made once for its record and its message.
 */
export const recordText = (seq: number, prev: string, at: string, source: Source, event: string): string =>
	`{"seq":${seq},"prev":"${prev}","at":${at},"source":"${source}","event":${event}}`;

/** A stamp as JSON text; it is stored as it is. Throws what zod throws when it is none. */
export const stampText = (at: Stamp): string => JSON.stringify(stampSchema.parse(at));

/** A stored record with its event decoded, and the hash that it says the record before it has. */
export interface ReadRecord {
	readonly record: JournalRecord;
	readonly prev: string;
}

/**
 * Reads a stored record. Throws TILL-0607 when the bytes are not those the hash was taken of, TILL-0608 when this version
 * cannot read the event.
 */
export const readRecord = (row: RecordRow): ReadRecord => {
	if (!isIntact(row)) throw new Fault("TILL-0607", `record ${row.seq}: its bytes do not have its hash`);
	const { prev, at, source, event } = parsed(row);
	const decoded = z.safeDecode(journalEventSchema, event as z.input<typeof journalEventSchema>);
	if (!decoded.success) {
		throw new Fault("TILL-0608", `record ${row.seq} (${row.type}): ${z.prettifyError(decoded.error)}`);
	}
	const known: JournalEvent = decoded.data;
	return { record: { seq: row.seq, at, source, event: known, sha256: row.sha256.toString("hex") }, prev };
};

/** The hash that a stored record says the one before it has. Throws TILL-0607 when the bytes are no record of this number. */
export const prevOf = (row: RecordRow): string => parsed(row).prev;

const parsed = (row: RecordRow): z.output<typeof envelopeSchema> => {
	try {
		const envelope = envelopeSchema.parse(JSON.parse(row.bytes.toString("utf8")));
		if (envelope.seq === row.seq) return envelope;
	} catch (error) {
		throw new Fault("TILL-0607", `record ${row.seq}: ${messageOf(error)}`, { cause: error });
	}
	throw new Fault("TILL-0607", `record ${row.seq}: its bytes are those of another record`);
};
