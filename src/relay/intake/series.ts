import type { Accepted } from "../../feed/schema/control.ts";
import type { TillAddress } from "../../feed/schema/topic.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Content } from "./content.ts";

/** The number series of a till that `accepted` carries, so that a restored copy goes on behind them. */
export type SeriesHighest = Accepted["series"];

const raise = (ledger: Ledger, { store, till }: TillAddress, series: keyof SeriesHighest, number: number): void =>
	void ledger
		.statement(
			`INSERT INTO series (store, till, series, highest) VALUES (?, ?, ?, ?)
			ON CONFLICT (store, till, series) DO UPDATE SET highest = max(highest, excluded.highest)`,
		)
		.run(store, till, series, number);

/**
 * Notes the numbers that a message shows to have been given, also one that was set aside: its paper is out in the world. The
 * number of a Z is given when its day is opened: the day of a lost box keeps it.
 */
export const noteSeries = (ledger: Ledger, address: TillAddress, content: Content): void => {
	if (content.kind === "ticket" || content.kind === "training") {
		raise(ledger, address, content.ticket.series, content.ticket.receiptNumber);
		raise(ledger, address, "z", content.ticket.z);
	} else if (content.kind === "report") {
		raise(ledger, address, "z", content.report.z);
	} else if (content.kind === "dayOpened") {
		raise(ledger, address, "z", content.z);
	}
};

/** The highest number of each series seen from a till, in whatever journal; 0 for none. */
export const seriesHighest = (ledger: Ledger, { store, till }: TillAddress): SeriesHighest => {
	const rows = ledger
		.statement<{ series: keyof SeriesHighest; highest: number }>(
			"SELECT series, highest FROM series WHERE store = ? AND till = ?",
		)
		.all(store, till);
	const highest = new Map(rows.map((row) => [row.series, row.highest]));
	const of = (series: keyof SeriesHighest): number => highest.get(series) ?? 0;
	return {
		receipt: of("receipt"),
		return: of("return"),
		delivery: of("delivery"),
		training: of("training"),
		z: of("z"),
	};
};
