import { envelopeSchema } from "../../feed/schema/message.ts";
import { Fault, messageOf } from "../../runtime/contract/fault.ts";
import { prevOf } from "./record-text.ts";
import { type Heads, headOfMessage, headOfRecord, isIntact, type MessageRow } from "./row.ts";
import type { Segment } from "./segment.ts";
import { headsBefore } from "./segment-header.ts";

/** Where a segment ends, by its rows alone: nothing of them is checked, and only the last ones are read. */
export const storedHeads = (segment: Segment): Heads => {
	const before = headsBefore(segment.header);
	const record = segment.lastRecord();
	const message = segment.lastMessage();
	return {
		record: record === undefined ? before.record : headOfRecord(record),
		feed: message === undefined ? before.feed : headOfMessage(message),
		kindSeq: {
			ticket: segment.lastKindSeq("ticket"),
			report: segment.lastKindSeq("report"),
			event: segment.lastKindSeq("event"),
			training: segment.lastKindSeq("training"),
		},
	};
};

/**
 * The same with the end of both chains checked: what is written next is chained to it. Reads two records and two
 * messages, however many there are. Throws TILL-0607 on damage, TILL-0614 on a segment without records.
 */
export const checkedHeads = (segment: Segment): Heads => {
	const before = headsBefore(segment.header);
	const record = segment.lastRecord();
	if (record === undefined) throw new Fault("TILL-0614", `${segment.file} holds no record`);
	const previous = segment.record(record.seq - 1)?.sha256.toString("hex") ?? before.record.sha256;
	if (!isIntact(record) || prevOf(record) !== previous) {
		throw new Fault("TILL-0607", `record ${record.seq}, the last one in ${segment.file}`);
	}
	const message = segment.lastMessage();
	if (message !== undefined) {
		const previousMessage = segment.message(message.feedSeq - 1)?.sha256.toString("hex") ?? before.feed.sha256;
		if (!isIntact(message) || prevOfMessage(message) !== previousMessage) {
			throw new Fault("TILL-0607", `message ${message.feedSeq}, the last one in ${segment.file}`);
		}
	}
	return storedHeads(segment);
};

const prevOfMessage = (row: MessageRow): string => {
	try {
		return envelopeSchema.parse(JSON.parse(row.bytes.toString("utf8"))).prev;
	} catch (error) {
		throw new Fault("TILL-0607", `message ${row.feedSeq}: ${messageOf(error)}`, { cause: error });
	}
};
