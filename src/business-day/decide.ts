import type { BusinessDayClosed, BusinessDayOpened } from "../events/journal-event.ts";
import { type Refusal, refuse } from "../events/refusal.ts";
import type { Stamp } from "../events/stamp.ts";
import { localDateTime } from "../events/stamp.ts";
import type { GrandTotals } from "../events/z-report.ts";
import type { Amount } from "../money/amount.ts";
import { subtract } from "../money/amount.ts";
import type { TicketSettings } from "../ticket/settings.ts";
import type { OpenDay } from "./state.ts";

/** Days of a month; February of leap years by the Gregorian rule. */
const daysOfMonth = (year: number, month: number): number =>
	month === 2
		? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
			? 29
			: 28
		: [4, 6, 9, 11].includes(month)
			? 30
			: 31;

/** Whether a text is a date of the calendar, YYYY-MM-DD. */
const isDate = (text: string): boolean => {
	const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
	if (match === null) return false;
	const [year, month, day] = match.slice(1).map((part) => Number.parseInt(part, 10)) as [number, number, number];
	return month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month);
};

/** The business date proposed at a moment: the local date, before the cut-over hour that of the day before. */
export const proposedBusinessDate = (at: Stamp, cutOverHour: number): string =>
	localDateTime({ utcMs: at.utcMs - cutOverHour * 3_600_000, offsetMinutes: at.offsetMinutes }).date;

/** Opens a day: the date asked for or the proposed one. */
export const openDay = (
	day: OpenDay | undefined,
	request: { readonly businessDate: string | null; readonly operatorId: string },
	context: { readonly at: Stamp; readonly cutOverHour: number; readonly zLast: number; readonly feedSeq: number },
): BusinessDayOpened | Refusal => {
	if (day !== undefined) return refuse("TILL-0413", { businessDate: day.businessDate });
	const businessDate = request.businessDate ?? proposedBusinessDate(context.at, context.cutOverHour);
	if (!isDate(businessDate)) return refuse("TILL-0422", { date: businessDate });
	return {
		type: "BusinessDayOpened",
		businessDate,
		z: context.zLast + 1,
		feedSeqFirst: context.feedSeq + 1,
		operatorId: request.operatorId,
	};
};

/** What closing a day needs beside the day. */
export interface CloseDayContext {
	readonly settings: TicketSettings;
	readonly at: Stamp;
	readonly operatorId: string;
	readonly hasOpenTicket: boolean;
	readonly grandTotals: { readonly sales: Amount; readonly returns: Amount };
	readonly head: { readonly seq: number; readonly sha256: string };
	/** Number of the last feed message so far. */
	readonly feedSeq: number;
}

/** Closes the day with its Z report. Refused while a ticket is open (norway-fiscal.md 1.9). */
export const closeDay = (day: OpenDay | undefined, context: CloseDayContext): BusinessDayClosed | Refusal => {
	if (day === undefined) return refuse("TILL-0412");
	if (context.hasOpenTicket) return refuse("TILL-0414");
	const grandTotals: GrandTotals = {
		...context.grandTotals,
		net: subtract(context.grandTotals.sales, context.grandTotals.returns),
	};
	return {
		type: "BusinessDayClosed",
		report: {
			version: 1,
			store: context.settings.store,
			till: context.settings.till,
			z: day.z,
			businessDate: day.businessDate,
			currency: context.settings.currency,
			openedAt: day.openedAt,
			closedAt: context.at,
			operatorId: context.operatorId,
			receiptNumberFirst: day.receiptNumberFirst,
			receiptNumberLast: day.receiptNumberLast,
			totals: { ...day.totals, feedSeqFirst: day.feedSeqFirst, feedSeqLast: context.feedSeq },
			grandTotals,
			head: context.head,
		},
	};
};
