import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import type { CodePage } from "../text/code-page.ts";
import { encodeText } from "../text/encode-text.ts";

const SPACE = 0x20;

/** Cuts a row to the columns or fills it up with spaces: a cell that is not written keeps what it showed. */
const padded = (bytes: Buffer, columns: number): Buffer => {
	const cells = Buffer.alloc(columns, SPACE);
	bytes.copy(cells, 0, 0, columns);
	return cells;
};

/** The cells of all rows of the display in one code page; characters it lacks are transliterated. */
export const fitRows = (rows: readonly string[], profile: DisplayProfile, page: CodePage): readonly Buffer[] =>
	Array.from({ length: profile.deviceRows }, (_, row) =>
		padded(Buffer.concat(encodeText(rows[row] ?? "", [page], page).map((run) => run.bytes)), profile.deviceColumns),
	);
