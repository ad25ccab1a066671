import { cellsOf } from "./cells.ts";
import { type DisplayProtocol, unanswered } from "./display-protocol.ts";

const CR = 0x0d;
/** US: empty, cursor home, modes as at power on. Twice: a broken DLE takes the first as its position. */
const RESET = Buffer.of(0x1f, 0x1f);
/** DC1: the cursor goes on in the next row and from the last to the first; in DC2 the last cell scrolls. */
const OVERWRITE_MODE = 0x11;
/** DC4. */
const CURSOR_OFF = 0x14;
const DLE = 0x10;
/**
 * From enhanced to standard mode: the manuals call it ESC RS and print 0F. Behind two CR: one ends a broken row, and two
 * a broken ESC.
 */
const TO_STANDARD = Buffer.of(CR, CR, 0x1b, 0x0f, CR);
/** ESC d: from standard to enhanced mode. */
const TO_ENHANCED = Buffer.of(0x1b, 0x64);
/** ESC u A and ESC u B: the upper and the lower row. */
const ROW_LETTERS: readonly number[] = [0x41, 0x42];

/**
 * UTC, in the mode that the profile names (UTC 3190 manual p 8; P07303 user manual p 32; devices.md section 5). Where the
 * manuals differ: the position command is DLE 10, not 0F as one prints it; positions count from 0.
 */
export const utcDisplay: DisplayProtocol = {
	answers: null,
	initialise: ({ utcMode }) =>
		utcMode === "standard"
			? unanswered(RESET, Buffer.of(CURSOR_OFF))
			: unanswered(TO_STANDARD, RESET, Buffer.of(CURSOR_OFF), TO_ENHANCED),
	show: (rows, profile) => {
		const cells = cellsOf(rows, profile).rows;
		if (profile.utcMode === "standard") {
			const placed = cells.flatMap((row, at) => [Buffer.of(DLE, at * profile.deviceColumns), row]);
			return unanswered(Buffer.of(OVERWRITE_MODE), ...placed);
		}
		return unanswered(
			...ROW_LETTERS.flatMap((letter, at) => {
				const row = cells[at];
				return row === undefined ? [] : [Buffer.of(0x1b, 0x75, letter), row, Buffer.of(CR)];
			}),
		);
	},
};
