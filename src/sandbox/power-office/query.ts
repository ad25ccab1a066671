import { readDate } from "./bind.ts";
import { accepted, bindingProblem, type Outcome, type Problem, refused } from "./problem.ts";
import type { PowerOfficeSwitches } from "./switches.ts";

/** A request's query by lower-case name; names are compared without regard to case, like the path (section 1.1). */
export type Query = ReadonlyMap<string, string>;

/** ResourceParameters, which every list takes (section 1.6). */
export const RESOURCE_PARAMETERS = ["PageNumber", "PageSize", "Fields", "OrderBy", "UseDatabaseValidation"] as const;

/** A range of numbers, both ends inclusive; null is open. */
type NumberRange = { readonly from: bigint; readonly to: bigint | null };

/** Reads the query of a request whose route knows the parameters `known`. */
export function readQuery(
	params: URLSearchParams,
	known: readonly string[],
	switches: PowerOfficeSwitches,
): Outcome<Query> {
	const knownNames = new Set(known.map((name) => name.toLowerCase()));
	const query = new Map<string, string>();
	for (const [name, value] of params) {
		// Section 1.6: OData `$top/$skip/$filter` -> HTTP 400 (seen live).
		if (name.startsWith("$")) return refused(resourceProblem(`OData parameter ${name} is not supported.`));
		// Not in the reference, a switch. The subscription key may stand in the query (section 1.2).
		const isKnown = knownNames.has(name.toLowerCase()) || name.toLowerCase() === "subscription-key";
		if (!isKnown && switches.unknownQueryParameter === "refuse") {
			return refused(bindingProblem({ [name]: ["The query parameter is not known."] }));
		}
		query.set(name.toLowerCase(), value);
	}
	return accepted(query);
}

/** Section 1.7: 400 `{"title":"Invalid resourceParameter","detail":...}`. */
export function resourceProblem(detail: string): Problem {
	return { status: 400, title: "Invalid resourceParameter", detail };
}

/** A parameter's text, or null when it is left out or blank ("if null or whitespace, the filter is not used"). */
export function textParameter(query: Query, name: string): string | null {
	const text = query.get(name.toLowerCase())?.trim();
	return text === undefined || text === "" ? null : text;
}

/** A required date parameter; its time and offset do not count. */
export function dateParameter(query: Query, name: string): Outcome<string> {
	const text = textParameter(query, name);
	const date = text === null ? null : readDate(text);
	return date === null ? refused(bindingProblem({ [name]: ["A date YYYY-MM-DD is required."] })) : accepted(date);
}

/** An optional true/false parameter. */
export function booleanParameter(query: Query, name: string): Outcome<boolean | null> {
	const text = textParameter(query, name)?.toLowerCase();
	if (text === undefined) return accepted(null);
	if (text === "true" || text === "false") return accepted(text === "true");
	return refused(bindingProblem({ [name]: ["The value is neither true nor false."] }));
}

/** An optional moment in UTC milliseconds, such as `2021-09-25 08:03:00.1234567 -00:00` or ISO 8601 with offset. */
export function momentParameter(query: Query, name: string): Outcome<number | null> {
	const text = textParameter(query, name);
	if (text === null) return accepted(null);
	// A plus sign of an offset that was not percent-encoded arrives as a space.
	const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,7})?\s*(Z|[+-]?\d{2}:\d{2})?$/.exec(text);
	const [, date = "", time = "", fraction = "", offset = "Z"] = match ?? [];
	const zone = /^\d/.test(offset) ? `+${offset}` : offset;
	const moment = match === null ? Number.NaN : Date.parse(`${date}T${time}${fraction.slice(0, 4)}${zone}`);
	return Number.isNaN(moment)
		? refused(bindingProblem({ [name]: ["A moment with offset is expected."] }))
		: accepted(moment);
}

/** An optional list of numbers and ranges, `1000-1999, 2500, 3000-` (section 2.5), as a test; null for no filter. */
export function rangesParameter(query: Query, name: string): Outcome<((number: bigint | null) => boolean) | null> {
	const text = textParameter(query, name);
	if (text === null) return accepted(null);
	const ranges: NumberRange[] = [];
	for (const part of text.split(",")) {
		const match = /^\s*(\d{1,18})\s*(-)?\s*(\d{1,18})?\s*$/.exec(part);
		if (match === null || (match[2] === undefined && match[3] !== undefined)) {
			return refused(bindingProblem({ [name]: [`'${part.trim()}' is neither a number nor a range.`] }));
		}
		const from = BigInt(match[1] ?? 0);
		const to = match[3] === undefined ? (match[2] === undefined ? from : null) : BigInt(match[3]);
		ranges.push({ from, to });
	}
	return accepted(
		(number) => number !== null && ranges.some(({ from, to }) => number >= from && (to === null || number <= to)),
	);
}

/** An optional comma list of texts, as a set; null for no filter. */
export function listParameter(query: Query, name: string): ReadonlySet<string> | null {
	const text = textParameter(query, name);
	return text === null ? null : new Set(text.split(",").map((part) => part.trim()));
}
