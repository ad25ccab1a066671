import { parseDecimal, toMinor } from "./decimal.ts";
import { accepted, type Outcome, type Problem, refused, voucherProblem } from "./problem.ts";
import type { PowerOfficeSwitches } from "./switches.ts";

/** The sandbox's clients have one active currency, the base currency, which is always NOK (section 2.1). */
export const BASE_CURRENCY = "NOK";

/** CurrencyCode, maxLength 3 (section 2.1). */
const CURRENCY_CODE_LENGTH = 3;

/** A text against its longest length, null for none. */
export function judgeLength(name: string, text: string | null, maxLength: number | null): Problem | null {
	if (text === null || maxLength === null || text.length <= maxLength) return null;
	return voucherProblem(`${name} is longer than ${maxLength} characters.`);
}

/** Section 2.1: three letters, of a currency that is active on the client. Null inherits. */
export function judgeCurrency(code: string | null): Problem | null {
	if (code === null || code === BASE_CURRENCY) return null;
	if (code.length !== CURRENCY_CODE_LENGTH) return voucherProblem(`CurrencyCode '${code}' is not three letters.`);
	return voucherProblem(`Currency with code = '${code}' is not active on the client.`);
}

/** An amount of a request in minor units. Section 2.1: "positive or negative number not 0". */
export function readAmount(text: string | null, where: string, switches: PowerOfficeSwitches): Outcome<bigint> {
	const decimal = parseDecimal(text ?? "0");
	if (decimal === null) return refused(voucherProblem(`${where} is out of range.`));
	const { minor, exact } = toMinor(decimal);
	// More decimals than the currency has: not in the reference, a switch.
	if (!exact && switches.extraDecimals === "refuse") {
		return refused(voucherProblem(`${where} ${text} has more than two decimals.`));
	}
	if (minor === 0n) return refused(voucherProblem(`${where} must be a positive or negative number not 0.`));
	return accepted(minor);
}

/** An empty text counts as none. */
export function emptyToNull(text: string | null): string | null {
	return text === "" ? null : text;
}
