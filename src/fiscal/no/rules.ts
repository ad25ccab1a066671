import { parseRatePercent, type Rate } from "../../money/rate.ts";
import type { CountryRules } from "../../ticket/country-rules.ts";

/** A rate of a SAF-T standard tax code from a date on. */
interface DatedRate {
	readonly from: string;
	readonly percent: string;
}

/**
 * Output VAT by SAF-T standard tax code (Standard_Tax_Codes.csv; rates by Stortinget's yearly decision, unchanged
 * 2025 to 2026; norway-fiscal.md 3.2 and 3.3). 5 and 52 are zero-rated, 6 is outside the VAT Act, 7 no turnover. Dated,
 * so that a change becomes a line and old days keep their rate.
 */
const OUTPUT_RATES: Readonly<Record<string, readonly DatedRate[]>> = {
	"3": [{ from: "2005-01-01", percent: "25" }],
	"31": [{ from: "2012-01-01", percent: "15" }],
	"32": [{ from: "2005-01-01", percent: "11.11" }],
	"33": [
		{ from: "2018-01-01", percent: "12" },
		{ from: "2020-04-01", percent: "6" },
		{ from: "2021-10-01", percent: "12" },
	],
	"5": [{ from: "2005-01-01", percent: "0" }],
	"52": [{ from: "2005-01-01", percent: "0" }],
	"6": [{ from: "2005-01-01", percent: "0" }],
	"7": [{ from: "2005-01-01", percent: "0" }],
};

const vatRate = (vatCode: string, businessDate: string): Rate | undefined => {
	const dated = OUTPUT_RATES[vatCode]?.findLast((rate) => rate.from <= businessDate);
	return dated === undefined ? undefined : parseRatePercent(dated.percent);
};

/** Norway's rules (kassasystemforskrifta; SAF-T Cash Register code lists PredefinedBasicID-11). */
export const norwegianRules: CountryRules = {
	country: "NO",
	vatRate,
	classify: ({ lines, settlement, training }) => {
		const hasReturn = lines.some((line) => line.kind === "return");
		const hasSale = lines.some((line) => line.kind !== "return");
		const returnOnly = hasReturn && !hasSale;
		const transactionCode =
			settlement === "credit" ? (hasReturn ? "11017" : "11002") : returnOnly ? "11006" : hasReturn ? "11016" : "11001";
		const series = training ? "training" : settlement === "credit" ? "delivery" : returnOnly ? "return" : "receipt";
		return { transactionCode, series };
	},
};
