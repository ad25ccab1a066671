import { z } from "zod";
import type { Stamp } from "../../events/stamp.ts";
import { dateSchema, journalIdSchema, seqSchema, sha256Schema } from "../../feed/schema/values.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import { afterMessage, messageRow, type Origin } from "./compose.ts";
import { stampText } from "./record-text.ts";
import { type Heads, isIntact, type MessageRow } from "./row.ts";
import type { Segment } from "./segment.ts";
import type { Shelf } from "./shelf.ts";
import { readCursor } from "./state-file.ts";

/** Messages written in one transaction; nobody sees them before the segment is put in place. */
const CHUNK_MESSAGES = 200;

/** What is taken over from a message; the rest of its envelope is made anew. */
const keptSchema = z.object({
	journalId: journalIdSchema,
	businessDate: dateSchema.nullable(),
	reissueOf: z.object({ journalId: journalIdSchema, feedSeq: seqSchema, sha256: sha256Schema }).nullable(),
	body: z.unknown(),
});

/**
 * Writes the messages of an adopted journal that are not known to be accepted into its heir: same body, own numbers, and
 * `reissueOf` the key and hash under which the message stood first. One that was itself sent again keeps naming its first
 * key, so that whoever holds any of them recognises it. Answers how many. Throws TILL-0616 at a damaged message.
 */
export const reissue = (old: Shelf, heir: Segment, origin: Origin, before: Heads, at: Stamp): number => {
	const madeAt = stampText(at);
	let heads = before;
	let next = acceptedUpTo(old) + 1;
	while (true) {
		const rows = old.messages(next, CHUNK_MESSAGES);
		const last = rows.at(-1);
		if (last === undefined) return heads.feed.seq - before.feed.seq;
		const messages: MessageRow[] = [];
		for (const row of rows) {
			const { journalId, businessDate, reissueOf, body } = keptOf(row);
			const message = messageRow(origin, heads, {
				kind: row.kind,
				businessDate,
				recordSeq: heads.record.seq,
				madeAt,
				reissueOf: reissueOf ?? { journalId, feedSeq: row.feedSeq, sha256: row.sha256.toString("hex") },
				body: JSON.stringify(body),
			});
			heads = afterMessage(heads, message);
			messages.push(message);
		}
		heir.write({ records: [], messages, keys: [] });
		next = last.feedSeq + 1;
	}
};

/** A cursor counts only with the message that it was given for: one of another continuation proves nothing. */
const acceptedUpTo = (old: Shelf): number => {
	const cursor = readCursor(old.folder);
	if (cursor === undefined) return 0;
	if (cursor.feedSeq > old.heads().feed.seq) return cursor.feedSeq;
	const held = old.messageSha256(cursor.feedSeq);
	return held === undefined || held === cursor.sha256 ? cursor.feedSeq : 0;
};

const keptOf = (row: MessageRow): z.output<typeof keptSchema> => {
	if (!isIntact(row)) throw new Fault("TILL-0616", `message ${row.feedSeq} is damaged and cannot be sent again`);
	try {
		return keptSchema.parse(JSON.parse(row.bytes.toString("utf8")));
	} catch (error) {
		throw new Fault("TILL-0616", `message ${row.feedSeq}: ${messageOf(error)}`, { cause: error });
	}
};
