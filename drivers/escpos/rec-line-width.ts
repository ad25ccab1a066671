import type { PrinterProfile } from "../../src/devices/contract/profile.ts";

/** Width of font A of nearly all: 42 columns on 512 dots, 48 on 576, 32 on 384 (devices.md section 3). */
const FONT_A_DOTS = 12;

/** Dots of a line (UnifiedPOS RecLineWidth): the profile's, or those that its columns take in font A. */
export const recLineWidthOf = (profile: Pick<PrinterProfile, "recLineChars" | "recLineWidth">): number =>
	profile.recLineWidth ?? profile.recLineChars * FONT_A_DOTS;
