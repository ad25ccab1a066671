import { type DisplayProtocol, firstPage } from "./display-protocol.ts";
import { fitRows } from "./fit-rows.ts";

const INITIALISE = Buffer.of(0x1b, 0x40);
/** CLR: the only command that is taken in string mode. */
const CLEAR = 0x0c;
const OVERWRITE_MODE = Buffer.of(0x1b, 0x11);
const CR = 0x0d;
/** ESC Q A and ESC Q B: the strings of the first and second row. */
const ROW_LETTERS: readonly number[] = [0x41, 0x42];

/**
 * CD5220 and its kin. ESC Q puts the display into string mode, where a code page cannot be chosen any more: it has one,
 * chosen at the beginning (CD5220 user manual p 28; devices.md section 5).
 */
export const cd5220Display: DisplayProtocol = {
	initialise: (profile) =>
		Buffer.concat([
			Buffer.of(CLEAR),
			INITIALISE,
			OVERWRITE_MODE,
			Buffer.of(0x1b, 0x74, firstPage(profile).slot),
			Buffer.of(CLEAR),
		]),
	show: (rows, profile) =>
		Buffer.concat(
			fitRows(rows, profile, firstPage(profile)).flatMap((row, at) => {
				const letter = ROW_LETTERS[at];
				return letter === undefined ? [] : [Buffer.of(0x1b, 0x51, letter), row, Buffer.of(CR)];
			}),
		),
};
