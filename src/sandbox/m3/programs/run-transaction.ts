import type { BatchQueue } from "../batch-queue.ts";
import { checkInput } from "../execute/check-input.ts";
import { type MiCall, type MiOutcome, nok, refused } from "../execute/mi-call.ts";
import { findTransaction } from "../metadata/programs.ts";
import type { M3State } from "../state.ts";
import { batchProcessRound } from "./batch-process-round.ts";
import { exportSelect } from "./export.ts";
import { getItmBasic, getServerTime, getUserData, getUserInfo, lstFields } from "./master-data-reads.ts";
import { getPriceLine } from "./price-line.ts";
import { addRoundNumber, companyOf, delRoundNumber, getRoundNumber } from "./round-numbers.ts";
import { addTicketRow, sendTicketRow } from "./ticket-rows.ts";

type Handler = (state: M3State, call: MiCall, batches: BatchQueue) => MiOutcome;

/** What each transaction of the metadata does, by program and transaction; `*` stands for every program. */
const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
	["OPS270MI AddRoundNumber", addRoundNumber],
	["OPS270MI GetRoundNumber", getRoundNumber],
	["OPS270MI DelRoundNumber", delRoundNumber],
	["OPS270MI AddSlsTicketLin", addTicketRow],
	["OPS270MI AddSlsTicketPay", addTicketRow],
	["OPS270MI SndSlsTicketLin", sendTicketRow],
	["OPS270MI SndSlsTicketPay", sendTicketRow],
	["OPS270MI BchPrcRound", (state, call, batches) => batchProcessRound(state, batches, call)],
	["OIS320MI GetPriceLine", getPriceLine],
	["MMS200MI GetItmBasic", getItmBasic],
	["MNS150MI GetUserData", getUserData],
	["MRS001MI LstFields", (_state, call) => lstFields(call)],
	["EXPORTMI Select", exportSelect],
	["EXPORTMI SelectPad", exportSelect],
	["* GetUserInfo", getUserInfo],
	["* GetServerTime", (state) => getServerTime(state)],
]);

/** Runs one transaction: metadata, company, then the program. */
export function runTransaction(state: M3State, batches: BatchQueue, call: MiCall): MiOutcome {
	const transaction = findTransaction(call.program, call.transaction);
	const handler = HANDLERS.get(`${call.program} ${call.transaction}`) ?? HANDLERS.get(`* ${call.transaction}`);
	if (transaction === undefined || handler === undefined) {
		const message = `Transaction ${call.transaction} of program ${call.program} was not found`;
		return refused({ errorType: "TransactionNotFound", errorCode: "XMI0005", errorField: "", message });
	}
	const refusal = checkInput(transaction, call.record, state.switches);
	if (refusal !== undefined) return refused(refusal);
	// XAU0008 "Not authorized for company" is a code seen in the field (m3.md section 4).
	if (!state.book.hasCompany(companyOf(call))) {
		return nok("XAU0008", "CONO", `Not authorized for company ${companyOf(call)}`);
	}
	const known = new Set(transaction.input.map((field) => field.name));
	const record = Object.fromEntries(Object.entries(call.record).filter(([name]) => known.has(name)));
	return handler(state, { ...call, record }, batches);
}
