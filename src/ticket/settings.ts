import type { CurrencyCode } from "../money/currency.ts";

/** Lines a ticket can hold: with the longest texts its message stays below the feed's 100 KB. */
export const TICKET_LINES_MAX = 85;

/** Tenders a ticket can hold, change not counted. */
export const TICKET_TENDERS_MAX = 20;

/** What the domain needs to know of a tender type. */
export interface TenderRule {
	readonly id: string;
	readonly description: string;
	/** SAF-T payment code. */
	readonly safTCode: string;
	readonly isCash: boolean;
	/** cash: more may be given than is left, coin goes back. none: it may not. */
	readonly change: "cash" | "none";
	readonly opensDrawer: boolean;
}

/** What is fixed about a till while it runs. */
export interface TicketSettings {
	readonly store: string;
	readonly till: string;
	readonly currency: CurrencyCode;
	/** The smallest sum that coin can pay, in minor units; undefined where cash is not rounded. */
	readonly cashUnitMinor: bigint | undefined;
	readonly tenderRules: readonly TenderRule[];
}

/** The one tender type that is notes and coins. Configuration guarantees it. */
export const cashRule = (settings: TicketSettings): TenderRule => {
	const rule = settings.tenderRules.find((tender) => tender.isCash);
	if (rule === undefined) throw new Error("TILL-0107 no tender type is cash");
	return rule;
};
