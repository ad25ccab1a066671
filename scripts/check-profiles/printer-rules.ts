import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import type { ProfileRule } from "./named-profile.ts";

/** Dots of a character of font A, from the narrow 9 x 9 of a needle printer to 42 columns on paper of 112 mm. */
const CHARACTER_DOTS = { min: 9, max: 20 } as const;

const forPrinters =
	(rule: (profile: PrinterProfile) => readonly string[]): ProfileRule =>
	({ profile }) =>
		profile.deviceClass === "POSPrinter" ? rule(profile) : [];

/** What can cut says how, what cannot does not. */
export const cutAgrees: ProfileRule = forPrinters(({ capabilities: { CapRecPapercut }, cut: { mode } }) =>
	CapRecPapercut === (mode !== "none") ? [] : [`cut.mode: ${mode} with CapRecPapercut ${CapRecPapercut}`],
);

/** The width in dots holds the columns with characters as wide as such printers have them. */
export const widthIsPlausible: ProfileRule = forPrinters(({ recLineChars, recLineWidth }) => {
	if (recLineWidth === undefined) return [];
	const dots = recLineWidth / recLineChars;
	return dots >= CHARACTER_DOTS.min && dots <= CHARACTER_DOTS.max
		? []
		: [`recLineWidth: ${recLineWidth} dots for ${recLineChars} columns is ${dots.toFixed(1)} dots a character`];
});

/** Two drawers hang on two pins. The time a coil needs to cool is the schema's matter. */
export const drawersHaveTheirPins: ProfileRule = forPrinters(({ drawers }) =>
	new Set(drawers.map(({ pin }) => pin)).size < drawers.length ? ["drawers: two on one pin"] : [],
);

/** A job is confirmed by an answer only where answers are read at all. */
export const answersAreRead: ProfileRule = forPrinters(({ status: { asb, dleEot, confirmation } }) =>
	confirmation === "written" || asb || dleEot
		? []
		: [`status.confirmation: ${confirmation} of a printer that is never asked for its status`],
);

/** Who draws codes names at least one. */
export const codesAreNamed: ProfileRule = forPrinters(({ barCodeSymbologies, capabilities: { CapRecBarCode } }) =>
	CapRecBarCode && barCodeSymbologies.length === 0 ? ["barCodeSymbologies: none, with CapRecBarCode"] : [],
);
