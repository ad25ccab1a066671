import { type CodePage, encodingTable } from "../text/code-page.ts";
import { printable } from "../text/printable.ts";
import { type DisplayProtocol, firstPage } from "./display-protocol.ts";
import { fitRows } from "./fit-rows.ts";

const INITIALISE = Buffer.of(0x1b, 0x40);
/** US MD1: the cursor goes on in the next row and nothing ever scrolls. */
const OVERWRITE_MODE = Buffer.of(0x1f, 0x01);

const codeTable = (page: CodePage): Buffer => Buffer.of(0x1b, 0x74, page.slot);

/** US $ column row, counted from 1. */
const cursorTo = (column: number, row: number): Buffer => Buffer.of(0x1f, 0x24, column, row);

const holds = (page: CodePage, text: string): boolean => {
	const { byteOf } = encodingTable(page.encoding);
	for (let at = 0; at < text.length; at += 1) if (byteOf[text.charCodeAt(at)] === 0) return false;
	return true;
};

/** Epson DM-D and the many that speak its language (DM-D110 specification p 48-66; devices.md section 5). */
export const epsonDisplay: DisplayProtocol = {
	initialise: () => Buffer.concat([INITIALISE, OVERWRITE_MODE]),
	show: (rows, profile) => {
		const text = printable(rows.join(""));
		const page = profile.codePages.find((candidate) => holds(candidate, text)) ?? firstPage(profile);
		const cells = fitRows(rows, profile, page).flatMap((row, at) => [cursorTo(1, at + 1), row]);
		return Buffer.concat([codeTable(page), ...cells]);
	},
};
