import { type MiCall, type MiOutcome, nok, ok } from "../execute/mi-call.ts";
import { type M3State, nextNumber, type Round } from "../state.ts";
import { textOf } from "../tables/table.ts";

/** OPS270MI AddRoundNumber: a new interface round, ITRN in the answer. Called twice it gives two: nothing is idempotent. */
export function addRoundNumber(state: M3State, call: MiCall): MiOutcome {
	const itrn = nextNumber(state, "ITRN");
	state.rounds.set(itrn, { itrn, cono: companyOf(call), status: "open", rows: [], keys: new Set() });
	return ok({ ITRN: itrn });
}

/** OPS270MI GetRoundNumber: NOTR, the number of OXSALE rows of the round, whatever their status. */
export function getRoundNumber(state: M3State, call: MiCall): MiOutcome {
	const round = findRound(state, call);
	return round === undefined ? unknownRound(call) : ok({ ITRN: round.itrn, NOTR: String(round.rows.length) });
}

/**
 * OPS270MI DelRoundNumber: forgets the round and its OXSALE rows. Refused once BchPrcRound was accepted with rows that are
 * transferred or about to be ("90 transferred, no longer modifiable", m3.md section 1, "Flow and statuses").
 */
export function delRoundNumber(state: M3State, call: MiCall): MiOutcome {
	const round = findRound(state, call);
	if (round === undefined) return unknownRound(call);
	if (round.status === "accepted" || round.rows.some((row) => textOf(row, "STAT") === "90")) {
		return nok("OPX3002", "ITRN", `Interface round number ${round.itrn} is transferred`);
	}
	state.rounds.delete(round.itrn);
	const { OXSALE } = state.tables;
	OXSALE.rows = OXSALE.rows.filter((row) => textOf(row, "ITRN") !== round.itrn);
	return ok({ ITRN: round.itrn, MSGD: "Interface round number is deleted" });
}

/** The round that a call names, in the call's company. */
export function findRound(state: M3State, call: MiCall): Round | undefined {
	const round = state.rounds.get(roundNumberOf(call));
	return round?.cono === companyOf(call) ? round : undefined;
}

/** The refusal for a round that does not exist, or no longer. */
export function unknownRound(call: MiCall): MiOutcome {
	return nok("OPX3001", "ITRN", `Interface round number ${roundNumberOf(call)} does not exist`);
}

/** The company of a call: its own CONO field, else the session's (m3.md section 4, "cono/divi"). */
export function companyOf(call: MiCall): string {
	const cono = call.record["CONO"] ?? "";
	return cono === "" ? call.session.cono : String(Number(cono));
}

function roundNumberOf(call: MiCall): string {
	return (call.record["ITRN"] ?? "").trim();
}
