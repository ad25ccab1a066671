import type { DemoResult } from "./result.ts";

/** Rows that must be there, each as its fields joined; the order of rows does not count. */
const setDifferences = (name: string, expected: readonly string[], found: readonly string[]): string[] => {
	const left = [...found];
	const differences: string[] = [];
	for (const row of expected) {
		const index = left.indexOf(row);
		if (index < 0) differences.push(`${name}: missing ${row}`);
		else left.splice(index, 1);
	}
	return [...differences, ...left.map((row) => `${name}: not expected ${row}`)];
};

const joined = (...fields: readonly (string | number | null)[]): string =>
	fields.map((field) => field ?? "-").join(" | ");

/** OPSALE of till 1 (M3 document, step 5). */
const OPSALE = [
	joined("1000", "Item A", "1", "Pcs", null, "19.99", "79.96"),
	joined("1990", null, null, null, "MC", null, "500.00"),
	joined("1990", null, null, null, "CSH", null, "-400.00"),
	joined("1990", null, null, null, "RND", null, "-0.05"),
];

/** FGLEDG of till 1 (M3 document, step 6). */
const FGLEDG = [
	joined("OP20", "101", "500.00", "47"),
	joined("OP20", "101", "-400.00", "45"),
	joined("OP20", "101", "-0.05", "46"),
	joined("OP20", "111", "-19.99", null),
	joined("OP20", "120", "-79.96", null),
];

/** The voucher of till 2 (PowerOffice document). */
const VOUCHER = [
	joined("1901", "5000.00", "0"),
	joined("1910", "13650.00", "0"),
	joined("3000", "-12500.00", "3"),
	joined("3001", "-1150.00", "31"),
	joined("3002", "-2500.00", "3"),
	joined("3003", "-2500.00", "3"),
];

/** Lines of till 1's paper, in this order (M3 document, step 4). */
const PAPER = [
	"Receipt No. 123456",
	"Item A 1 Pce 99.95",
	"Subtotal 99.95",
	"To pay 100.00",
	"Master Card 500.00",
	"Change back 400.00",
	"VAT 25% VAT 19.99",
];

const paperDifferences = (lines: readonly string[]): string[] => {
	const texts = lines.map((line) => line.trim().replace(/ +/g, " "));
	let from = 0;
	return PAPER.flatMap((wanted) => {
		const index = texts.indexOf(wanted, from);
		if (index < 0) return [`receipt of till 1: missing, or out of order: ${wanted}`];
		from = index + 1;
		return [];
	});
};

/** Everything in which a result differs from what the two documents say; nothing when the demo has succeeded. */
export const differencesOf = (result: Omit<DemoResult, "ok" | "differences">): string[] => {
	const opsale = result.m3.opsale.filter((row) => row.till === "1");
	const fgledg = result.m3.fgledg.filter((row) => row.till === "1");
	const voucher = result.powerOffice.vouchers.filter((row) => row.till === "2");
	const paper = result.receipts.find((row) => row.till === "1" && row.receipt === 123_456);
	const stock = result.m3.stock.find((row) => row.item === "Item A");
	const night = result.m3.opsale.filter((row) => row.till === "2" && row.transactionType === "1000");
	return [
		...setDifferences(
			"OPSALE of till 1",
			OPSALE,
			opsale.map((r) => joined(r.transactionType, r.item, r.quantity, r.unit, r.paymentMethod, r.vat, r.amount)),
		),
		...setDifferences(
			"FGLEDG of till 1",
			FGLEDG,
			fgledg.map((r) => joined(r.accountingEvent, r.accountingType, r.amount, r.bankOperation)),
		),
		...(opsale.every((row) => row.receipt === 123_456) ? [] : ["OPSALE of till 1: another receipt than 123456"]),
		...(voucher.length === 1 ? [] : [`till 2 has ${voucher.length} vouchers, not one`]),
		...setDifferences(
			"voucher of till 2",
			VOUCHER,
			voucher.flatMap((v) => v.lines.map((line) => joined(line.account, line.amount, line.vatCode))),
		),
		...(paper === undefined ? ["till 1 printed no receipt 123456"] : paperDifferences(paper.lines)),
		...(stock?.mitbalBefore === "100" && stock.mitbalAfter === "99" && stock.mittra === "-1" && stock.mitsta === "1"
			? []
			: ["stock of Item A: not moved from 100 to 99 in MITBAL, MITTRA and MITSTA"]),
		...(result.m3.osbstd.filter((row) => row.till === "1").length === 1 ? [] : ["OSBSTD: not one row for till 1"]),
		...(night.length === 7 * 25 + 10 ? [] : [`OPSALE of till 2: ${night.length} sale lines, not 185`]),
		...["1", "2"].flatMap((till) => {
			const rows = result.reconciliation.filter((row) => row.till === till);
			if (rows.length !== 1) return [`reconciliation: till ${till} has ${rows.length} rows, not one`];
			return rows[0]?.equal === true && rows[0].evidence.m3 === "booked" && rows[0].evidence.powerOffice === "booked"
				? []
				: [`reconciliation: till ${till} is not equal with booked evidence at both ERPs`];
		}),
	];
};
