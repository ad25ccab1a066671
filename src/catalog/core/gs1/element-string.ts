import { isRefusal, type Refusal, refuse } from "../../../events/refusal.ts";
import { identifierAt } from "./application-identifiers.ts";
import { distinct, type Element, elementFault } from "./element.ts";

/** The separator: FNC1 of the symbol, as scanners transmit it (norway-fiscal.md 5.3). */
export const GS = "\u001d";

/**
 * Reads element strings: AI, value, AI, value. A separator ends a value that has no predefined length; more of them, at the
 * beginning, the end or where none is needed, are passed over, because labels and scanners do send them (norway-fiscal.md
 * 5.3). Refusals: TILL-0425 for an AI that is not known, behind which nothing can be read; TILL-0421 and 0426 for a wrong
 * value.
 */
export const readElementString = (data: string): readonly Element[] | Refusal => {
	const elements: Element[] = [];
	let place = 0;
	for (;;) {
		while (data[place] === GS) place += 1;
		if (place >= data.length) return distinct(elements);
		const identifier = identifierAt(data, place);
		if (identifier === undefined) {
			return refuse("TILL-0425", { ai: data.slice(place, place + 4).replaceAll(/[^0-9A-Za-z]/g, "?") });
		}
		place += identifier.ai.length;
		const separator = data.indexOf(GS, place);
		const end = separator < 0 ? data.length : separator;
		const value = data.slice(place, Math.min(end, place + (identifier.predefinedLength ?? data.length)));
		const fault = elementFault(identifier, value);
		if (fault !== undefined) return fault;
		elements.push({ ai: identifier.ai, value });
		place += value.length;
	}
};

/** Whether a code of no known symbology reads as an element string that begins with a GTIN. */
export const looksLikeElementString = (data: string): boolean =>
	/^01[0-9]{14}/.test(data) && !isRefusal(readElementString(data));
