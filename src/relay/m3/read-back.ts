import { parseDecimal } from "../../money/decimal.ts";
import type { MiTransaction } from "./client.ts";
import type { TicketRefusal } from "./round.ts";
import type { StoredRow } from "./rounds.ts";

/** A row of OPSALE, as far as it is read back. Amounts are M3's own text; OPCUAM is net (M3 cash sale document, step 5). */
export interface OpsaleRow {
	readonly refe: string;
	readonly ponr: number;
	readonly cuam: string;
	readonly fvt1: string;
}

/** A row of OXSALE: uploaded, with its status and M3's message. */
export interface OxsaleRow {
	readonly refe: string;
	readonly stat: string;
	readonly message: string;
}

/** What a ticket must be found with. */
export interface ExpectedTicket {
	readonly messageId: number;
	readonly refe: string;
	readonly rows: readonly StoredRow[];
}

/** What M3 was found to hold of some tickets. */
export interface Judgement {
	/** Stand in OPSALE whole, with their rows there. */
	readonly booked: readonly { readonly ticket: ExpectedTicket; readonly rows: readonly OpsaleRow[] }[];
	/** Booked, but not as sent: twice, or with other amounts. */
	readonly remarks: readonly TicketRefusal[];
	/** M3 could not transfer them. */
	readonly refused: readonly TicketRefusal[];
	/** Neither booked nor refused. */
	readonly open: readonly ExpectedTicket[];
	/** Whether anything shows that BchPrcRound was carried out. */
	readonly started: boolean;
}

const SEPARATOR = ";";
/** References asked for in one query: keeps it near 1,000 characters. */
export const REFERENCES_PER_QUERY = 20;

/** EXPORTMI Select (m3.md section 7). No condition on the company: the session decides it, and some tenants refuse one. */
const select = (columns: string, table: string, condition: string): MiTransaction => ({
	transaction: "Select",
	record: { SEPC: SEPARATOR, HDRS: "0", QERY: `${columns} from ${table} where ${condition}` },
});

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const OPSALE_COLUMNS = "OPREFE,OPPONR,OPCUAM,OPFVT1";

/** The rows of a round in OPSALE. */
export const opsaleOfRound = (itrn: string): MiTransaction => select(OPSALE_COLUMNS, "OPSALE", `OPITRN = ${itrn}`);

/** The rows of some tickets in OPSALE, in whatever round they came. */
export const opsaleOfTickets = (references: readonly string[]): MiTransaction =>
	select(OPSALE_COLUMNS, "OPSALE", references.map((refe) => `OPREFE = ${quoted(refe)}`).join(" or "));

/** The rows of one ticket in OPSALE behind a line number: the next page, where an answer holds only so many records. */
export const opsaleOfTicketAfter = (refe: string, ponr: number): MiTransaction =>
	select(OPSALE_COLUMNS, "OPSALE", `OPREFE = ${quoted(refe)} and OPPONR > ${ponr}`);

/** Whether all rows of a ticket are among these. */
export const isComplete = (ticket: ExpectedTicket, rows: readonly OpsaleRow[]): boolean =>
	ticket.rows.every(({ ponr }) => rows.some((row) => row.refe === ticket.refe && row.ponr === ponr));

/** The rows of a round in OXSALE, where M3 keeps what it did not transfer. */
export const oxsaleOfRound = (itrn: string): MiTransaction =>
	select("OXREFE,OXSTAT,OXMSGD", "OXSALE", `OXITRN = ${itrn}`);

const cellsOf = (records: readonly Readonly<Record<string, string>>[], count: number): string[][] | undefined => {
	const rows = records.map((record) => (record["REPL"] ?? "").split(SEPARATOR).map((cell) => cell.trim()));
	return rows.every((cells) => cells.length >= count) ? rows : undefined;
};

/** Reads an answer about OPSALE; undefined when it is not what was asked for. */
export const readOpsale = (records: readonly Readonly<Record<string, string>>[]): OpsaleRow[] | undefined =>
	cellsOf(records, 4)?.map(([refe = "", ponr = "", cuam = "", fvt1 = ""]) => ({
		refe,
		ponr: Number(ponr),
		cuam,
		fvt1,
	}));

/** Reads an answer about OXSALE; the message is last, so that a separator in it does no harm. */
export const readOxsale = (records: readonly Readonly<Record<string, string>>[]): OxsaleRow[] | undefined =>
	cellsOf(records, 3)?.map(([refe = "", stat = "", ...message]) => ({ refe, stat, message: message.join(SEPARATOR) }));

const AMOUNT_DIGITS = 6;
const units = (text: string | undefined): bigint =>
	parseDecimal(text === undefined || text === "" ? "0" : text, AMOUNT_DIGITS) ?? 0n;

/** What OPCUAM must be for a row that was sent: net, whatever CUAM was sent as. */
const expectedNet = (row: StoredRow, cuam: "net" | "gross"): bigint => {
	const sent = units(row.record["CUAM"]);
	return cuam === "gross" && row.transaction === "AddSlsTicketLin" ? sent - units(row.record["FVT1"]) : sent;
};

const remarksOn = (ticket: ExpectedTicket, rows: readonly OpsaleRow[], cuam: "net" | "gross"): TicketRefusal[] => {
	const { messageId } = ticket;
	if (rows.length > ticket.rows.length) {
		return [{ messageId, code: "RELAY-2203", words: `OPSALE holds ${rows.length} rows of ${ticket.rows.length}` }];
	}
	return ticket.rows.flatMap((sent): TicketRefusal[] => {
		const held = rows.find((row) => row.ponr === sent.ponr);
		if (held === undefined || units(held.cuam) === expectedNet(sent, cuam)) return [];
		const words = `row ${sent.ponr}: OPSALE holds ${held.cuam}, sent was ${sent.record["CUAM"] ?? ""}`;
		return [{ messageId, code: "RELAY-2204", words }];
	});
};

/** OXSALE statuses: 05 transfer failed, 06 already in OPSALE (m3.md section 1, "Flow and statuses"). */
const isRefused = ({ stat }: OxsaleRow): boolean => stat === "05" || stat === "06";
const RECEIVED = "00";

/** Compares what M3 holds with what was sent, ticket by ticket. */
export const judge = (
	tickets: readonly ExpectedTicket[],
	opsale: readonly OpsaleRow[],
	oxsale: readonly OxsaleRow[],
	cuam: "net" | "gross",
): Judgement => {
	const booked: { ticket: ExpectedTicket; rows: readonly OpsaleRow[] }[] = [];
	const remarks: TicketRefusal[] = [];
	const refused: TicketRefusal[] = [];
	const open: ExpectedTicket[] = [];
	const opsaleByRefe = Map.groupBy(opsale, ({ refe }) => refe);
	const oxsaleByRefe = Map.groupBy(oxsale, ({ refe }) => refe);
	for (const ticket of tickets) {
		const rows = opsaleByRefe.get(ticket.refe) ?? [];
		const problems = (oxsaleByRefe.get(ticket.refe) ?? []).filter(isRefused);
		if (isComplete(ticket, rows)) {
			booked.push({ ticket, rows });
			remarks.push(...remarksOn(ticket, rows, cuam));
		} else if (problems.length > 0) {
			const words = new Set(problems.map(({ stat, message }) => `${stat} ${message}`.trim()));
			refused.push({ messageId: ticket.messageId, code: "RELAY-2202", words: `OXSALE ${[...words].join("; ")}` });
		} else open.push(ticket);
	}
	const started = opsale.length > 0 || oxsale.some(({ stat }) => stat !== RECEIVED);
	return { booked, remarks, refused, open, started };
};
