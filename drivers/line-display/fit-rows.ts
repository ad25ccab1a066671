import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import type { CodePage } from "../text/code-page.ts";
import { encodeText } from "../text/encode-text.ts";

const SPACE = 0x20;

/** A row's bytes, cut to the columns or filled up with spaces: a cell that is not written keeps what it showed. */
const fitRow = (text: string, columns: number, page: CodePage): Buffer => {
	const cells = Buffer.alloc(columns, SPACE);
	let at = 0;
	for (const { bytes } of encodeText(text, [page], page)) at += bytes.copy(cells, at);
	return cells;
};

/** The cells of all rows of the display in one code page; characters it lacks are transliterated. */
export const fitRows = (rows: readonly string[], profile: DisplayProfile, page: CodePage): readonly Buffer[] =>
	Array.from({ length: profile.deviceRows }, (_, row) => fitRow(rows[row] ?? "", profile.deviceColumns, page));
