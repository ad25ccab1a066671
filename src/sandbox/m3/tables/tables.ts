import { OPS270MI } from "../metadata/ops270mi.ts";
import { type Column, columnsOf, type Table } from "./table.ts";

/** The tables that a ticket passes through or ends in (SEED, "The following files are updated"; m3.md section 1). */
export interface Tables {
	/** Input rows as uploaded, with their transfer status. */
	readonly OXSALE: Table;
	/** Validated ticket rows. */
	readonly OPSALE: Table;
	/** Balance of an item in a warehouse. */
	readonly MITBAL: Table;
	/** Stock transactions. */
	readonly MITTRA: Table;
	/** Item statistics a period. */
	readonly MITSTA: Table;
	/** Sales statistics. */
	readonly OSBSTD: Table;
	/** General ledger. */
	readonly FGLEDG: Table;
}

/** A table's name. */
export type TableName = keyof Tables;

/**
 * Empty tables. Prefix OP is confirmed (docs name OPREFE, OPDUDT), EGCONO to EGACDT too (public XtendM3 code reads them);
 * the other prefixes and column names are plausible M3 names chosen by the stand-in [I]: a client must take column names
 * from its configuration. The README lists them.
 */
export function createTables(): Tables {
	const ticket = ticketColumns();
	return {
		OXSALE: table("OXSALE", "OX", [...ticket, ...columnsOf("STAT 2,MSGD 78")]),
		OPSALE: table("OPSALE", "OP", [...ticket, ...columnsOf("STAT 2,ACDT 8")]),
		MITBAL: table("MITBAL", "MB", columnsOf("CONO 3,WHLO 3,ITNO 15,STQT 17")),
		MITTRA: table(
			"MITTRA",
			"MT",
			columnsOf(
				"CONO 3,WHLO 3,ITNO 15,TRDT 8,TRTM 6,TTYP 2,RIDN 10,RIDL 6,RIDI 11,TRQT 17,NSTQ 17,EVEN 4,ACDT 8,RESP 10",
			),
		),
		MITSTA: table("MITSTA", "MH", columnsOf("CONO 3,WHLO 3,ITNO 15,CYP6 6,SOQT 17,NOTR 7")),
		OSBSTD: table(
			"OSBSTD",
			"UC",
			columnsOf(
				"CONO 3,DIVI 3,WHLO 3,ORNO 10,DLIX 11,PONR 5,POSX 3,XRCD 4,ITNO 15,CUNO 10,IVDT 8,IVQT 17,CUCD 3,SAAM 17,ORIG 1",
			),
		),
		FGLEDG: table(
			"FGLEDG",
			"EG",
			columnsOf(
				"CONO 3,DIVI 3,YEA4 4,JRNO 7,JSNO 7,VONO 8,ACDT 8,EVEN 4,ACTY 5,BOPC 3,CUCD 3,CUAM 17,ACAM 17,DBCR 1,VTXT 40",
			),
		),
	};
}

function table(name: TableName, prefix: string, columns: readonly Column[]): Table {
	return { name, prefix, columns, rows: [] };
}

/** A ticket row holds the fields of both AddSlsTicketLin and AddSlsTicketPay ("OP + the MI field names", m3.md section 1). */
function ticketColumns(): readonly Column[] {
	const columns = new Map<string, Column>();
	for (const transaction of OPS270MI.transactions) {
		if (!transaction.name.startsWith("AddSlsTicket")) continue;
		for (const field of transaction.input) columns.set(field.name, { name: field.name, width: field.length });
	}
	return [...columns.values()];
}
