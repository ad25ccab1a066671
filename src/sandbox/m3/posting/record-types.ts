/** One ledger entry that a ticket row makes: accounting event and type, side, and which of its amounts. */
export interface AccountingEntry {
	readonly event: string;
	readonly type: string;
	readonly side: "D" | "C";
	readonly basis: "gross" | "net" | "vat1" | "vat2";
}

/** What a record type (XRCD) is and does. */
export interface RecordType {
	readonly xrcd: string;
	readonly name: string;
	/** Which transaction carries it; "<group>90 is the payment row of its group" [I]. */
	readonly row: "line" | "payment";
	/** Payment type that its lines are balanced with, or undefined where nothing is paid. */
	readonly paidBy?: string;
	/** Whether it moves goods: needs item, unit and quantity, goes to stock and statistics. */
	readonly goods: boolean;
	readonly entries: readonly AccountingEntry[];
}

/**
 * Record types and the entries they make, from m3.md section 1, "Record (transaction) types" (D:ops280), D and C as that
 * page prints them. 1100 depends on the switch giftCertificate. A type that is not here is refused: the number of a credit
 * sale is unknown there.
 */
const RECORD_TYPES: readonly RecordType[] = [
	line("1000", "Sales", "1990", sales("C"), true),
	line("1100", "Gift certificate", "1990", [entry("OP20", "120", "D", "gross")]),
	line("1200", "Return or credit note", "1990", sales("D"), true),
	line("1300", "Cancelled ticket"),
	line("1400", "Demo ticket"),
	line("1500", "Login or logout"),
	line("1600", "Daily takings"),
	line("1610", "Daily takings, bank funds", "1690", [entry("OP50", "370", "D", "gross")]),
	line("1620", "Daily takings, difference", "1690", [entry("OP50", "350", "D", "gross")]),
	payment("1690", "Daily takings, payments", [entry("OP50", "101", "C", "gross")]),
	payment("1990", "Payment", [entry("OP20", "101", "D", "gross")]),
	line("2000", "Credit note refund", "2090", [entry("OP20", "101", "D", "gross")]),
	payment("2090", "Payment of a credit note refund", [entry("OP20", "120", "C", "gross")]),
	line("2200", "Payment-in-advance refund", "2290", [entry("OP20", "101", "D", "gross")]),
	payment("2290", "Payment of a payment-in-advance refund", [entry("OP20", "120", "C", "gross")]),
	line("2400", "Tax removal refund", "2490", [entry("OP20", "111", "D", "gross")]),
	payment("2490", "Payment of a tax removal refund", [entry("OP20", "101", "C", "gross")]),
	line("4000", "Reservation, payment in advance", "4090", [entry("OP20", "120", "D", "gross")]),
	payment("4090", "Payment of a reservation", [entry("OP20", "101", "C", "gross")]),
	line("4200", "Unpaid checks regularisation", "4290", [entry("OP20", "120", "C", "gross")]),
	payment("4290", "Payment of an unpaid check", [entry("OP20", "101", "D", "gross")]),
	line("4500", "Account deposit or invoice payment", "4590", [entry("OP35", "100", "C", "gross")]),
	payment("4590", "Payment of a deposit or invoice", [entry("OP35", "101", "D", "gross")]),
	line("5000", "Bank remittance", undefined, [entry("OP30", "370", "D", "gross"), entry("OP30", "101", "C", "gross")]),
	line("7000", "Petty cash expenses", "7090", [
		entry("OP40", "701", "D", "net"),
		entry("OP40", "211", "D", "vat1"),
		entry("OP40", "212", "D", "vat2"),
	]),
	payment("7090", "Petty cash payment", [entry("OP40", "101", "C", "gross")]),
];

const BY_XRCD = new Map(RECORD_TYPES.map((type) => [type.xrcd, type]));

/** The record type of a row, or undefined for one that the stand-in refuses. */
export function recordType(xrcd: string): RecordType | undefined {
	return BY_XRCD.get(xrcd);
}

/** Sales and returns: 120 revenue net, 111 and 112 VAT payable (m3.md section 1, 1000 and 1200; SEED, step 6). */
function sales(side: "D" | "C"): readonly AccountingEntry[] {
	return [entry("OP20", "111", side, "vat1"), entry("OP20", "112", side, "vat2"), entry("OP20", "120", side, "net")];
}

function entry(event: string, type: string, side: "D" | "C", basis: AccountingEntry["basis"]): AccountingEntry {
	return { event, type, side, basis };
}

function line(
	xrcd: string,
	name: string,
	paidBy?: string,
	entries: readonly AccountingEntry[] = [],
	goods = false,
): RecordType {
	return { xrcd, name, row: "line", ...(paidBy === undefined ? {} : { paidBy }), goods, entries };
}

function payment(xrcd: string, name: string, entries: readonly AccountingEntry[]): RecordType {
	return { xrcd, name, row: "payment", paidBy: xrcd, goods: false, entries };
}
