import { type DisplayLanguage, rowUntilCr } from "./display-language.ts";

const CR = 0x0d;

/** AEDEX (Tysso VFD-450 manual p 28). Nothing is shown outside of its rows, and nothing scrolls. */
export const aedexLanguage = (): DisplayLanguage => ({
	takesText: false,
	powerOn: (screen) => {
		screen.clear();
		screen.setLetters(screen.profile.codePages[0]?.slot ?? null, screen.profile.internationalSet);
	},
	begins: (byte) => byte === 0x21 || byte === CR,
	execute: (command, screen) => {
		const [lead, second, digit] = command;
		if (lead === CR) return "done";
		if (second === undefined) return "more";
		if (second !== 0x23) return "none";
		if (digit === undefined) return "more";
		if (digit !== 0x31 && digit !== 0x32) return "none";
		if (command.at(-1) === 0x23 && command.at(-2) === 0x21 && command.length > 3) {
			screen.violation("the attention code inside a row");
		}
		return rowUntilCr(command, 3, digit - 0x31, screen);
	},
});
