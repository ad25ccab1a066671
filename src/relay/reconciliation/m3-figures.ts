import type { M3Config } from "../../config/schema/relay-config.ts";
import type { Mapping } from "../../config/schema/relay-mapping.ts";
import { type Amount, add, negate, subtract, sum, ZERO } from "../../money/amount.ts";
import type { CurrencyCode } from "../../money/currency.ts";
import { parseAmount } from "../../money/currency.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { ErpFigures, ErpSums } from "./erp-figures.ts";
import { groupBy } from "./own-totals.ts";
import type { Evidence, Finding } from "./reconciliation.ts";

/** How tickets became M3's rows. */
export interface M3FigureSettings {
	readonly mapping: Mapping;
	readonly m3: Pick<M3Config, "cuam" | "returnSign">;
}

interface RowOfTicket {
	readonly messageId: number;
	readonly receiptNumber: number;
	readonly state: string | null;
	readonly reason: string | null;
	readonly transaction: string | null;
	readonly record: string | null;
	readonly bookedCuam: string | null;
	readonly bookedFvt1: string | null;
}

/** One row with the till's signs. */
interface M3Amounts {
	readonly transaction: string;
	readonly fields: Readonly<Record<string, string>>;
	/** Net of a line, amount of a payment. */
	readonly amount: Amount;
	readonly vat: Amount;
	readonly isBooked: boolean;
}

const ROWS = `SELECT t.message_id AS messageId, t.receipt_number AS receiptNumber, m.state, m.reason,
	r.transaction_name AS "transaction", r.record, r.booked_cuam AS bookedCuam, r.booked_fvt1 AS bookedFvt1
	FROM ticket t LEFT JOIN m3_ticket m ON m.message_id = t.message_id
	LEFT JOIN m3_row r ON r.round_id = m.round_id AND r.message_id = m.message_id
	WHERE t.store = ? AND t.till = ? AND t.z = ? ORDER BY t.message_id, r.ponr`;

/** The weakest comes first. */
const STRENGTH: readonly (Evidence | null)[] = [null, "sent", "acknowledged", "booked"];

/**
 * What M3 holds of a Z: the rows of its tickets as booked where they were read back, else as they were sent. The evidence
 * is that of the weakest ticket.
 */
export const m3Figures = (
	ledger: Ledger,
	z: { readonly store: string; readonly till: string; readonly z: number; readonly currency: CurrencyCode },
	settings: M3FigureSettings,
): ErpFigures => {
	const all = ledger.statement<RowOfTicket>(ROWS).all(z.store, z.till, z.z);
	const tickets = [...groupBy(all, (row) => String(row.messageId)).values()].filter(
		([first]) => first.state !== "elsewhere",
	);
	const findings: Finding[] = [];
	const amounts: M3Amounts[] = [];
	let weakest: Evidence | null = "booked";
	let bookedTickets = 0;
	for (const rows of tickets) {
		const own = rows.flatMap((row) => amountsOf(row, z.currency, settings) ?? []);
		const evidence = own.length === 0 ? null : evidenceOf(rows[0].state, own);
		if (STRENGTH.indexOf(evidence) < STRENGTH.indexOf(weakest)) weakest = evidence;
		if (evidence === null) {
			const { receiptNumber, state, reason } = rows[0];
			const why = reason === null ? "" : `: ${reason}`;
			findings.push({ code: "RELAY-4006", detail: `receipt ${receiptNumber} ${state ?? "not begun"}${why}` });
		} else {
			bookedTickets += 1;
			amounts.push(...own);
		}
	}
	if (tickets.length > 0 && bookedTickets === 0) return { evidence: null, sums: null, findings, accounts: [] };
	return { evidence: weakest, sums: sumsOf(amounts, bookedTickets, settings), findings, accounts: [] };
};

