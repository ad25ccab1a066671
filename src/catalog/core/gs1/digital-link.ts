import { type Refusal, refuse } from "../../../events/refusal.ts";
import { gtin14, isGtin, looksLikeGtin } from "../gtin.ts";
import { APPLICATION_IDENTIFIERS } from "./application-identifiers.ts";
import { distinct, type Element, elementFault } from "./element.ts";

const WEB_ADDRESS = /^https?:\/\/[^/?#]+\/([^?#]*)(?:\?([^#]*))?(?:#.*)?$/i;

/** What may follow the GTIN in the path, each at most once and in this order; or the other list alone (norway-fiscal.md 5.4). */
const QUALIFIERS: readonly (readonly string[])[] = [["22", "10", "21"], ["235"]];

/** Words in place of AIs: deprecated since GS1 Digital Link 1.2, and still found. */
const WORDS: Readonly<Record<string, string>> = { gtin: "01", cpv: "22", lot: "10", ser: "21" };

const aiOf = (key: string): string => WORDS[key.toLowerCase()] ?? key;

/** Decodes %XX; undefined where a percent sign is followed by something else. What is no ASCII no element may hold. */
const decoded = (text: string): string | undefined =>
	/%(?![0-9A-Fa-f]{2})/.test(text)
		? undefined
		: text.replaceAll(/%[0-9A-Fa-f]{2}/g, (found) => String.fromCharCode(Number.parseInt(found.slice(1), 16)));

/**
 * Reads a GS1 Digital Link URI with a GTIN: any host and stem, `/01/{gtin}` with its qualifiers at the end of the path,
 * other elements in the query. Nothing is fetched. Undefined when the text is none: another web address is no fault.
 * Refusals: TILL-0421 for a wrong check digit, TILL-0426 for a wrong value.
 */
export const readDigitalLink = (text: string): readonly Element[] | Refusal | undefined => {
	const [, path, query = ""] = WEB_ADDRESS.exec(text) ?? [];
	if (path === undefined) return undefined;
	const pairs = pathPairs(path);
	return pairs === undefined ? undefined : checked([...pairs, ...queryPairs(query)]);
};

/** An AI and its value as they stand in the address. */
type RawPair = readonly [ai: string, value: string];

/** Eight digits with a wrong check digit are somebody's date rather than a misread GTIN. */
const isMeantAsGtin = (text: string): boolean => looksLikeGtin(text) && (text.length > 8 || isGtin(text));

/** The pairs from the last key of a GTIN to the end of the path; undefined when there is none, or what follows is something else. */
const pathPairs = (path: string): readonly RawPair[] | undefined => {
	const segments = path.replace(/\/$/, "").split("/");
	const at = segments.findLastIndex(
		(segment, index) => aiOf(segment) === "01" && isMeantAsGtin(decoded(segments[index + 1] ?? "") ?? ""),
	);
	const rest = segments.slice(at);
	if (at < 0 || rest.length % 2 !== 0) return undefined;
	const pairs = rest.flatMap((segment, index): RawPair[] =>
		index % 2 === 0 ? [[aiOf(segment), rest[index + 1] ?? ""]] : [],
	);
	const found = pairs.slice(1).map(([ai]) => ai);
	const isInOrder = QUALIFIERS.some((order) => order.filter((ai) => found.includes(ai)).join() === found.join());
	return isInOrder ? pairs : undefined;
};

/** Keys of the query that are AIs; words such as linkType belong to whoever made the address. */
const queryPairs = (query: string): RawPair[] =>
	query.split(/[&;]/).flatMap((pair): RawPair[] => {
		const equals = pair.indexOf("=");
		const ai = equals < 0 ? "" : aiOf(pair.slice(0, equals));
		return APPLICATION_IDENTIFIERS.has(ai) ? [[ai, pair.slice(equals + 1)]] : [];
	});

const checked = (pairs: readonly RawPair[]): readonly Element[] | Refusal => {
	const elements: Element[] = [];
	for (const [ai, raw] of pairs) {
		const identifier = APPLICATION_IDENTIFIERS.get(ai);
		const text = decoded(raw);
		if (identifier === undefined || text === undefined) return refuse("TILL-0426", { ai });
		const value = ai === "01" && looksLikeGtin(text) ? gtin14(text) : text;
		const fault = elementFault(identifier, value);
		if (fault !== undefined) return fault;
		elements.push({ ai, value });
	}
	return distinct(elements);
};
