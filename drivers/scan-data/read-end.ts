import type { ScannerProfile } from "../../src/devices/contract/profile.ts";

type Suffix = ScannerProfile["suffix"];

/** The end of a read, longest first. `cr` takes the LF along and `lf` the CR: the scanner may send both. */
const ENDS: Readonly<Record<Suffix, readonly string[]>> = {
	any: ["\r\n", "\r", "\n"],
	cr: ["\r\n", "\r"],
	lf: ["\r\n", "\n"],
	crlf: ["\r\n", "\r"],
	tab: ["\t"],
	etx: ["\x03"],
	none: ["\r\n", "\r", "\n"],
};

/** A read without what the scanner put behind it. Pure. */
export const withoutEnd = (suffix: Suffix, text: string): string => {
	const end = ENDS[suffix].find((candidate) => text.endsWith(candidate));
	return end === undefined ? text : text.slice(0, -end.length);
};

/**
 * A read without the prefix that the scanner is set to send, or null where it lacks that. A prefix that is a control
 * character stands in no label: what is before the last one is the rest of a broken read. Pure.
 */
export const withoutPrefix = (prefix: string, text: string): string | null => {
	if (prefix === "" || prefix >= " ") return text.startsWith(prefix) ? text.slice(prefix.length) : null;
	const at = text.lastIndexOf(prefix);
	return at < 0 ? null : text.slice(at + prefix.length);
};
