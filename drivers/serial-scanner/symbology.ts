/**
 * AIM symbology identifiers (ISO/IEC 15424: ] letter modifier) in UnifiedPOS ScanDataType names; devices.md sections 6
 * and 10. A modifier that is not listed falls back to its letter.
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
	Q: "QRCode",
	Q3: "GS1QRCode",
	I: "ITF",
	A: "Code39",
	F: "Codabar",
	G: "Code93",
	L: "PDF417",
	z: "Aztec",
};

/** What `E0` says is UPC-A when it has twelve digits. */
const UPC_A = /^\d{12}$/;

const PREFIX = /^\]([A-Za-z])([0-9A-F])/;

/** One read: the symbology by its UnifiedPOS name, and the data without prefix. */
export interface Read {
	readonly symbology: string;
	readonly data: string;
}

/** Takes the AIM prefix off, where the profile says that the scanner sends one. Without one the symbology is "Unknown". */
export const parseRead = (text: string, aimPrefix: boolean): Read => {
	const match = aimPrefix ? PREFIX.exec(text) : null;
	if (match === null) return { symbology: "Unknown", data: text };
	const [prefix, letter = "", modifier = ""] = match;
	const data = text.slice(prefix.length);
	const symbology = NAMES[letter + modifier] ?? NAMES[letter] ?? "Other";
	return { symbology: symbology === "EAN13" && UPC_A.test(data) ? "UPCA" : symbology, data };
};

const PREFIXES: Readonly<Record<string, string>> = Object.fromEntries([
	...Object.entries(NAMES).map(([code, name]) => [name, `]${code.length === 1 ? `${code}0` : code}`]),
	["UPCA", "]E0"],
]);

/** The AIM prefix of a UnifiedPOS symbology name; empty for one that has none. What a virtual scanner sends. */
export const aimPrefixOf = (symbology: string): string => PREFIXES[symbology] ?? "";
