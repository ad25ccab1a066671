import { type Decimal, formatDecimal, multiplyDivide, wholeNumber, ZERO } from "../decimal.ts";
import { type M3State, nextNumber } from "../state.ts";
import { type Row, textOf } from "../tables/table.ts";
import { byTicket, groupDifferences } from "./check-ticket.ts";
import { recordType } from "./record-types.ts";
import { entryAmount, numberOf, storedAmounts } from "./row-amounts.ts";

/** A ledger line before it has its numbers. */
interface LedgerLine {
	readonly event: string;
	readonly type: string;
	readonly bankOperation: string;
	readonly amount: Decimal;
}

/** Order of a voucher's lines, the one in which SEED step 6 prints them: payments, VAT, the rest. */
const VAT_TYPES: readonly string[] = ["111", "112", "211", "212"];

/**
 * Posts the tickets whose rows are all ready for accounting (status 60) to FGLEDG, one voucher a ticket, and sets them to
 * 80. A ticket that still waits for its stock update waits whole, or its voucher would not balance [I]; a shop without
 * 'Financial interface' (OPS500/G) is not posted. Amounts are debit positive, credit negative (SEED, step 6). Returns the
 * number of ledger rows written.
 */
export function updateLedger(state: M3State, rows: readonly Row[]): number {
	const before = state.tables.FGLEDG.rows.length;
	const waiting = rows.filter((row) => textOf(row, "STAT") !== "80" && hasFinancialInterface(state, row));
	const tickets = byTicket(waiting).filter((ticket) => ticket.every((row) => textOf(row, "STAT") === "60"));
	if (tickets.length === 0) return 0;
	const journal = nextNumber(state, "JRNO");
	for (const ticket of tickets) {
		postVoucher(state, ticket, journal);
		for (const row of ticket) row["STAT"] = "80";
	}
	return state.tables.FGLEDG.rows.length - before;
}

function postVoucher(state: M3State, ticket: readonly Row[], journal: string): void {
	const lines = [...linesOf(state, ticket), ...roundingLines(state, ticket)];
	const [first] = ticket;
	if (first === undefined || lines.length === 0) return;
	const voucher = nextNumber(state, "VONO");
	const { FGLEDG } = state.tables;
	for (const line of lines) {
		FGLEDG.rows.push({
			CONO: textOf(first, "CONO"),
			DIVI: textOf(first, "DIVI"),
			YEA4: textOf(first, "ACDT").slice(0, 4),
			JRNO: journal,
			JSNO: String(FGLEDG.rows.length + 1),
			VONO: voucher,
			ACDT: textOf(first, "ACDT"),
			EVEN: line.event,
			ACTY: line.type,
			BOPC: line.bankOperation,
			CUCD: textOf(first, "CUCD"),
			CUAM: formatDecimal(line.amount, 2),
			ACAM: formatDecimal(localAmount(state, first, line.amount), 2),
			DBCR: line.amount < ZERO ? "C" : "D",
			VTXT: `POS ${textOf(first, "WHLO")} ${textOf(first, "ORNO")}`,
		});
	}
}

function hasFinancialInterface(state: M3State, row: Row): boolean {
	return state.book.shop(textOf(row, "CONO"), textOf(row, "WHLO"))?.financialInterface === true;
}

function linesOf(state: M3State, ticket: readonly Row[]): readonly LedgerLine[] {
	const payments: LedgerLine[] = [];
	const vat: LedgerLine[] = [];
	const others: LedgerLine[] = [];
	for (const row of ticket) {
		const type = recordType(textOf(row, "XRCD"));
		for (const entry of type?.entries ?? []) {
			if (type === undefined) continue;
			const amount = entryAmount(type, entry, storedAmounts(row), state.switches);
			if (amount === ZERO) continue;
			// "The bank operation is retrieved from the selected payment method" (SEED, step 6, note).
			const method = entry.type === "101" ? state.book.paymentMethod(textOf(row, "PYCD")) : undefined;
			const line = { event: entry.event, type: entry.type, bankOperation: method?.bankOperation ?? "", amount };
			if (type.row === "payment") payments.push(line);
			else if (VAT_TYPES.includes(entry.type)) vat.push(line);
			else others.push(line);
		}
	}
	return [...payments, ...vat, ...others];
}

/**
 * What OPS700 posts by itself where it tolerates a rounding difference. The accounting type is unknown (m3.md section 6,
 * question 10): ROUND is the stand-in's own label [U].
 */
function roundingLines(state: M3State, ticket: readonly Row[]): readonly LedgerLine[] {
	return [...groupDifferences(state, ticket, storedAmounts).values()]
		.filter((difference) => difference !== ZERO)
		.map((difference) => ({ event: "OP20", type: "ROUND", bankOperation: "", amount: -difference }));
}

function localAmount(state: M3State, row: Row, amount: Decimal): Decimal {
	const division = state.book.division(textOf(row, "CONO"), textOf(row, "DIVI"));
	if (division === undefined || division.currency === textOf(row, "CUCD")) return amount;
	return multiplyDivide(amount, numberOf(row, "ARAT"), wholeNumber(1), 2);
}
