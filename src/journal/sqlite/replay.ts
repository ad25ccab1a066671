import { Fault } from "../../runtime/contract/fault.ts";
import type { JournalRecord } from "../contract/journal.ts";
import { readRecord } from "./record-text.ts";
import type { Segment } from "./segment.ts";

/** Records fetched at a time: a statement left open while the caller thinks would keep the file from being written. */
const CHUNK_RECORDS = 256;

/**
 * The records of a segment after `seq`, in order, each checked against the one before. Throws TILL-0607 on damage and
 * TILL-0608 on a record this version cannot read; going on behind such a record is a new call with its number.
 */
export function* replay(segment: Segment, seq: number): Generator<JournalRecord, void> {
	const { seqBefore, sha256Before } = segment.header;
	let last = Math.max(seq, seqBefore);
	let sha256 = segment.record(last)?.sha256.toString("hex") ?? sha256Before;
	while (true) {
		const rows = segment.records(last + 1, CHUNK_RECORDS);
		if (rows.length === 0) return;
		for (const row of rows) {
			const { record, prev } = readRecord(row);
			if (record.seq !== last + 1 || prev !== sha256) {
				throw new Fault("TILL-0607", `record ${record.seq} does not follow record ${last}`);
			}
			last = record.seq;
			sha256 = record.sha256;
			yield record;
		}
	}
}
