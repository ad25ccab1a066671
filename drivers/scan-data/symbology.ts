/**
 * AIM symbology identifiers (ISO/IEC 15424: ] letter modifier) in UnifiedPOS ScanDataType names; devices.md sections 6
 * and 10, and the modifiers of Data Matrix and QR in Opticon's Universal Menu Book, figures 4.14 and 4.16. A modifier that
 * is not listed falls back to its letter. DotCode, which UnifiedPOS has no name for, is named in its style.
 */
const NAMES: Readonly<Record<string, string>> = {
	E0: "EAN13",
	E3: "EAN13_S",
	E4: "EAN8",
	C: "Code128",
	C1: "GS1_128",
	e: "GS1DataBar",
	d: "DataMatrix",
	d2: "GS1DataMatrix",
	d5: "GS1DataMatrix",
	Q: "QRCode",
	Q3: "GS1QRCode",
	Q4: "GS1QRCode",
	J: "DotCode",
	J1: "GS1DotCode",
	I: "ITF",
	S: "TF",
	A: "Code39",
	F: "Codabar",
	G: "Code93",
	L: "PDF417",
	U: "Maxicode",
	z: "Aztec",
};

/** Two-dimensional codes that may hold line ends. GS1's own hold characters of the GS1 set only, no control but GS. */
const FREE_TEXT: readonly string[] = ["DataMatrix", "QRCode", "DotCode", "PDF417", "Maxicode", "Aztec"];

/**
 * What `E0` says may be shorter than EAN-13's 13 digits where the scanner does not fill up: 12 are UPC-A, 6 to 8 are UPC-E
 * without number system or check digit, or with them.
 */
const SHORT_E0: readonly (readonly [RegExp, string])[] = [
	[/^\d{12}$/, "UPCA"],
	[/^\d{6,8}$/, "UPCE"],
];

/** Modifiers that say that the reader marks changes of the character set (ECI, extended channel interpretation). */
const WITH_ECI: readonly string[] = ["d4", "d5", "d6", "Q2", "Q4", "Q6"];

/** How a reader marks one: a backslash and six digits; a backslash of the data is then doubled (ISO/IEC 15424, ECI protocol). */
const ECI_MARK = /\\\d{6}/;
const ECI_ESCAPE = /\\(?:\d{6}|(\\))/g;

const IDENTIFIER = /^\]([A-Za-z])([0-9A-F])/;

/** One read: the symbology by its UnifiedPOS name, and the data without prefix. */
export interface Read {
	readonly symbology: string;
	readonly data: string;
}

const nameOf = (letter: string, modifier: string, data: string): string => {
	const name = NAMES[letter + modifier] ?? NAMES[letter] ?? "Other";
	if (name !== "EAN13") return name;
	return SHORT_E0.find(([digits]) => digits.test(data))?.[1] ?? name;
};

/** The data without marks of the character set, which stays Latin-1. Readers that say they mark often do not. */
const withoutEci = (modifier: string, data: string): string =>
	WITH_ECI.includes(modifier) && ECI_MARK.test(data)
		? data.replace(ECI_ESCAPE, (_, backslash?: string) => backslash ?? "")
		: data;

/** Takes the AIM prefix off, where the scanner is set to send one. Without one the symbology is "Unknown". */
export const parseRead = (text: string, aimPrefix: boolean): Read => {
	const match = aimPrefix ? IDENTIFIER.exec(text) : null;
	if (match === null) return { symbology: "Unknown", data: text };
	const [identifier, letter = "", modifier = ""] = match;
	const data = text.slice(identifier.length);
	return { symbology: nameOf(letter, modifier, data), data: withoutEci(letter + modifier, data) };
};

/** Whether a text begins with an AIM prefix. */
export const hasIdentifier = (text: string): boolean => IDENTIFIER.test(text);

/** Whether a read with this AIM prefix may hold CR, LF or TAB as data, so that one of them need not be its end. */
export const mayHoldLineEnds = (text: string): boolean => FREE_TEXT.includes(parseRead(text, true).symbology);

const IDENTIFIERS: Readonly<Record<string, string>> = {
	...Object.fromEntries(
		Object.entries(NAMES)
			.map(([code, name]) => [name, `]${code.length === 1 ? `${code}0` : code}`] as const)
			.reverse(),
	),
	DataMatrix: "]d1",
	QRCode: "]Q1",
	UPCA: "]E0",
	UPCE: "]E0",
};

/** The AIM prefix of a UnifiedPOS symbology name; empty for one that has none. What a virtual scanner sends. */
export const aimPrefixOf = (symbology: string): string => IDENTIFIERS[symbology] ?? "";
