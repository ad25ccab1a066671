import type { Paper, PaperAlignment, PaperElement, PaperLine } from "./paper.ts";

/** An element as a line of text; null for what leaves none. */
export const elementText = (element: PaperElement): string | null => {
	switch (element.act) {
		case "line":
			return element.text;
		case "barcode":
			return `[${element.symbology} ${element.data}]`;
		case "qr":
			return `[QR ${element.data}]`;
		case "raster":
			return `[picture of ${element.widthDots} x ${element.rows} dots]`;
		case "feed":
		case "cut":
			return null;
	}
};

/** Each character in its own column; one of double width takes two. */
const inColumns = (line: PaperLine, cellDots: number): string => {
	let row = "";
	for (const run of line.runs) {
		const columns = Math.max(1, Math.round(run.cellDots / cellDots));
		const start = Math.round(run.xDots / cellDots);
		row = row.padEnd(start) + [...run.text].map((char) => char.padEnd(columns)).join("");
	}
	return row;
};

const aligned = (text: string, alignment: PaperAlignment, columns: number): string => {
	const free = Math.max(0, columns - text.length);
	if (alignment === "right") return " ".repeat(free) + text;
	return alignment === "centre" ? " ".repeat(Math.floor(free / 2)) + text : text;
};

/** The paper for a terminal, between its edges: one row a line, codes and pictures in brackets, a cut as a dashed line. */
export const paperText = ({ elements, lineChars, widthDots }: Paper): string[] => {
	const cellDots = Math.floor(widthDots / lineChars);
	const row = (text: string): string => `|${text.padEnd(lineChars)}|`;
	return elements.flatMap((element) => {
		switch (element.act) {
			case "line":
				return [row(aligned(inColumns(element, cellDots).trimEnd(), element.alignment, lineChars))];
			case "cut":
				return [`+${(element.partial ? "- " : "--").repeat(lineChars).slice(0, lineChars)}+`];
			case "feed":
				return [];
			default:
				return [row(aligned(elementText(element) ?? "", element.alignment, lineChars))];
		}
	});
};
