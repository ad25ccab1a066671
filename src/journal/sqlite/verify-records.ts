import { z } from "zod";
import { messageOf } from "../../runtime/contract/fault.ts";
import type { Anchor } from "./anchor.ts";
import type { Findings } from "./finding.ts";
import { isIntact, lookUpKeyOfRow, type RecordRow } from "./row.ts";
import type { Segment } from "./segment.ts";

const CHUNK_ROWS = 500;

/** What the walk reads of a record. Events of later versions pass: that they cannot be read is no damage. */
const storedRecordSchema = z.object({ seq: z.number(), prev: z.string(), event: z.looseObject({ type: z.string() }) });

const anchoredSchema = z.object({ feedSeq: z.number(), sha256: z.string(), ledgerId: z.string() });
const closedDaySchema = z.object({
	report: z.object({ z: z.number(), head: z.object({ seq: z.number(), sha256: z.string() }) }),
});
const createdSchema = z.object({
	adoptedFrom: z.object({ journalId: z.string(), seq: z.number(), sha256: z.string() }).nullable(),
});
const deletedSchema = z.object({ month: z.string(), seq: z.number(), sha256: z.string() });
const openedSchema = z.object({
	previous: z.object({ seq: z.number(), sha256: z.string() }),
	feed: z.object({ feedSeq: z.number(), sha256: z.string() }),
});

/** What the records of a journal say about what must be found elsewhere. */
export interface Claims {
	readonly anchors: Anchor[];
	/** Ends of segments that were deleted as an act of the journal. */
	readonly deleted: { readonly seq: number; readonly sha256: string }[];
}

/**
 * Walks the records of a segment from its header on: numbers, hashes, chain, rows against bytes, look-up tables. Answers
 * how many there are. Adds what they claim to `claims`.
 */
export const verifyRecords = (segment: Segment, findings: Findings, claims: Claims): number => {
	const { month, seqBefore, sha256Before } = segment.header;
	let last = seqBefore;
	let sha256: string | undefined = sha256Before;
	let count = 0;
	const keys = { ticket: 0, day: 0 };
	for (let rows = segment.records(0, CHUNK_ROWS); rows.length > 0; rows = segment.records(last + 1, CHUNK_ROWS)) {
		for (const row of rows) {
			if (row.seq !== last + 1) {
				findings.add("TILL-0623", month, row.seq, `record ${row.seq} comes after record ${last}`);
				sha256 = undefined;
			}
			verifyRecord(segment, row, sha256, findings, claims);
			const key = indexed(segment, row, findings);
			if (key !== undefined) keys[key] += 1;
			last = row.seq;
			sha256 = row.sha256.toString("hex");
			count += 1;
		}
	}
	const held = segment.lookUpCounts(last);
	if (keys.ticket !== held.ticket || keys.day !== held.day) {
		const text = `${keys.ticket} tickets and ${keys.day} days are closed, ${held.ticket} and ${held.day} indexed`;
		findings.add("TILL-0630", month, null, text);
	}
	return count;
};

const verifyRecord = (
	segment: Segment,
	row: RecordRow,
	sha256Before: string | undefined,
	findings: Findings,
	claims: Claims,
): void => {
	const { month, seqBefore } = segment.header;
	if (!isIntact(row)) {
		findings.add("TILL-0624", month, row.seq, `the bytes of record ${row.seq} do not have its hash`);
		return;
	}
	try {
		const { seq, prev, event } = storedRecordSchema.parse(JSON.parse(row.bytes.toString("utf8")));
		if (seq !== row.seq || event.type !== row.type) {
			findings.add("TILL-0626", month, row.seq, `the row says ${row.seq} ${row.type}, its bytes ${seq} ${event.type}`);
		}
		if (sha256Before !== undefined && prev !== sha256Before) {
			findings.add("TILL-0625", month, row.seq, `record ${row.seq} follows ${prev}, not ${sha256Before}`);
		}
		if (row.seq === seqBefore + 1) verifyFirst(segment, event, findings);
		addClaims(event, claims);
	} catch (error) {
		findings.add("TILL-0626", month, row.seq, `record ${row.seq}: ${messageOf(error)}`);
	}
};

/** The first record chains what the header only says. */
const verifyFirst = ({ header }: Segment, event: { readonly type: string }, findings: Findings): void => {
	if (header.seqBefore === 0 && event.type === "JournalCreated") return;
	const opened = event.type === "SegmentOpened" ? openedSchema.parse(event) : undefined;
	const isRight =
		opened?.previous.seq === header.seqBefore &&
		opened.previous.sha256 === header.sha256Before &&
		opened.feed.feedSeq === header.feedSeqBefore &&
		opened.feed.sha256 === header.feedSha256Before;
	if (!isRight) {
		findings.add("TILL-0633", header.month, header.seqBefore + 1, `the file's head and its first record differ`);
	}
};

const addClaims = (event: { readonly type: string }, claims: Claims): void => {
	switch (event.type) {
		case "JournalCreated": {
			const { adoptedFrom } = createdSchema.parse(event);
			if (adoptedFrom !== null) claims.anchors.push({ chain: "record", from: "the adopting journal", ...adoptedFrom });
			return;
		}
		case "ChainAnchored": {
			const { feedSeq, sha256, ledgerId } = anchoredSchema.parse(event);
			claims.anchors.push({ chain: "message", seq: feedSeq, sha256, from: `the relay ${ledgerId}` });
			return;
		}
		case "BusinessDayClosed": {
			const { report } = closedDaySchema.parse(event);
			claims.anchors.push({ chain: "record", ...report.head, from: `Z ${report.z}` });
			return;
		}
		case "SegmentDeleted":
			claims.deleted.push(deletedSchema.parse(event));
			return;
	}
};

/** Which look-up table the record must be in; a finding when it is not. Damaged records were reported already. */
const indexed = (segment: Segment, row: RecordRow, findings: Findings): "ticket" | "day" | undefined => {
	if (!isIntact(row))
		return row.type === "TicketClosed" ? "ticket" : row.type === "BusinessDayClosed" ? "day" : undefined;
	try {
		const key = lookUpKeyOfRow(row);
		if (key === undefined) return undefined;
		const found =
			key.kind === "ticket" ? segment.closedTicket(key.series, key.receiptNumber) : segment.closedDay(key.z);
		if (found?.seq !== row.seq) {
			findings.add("TILL-0630", segment.header.month, row.seq, `record ${row.seq} is not found by its number`);
		}
		return key.kind;
	} catch {
		return undefined; // no JSON: reported by verifyRecord
	}
};
