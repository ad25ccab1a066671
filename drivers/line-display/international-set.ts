import type { DisplayProfile } from "../../src/devices/contract/profile.ts";

/** A national variant of ASCII: some signs make room for letters. */
export type InternationalSet = NonNullable<DisplayProfile["internationalSet"]>;

/** The ASCII cells that national variants give away, and what stands for their own signs then; as many cells each. */
const CELLS = "$@[\\]^`{|}~";
const STAND_INS = "Sa(/)-'(!)-";

/** What the cells hold in each variant (ISO 646, as in Epson's table of ESC R; DM-D110 specification, section 4.3). */
const HELD: Readonly<Record<InternationalSet, string>> = {
	DenmarkI: "$@ÆØÅ^`æøå~",
	DenmarkII: "$ÉÆØÅÜéæøåü",
	Norway: "¤ÉÆØÅÜéæøåü",
	Sweden: "¤ÉÄÖÅÜéäöåü",
};

const substitutions = (set: InternationalSet): ReadonlyMap<string, string> => {
	const held = [...HELD[set]];
	const entries = [...CELLS].flatMap((cell, at): [string, string][] => {
		const letter = held[at] ?? cell;
		return letter === cell
			? []
			: [
					[letter, cell],
					[cell, STAND_INS.charAt(at)],
				];
	});
	return new Map(entries);
};

const SUBSTITUTIONS: Readonly<Record<InternationalSet, ReadonlyMap<string, string>>> = {
	DenmarkI: substitutions("DenmarkI"),
	DenmarkII: substitutions("DenmarkII"),
	Norway: substitutions("Norway"),
	Sweden: substitutions("Sweden"),
};

/** Text as ASCII signs that the display shows as this text; every character becomes one. */
export const inSet = (text: string, set: InternationalSet | undefined): string => {
	if (set === undefined) return text;
	const map = SUBSTITUTIONS[set];
	return [...text].map((char) => map.get(char) ?? char).join("");
};
