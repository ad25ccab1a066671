import type { DeviceBrightness } from "../../src/devices/contract/driver.ts";
import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import { cellsOf } from "./cells.ts";
import { type DisplayProtocol, unanswered } from "./display-protocol.ts";
import type { InternationalSet } from "./international-set.ts";

/** CR ends a string that a broken line left open, CLR leaves the string mode: there no other command is taken. */
const LEAVE_STRING = Buffer.of(0x0d, 0x0c);
/** ESC @. Twice: what is left of a broken line may take the first as its arguments. */
const INITIALISE = Buffer.of(0x1b, 0x40, 0x1b, 0x40);
const OVERWRITE_MODE = Buffer.of(0x1b, 0x11);
/** ESC _ 0. */
const CURSOR_OFF = Buffer.of(0x1b, 0x5f, 0);

/** ESC * n. */
const BRIGHTNESS: Readonly<Record<DeviceBrightness, number>> = { 25: 1, 50: 2, 75: 3, 100: 4 };

/** ESC f n; there is no Norway: Denmark II is the same but for the currency sign. */
const INTERNATIONAL: Readonly<Record<InternationalSet, string>> = {
	DenmarkI: "D",
	DenmarkII: "E",
	Norway: "E",
	Sweden: "W",
};

const brightnessOf = (profile: DisplayProfile, brightness: DeviceBrightness | undefined): Buffer =>
	brightness === undefined || !profile.capabilities.CapBrightness
		? Buffer.alloc(0)
		: Buffer.of(0x1b, 0x2a, BRIGHTNESS[brightness]);

const international = (set: InternationalSet | undefined): Buffer =>
	set === undefined ? Buffer.alloc(0) : Buffer.from(`\u001bf${INTERNATIONAL[set]}`, "latin1");

/**
 * CD5220 and its kin. Cells are reached by the cursor (ESC l) and not as strings (ESC Q), because in string mode neither
 * letters nor modes can be set, so that a display which lost its power would show others until the port is opened again
 * (CD5220 user manual p 10-17; P07303 user manual p 16; devices.md section 5).
 */
export const cd5220Display: DisplayProtocol = {
	answers: null,
	initialise: (profile, brightness) =>
		unanswered(LEAVE_STRING, INITIALISE, CURSOR_OFF, brightnessOf(profile, brightness)),
	show: (rows, profile) => {
		const cells = cellsOf(rows, profile);
		return unanswered(
			OVERWRITE_MODE,
			international(profile.internationalSet),
			// ESC c, and for each row ESC l column row, counted from 1.
			Buffer.of(0x1b, 0x63, cells.page.slot),
			...cells.rows.flatMap((row, at) => [Buffer.of(0x1b, 0x6c, 1, at + 1), row]),
		);
	},
};
