/**
 * The last resort where no code page of the device has a character: Nordic letters as their languages write them without
 * (devices.md section 5), the euro by its ISO 4217 code, typographic signs by their typewriter ones.
 */
const REPLACEMENTS: Readonly<Record<string, string>> = {
	æ: "ae",
	Æ: "AE",
	ø: "oe",
	Ø: "OE",
	å: "aa",
	Å: "AA",
	ä: "ae",
	Ä: "AE",
	ö: "oe",
	Ö: "OE",
	ü: "ue",
	Ü: "UE",
	ß: "ss",
	ð: "d",
	Ð: "D",
	þ: "th",
	Þ: "Th",
	ł: "l",
	Ł: "L",
	đ: "d",
	Đ: "D",
	"€": "EUR",
	"£": "GBP",
	"\u00a0": " ",
	"\u2009": " ",
	"\u202f": " ",
	"\u2010": "-",
	"\u2011": "-",
	"–": "-",
	"—": "-",
	"\u2212": "-",
	"‘": "'",
	"’": "'",
	"“": '"',
	"”": '"',
	"„": '"',
	"«": '"',
	"»": '"',
	"…": "...",
	"×": "x",
	"½": "1/2",
	"¼": "1/4",
	"¾": "3/4",
	"•": "*",
};

/** Plain ASCII for a character that a device lacks: a replacement, the letter without its mark, or a question mark. */
export const transliterate = (char: string): string => {
	const replacement = REPLACEMENTS[char];
	if (replacement !== undefined) return replacement;
	const plain = char.normalize("NFD").replace(/\p{M}/gu, "");
	return /^[\x20-\x7e]+$/.test(plain) ? plain : "?";
};
