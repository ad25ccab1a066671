import type { DeviceBrightness } from "../../src/devices/contract/driver.ts";
import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import { cellsOf } from "./cells.ts";
import { type DisplayProtocol, unanswered } from "./display-protocol.ts";
import type { InternationalSet } from "./international-set.ts";

/** ESC @. Twice: what is left of a broken line may take the first as its arguments. */
const INITIALISE = Buffer.of(0x1b, 0x40, 0x1b, 0x40);
/** US MD1: the cursor goes on in the next row and from the last to the first, and nothing ever scrolls. */
const OVERWRITE_MODE = Buffer.of(0x1f, 0x01);
/** US C 0. */
const CURSOR_OFF = Buffer.of(0x1f, 0x43, 0);

/** US X n: about 20, 40, 60 and 100 percent. */
const BRIGHTNESS: Readonly<Record<DeviceBrightness, number>> = { 25: 1, 50: 2, 75: 3, 100: 4 };

/** ESC R n. */
const INTERNATIONAL: Readonly<Record<InternationalSet, number>> = { DenmarkI: 4, Sweden: 5, Norway: 9, DenmarkII: 10 };

const brightnessOf = (profile: DisplayProfile, brightness: DeviceBrightness | undefined): Buffer =>
	brightness === undefined || !profile.capabilities.CapBrightness
		? Buffer.alloc(0)
		: Buffer.of(0x1f, 0x58, BRIGHTNESS[brightness]);

const international = (set: InternationalSet | undefined): Buffer =>
	set === undefined ? Buffer.alloc(0) : Buffer.of(0x1b, 0x52, INTERNATIONAL[set]);

/** Epson DM-D and the many that speak its language (DM-D110 specification p 48-66; devices.md section 5). */
export const epsonDisplay: DisplayProtocol = {
	answers: null,
	initialise: (profile, brightness) => unanswered(INITIALISE, CURSOR_OFF, brightnessOf(profile, brightness)),
	show: (rows, profile) => {
		const cells = cellsOf(rows, profile);
		return unanswered(
			OVERWRITE_MODE,
			international(profile.internationalSet),
			// ESC t, and for each row US $ column row, counted from 1.
			Buffer.of(0x1b, 0x74, cells.page.slot),
			...cells.rows.flatMap((row, at) => [Buffer.of(0x1f, 0x24, 1, at + 1), row]),
		);
	},
};
