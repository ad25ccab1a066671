import type { PrintElement } from "../../src/devices/contract/devices.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import { type CodePage, encodingTable } from "../text/code-page.ts";

/** Letters and signs of the Nordic countries; each page prints those that it has. */
const NORDIC = "æøå ÆØÅ äö ÄÖ éèüðþ €£§½";

/** A code of the numbers that shops give out themselves (GS1 prefix 20): no product has it. */
const EAN13 = "2000000000008";

/**
 * A test print, which is no receipt and says so: the width, the sizes, every letter of every code page with the number that
 * selects it, codes, the cut. `heading` says what is tried: device, profile.
 */
export const testPaper = (profile: PrinterProfile, heading: readonly string[]): readonly PrintElement[] => [
	{ kind: "text", text: "TEST PRINT", double: true },
	{ kind: "text", text: "no receipt - ingen kvittering", bold: true },
	...heading.flatMap((line) => rows(line, profile.recLineChars)).map(text),
	{ kind: "feed", lines: 1 },
	text(`Width: ${profile.recLineChars} characters to the edge`),
	text(ruler(profile.recLineChars)),
	{ kind: "text", text: "Bold", bold: true },
	{ kind: "text", text: "Double", double: true },
	{ kind: "feed", lines: 1 },
	...profile.codePages.flatMap((page) => codePageLines(page, profile.recLineChars)),
	text(`EAN-13 ${EAN13}`),
	{ kind: "barcode", symbology: "EAN13", data: EAN13 },
	text("Code 128 TEST-128"),
	{ kind: "barcode", symbology: "Code128", data: "TEST-128" },
	text("QR code tilld test"),
	{ kind: "qr", data: "tilld test" },
	text("The paper is cut below this line."),
	{ kind: "cut" },
];

/** What a technician compares: the Nordic letters that a code page has; a test asks for them by these words. */
export const nordicLettersOf = (page: CodePage): string =>
	[...NORDIC]
		.filter((char) => char === " " || encodingTable(page.encoding).byteOf[char.charCodeAt(0)] !== 0)
		.join("")
		.replace(/ +/g, " ")
		.trim();

const text = (line: string): PrintElement => ({ kind: "text", text: line });

const codePageLines = (page: CodePage, columns: number): PrintElement[] => {
	const inPage = (line: string): PrintElement => ({ kind: "text", text: line, slot: page.slot });
	const letters = encodingTable(page.encoding).charOf.slice(0x80).join("");
	const nordic = nordicLettersOf(page);
	return [
		{ kind: "text", text: `ESC t ${page.slot} = ${page.encoding}`, bold: true },
		...(nordic === "" ? [] : [inPage(nordic)]),
		...rows(letters, columns).map(inPage),
		{ kind: "feed", lines: 1 },
	];
};

/** Text cut into rows of at most so many characters. */
const rows = (line: string, columns: number): string[] =>
	Array.from({ length: Math.ceil(line.length / columns) }, (_, row) => line.slice(row * columns, (row + 1) * columns));

const ruler = (columns: number): string => "1234567890".repeat(7).slice(0, columns);
