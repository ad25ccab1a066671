import type { DisplayProfile } from "../../../src/devices/contract/profile.ts";
import type { DisplayLanguage } from "./display-language.ts";
import type { DisplayScreen } from "./display-screen.ts";

const ESC = 0x1b;
const US = 0x1f;

const NATIONAL: Readonly<Record<number, DisplayProfile["internationalSet"]>> = {
	4: "DenmarkI",
	5: "Sweden",
	9: "Norway",
	10: "DenmarkII",
};

const hex = (bytes: readonly number[]): string => Buffer.from(bytes).toString("hex");

/** Power on and ESC @. The models differ in the mode they begin in; this one begins in the one that harms, scrolling. */
const initialise = (screen: DisplayScreen): void => {
	screen.clear();
	screen.setLetters(null, undefined);
	screen.setScrolling(true);
	screen.brightness = null;
};

/** Epson's DM-D language (DM-D110 specification p 48-66). */
export const epsonLanguage = (): DisplayLanguage => ({
	takesText: true,
	powerOn: initialise,
	begins: (byte) => byte === ESC || byte === US || byte === 0x0c,
	execute: (command, screen) => {
		const [lead, name, first, second] = command;
		if (lead === 0x0c) {
			screen.clear();
			return "done";
		}
		if (name === undefined) return "more";
		if (lead === ESC && name === 0x40) initialise(screen);
		else if (lead === US && (name === 0x01 || name === 0x02)) screen.setScrolling(name === 0x02);
		else if (first === undefined) return "more";
		else if (lead === ESC && name === 0x74) screen.setCodePage(first);
		else if (lead === ESC && name === 0x52) screen.setNational(NATIONAL[first]);
		else if (lead === US && name === 0x43) {
			if (first > 1) screen.violation(`unknown argument ${hex(command)}`);
		} else if (lead === US && name === 0x58) {
			if (first < 1 || first > 4 || !screen.profile.capabilities.CapBrightness) screen.violation(hex(command));
			else screen.brightness = first * 25;
		} else if (lead === US && name === 0x24) {
			if (second === undefined) return "more";
			screen.moveTo(first - 1, second - 1);
		} else return "none";
		return "done";
	},
});
