import { hash } from "node:crypto";
import type { FeedKind } from "../../events/journal-event.ts";
import type { KindSeq } from "../../feed/schema/message.ts";
import type { ChainHead, StoredMessage } from "../contract/journal.ts";

/** A stored record. */
export interface RecordRow {
	readonly seq: number;
	readonly type: string;
	readonly sha256: Buffer;
	readonly bytes: Buffer;
}

/** A stored message. */
export interface MessageRow {
	readonly feedSeq: number;
	readonly kind: FeedKind;
	readonly kindSeq: number;
	/** The record it was made with. */
	readonly recordSeq: number;
	readonly sha256: Buffer;
	readonly bytes: Buffer;
}

/** A number by which a record is found again. */
export type LookUpKey =
	| { readonly kind: "ticket"; readonly series: string; readonly receiptNumber: number; readonly recordSeq: number }
	| { readonly kind: "day"; readonly z: number; readonly recordSeq: number };

/** What is written in one transaction. */
export interface Batch {
	readonly records: readonly RecordRow[];
	readonly messages: readonly MessageRow[];
	readonly keys: readonly LookUpKey[];
}

/** The part of an event, decoded or as stored, that numbers are looked up by. */
interface NumberedEvent {
	readonly type: string;
	readonly document?: { readonly series: string; readonly receiptNumber: number };
	readonly report?: { readonly z: number };
}

/** The number that a record is found by; undefined for one that is found by its place only. */
export const lookUpKeyOf = (recordSeq: number, event: NumberedEvent): LookUpKey | undefined => {
	if (event.type === "TicketClosed" && event.document !== undefined) {
		const { series, receiptNumber } = event.document;
		return { kind: "ticket", series, receiptNumber, recordSeq };
	}
	if (event.type === "BusinessDayClosed" && event.report !== undefined) {
		return { kind: "day", z: event.report.z, recordSeq };
	}
	return undefined;
};

/** The same from a stored record; only the two types that have one are parsed. Throws a SyntaxError on damaged bytes. */
export const lookUpKeyOfRow = (row: RecordRow): LookUpKey | undefined => {
	if (row.type !== "TicketClosed" && row.type !== "BusinessDayClosed") return undefined;
	const { event }: { event: NumberedEvent } = JSON.parse(row.bytes.toString("utf8"));
	return lookUpKeyOf(row.seq, event);
};

/** Where a journal stands: the ends of its two chains, and the last number of each kind of message. */
export interface Heads {
	readonly record: ChainHead;
	readonly feed: ChainHead;
	readonly kindSeq: KindSeq;
}

/** SHA-256 of bytes. */
export const sha256Of = (bytes: Uint8Array): Buffer => hash("sha256", bytes, "buffer");

/** Whether a row's bytes are those its hash was taken of. */
export const isIntact = (row: { readonly bytes: Buffer; readonly sha256: Buffer }): boolean =>
	sha256Of(row.bytes).equals(row.sha256);

/** The head that a record makes. */
export const headOfRecord = (row: RecordRow): ChainHead => ({ seq: row.seq, sha256: row.sha256.toString("hex") });

/** The head that a message makes. */
export const headOfMessage = (row: MessageRow): ChainHead => ({
	seq: row.feedSeq,
	sha256: row.sha256.toString("hex"),
});

/** A message as the feed sends it. */
export const storedMessageOf = (row: MessageRow): StoredMessage => ({
	feedSeq: row.feedSeq,
	kind: row.kind,
	bytes: row.bytes,
	sha256: row.sha256.toString("hex"),
});
