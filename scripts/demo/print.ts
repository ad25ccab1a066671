import { table } from "../terminal/books-text.ts";
import { paperText } from "../terminal/screen.ts";
import type { DemoResult, FourFigures } from "./result.ts";

const PAPERS_MAX = 3;

const four = (figures: FourFigures): string[] =>
	[figures.journal, figures.feed, figures.m3, figures.powerOffice].map((f) => f ?? "-");

/** Shows a result to people: papers, both books, the reconciliation. */
export const printResult = (result: DemoResult, zPapers: readonly (readonly string[])[]): void => {
	const title = (text: string): void => console.log(`\n== ${text}`);
	title("Papers (the first of each till, and the Z reports)");
	for (const till of new Set(result.receipts.map((paper) => paper.till))) {
		const paper = result.receipts.find((candidate) => candidate.till === till);
		if (paper !== undefined) console.log(paperText(paper.lines));
	}
	for (const paper of zPapers.slice(0, PAPERS_MAX)) console.log(paperText(paper));
	const ofTill1 = result.m3.opsale.filter((row) => row.till === "1");
	title(`M3 OPSALE: till 1 (${result.m3.opsale.length} rows in all)`);
	console.log(
		table(
			["receipt", "type", "item", "quantity", "unit", "payment", "VAT", "amount"],
			ofTill1.map((r) =>
				[`${r.receipt}`, r.transactionType, r.item, r.quantity, r.unit, r.paymentMethod, r.vat, r.amount].map(
					(c) => c ?? "",
				),
			),
		),
	);
	title("M3 FGLEDG after OPS280: till 1");
	console.log(
		table(
			["event", "type", "amount", "bank operation"],
			result.m3.fgledg
				.filter((r) => r.till === "1")
				.map((r) => [r.accountingEvent, r.accountingType, r.amount, r.bankOperation ?? ""]),
		),
	);
	title("M3 stock");
	console.log(
		table(
			["item", "warehouse", "before", "after", "MITTRA", "MITSTA"],
			result.m3.stock.map((r) => [r.item, r.warehouse, r.mitbalBefore, r.mitbalAfter, r.mittra, r.mitsta]),
		),
	);
	for (const voucher of result.powerOffice.vouchers) {
		title(`PowerOffice Go voucher ${voucher.voucherNo}: till ${voucher.till}, Z ${voucher.z}, ${voucher.businessDate}`);
		console.log(
			table(
				["account", "name", "VAT code", "amount"],
				voucher.lines.map((l) => [l.account, l.name, l.vatCode, l.amount]),
			),
		);
	}
	title("Reconciliation");
	for (const row of result.reconciliation) {
		console.log(
			`  till ${row.till}, Z ${row.z}, ${row.businessDate} ${row.currency}: ${row.equal ? "equal" : "NOT EQUAL"}; evidence M3 ${row.evidence.m3 ?? "-"}, PowerOffice ${row.evidence.powerOffice ?? "-"}; VAT difference ${row.vatDifference ?? "-"}`,
		);
		console.log(
			table(
				["", "journal", "feed", "M3", "PowerOffice"],
				[
					["gross", ...four(row.gross)],
					...Object.entries(row.tenders).map(([name, figures]) => [name, ...four(figures)]),
				],
			),
		);
	}
	console.log("");
};