const evidenceOf = (state: string | null, rows: readonly M3Amounts[]): Evidence | null => {
	switch (state) {
		case "booked":
			return rows.every((row) => row.isBooked) ? "booked" : "acknowledged";
		case "acknowledged":
			return "acknowledged";
		case "inRound":
			return "sent";
		default:
			return null;
	}
};

/** The amounts of a row; undefined for a ticket without rows. OPCUAM is net, CUAM what the tenant takes (m3.md section 1). */
const amountsOf = (row: RowOfTicket, currency: CurrencyCode, settings: M3FigureSettings): M3Amounts | undefined => {
	if (row.transaction === null || row.record === null) return undefined;
	const fields: Readonly<Record<string, string>> = JSON.parse(row.record);
	const amount = (text: string | null | undefined): Amount => parseAmount(text ?? "0", currency) ?? ZERO;
	const isLine = row.transaction === "AddSlsTicketLin";
	const isTurned =
		isLine && settings.m3.returnSign === "positive" && fields["XRCD"] === settings.mapping.m3.recordTypes.return.xrcd;
	const sign = (value: Amount): Amount => (isTurned ? negate(value) : value);
	const vat = sign(amount(row.bookedFvt1 ?? fields["FVT1"]));
	const sent = sign(amount(fields["CUAM"]));
	const net = isLine && settings.m3.cuam === "gross" ? subtract(sent, vat) : sent;
	const isBooked = row.bookedCuam !== null;
	return {
		transaction: row.transaction,
		fields,
		amount: isBooked ? sign(amount(row.bookedCuam)) : net,
		vat: isLine ? vat : ZERO,
		isBooked,
	};
};

const sumsOf = (rows: readonly M3Amounts[], ticketCount: number, { mapping }: M3FigureSettings): ErpSums => {
	const lines = rows.filter((row) => row.transaction === "AddSlsTicketLin");
	const payments = rows.filter((row) => row.transaction === "AddSlsTicketPay");
	const net = sum(lines.map((row) => row.amount));
	const vat = sum(lines.map((row) => row.vat));
	const roundings = payments.filter((row) => row.fields["PYCD"] === mapping.m3.roundingPaymentMethod);
	const tenders = new Map<string, Amount>();
	const jointTenders: { tenderTypes: string[]; amount: Amount }[] = [];
	const methods = groupBy(Object.entries(mapping.tenders), ([, { paymentMethod, cashCode }]) =>
		methodKey(paymentMethod, cashCode),
	);
	for (const [key, types] of methods) {
		const amount = sum(
			payments.filter(({ fields }) => methodKey(fields["PYCD"], fields["CSHC"]) === key).map((row) => row.amount),
		);
		if (types.length === 1) tenders.set(types[0][0], amount);
		else jointTenders.push({ tenderTypes: types.map(([tenderType]) => tenderType), amount });
	}
	return {
		gross: add(net, vat),
		net,
		vat,
		rounding: sum(roundings.map((row) => row.amount)),
		tenders,
		jointTenders,
		vatCodes: vatOf(lines, mapping),
		ticketCount,
		lineCount: lines.length,
	};
};

const methodKey = (paymentMethod: string | undefined, cashCode: string | undefined): string =>
	`${paymentMethod ?? ""} ${cashCode ?? ""}`;

/** VAT per SAF-T code, for codes that M3 tells apart. Gross is left out: a line without VAT and goods carries no code. */
const vatOf = (lines: readonly M3Amounts[], mapping: Mapping): ErpSums["vatCodes"] => {
	const codes = [...groupBy(Object.entries(mapping.m3.vatCodes), ([, vtcd]) => String(vtcd))];
	return new Map(
		codes.flatMap(([vtcd, [[vatCode], ...others]]) => {
			if (others.length > 0) return [];
			const own = lines.filter((row) => row.fields["VTCD"] === vtcd);
			return [[vatCode, { gross: null, vat: sum(own.map((row) => row.vat)) }] as const];
		}),
	);
};
