import { type Decimal, formatDecimal, parseDecimal, ZERO } from "../decimal.ts";
import type { M3State } from "../state.ts";
import { type Row, textOf } from "../tables/table.ts";
import type { RowProblem } from "./check-row.ts";
import { recordType } from "./record-types.ts";
import { entryAmount, type RowAmounts } from "./row-amounts.ts";

/** The key that tells the rows of OPSALE apart; which fields it is made of is a switch (m3.md section 6, question 3). */
export function duplicateKey(state: M3State, row: Row): string {
	return JSON.stringify(state.switches.duplicateKey.map((field) => textOf(row, field)));
}

/** The key of the ticket that a row belongs to: rows of one receipt share reference and delivery number. */
function ticketKey(row: Row): string {
	return JSON.stringify(["CONO", "DIVI", "WHLO", "ORNO", "DLIX", "ITRN"].map((field) => textOf(row, field)));
}

/** Rows by ticket, tickets in the order of their first row. */
export function byTicket(rows: readonly Row[]): readonly (readonly Row[])[] {
	const tickets = new Map<string, Row[]>();
	for (const row of rows) {
		const ticket = tickets.get(ticketKey(row));
		if (ticket === undefined) tickets.set(ticketKey(row), [row]);
		else ticket.push(row);
	}
	return [...tickets.values()];
}

/**
 * Checks what concerns a ticket's rows together: one currency, and payments equal to lines. For sales that is
 * sum(1990) = sum(net + VAT of 1000) (m3.md section 1, "Invariant"); for the other groups it is the same rule stated as the
 * entries of a group summing to nothing [I].
 */
export function checkTicket(
	state: M3State,
	rows: readonly Row[],
	amountsOf: (row: Row) => RowAmounts,
): RowProblem | undefined {
	const currencies = new Set(rows.map((row) => textOf(row, "CUCD")));
	if (currencies.size > 1) {
		const message = `A ticket has one currency, not ${[...currencies].join(" and ")}`;
		return { code: "OPX2001", field: "CUCD", message };
	}
	const tolerance = parseDecimal(state.switches.roundingTolerance) ?? ZERO;
	for (const [group, difference] of groupDifferences(state, rows, amountsOf)) {
		if (difference > tolerance || -difference > tolerance) {
			const message = `Payments ${group} and lines differ by ${formatDecimal(difference, 2)}`;
			return { code: "OPX2002", field: "CUAM", message };
		}
	}
	return undefined;
}

/** By payment type, how far the ledger entries of a ticket's rows are from summing to nothing. */
export function groupDifferences(
	state: M3State,
	rows: readonly Row[],
	amountsOf: (row: Row) => RowAmounts,
): ReadonlyMap<string, Decimal> {
	const sums = new Map<string, Decimal>();
	for (const row of rows) {
		const type = recordType(textOf(row, "XRCD"));
		if (type?.paidBy === undefined) continue;
		const amounts = amountsOf(row);
		const sum = type.entries.reduce((total, entry) => total + entryAmount(type, entry, amounts, state.switches), ZERO);
		sums.set(type.paidBy, (sums.get(type.paidBy) ?? ZERO) + sum);
	}
	return sums;
}
