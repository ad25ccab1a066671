import type { ZReport } from "../events/z-report.ts";
import { type Amount, negate } from "../money/amount.ts";
import { ratePercentText } from "../money/rate.ts";
import { heading, type ReceiptElement, type ReceiptLine, ruler, textLine, twoColumns } from "./receipt-line.ts";
import { dateTime, figure, money, type ReceiptStyle, sellerLines } from "./sales-receipt.ts";

/**
 * A Z report on paper: totals per item group, VAT code and means of payment, grand totals, and the head of the chain. A copy
 * says so in double size.
 */
export const zReportPaper = (report: ZReport, style: ReceiptStyle, copy = false): ReceiptElement[] => {
	const { columns, texts, seller } = style;
	const { totals, grandTotals } = report;
	const amount = (value: Amount): string => money(value, report.currency, texts);
	const row = (left: string, value: Amount): ReceiptLine[] => twoColumns(left, amount(value), columns);
	const text = (left: string, right: string): ReceiptLine[] => twoColumns(left, right, columns);
	return [
		...(copy ? heading(texts.copy, columns) : []),
		...heading(`${texts.zReport} ${report.z}`, columns),
		...sellerLines(seller, columns, texts),
		ruler(columns),
		...text(texts.till, `${report.store}/${report.till}`),
		...text(texts.businessDate, report.businessDate),
		...text(texts.opened, dateTime(report.openedAt)),
		...text(texts.closed, dateTime(report.closedAt)),
		...text(texts.operator, report.operatorId),
		ruler(columns),
		...row(texts.cashSales, totals.gross),
		...row(texts.net, totals.net),
		...row(texts.vat, totals.vat),
		// The sign of the receipts: cash sales and rounding add up to the means of payment.
		...row(texts.rounding, negate(totals.rounding)),
		...text(texts.tickets, totals.ticketCount.toString()),
		...(report.receiptNumberFirst === null || report.receiptNumberLast === null
			? []
			: text(texts.receiptNumbers, `${report.receiptNumberFirst} - ${report.receiptNumberLast}`)),
		ruler(columns),
		textLine(texts.itemGroups, columns),
		...totals.itemGroups.flatMap((group) => row(`  ${group.itemGroup} (${group.lineCount})`, group.gross)),
		...totals.vatTotals.flatMap((vat) =>
			row(`${texts.vat} ${figure(ratePercentText(vat.vatRate), texts)}% (${amount(vat.gross)})`, vat.vat),
		),
		ruler(columns),
		textLine(texts.tenders, columns),
		...totals.tenders.flatMap((tender) => row(`  ${tender.description} (${tender.count})`, tender.amount)),
		ruler(columns),
		...row(texts.grandTotalSales, grandTotals.sales),
		...row(texts.grandTotalReturns, grandTotals.returns),
		...row(texts.grandTotalNet, grandTotals.net),
		ruler(columns),
		textLine(`${texts.chainHead} ${report.head.seq}`, columns),
		textLine(report.head.sha256.slice(0, 32), columns),
		textLine(report.head.sha256.slice(32), columns),
		{ kind: "cut" },
	];
};
