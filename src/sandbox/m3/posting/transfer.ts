import { formatDecimal, ZERO } from "../decimal.ts";
import type { M3State, Round } from "../state.ts";
import { type Row, textOf } from "../tables/table.ts";
import { checkRow, type RowProblem } from "./check-row.ts";
import { byTicket, checkTicket, duplicateKey } from "./check-ticket.ts";
import { recordType } from "./record-types.ts";
import { type RowAmounts, uploadedAmounts } from "./row-amounts.ts";

/** Longest message kept on an OXSALE row. */
const MESSAGE_LENGTH = 78;

/**
 * OPS270: validates the given rows of a round ticket by ticket and moves the good tickets to OPSALE. OXSALE statuses: 05
 * error found, 06 already in OPSALE, 90 transferred (m3.md section 1, "Flow and statuses"). A ticket with one bad row stays
 * whole. A ticket that is transferred already is transferred again: only a tenant that doubles asks for it. Returns the
 * OPSALE rows made.
 */
export function transferRows(state: M3State, round: Round, rows: readonly Row[], acdt: string): readonly Row[] {
	const made: Row[] = [];
	for (const ticket of byTicket(rows)) {
		const transferred = ticket.every((row) => textOf(row, "STAT") === "90");
		if (!transferred && rejectDuplicates(state, ticket)) continue;
		if (rejectErrors(state, ticket)) continue;
		for (const row of ticket) {
			made.push(toOpsale(state, row, acdt));
			mark(row, "90", "");
		}
	}
	if (state.switches.deleteOxsaleAfterTransfer) {
		round.rows = round.rows.filter((row) => textOf(row, "STAT") !== "90");
		const { OXSALE } = state.tables;
		OXSALE.rows = OXSALE.rows.filter((row) => textOf(row, "ITRN") !== round.itrn || textOf(row, "STAT") !== "90");
	}
	return made;
}

/** Status of a fresh OPSALE row: 1000 and 1200 by the shop's interfaces, others 60 (m3.md section 1, D:pag1567549697057). */
function firstStatus(state: M3State, row: Row): string {
	if (recordType(textOf(row, "XRCD"))?.goods !== true) return "60";
	const shop = state.book.shop(textOf(row, "CONO"), textOf(row, "WHLO"));
	return shop?.inventoryInterface === true ? "40" : statusAfterStock(state, row);
}

/** Status of a row that needs no more stock update: 60 ready for accounting, 80 no further update. */
export function statusAfterStock(state: M3State, row: Row): string {
	const shop = state.book.shop(textOf(row, "CONO"), textOf(row, "WHLO"));
	return shop?.financialInterface === true ? "60" : "80";
}

function rejectDuplicates(state: M3State, ticket: readonly Row[]): boolean {
	const existing = ticket.filter((row) => state.ticketKeys.has(duplicateKey(state, row)));
	if (existing.length === 0) return false;
	for (const row of ticket) {
		if (existing.includes(row)) mark(row, "06", "Record already exists in OPSALE");
		else mark(row, "05", "Another row of the ticket already exists in OPSALE");
	}
	return true;
}

function rejectErrors(state: M3State, ticket: readonly Row[]): boolean {
	const problems = new Map<Row, RowProblem>();
	for (const row of ticket) {
		const found = checkRow(state, row);
		if (found !== undefined) problems.set(row, found);
	}
	const whole = problems.size > 0 ? undefined : checkTicket(state, ticket, (row) => amountsOf(state, row));
	if (problems.size === 0 && whole === undefined) return false;
	for (const row of ticket) {
		const found = problems.get(row) ?? whole;
		mark(row, "05", found === undefined ? "Another row of the ticket has an error" : `${found.code} ${found.message}`);
	}
	return true;
}

function toOpsale(state: M3State, row: Row, acdt: string): Row {
	const { net, vat1, vat2 } = amountsOf(state, row);
	const stored: Row = {
		...row,
		CUAM: formatDecimal(net, 2),
		FVT1: formatDecimal(vat1, 2),
		FVT2: formatDecimal(vat2, 2),
		STAT: firstStatus(state, row),
		ACDT: acdt,
	};
	state.tables.OPSALE.rows.push(stored);
	state.ticketKeys.add(duplicateKey(state, row));
	return stored;
}

/** Amounts of a row that checkRow has passed, which makes sure that they can be told. */
function amountsOf(state: M3State, row: Row): RowAmounts {
	const type = recordType(textOf(row, "XRCD"));
	const amounts = type && uploadedAmounts(row, type, state.switches, state.book);
	return amounts ?? { net: ZERO, vat1: ZERO, vat2: ZERO };
}

function mark(row: Row, status: string, message: string): void {
	row["STAT"] = status;
	row["MSGD"] = message.slice(0, MESSAGE_LENGTH);
}
