import { formatDecimal, parseDecimal } from "../decimal.ts";
import { type MiCall, type MiOutcome, nok, ok } from "../execute/mi-call.ts";
import { findTransaction } from "../metadata/programs.ts";
import { checkRow } from "../posting/check-row.ts";
import { duplicateKey } from "../posting/check-ticket.ts";
import { recordType } from "../posting/record-types.ts";
import type { M3State } from "../state.ts";
import { type Row, textOf } from "../tables/table.ts";
import { companyOf, findRound, unknownRound } from "./round-numbers.ts";

/** Without these a row has no place in OXSALE. The metadata marks none; the program validates (m3.md section 1). */
const STRUCTURAL_FIELDS = ["XRCD", "ITRN", "WHLO", "ORNO", "PONR"] as const;

/**
 * OPS270MI AddSlsTicketLin and AddSlsTicketPay: stores one OXSALE row with status 00. Refuses a round that is unknown or no
 * longer open, an unknown record type, one that belongs to the other transaction, missing fields and a row that the round
 * holds already; with the switch rowValidation "onAdd" also what the transfer would refuse.
 */
export function addTicketRow(state: M3State, call: MiCall): MiOutcome {
	const kind = call.transaction.endsWith("Pay") ? "payment" : "line";
	const { requiredLineFields, requiredPaymentFields, rowValidation } = state.switches;
	const required = kind === "line" ? requiredLineFields : requiredPaymentFields;
	for (const field of [...STRUCTURAL_FIELDS, ...required]) {
		if ((call.record[field] ?? "").trim() === "") return nok("OPX3003", field, `${field} must be entered`);
	}
	const type = recordType(call.record["XRCD"] ?? "");
	if (type?.row !== kind) {
		return nok("OPX1001", "XRCD", `Record type ${call.record["XRCD"]} is not a ${kind} of ${call.transaction}`);
	}
	const time = call.record["TRTM"] ?? "";
	if (time !== "" && !isTime(time)) return nok("OPX3004", "TRTM", `Transaction time "${time}" is not a time HHmmss`);
	const round = findRound(state, call);
	if (round === undefined) return unknownRound(call);
	if (round.status !== "open") {
		return nok("OPX3005", "ITRN", `Interface round number ${round.itrn} is already processed`);
	}
	const row = toRow(call);
	const key = duplicateKey(state, row);
	if (round.keys.has(key)) {
		return nok("OPX3006", "PONR", `Line number ${textOf(row, "PONR")} of ${textOf(row, "ORNO")} already exists`);
	}
	const problem = rowValidation === "onAdd" ? checkRow(state, row) : undefined;
	if (problem !== undefined) return nok(problem.code, problem.field, problem.message);
	round.rows.push(row);
	round.keys.add(key);
	state.tables.OXSALE.rows.push(row);
	return ok();
}

/**
 * OPS270MI SndSlsTicketLin and SndSlsTicketPay: the same work, but "the program does not reply and no error can come back"
 * (m3.md section 1, "Add* vs Snd*"). Whether m3api-rest then answers at all is the switch sndAnswer.
 */
export function sendTicketRow(state: M3State, call: MiCall): MiOutcome {
	addTicketRow(state, { ...call, transaction: call.transaction.replace(/^Snd/, "Add") });
	return state.switches.sndAnswer === "ok" ? ok() : { kind: "silent" };
}

/** The row as OXSALE keeps it: numbers without leading zeros (but the time), blanks left out, company and division filled. */
function toRow(call: MiCall): Row {
	const row: Row = {};
	for (const field of findTransaction(call.program, call.transaction)?.input ?? []) {
		const value = (call.record[field.name] ?? "").trimEnd();
		const number = field.type === "N" && field.name !== "TRTM" ? parseDecimal(value) : undefined;
		if (value !== "") row[field.name] = number === undefined ? value : formatDecimal(number, 0);
	}
	row["CONO"] = companyOf(call);
	row["DIVI"] ??= call.session.divi;
	row["STAT"] = "00";
	return row;
}

/** Times are HHmmss (m3.md section 4, "Formats"). */
function isTime(text: string): boolean {
	return /^([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(text);
}
