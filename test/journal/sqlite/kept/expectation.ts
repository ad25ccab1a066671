import { amountText } from "../../../../src/money/currency.ts";
import type { TillState } from "../../../../src/till/state.ts";

/** What a kept journal must come to, in plain text: written when it was made, compared for ever. */
export const expectationOf = (state: TillState) => ({
	journalId: state.journalId,
	counters: state.counters,
	grandSales: amountText(state.grandTotals.sales, "NOK"),
	grandReturns: amountText(state.grandTotals.returns, "NOK"),
	businessDate: state.day?.businessDate ?? null,
	dayGross: state.day === undefined ? null : amountText(state.day.totals.gross, "NOK"),
	dayTenders:
		state.day?.totals.tenders.map((tender) => `${tender.tenderType} ${amountText(tender.amount, "NOK")}`) ?? [],
	openLines: state.ticket?.lines.map((line) => `${line.description} ${amountText(line.gross, "NOK")}`) ?? [],
	catalogVersion: state.catalogVersion ?? null,
	doubts: state.doubts.map((doubt) => `${doubt.what} ${doubt.jobId}`),
});
