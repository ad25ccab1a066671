import type { CallOutcome } from "./client.ts";
import type { MiResult } from "./mi-answer.ts";
import type { RoundInput, TicketRefusal } from "./round.ts";
import { rowsOfPart, rowsThroughPart } from "./round-request.ts";
import type { StoredRound, StoredRow } from "./rounds.ts";

/** A call that came back with something to go on; one that was deferred leaves the round as it is. */
export type SettledOutcome = Exclude<CallOutcome, { readonly kind: "deferred" }>;

const lost = (reason: string): RoundInput => ({ kind: "lost", reason });

/** A row refused for its round number is the round's trouble, not its ticket's. */
const isRoundTrouble = (result: MiResult): boolean => result.outcome === "refused" && result.field === "ITRN";

const bulkInput = (round: StoredRound, rows: readonly StoredRow[], results: readonly MiResult[]): RoundInput => {
	if (results.every((result) => result.outcome === "ok")) return { kind: "uploaded" };
	const refusals = new Map<number, TicketRefusal>();
	const sent = rowsOfPart(round, rows);
	for (const [index, result] of results.entries()) {
		const row = sent[index];
		if (result.outcome !== "refused" || row === undefined || refusals.has(row.messageId)) continue;
		if (isRoundTrouble(result)) return { kind: "bulkFailed", words: result.words };
		refusals.set(row.messageId, {
			messageId: row.messageId,
			code: "RELAY-2201",
			words: `row ${row.ponr}: ${result.words}`,
		});
	}
	if (refusals.size === 0) return { kind: "bulkFailed", words: "M3 stopped in the middle of a bulk" };
	const left = rows.filter(({ messageId }) => !refusals.has(messageId)).length;
	return { kind: "rowsRefused", refusals: [...refusals.values()], partCount: Math.ceil(left / round.rowsMax) };
};

const recordField = (result: MiResult | undefined, name: string): string | undefined =>
	result?.outcome === "ok" ? result.records[0]?.[name]?.trim() : undefined;

/** What M3's answer to the request of a round's step means to the round, pure. Not for steps that read tables back. */
export const roundInput = (round: StoredRound, rows: readonly StoredRow[], outcome: SettledOutcome): RoundInput => {
	if (outcome.kind === "uncertain") return lost(outcome.reason);
	if (outcome.kind === "rejected") return { kind: "refused", words: outcome.reason };
	const [first] = outcome.results;
	if (round.state.step === "upload") return bulkInput(round, rows, outcome.results);
	if (first === undefined || first.outcome === "notProcessed") {
		return { kind: "refused", words: "M3 stopped before the transaction" };
	}
	if (first.outcome === "refused") return { kind: "refused", words: first.words };
	switch (round.state.step) {
		case "number": {
			const itrn = recordField(first, "ITRN");
			return itrn === undefined || !/^[0-9]{1,16}$/.test(itrn)
				? lost("no ITRN in the answer")
				: { kind: "numbered", itrn };
		}
		case "count":
		case "checkRemoved": {
			const count = recordField(first, "NOTR");
			if (count === undefined || !/^[0-9]{1,10}$/.test(count)) return lost("no NOTR in the answer");
			const held = Number(count);
			return { kind: "counted", isAsSent: held === rowsThroughPart(round, rows), isEmpty: held === 0 };
		}
		case "remove":
			return { kind: "removed" };
		default:
			return { kind: "accepted" };
	}
};
