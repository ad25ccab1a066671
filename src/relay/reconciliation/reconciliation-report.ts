import type { Amount } from "../../money/amount.ts";
import { amountText } from "../../money/currency.ts";
import type { CountFigures, Evidence, Finding, FourFigures, Reconciliation } from "./reconciliation.ts";

/** {@link FourFigures} as decimal text, "-400.05". */
export interface FourTexts {
	readonly journal: string | null;
	readonly feed: string;
	readonly m3: string | null;
	readonly powerOffice: string | null;
}

/** A reconciliation as JSON for people and their tools: every amount is decimal text in the currency. */
export interface ReconciliationReport {
	readonly store: string;
	readonly till: string;
	readonly businessDate: string;
	readonly z: number;
	readonly currency: string;
	readonly gross: FourTexts;
	readonly net: FourTexts;
	readonly vat: FourTexts;
	readonly rounding: FourTexts;
	/** By tender type. */
	readonly tenders: Readonly<Record<string, FourTexts>>;
	/** By SAF-T tax code. */
	readonly vatCodes: Readonly<
		Record<
			string,
			{
				readonly gross: FourTexts;
				readonly vat: FourTexts;
				readonly difference: string | null;
				readonly explained: boolean;
			}
		>
	>;
	readonly counts: { readonly tickets: CountFigures; readonly lines: CountFigures };
	readonly creditGross: string;
	readonly evidence: { readonly m3: Evidence | null; readonly powerOffice: Evidence | null };
	readonly vatDifference: string | null;
	readonly equal: boolean;
	readonly findings: readonly Finding[];
}

/** The report of a reconciliation. */
export const reconciliationReport = (one: Reconciliation): ReconciliationReport => {
	const text = (amount: Amount): string => amountText(amount, one.currency);
	const maybe = (amount: Amount | null): string | null => (amount === null ? null : text(amount));
	const four = (figures: FourFigures): FourTexts => ({
		journal: maybe(figures.journal),
		feed: text(figures.feed),
		m3: maybe(figures.m3),
		powerOffice: maybe(figures.powerOffice),
	});
	const { store, till, businessDate, z, currency, counts, evidence, equal, findings } = one;
	return {
		store,
		till,
		businessDate,
		z,
		currency,
		gross: four(one.gross),
		net: four(one.net),
		vat: four(one.vat),
		rounding: four(one.rounding),
		tenders: Object.fromEntries(one.tenders.map((tender) => [tender.tenderType, four(tender)])),
		vatCodes: Object.fromEntries(
			one.vatCodes.map(({ vatCode, gross, vat, difference, explained }) => [
				vatCode,
				{ gross: four(gross), vat: four(vat), difference: maybe(difference), explained },
			]),
		),
		counts,
		creditGross: text(one.creditGross),
		evidence,
		vatDifference: maybe(one.vatDifference),
		equal,
		findings,
	};
};
