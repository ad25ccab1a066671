import type { ReceiptSeries, Settlement, TicketLine } from "../events/ticket-document.ts";
import type { Rate } from "../money/rate.ts";

/** What a closed ticket is in the country's books. */
export interface TicketClass {
	/** SAF-T transaction code, 11xxx. */
	readonly transactionCode: string;
	/** The number series its receipt is counted in. */
	readonly series: ReceiptSeries;
}

/** What the domain asks a country. One implementation a build, chosen by the composition root alone (DESIGN section 6). */
export interface CountryRules {
	/** ISO 3166 code. */
	readonly country: string;
	/** The rate of a SAF-T standard tax code on a date (YYYY-MM-DD); undefined when the code has none then. */
	vatRate(vatCode: string, businessDate: string): Rate | undefined;
	/** Classifies a finished ticket. */
	classify(ticket: {
		readonly lines: readonly TicketLine[];
		readonly settlement: Settlement;
		readonly training: boolean;
	}): TicketClass;
}
