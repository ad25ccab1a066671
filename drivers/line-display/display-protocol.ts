import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import type { CodePage } from "../text/code-page.ts";

/** The profile's code page of first choice. */
export const firstPage = (profile: DisplayProfile): CodePage => {
	const [page] = profile.codePages;
	if (page === undefined) throw new RangeError("a display profile without a code page");
	return page;
};

/** How one family of customer displays is spoken to. Pure: text in, bytes out. Displays answer nothing. */
export interface DisplayProtocol {
	/** Bytes after every opening of the port: empty display, overwrite mode, no scrolling. */
	initialise(profile: DisplayProfile): Buffer;
	/** Bytes that show these rows, each cell written. Rows and columns beyond the display are left out. */
	show(rows: readonly string[], profile: DisplayProfile): Buffer;
}
