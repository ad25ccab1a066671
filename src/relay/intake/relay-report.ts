import type { TillAddress } from "../../feed/schema/topic.ts";
import { type Amount, amountFromJson, amountToJson } from "../../money/amount.ts";
import type { CurrencyCode } from "../../money/currency.ts";
import type { Ledger } from "../ledger/ledger.ts";

/**
 * The relay's own report of a day that no Z of its till closes rightly: the relay's sums over the tickets it holds. A journal
 * vouches for none of it, so it has no control totals and no head.
 */
export interface RelayReport extends TillAddress {
	readonly z: number;
	/** 1, and one more each time the day was closed again because more of its tickets had come in. */
	readonly revision: number;
	readonly businessDate: string;
	readonly currency: CurrencyCode;
	/** Archive id of the last ticket that it holds. */
	readonly messageId: number;
	readonly ticketCount: number;
	readonly lineCount: number;
	readonly gross: Amount;
	readonly net: Amount;
	readonly vat: Amount;
	readonly rounding: Amount;
	/** What a person accepted to be lost, in words; null when nothing is known to be missing. */
	readonly missing: string | null;
	/** The person who closed the day. */
	readonly closedBy: string;
	readonly closedUtcMs: number;
}

const AMOUNTS = ["gross", "net", "vat", "rounding"] as const;

type Row = Omit<RelayReport, (typeof AMOUNTS)[number]> & Readonly<Record<(typeof AMOUNTS)[number], number>>;

/** The relay's report of a day as it stands now; undefined when nobody closed the day here. */
export const relayReportOf = (
	ledger: Ledger,
	{ store, till, z }: Pick<RelayReport, "store" | "till" | "z">,
): RelayReport | undefined => {
	const row = ledger
		.statement<Row>(
			`SELECT store, till, z, revision, message_id AS messageId, business_date AS businessDate, currency,
			ticket_count AS ticketCount, line_count AS lineCount, gross_minor AS gross, net_minor AS net, vat_minor AS vat,
			rounding_minor AS rounding, missing, closed_by AS closedBy, closed_utc_ms AS closedUtcMs
			FROM relay_report WHERE store = ? AND till = ? AND z = ? ORDER BY revision DESC LIMIT 1`,
		)
		.get(store, till, z);
	if (row === undefined) return undefined;
	const { gross, net, vat, rounding, ...rest } = row;
	return {
		...rest,
		gross: amountFromJson(gross),
		net: amountFromJson(net),
		vat: amountFromJson(vat),
		rounding: amountFromJson(rounding),
	};
};

/** Keeps a report for good. Joins the caller's transaction. */
export const addRelayReport = (ledger: Ledger, report: RelayReport): void =>
	void ledger
		.statement("INSERT INTO relay_report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
		.run(
			report.store,
			report.till,
			report.z,
			report.revision,
			report.messageId,
			report.businessDate,
			report.currency,
			report.ticketCount,
			report.lineCount,
			...AMOUNTS.map((name) => amountToJson(report[name])),
			report.missing,
			report.closedBy,
			report.closedUtcMs,
		);
