import type { JournalEvent } from "../../events/journal-event.ts";
import type { Source, Stamp } from "../../events/stamp.ts";
import type { FeedDraft } from "../../feed/schema/message.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import type { Appended, JournalRecord } from "../contract/journal.ts";
import { type EventTexts, eventTexts } from "./event-text.ts";
import { messageBytes, type ReissueOf } from "./message-text.ts";
import { recordText, stampText } from "./record-text.ts";
import {
	type Batch,
	type Heads,
	headOfMessage,
	headOfRecord,
	lookUpKeyOf,
	type MessageRow,
	type RecordRow,
	sha256Of,
	storedMessageOf,
} from "./row.ts";

/** Whose records and messages they are. */
export interface Origin {
	readonly journalId: string;
	readonly store: string;
	readonly till: string;
}

/** A batch that is ready to be written, where the journal stands after it, and what the caller is told. */
export interface Composed {
	readonly batch: Batch;
	readonly heads: Heads;
	readonly appended: Appended;
}

/**
 * Makes records of events and finished messages of drafts, numbered and chained behind `heads`. Nothing is written here.
 * `texts` remembers what was encoded before, where appends follow each other.
 * Throws TILL-0605 for a message that is too large, TILL-0606 for an event that does not have the form of its type.
 */
export const compose = (
	origin: Origin,
	heads: Heads,
	at: Stamp,
	source: Source,
	events: readonly JournalEvent[],
	drafts: readonly FeedDraft[],
	texts: EventTexts = eventTexts(),
): Composed => {
	try {
		return composed(origin, heads, at, source, events, drafts, texts);
	} catch (error) {
		if (error instanceof Fault) throw error;
		const types = events.map((event) => event.type).join(", ");
		throw new Fault("TILL-0606", `${types}: ${messageOf(error)}`, { cause: error });
	}
};

const composed = (
	origin: Origin,
	before: Heads,
	at: Stamp,
	source: Source,
	events: readonly JournalEvent[],
	drafts: readonly FeedDraft[],
	texts: EventTexts,
): Composed => {
	const atText = stampText(at);
	let heads = before;
	const rows: RecordRow[] = [];
	const records: JournalRecord[] = [];
	for (const event of events) {
		const row = recordRow(heads, atText, source, event, texts);
		heads = { ...heads, record: headOfRecord(row) };
		rows.push(row);
		records.push({ seq: row.seq, at, source, event, sha256: heads.record.sha256 });
	}
	const messages: MessageRow[] = [];
	for (const draft of drafts) {
		const { kind, businessDate } = draft;
		const message = messageRow(origin, heads, {
			kind,
			businessDate,
			recordSeq: recordSeqOf(draft, records) ?? heads.record.seq,
			madeAt: atText,
			reissueOf: null,
			body: texts.ofBody(draft),
		});
		heads = afterMessage(heads, message);
		messages.push(message);
	}
	const keys = records.map((record) => lookUpKeyOf(record.seq, record.event)).filter((key) => key !== undefined);
	return {
		batch: { records: rows, messages, keys },
		heads,
		appended: { records, messages: messages.map(storedMessageOf) },
	};
};

const recordRow = (heads: Heads, at: string, source: Source, event: JournalEvent, texts: EventTexts): RecordRow => {
	const seq = heads.record.seq + 1;
	const bytes = Buffer.from(recordText(seq, heads.record.sha256, at, source, texts.ofEvent(event)), "utf8");
	return { seq, type: event.type, sha256: sha256Of(bytes), bytes };
};

/** The record that holds what the message carries. */
const recordSeqOf = (draft: FeedDraft, records: readonly JournalRecord[]): number | undefined =>
	records.find(({ event }) =>
		event.type === "TicketClosed"
			? event.document === draft.body
			: event.type === "BusinessDayClosed"
				? event.report === draft.body
				: event === draft.body,
	)?.seq;

/** What a message holds beside its numbers. */
export interface MessageContent {
	readonly kind: MessageRow["kind"];
	readonly businessDate: string | null;
	readonly recordSeq: number;
	readonly madeAt: string;
	readonly reissueOf: ReissueOf | null;
	readonly body: string;
}

/** The next message of a feed. Throws TILL-0605. */
export const messageRow = (origin: Origin, heads: Heads, content: MessageContent): MessageRow => {
	const feedSeq = heads.feed.seq + 1;
	const kindSeq = heads.kindSeq[content.kind] + 1;
	const bytes = messageBytes({
		...content,
		journalId: origin.journalId,
		feedSeq,
		kindSeq,
		prev: heads.feed.sha256,
		store: origin.store,
		till: origin.till,
	});
	return { feedSeq, kind: content.kind, kindSeq, recordSeq: content.recordSeq, sha256: sha256Of(bytes), bytes };
};

/** Where a journal stands after a message. */
export const afterMessage = (heads: Heads, message: MessageRow): Heads => ({
	...heads,
	feed: headOfMessage(message),
	kindSeq: { ...heads.kindSeq, [message.kind]: message.kindSeq },
});
