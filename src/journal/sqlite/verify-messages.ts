import { envelopeSchema } from "../../feed/schema/message.ts";
import { messageOf } from "../../runtime/contract/fault.ts";
import type { Findings } from "./finding.ts";
import { isIntact, type MessageRow } from "./row.ts";
import type { Segment } from "./segment.ts";

const CHUNK_ROWS = 200;

/** Walks the messages of a segment: numbers in all and per kind, hashes, chain, rows against bytes. Answers how many there are. */
export const verifyMessages = (segment: Segment, findings: Findings): number => {
	const { month, feedSeqBefore, feedSha256Before, kindSeqBefore } = segment.header;
	const kindSeq = { ...kindSeqBefore };
	let last = feedSeqBefore;
	let sha256: string | undefined = feedSha256Before;
	let count = 0;
	for (let rows = segment.messages(0, CHUNK_ROWS); rows.length > 0; rows = segment.messages(last + 1, CHUNK_ROWS)) {
		for (const row of rows) {
			const isNext = row.feedSeq === last + 1;
			if (!isNext) {
				findings.add("TILL-0627", month, row.feedSeq, `message ${row.feedSeq} comes after message ${last}`);
				sha256 = undefined;
			} else if (row.kindSeq !== kindSeq[row.kind] + 1) {
				findings.add("TILL-0627", month, row.feedSeq, `${row.kind} ${row.kindSeq} comes after ${kindSeq[row.kind]}`);
			}
			verifyMessage(segment, row, sha256, findings);
			kindSeq[row.kind] = row.kindSeq;
			last = row.feedSeq;
			sha256 = row.sha256.toString("hex");
			count += 1;
		}
	}
	return count;
};

const verifyMessage = (
	segment: Segment,
	row: MessageRow,
	sha256Before: string | undefined,
	findings: Findings,
): void => {
	const { month, journalId } = segment.header;
	if (!isIntact(row)) {
		findings.add("TILL-0628", month, row.feedSeq, `the bytes of message ${row.feedSeq} do not have its hash`);
		return;
	}
	try {
		const held = envelopeSchema.parse(JSON.parse(row.bytes.toString("utf8")));
		if (
			held.journalId !== journalId ||
			held.feedSeq !== row.feedSeq ||
			held.kind !== row.kind ||
			held.kindSeq !== row.kindSeq ||
			held.recordSeq !== row.recordSeq
		) {
			findings.add(
				"TILL-0626",
				month,
				row.feedSeq,
				`the row of message ${row.feedSeq} says something else than its bytes`,
			);
		}
		if (sha256Before !== undefined && held.prev !== sha256Before) {
			findings.add("TILL-0629", month, row.feedSeq, `message ${row.feedSeq} follows ${held.prev}, not ${sha256Before}`);
		}
	} catch (error) {
		findings.add("TILL-0626", month, row.feedSeq, `message ${row.feedSeq}: ${messageOf(error)}`);
	}
};
