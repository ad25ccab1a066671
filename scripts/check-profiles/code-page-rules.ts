import { inSet } from "../../drivers/line-display/international-set.ts";
import { encodingTable } from "../../drivers/text/code-page.ts";
import type { DisplayProfile, PrinterProfile } from "../../src/devices/contract/profile.ts";
import type { ProfileRule } from "./named-profile.ts";

/** The letters that Danish, Finnish, Norwegian and Swedish receipts cannot do without. */
const NORDIC_LETTERS = "æøåÆØÅäöÄÖ";

/** What writes text. */
type WritingProfile = PrinterProfile | DisplayProfile;

/** Whether it can write this character: by one of its code pages, or by its national variant of ASCII. */
export const writes = (profile: WritingProfile, char: string): boolean =>
	profile.codePages.some(({ encoding }) => encodingTable(encoding).byteOf[char.charCodeAt(0)] !== 0) ||
	(profile.deviceClass === "LineDisplay" && inSet(char, profile.internationalSet) !== char);

/** The letters of the Nordic languages that it writes with others. */
export const missingLetters = (profile: WritingProfile): readonly string[] =>
	[...NORDIC_LETTERS].filter((letter) => !writes(profile, letter));

/** A page is in the list once; one number is one page. */
export const slotsAreUnique: ProfileRule = ({ profile }) => {
	if (profile.deviceClass === "Scanner") return [];
	const slots = profile.codePages.map(({ slot }) => slot);
	return [...new Set(slots.filter((slot, index) => slots.indexOf(slot) !== index))].map(
		(slot) => `codePages: slot ${slot} stands there twice`,
	);
};

/**
 * A printer has every Nordic letter. A display that lacks one says so in a quirk that names the letter or speaks of
 * letters, since the text is then written with others.
 */
export const nordicLettersAreThere: ProfileRule = ({ profile }) => {
	if (profile.deviceClass === "Scanner") return [];
	const missing = missingLetters(profile);
	if (missing.length === 0) return [];
	const told = profile.deviceClass === "LineDisplay" && missing.every((letter) => isTold(letter, profile));
	return told ? [] : [`codePages: no page has ${missing.join(" ")}`];
};

const isTold = (letter: string, { quirks }: DisplayProfile): boolean =>
	quirks.some(({ why }) => why.includes(letter) || /\bletters\b/.test(why));
