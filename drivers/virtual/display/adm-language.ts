import type { DisplayLanguage } from "./display-language.ts";

const CLR = 0x0c;
const SLE1 = 0x0e;
const SLE2 = 0x0f;

/** ADM787 and ADM788 (CD5220 manual p 29). Behind the last cell of all it goes on in the first. */
export const admLanguage = (): DisplayLanguage => ({
	takesText: true,
	powerOn: (screen) => {
		screen.clear();
		screen.setLetters(screen.profile.codePages[0]?.slot ?? null, screen.profile.internationalSet);
	},
	begins: (byte) => byte === CLR || byte === SLE1 || byte === SLE2,
	execute: ([lead], screen) => {
		if (lead === CLR) screen.clear();
		else screen.clearRow(lead === SLE1 ? 0 : 1);
		return "done";
	},
});
