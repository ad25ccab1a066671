import type { BatchQueue } from "../batch-queue.ts";
import { type MiCall, type MiOutcome, nok, ok } from "../execute/mi-call.ts";
import { type UpdateInterfaces, updateTickets } from "../posting/ops280.ts";
import { transferRows } from "../posting/transfer.ts";
import type { M3State, Round } from "../state.ts";
import { type Row, textOf } from "../tables/table.ts";
import { companyOf, findRound, unknownRound } from "./round-numbers.ts";

/** Interface flags of BchPrcRound: empty or 0 is off, 1 is on. */
const FLAGS = ["OPMM", "OPSS", "OPGL"] as const;

/**
 * OPS270MI BchPrcRound: transfers the round's rows of the given division (and WHLO and TRDT when given [I]) and starts the
 * updates that are flagged. "It is a batch start, so OK means accepted, not posted" (m3.md section 1): a ticket with an error
 * does not make it fail. Whether the work is done when it answers, and what a second call does, are switches.
 */
export function batchProcessRound(state: M3State, batches: BatchQueue, call: MiCall): MiOutcome {
	const round = findRound(state, call);
	if (round === undefined) return unknownRound(call);
	const divi = call.record["DIVI"] ?? "";
	if (state.book.division(companyOf(call), divi) === undefined) {
		return nok("OPX3007", "DIVI", `Division ${divi} does not exist`);
	}
	for (const flag of FLAGS) {
		const value = call.record[flag] ?? "";
		if (!["", "0", "1"].includes(value)) return nok("OPX3008", flag, `${flag} must be 0 or 1`);
	}
	const again = round.status !== "open";
	if (again && state.switches.repeatedBatch === "refused") {
		return nok("OPX3005", "ITRN", `Interface round number ${round.itrn} is already processed`);
	}
	if (again && state.switches.repeatedBatch === "tolerated") return ok();
	round.status = "accepted";
	if (state.switches.batchCompletion === "sync") processRound(state, round, call);
	else batches.add(() => processRound(state, round, call), state.switches.batchDelayMs);
	return ok();
}

function processRound(state: M3State, round: Round, call: MiCall): void {
	const rows = round.rows.filter((row) => isSelected(row, call.record));
	const made = transferRows(state, round, rows, call.record["ACDT"] ?? "");
	round.status = "processed";
	updateTickets(state, made, interfacesOf(call.record));
}

function isSelected(row: Row, record: MiCall["record"]): boolean {
	return ["DIVI", "WHLO", "TRDT"].every((field) => {
		const wanted = record[field] ?? "";
		return wanted === "" || wanted === textOf(row, field);
	});
}

function interfacesOf(record: MiCall["record"]): UpdateInterfaces {
	return {
		inventory: record["OPMM"] === "1",
		salesStatistics: record["OPSS"] === "1",
		financial: record["OPGL"] === "1",
	};
}
