import { type CommandEnd, type DisplayLanguage, rowUntilCr } from "./display-language.ts";
import type { DisplayScreen } from "./display-screen.ts";

const ESC = 0x1b;
const CR = 0x0d;
const DLE = 0x10;
const US = 0x1f;
/** DC1 overwrite, DC2 vertical scroll, DC3 cursor on, DC4 cursor off. */
const MODES: readonly number[] = [0x11, 0x12, 0x13, 0x14];

/** Power on and US; scrolling, as the mode that harms. */
const reset = (screen: DisplayScreen): void => {
	screen.clear();
	screen.setScrolling(true);
};

const standard = (command: readonly number[], screen: DisplayScreen): CommandEnd => {
	const [lead, first] = command;
	if (lead === US) reset(screen);
	else if (lead === DLE) {
		if (first === undefined) return "more";
		screen.moveToCell(first);
	} else if (lead === 0x11 || lead === 0x12) screen.setScrolling(lead === 0x12);
	return "done";
};

/** UTC, both modes (UTC 3190 manual p 8; P07303 user manual p 32). Its letters are what its switches say. */
export const utcLanguage = (): DisplayLanguage => {
	let isEnhanced = false;
	return {
		get takesText() {
			return !isEnhanced;
		},
		powerOn: (screen) => {
			isEnhanced = screen.profile.utcMode === "enhanced";
			reset(screen);
			screen.setLetters(screen.profile.codePages[0]?.slot ?? null, screen.profile.internationalSet);
		},
		begins: (byte) =>
			byte === ESC || byte === CR || (!isEnhanced && (byte === US || byte === DLE || MODES.includes(byte))),
		execute: (command, screen) => {
			const [lead, name, third] = command;
			if (lead !== ESC) return lead === CR ? "done" : standard(command, screen);
			if (name === undefined) return "more";
			if (name === 0x64 && !isEnhanced) {
				isEnhanced = true;
				return "done";
			}
			if (third === undefined) return "more";
			// In standard mode already, it changes nothing.
			if (name === 0x0f && third === CR) isEnhanced = false;
			else if (name === 0x75 && isEnhanced && (third === 0x41 || third === 0x42)) {
				screen.setScrolling(false);
				return rowUntilCr(command, 3, third - 0x41, screen);
			} else return "none";
			return "done";
		},
	};
};
