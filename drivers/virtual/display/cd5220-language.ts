import type { DisplayProfile } from "../../../src/devices/contract/profile.ts";
import { type CommandEnd, type DisplayLanguage, rowUntilCr } from "./display-language.ts";
import type { DisplayScreen } from "./display-screen.ts";

const ESC = 0x1b;
const CLR = 0x0c;
const CR = 0x0d;

const NATIONAL: Readonly<Record<string, DisplayProfile["internationalSet"]>> = {
	D: "DenmarkI",
	E: "DenmarkII",
	W: "Sweden",
};

/** Power on and ESC @; scrolling, as the mode that harms. */
const initialise = (screen: DisplayScreen): void => {
	screen.clear();
	screen.setLetters(null, undefined);
	screen.setScrolling(true);
	screen.brightness = null;
};

const withOne = (name: number, argument: number, screen: DisplayScreen): CommandEnd => {
	switch (name) {
		case 0x63:
			screen.setCodePage(argument);
			return "done";
		case 0x66:
			screen.setNational(NATIONAL[String.fromCharCode(argument)]);
			return "done";
		case 0x5f:
			if (argument > 1) screen.violation(`no cursor ${argument}`);
			return "done";
		case 0x2a:
			if (argument < 1 || argument > 4 || !screen.profile.capabilities.CapBrightness) {
				screen.violation(`no brightness ${argument}`);
			} else screen.brightness = argument * 25;
			return "done";
		default:
			return "none";
	}
};

/** CD5220 (user manual p 10-17). ESC Q puts it into string mode, which only CLR ends. */
export const cd5220Language = (): DisplayLanguage => {
	let isStringMode = false;
	return {
		get takesText() {
			return !isStringMode;
		},
		powerOn: (screen) => {
			isStringMode = false;
			initialise(screen);
		},
		begins: (byte) => byte === ESC || byte === CLR || byte === CR,
		execute: (command, screen) => {
			const [lead, name, first, second] = command;
			if (lead === CLR) {
				isStringMode = false;
				screen.clear();
				return "done";
			}
			// To the beginning of the row: of no use here but to end a string.
			if (lead === CR) return "done";
			if (name === undefined) return "more";
			if (name === 0x51) {
				if (first === undefined) return "more";
				const row = first - 0x41;
				if (row !== 0 && row !== 1) return "none";
				isStringMode = true;
				return rowUntilCr(command, 3, row, screen);
			}
			if (isStringMode) {
				screen.violation("a command in string mode");
				return "done";
			}
			if (name === 0x40) initialise(screen);
			else if (name === 0x11 || name === 0x12) screen.setScrolling(name === 0x12);
			else if (first === undefined) return "more";
			else if (name === 0x6c) {
				if (second === undefined) return "more";
				screen.moveTo(first - 1, second - 1);
			} else return withOne(name, first, screen);
			return "done";
		},
	};
};
