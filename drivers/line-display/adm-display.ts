import { cellsOf } from "./cells.ts";
import { type DisplayProtocol, unanswered } from "./display-protocol.ts";

const CLEAR = Buffer.of(0x0c);
/** SLE1 and SLE2: empty the upper or the lower row and go to its beginning. The only ways to a cell. */
const ROW_STARTS: readonly number[] = [0x0e, 0x0f];

/** ADM787 and ADM788 (HP Retail Integrated 2x20 Display Programming Guide p 10; CD5220 manual p 29; devices.md section 5). */
export const admDisplay: DisplayProtocol = {
	answers: null,
	initialise: () => unanswered(CLEAR),
	show: (rows, profile) => {
		const cells = cellsOf(rows, profile).rows;
		return unanswered(
			...ROW_STARTS.flatMap((start, at) => {
				const row = cells[at];
				return row === undefined ? [] : [Buffer.of(start), row];
			}),
		);
	},
};
