import { join } from "node:path";
import { FEED_KINDS } from "../../events/journal-event.ts";
import { messageOf } from "../../runtime/contract/fault.ts";
import type { ChainHead } from "../contract/journal.ts";
import { type Anchor, checkAnchors } from "./anchor.ts";
import { journalFolders, readCurrent, segmentFile, segmentMonths } from "./files.ts";
import { type Finding, Findings } from "./finding.ts";
import { storedHeads } from "./heads.ts";
import type { Heads } from "./row.ts";
import { readSegment, type Segment } from "./segment.ts";
import { NO_HEADS } from "./segment-header.ts";
import { Shelf } from "./shelf.ts";
import { readCursor } from "./state-file.ts";
import { verifyFile } from "./verify-file.ts";
import { verifyMessages } from "./verify-messages.ts";
import { type Claims, verifyRecords } from "./verify-records.ts";

/** What one journal of the directory holds. */
export interface VerifiedJournal {
	readonly journalId: string;
	readonly months: readonly string[];
	readonly recordCount: number;
	readonly messageCount: number;
	readonly head: ChainHead;
	readonly feedHead: ChainHead;
}

/** The outcome of a verification: sound when there are no findings. */
export interface Verification {
	/** The journals in the directory, oldest first; the last is usually the one in force. */
	readonly journals: readonly VerifiedJournal[];
	readonly findings: readonly Finding[];
}

/**
 * Walks all segments of all journals in a directory (or on a mirror) from the first record to the last, changes nothing
 * and never throws on damage: that is what it answers. `anchors` are hashes known from elsewhere; those that the relay,
 * the Z reports and an adopting journal left in the directory are compared by themselves. Needs no lock: it may run while
 * the till sells.
 */
export const verifyJournal = (directory: string, anchors: readonly Anchor[] = []): Verification => {
	const journalIds = journalFolders(directory);
	const inForce = namedBy(directory) ?? journalIds.at(-1);
	const journals: VerifiedJournal[] = [];
	const findings: Finding[] = [];
	const open: Anchor[] = anchors.map((anchor) => ({ journalId: inForce ?? "", ...anchor }));
	if (inForce === undefined || !journalIds.includes(inForce)) {
		findings.push({ code: "TILL-0609", journalId: inForce ?? "", month: null, seq: null, text: directory });
	}
	// The youngest first: it knows where the one before it ended.
	for (const journalId of journalIds.toReversed()) {
		const found = new Findings(journalId);
		try {
			journals.unshift(verifyOne(join(directory, journalId), journalId, open, found));
		} catch (error) {
			found.add("TILL-0620", null, null, messageOf(error));
		}
		findings.unshift(...found.all());
	}
	return { journals, findings };
};

const namedBy = (directory: string): string | undefined => {
	try {
		return readCurrent(directory);
	} catch {
		return undefined; // the journals are looked at anyway
	}
};

/** Verifies one journal; adds the anchors that it holds for others to `open`. */
const verifyOne = (folder: string, journalId: string, open: Anchor[], findings: Findings): VerifiedJournal => {
	const claims: Claims = { anchors: [], deleted: [] };
	const months = segmentMonths(folder);
	let heads: Heads | undefined = months.length > 0 ? NO_HEADS : undefined;
	let oldestBefore: ChainHead | undefined;
	let recordCount = 0;
	let messageCount = 0;
	for (const month of months) {
		const walked = verifySegment(folder, month, journalId, heads, findings, claims);
		if (walked !== undefined && month === months[0]) oldestBefore = walked.before;
		heads = walked?.heads;
		recordCount += walked?.recordCount ?? 0;
		messageCount += walked?.messageCount ?? 0;
	}
	if (oldestBefore !== undefined && oldestBefore.seq > 0) {
		const { seq, sha256 } = oldestBefore;
		if (!claims.deleted.some((end) => end.seq === seq && end.sha256 === sha256)) {
			findings.add("TILL-0621", months[0] ?? null, null, `records 1 to ${seq} are not there`);
		}
	}
	open.push(...claims.anchors.map((anchor) => ({ journalId, ...anchor })));
	const cursor = readCursor(folder);
	if (cursor !== undefined && cursor.feedSeq > 0) {
		open.push({ chain: "message", seq: cursor.feedSeq, sha256: cursor.sha256, journalId, from: "the relay" });
	}
	const end = heads ?? NO_HEADS;
	if (heads !== undefined) {
		const own = open.filter((anchor) => anchor.journalId === journalId);
		checkAnchors(new Shelf(folder), heads, own, findings);
	}
	return { journalId, months, recordCount, messageCount, head: end.record, feedHead: end.feed };
};

interface WalkedSegment {
	readonly before: ChainHead;
	readonly heads: Heads;
	readonly recordCount: number;
	readonly messageCount: number;
}

/** Undefined when the file cannot be walked to its end; that is a finding then. */
const verifySegment = (
	folder: string,
	month: string,
	journalId: string,
	before: Heads | undefined,
	findings: Findings,
	claims: Claims,
): WalkedSegment | undefined => {
	const file = segmentFile(folder, month);
	if (!verifyFile(file, month, findings)) return undefined;
	let segment: Segment | undefined;
	try {
		segment = readSegment(file);
		verifyBegin(segment, month, journalId, before, findings);
		const recordCount = verifyRecords(segment, findings, claims);
		const messageCount = verifyMessages(segment, findings);
		const { seqBefore, sha256Before } = segment.header;
		return {
			before: { seq: seqBefore, sha256: sha256Before },
			heads: storedHeads(segment),
			recordCount,
			messageCount,
		};
	} catch (error) {
		findings.add("TILL-0620", month, null, messageOf(error));
		return undefined;
	} finally {
		segment?.close();
	}
};

/** `before` is where the month before ended; undefined when that could not be read. */
const verifyBegin = (
	{ header, file }: Segment,
	month: string,
	journalId: string,
	before: Heads | undefined,
	findings: Findings,
): void => {
	if (header.journalId !== journalId || header.month !== month) {
		findings.add("TILL-0633", month, null, `${file} is ${header.month} of ${header.journalId}`);
	}
	if (before === undefined || before === NO_HEADS) return;
	if (header.seqBefore > before.record.seq) {
		findings.add("TILL-0621", month, null, `records ${before.record.seq + 1} to ${header.seqBefore} are not there`);
	} else if (
		header.seqBefore !== before.record.seq ||
		header.sha256Before !== before.record.sha256 ||
		header.feedSeqBefore !== before.feed.seq ||
		header.feedSha256Before !== before.feed.sha256 ||
		FEED_KINDS.some((kind) => header.kindSeqBefore[kind] !== before.kindSeq[kind])
	) {
		findings.add("TILL-0633", month, null, `it goes on behind record ${header.seqBefore}, not ${before.record.seq}`);
	}
};
