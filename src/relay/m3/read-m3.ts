import type { CallOutcome, MiSession, MiTransaction } from "./client.ts";
import type { M3Context } from "./context.ts";
import {
	type ExpectedTicket,
	isComplete,
	type Judgement,
	judge,
	type OpsaleRow,
	type OxsaleRow,
	opsaleOfRound,
	opsaleOfTicketAfter,
	opsaleOfTickets,
	oxsaleOfRound,
	REFERENCES_PER_QUERY,
	readOpsale,
	readOxsale,
} from "./read-back.ts";

const EXPORTMI = "EXPORTMI";

/** What reading M3's tables came to. */
export type ReadBackOutcome =
	| { readonly kind: "judged"; readonly judgement: Judgement }
	/** The tenant does not let us. */
	| { readonly kind: "refused"; readonly words: string }
	| { readonly kind: "lost"; readonly reason: string }
	| Extract<CallOutcome, { readonly kind: "deferred" }>;

type TableReading<Row> =
	| { readonly kind: "rows"; readonly rows: Row[] }
	| Exclude<ReadBackOutcome, { readonly kind: "judged" }>;

const readTable = async <Row>(
	context: M3Context,
	session: MiSession,
	query: MiTransaction,
	read: (records: readonly Readonly<Record<string, string>>[]) => Row[] | undefined,
): Promise<TableReading<Row>> => {
	const outcome = await context.client.read(EXPORTMI, query, session);
	if (outcome.kind === "deferred") return outcome;
	if (outcome.kind === "uncertain") return { kind: "lost", reason: outcome.reason };
	if (outcome.kind === "rejected") return { kind: "refused", words: outcome.reason };
	const [result] = outcome.results;
	if (result === undefined || result.outcome === "notProcessed")
		return { kind: "lost", reason: "M3 stopped before the read" };
	if (result.outcome === "refused") return { kind: "refused", words: result.words };
	const rows = read(result.records);
	return rows === undefined
		? { kind: "refused", words: "the answer is not what was asked for" }
		: { kind: "rows", rows };
};

/** Reads one ticket's rows page by page: M3's most records of an answer are not known (m3.md section 4). */
const readTicket = async (
	context: M3Context,
	session: MiSession,
	ticket: ExpectedTicket,
): Promise<TableReading<OpsaleRow>> => {
	const rows: OpsaleRow[] = [];
	for (;;) {
		const last = Math.max(0, ...rows.map(({ ponr }) => ponr));
		const page = await readTable(context, session, opsaleOfTicketAfter(ticket.refe, last), readOpsale);
		if (page.kind !== "rows") return page;
		rows.push(...page.rows);
		if (page.rows.every(({ ponr }) => ponr <= last) || isComplete(ticket, rows)) return { kind: "rows", rows };
	}
};

/** Looks tickets up in OPSALE by their references, in whatever round they came; those that an answer holds in part, one by one. */
export const readTickets = async (
	context: M3Context,
	session: MiSession,
	tickets: readonly ExpectedTicket[],
): Promise<TableReading<OpsaleRow>> => {
	const rows: OpsaleRow[] = [];
	for (let from = 0; from < tickets.length; from += REFERENCES_PER_QUERY) {
		const group = tickets.slice(from, from + REFERENCES_PER_QUERY);
		const part = await readTable(context, session, opsaleOfTickets(group.map(({ refe }) => refe)), readOpsale);
		if (part.kind !== "rows") return part;
		const incomplete = part.rows.length === 0 ? [] : group.filter((ticket) => !isComplete(ticket, part.rows));
		rows.push(...part.rows.filter(({ refe }) => !incomplete.some((ticket) => ticket.refe === refe)));
		for (const ticket of incomplete) {
			const whole = await readTicket(context, session, ticket);
			if (whole.kind !== "rows") return whole;
			rows.push(...whole.rows);
		}
	}
	return { kind: "rows", rows };
};

/**
 * Reads what became of a round (m3.md section 7): OPSALE by the round number in one call; what is missing there, by its
 * references, since column names and the most records of an answer are the tenant's; what is still missing, in OXSALE.
 */
export const readRound = async (
	context: M3Context,
	session: MiSession,
	itrn: string,
	tickets: readonly ExpectedTicket[],
): Promise<ReadBackOutcome> => {
	const { cuam } = context.m3;
	const byRound = await readTable(context, session, opsaleOfRound(itrn), readOpsale);
	if (byRound.kind === "lost" || byRound.kind === "deferred") return byRound;
	const found: OpsaleRow[] = byRound.kind === "rows" ? byRound.rows : [];
	const missing = judge(tickets, found, [], cuam).open;
	if (missing.length === 0) return { kind: "judged", judgement: judge(tickets, found, [], cuam) };
	const byTicket = await readTickets(context, session, missing);
	if (byTicket.kind !== "rows") return byTicket;
	const references = new Set(missing.map(({ refe }) => refe));
	const opsale = [...found.filter(({ refe }) => !references.has(refe)), ...byTicket.rows];
	const uploaded = await readTable(context, session, oxsaleOfRound(itrn), readOxsale);
	if (uploaded.kind === "lost" || uploaded.kind === "deferred") return uploaded;
	const oxsale: OxsaleRow[] = uploaded.kind === "rows" ? uploaded.rows : [];
	return { kind: "judged", judgement: judge(tickets, opsale, oxsale, cuam) };
};
