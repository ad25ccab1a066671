/** One line of paper, laid out for a number of columns. Structurally a text element of a print job. */
export interface ReceiptLine {
	readonly kind: "text";
	readonly text: string;
	readonly bold?: boolean;
	/** Double width and height: takes half the columns. */
	readonly double?: boolean;
}

/** The end of a paper. */
export interface ReceiptCut {
	readonly kind: "cut";
}

/** What a receipt is made of. */
export type ReceiptElement = ReceiptLine | ReceiptCut;

/** Length in columns: one for each character a receipt printer can print. */
const width = (text: string): number => [...text].length;

/** A line of text, cut to the columns. */
export const textLine = (text: string, columns: number): ReceiptLine => ({
	kind: "text",
	text: [...text].slice(0, columns).join(""),
});

/** A blank at which no line is broken; printed as any other. */
export const HELD_BLANK = "\u00a0";

const released = (text: string): string => text.replaceAll(HELD_BLANK, " ");

/** Breaks a text at blanks into lines of at most `columns`; a longer word is broken where it must. */
const wrap = (text: string, columns: number): string[] => {
	const lines: string[] = [];
	let line = "";
	for (const word of text.split(" ")) {
		const letters = [...word];
		if (line !== "" && width(line) + 1 + letters.length <= columns) {
			line = `${line} ${word}`;
			continue;
		}
		if (line !== "") lines.push(line);
		while (letters.length > columns) lines.push(letters.splice(0, columns).join(""));
		line = letters.join("");
	}
	lines.push(line);
	return lines.map(released);
};

/** Left and right text on one line; where both do not fit the left one gets lines of its own above. */
export const twoColumns = (left: string, right: string, columns: number): ReceiptLine[] => {
	const gap = columns - width(left) - width(right);
	if (gap >= 1) return [{ kind: "text", text: `${released(left)}${" ".repeat(gap)}${right}` }];
	const above = wrap(left, columns);
	const last = above.pop() ?? "";
	const rest = columns - width(last) - width(right);
	if (rest >= 1) {
		return [
			...above.map((text) => textLine(text, columns)),
			{ kind: "text", text: `${last}${" ".repeat(rest)}${right}` },
		];
	}
	return [
		...[...above, last].map((text) => textLine(text, columns)),
		{ kind: "text", text: right.length >= columns ? right : right.padStart(columns) },
	];
};

/** A text in the middle of the line. */
export const centred = (text: string, columns: number): ReceiptLine[] =>
	wrap(text, columns).map((line) => ({
		kind: "text",
		text: `${" ".repeat(Math.floor((columns - width(line)) / 2))}${line}`,
	}));

/** A heading, double width and height, so at half the columns. */
export const heading = (text: string, columns: number): ReceiptLine[] =>
	wrap(text, Math.floor(columns / 2)).map((line) => ({ kind: "text", text: line, bold: true, double: true }));

/** A line across the paper. */
export const ruler = (columns: number): ReceiptLine => ({ kind: "text", text: "-".repeat(columns) });
