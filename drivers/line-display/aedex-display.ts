import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import { cellsOf } from "./cells.ts";
import { type DisplayProtocol, unanswered } from "./display-protocol.ts";

const CR = Buffer.of(0x0d);
const ATTENTION = "!#";
/** The upper and the lower row. */
const ROW_DIGITS: readonly string[] = ["1", "2"];

/** No text holds the attention code: whether a display looks for it inside a row is not in its manuals. */
const harmless = (rows: readonly string[]): readonly string[] => rows.map((row) => row.replaceAll(ATTENTION, "! "));

const rowsOf = (rows: readonly string[], profile: DisplayProfile): readonly Buffer[] => {
	const cells = cellsOf(harmless(rows), profile).rows;
	return ROW_DIGITS.flatMap((digit, at) => {
		const row = cells[at];
		return row === undefined ? [] : [Buffer.from(ATTENTION + digit, "latin1"), row, CR];
	});
};

/**
 * AEDEX and EMAX: rows of exactly the display's columns, each ended by CR, in a mode that cannot scroll. There is no
 * command to clear, so empty rows are written (HP Retail Integrated 2x20 Display Programming Guide p 10; Tysso VFD-450
 * manual p 28; devices.md section 5). A CR in front ends what a broken line left half sent.
 */
export const aedexDisplay: DisplayProtocol = {
	answers: null,
	initialise: (profile) => unanswered(CR, ...rowsOf([], profile)),
	show: (rows, profile) => unanswered(...rowsOf(rows, profile)),
};
