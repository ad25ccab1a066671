import type { DoubtSettled, JournalEvent, PrintStarted } from "../events/journal-event.ts";
import { isRefusal, type Refusal, refuse } from "../events/refusal.ts";
import type { Journal, JournalRecord } from "../journal/contract/journal.ts";
import type { DecisionContext } from "./decision-context.ts";
import type { Doubt, NotPrinted, TillState } from "./state.ts";

/** Records read at a time when an earlier month is searched. */
const SEARCH_CHUNK = 1_000;

type Remedy = DoubtSettled["remedy"];

/** The answers to the question that a doubt puts to a person. A pulse is looked at; a paper is there or is not. */
const REMEDIES: Readonly<Record<Doubt["what"], readonly Remedy[]>> = {
	print: ["itCameOut", "copyPrinted"],
	drawer: ["drawerChecked"],
};

/**
 * Settles a doubt by what a person saw. copyPrinted: the paper is not there, so it is printed once more, marked as a copy;
 * also a copy that is in doubt, because the person says that there is none yet.
 */
export const settleDoubt = (
	jobId: string,
	remedy: Remedy,
	context: DecisionContext,
): readonly JournalEvent[] | Refusal => {
	const { state, parts } = context;
	const doubt = state.doubts.find((candidate) => candidate.jobId === jobId && candidate.since === "unknown");
	if (doubt === undefined) return refuse("TILL-0423", { number: jobId });
	if (!REMEDIES[doubt.what].includes(remedy)) {
		return refuse("TILL-0435", { answers: REMEDIES[doubt.what].join(", ") });
	}
	const settled: DoubtSettled = { type: "DoubtSettled", jobId, operatorId: parts.operatorId, remedy };
	if (remedy !== "copyPrinted" || doubt.number === null) return [settled];
	if (doubt.paper === "zReport") return [zOf(doubt.number, true, context), settled];
	const record = receiptOf(doubt.number, parts.journal);
	if (isRefusal(record)) return record;
	if (doubt.paper === "receipt" && hasCopy(record, context)) return refuse("TILL-0436", { number: `${doubt.number}` });
	return [paperOf(record, true, context), settled];
};

/**
 * The one copy of a receipt that is allowed, marked as such (kassasystemforskrifta § 2-6(4) and § 2-8-6); it settles the doubt
 * about the original's paper. A copy of which surely nothing came out is none; and where surely nothing came out of the
 * original, it is the original that is printed: the customer has no other.
 */
export const receiptCopy = (receiptNumber: number, context: DecisionContext): readonly JournalEvent[] | Refusal => {
	const record = receiptOf(receiptNumber, context.parts.journal);
	if (isRefusal(record)) return record;
	if (hasCopy(record, context)) return refuse("TILL-0436", { number: receiptNumber.toString() });
	const isCopy = !isNotPrinted("receipt", receiptNumber, context);
	return [paperOf(record, isCopy, context), ...settledBy("receipt", receiptNumber, context)];
};

/** A Z report once more: marked as a copy, unless surely nothing of it came out. The law counts no copies of it. */
export const reportCopy = (z: number, context: DecisionContext): readonly JournalEvent[] | Refusal => {
	if (context.parts.journal.closedDay(z) === undefined) return refuse("TILL-0423", { number: z.toString() });
	return [zOf(z, !isNotPrinted("zReport", z, context), context), ...settledBy("zReport", z, context)];
};

type Paper = NotPrinted["paper"];

const isNotPrinted = (paper: Paper, number: number, { state }: DecisionContext): boolean =>
	state.notPrinted.some((other) => other.paper === paper && other.number === number);

/** A person who asks for the copy of a paper in doubt has answered the question. */
const settledBy = (paper: Paper, number: number, { state, parts }: DecisionContext): DoubtSettled[] =>
	state.doubts
		.filter((doubt) => doubt.paper === paper && doubt.number === number && doubt.since === "unknown")
		.map(({ jobId }) => ({ type: "DoubtSettled", jobId, operatorId: parts.operatorId, remedy: "copyPrinted" }));

const zOf = (z: number, copy: boolean, context: DecisionContext): PrintStarted => ({
	type: "PrintStarted",
	jobId: `${context.state.journalId}-z${z}/${suffix(context)}`,
	subject: { kind: "zReport", z, copy },
});

interface ReceiptRecord {
	readonly seq: number;
	readonly ticketId: string;
	readonly receiptNumber: number;
	readonly businessDate: string;
}

const receiptOf = (receiptNumber: number, journal: Journal): ReceiptRecord | Refusal => {
	const record = journal.closedTicket("receipt", receiptNumber);
	if (record?.event.type !== "TicketClosed") return refuse("TILL-0423", { number: receiptNumber.toString() });
	const { ticketId, businessDate } = record.event.document;
	return { seq: record.seq, ticketId, receiptNumber, businessDate };
};

/** Makes a job's id its own: the number its record is written behind. */
const suffix = ({ parts }: DecisionContext): string => `c${parts.journal.head().seq}`;

const paperOf = (
	{ ticketId, receiptNumber }: ReceiptRecord,
	copy: boolean,
	context: DecisionContext,
): PrintStarted => ({
	type: "PrintStarted",
	jobId: `${ticketId}/${suffix(context)}`,
	subject: { kind: "ticket", ticketId, receiptNumber, copy },
});

/**
 * Whether a receipt has had its copy. The state knows the copies of this month; those of an earlier month's receipt are
 * searched for in the records behind it, which happens only when such a receipt is asked for.
 */
const hasCopy = (receipt: ReceiptRecord, { state, parts }: DecisionContext): boolean =>
	state.copies[receipt.receiptNumber] !== undefined || (isEarlier(receipt, state) && wasCopied(receipt, parts.journal));

const isEarlier = ({ businessDate, ticketId }: ReceiptRecord, { month, journalId }: TillState): boolean =>
	(month !== undefined && businessDate.slice(0, 7) < month) || !ticketId.startsWith(`${journalId}-`);

const wasCopied = ({ seq, ticketId }: ReceiptRecord, journal: Journal): boolean => {
	const failed = new Set<string>();
	const copies = new Set<string>();
	for (let fromSeq = seq + 1; ; ) {
		const records = journal.records({
			fromSeq,
			limit: SEARCH_CHUNK,
			types: ["PrintStarted", "PrintFinished"],
			mentioning: ticketId,
		});
		for (const record of records) noteCopy(record, ticketId, copies, failed);
		const last = records.at(-1);
		if (last === undefined || records.length < SEARCH_CHUNK) break;
		fromSeq = last.seq + 1;
	}
	return [...copies].some((jobId) => !failed.has(jobId));
};

const noteCopy = ({ event }: JournalRecord, ticketId: string, copies: Set<string>, failed: Set<string>): void => {
	if (event.type === "PrintStarted" && event.subject.kind === "ticket") {
		if (event.subject.copy && event.subject.ticketId === ticketId) copies.add(event.jobId);
	} else if (event.type === "PrintFinished" && event.outcome === "failed" && copies.has(event.jobId)) {
		failed.add(event.jobId);
	}
};
