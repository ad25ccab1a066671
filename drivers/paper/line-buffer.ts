import type { PaperAlignment, PaperLine, PaperRun, TextStyle } from "./paper.ts";

/** Font B beside font A: 9 by 17 dots beside 12 by 24 (Epson). */
const FONT_B_WIDTH = 3 / 4;
const FONT_B_HEIGHT = 17 / 24;

/** Heights of a cell beside its width: 12 by 24. */
const CELL_HEIGHT = 2;

type GrowingRun = { -readonly [Key in keyof PaperRun]: PaperRun[Key] };

const sameStyle = (run: TextStyle, style: TextStyle): boolean =>
	run.font === style.font &&
	run.bold === style.bold &&
	run.underline === style.underline &&
	run.reverse === style.reverse &&
	run.widthFactor === style.widthFactor &&
	run.heightFactor === style.heightFactor;

/** The line that a printer is collecting. */
export class LineBuffer {
	/** Dots that its columns take. */
	readonly widthDots: number;
	readonly #cellDots: number;
	#runs: GrowingRun[] = [];
	#text = "";
	#xDots = 0;

	/** @param cellDots Width of a character of font A. */
	constructor(cellDots: number, lineChars: number) {
		this.#cellDots = cellDots;
		this.widthDots = cellDots * lineChars;
	}

	/** Whether nothing is on the line. */
	get isEmpty(): boolean {
		return this.#runs.length === 0;
	}

	/** Whether a character of that style still fits. */
	hasRoomFor(style: TextStyle): boolean {
		return this.#xDots + this.#charDots(style) <= this.widthDots;
	}

	/** Adds a character; an empty one takes its place, too. */
	add(char: string, style: TextStyle): void {
		const cellDots = this.#charDots(style);
		const last = this.#runs.at(-1);
		const isNext = last !== undefined && last.xDots + last.cellDots * [...last.text].length === this.#xDots;
		if (isNext && sameStyle(last, style)) last.text += char;
		else this.#runs.push({ ...style, text: char, xDots: this.#xDots, cellDots });
		this.#text += char;
		this.#xDots += cellDots;
	}

	/** Dots that stand on the line. */
	get xDots(): number {
		return this.#xDots;
	}

	/** Goes on at that place, to the right only: whether it could. */
	moveTo(dots: number): boolean {
		if (dots < this.#xDots || dots > this.widthDots) return false;
		this.#text += " ".repeat(Math.round((dots - this.#xDots) / this.#cellDots));
		this.#xDots = dots;
		return true;
	}

	/** Throws away what was collected. */
	clear(): void {
		this.#runs = [];
		this.#text = "";
		this.#xDots = 0;
	}

	/** The line as it comes out; the next one begins. */
	take(alignment: PaperAlignment, spacingDots: number): PaperLine {
		const heights = this.#runs.map(
			(run) => this.#cellDots * CELL_HEIGHT * run.heightFactor * (run.font === "A" ? 1 : FONT_B_HEIGHT),
		);
		const line: PaperLine = {
			act: "line",
			text: this.#text,
			runs: this.#runs,
			alignment,
			heightDots: Math.ceil(Math.max(spacingDots, ...heights)),
		};
		this.clear();
		return line;
	}

	#charDots({ font, widthFactor }: TextStyle): number {
		return Math.floor(this.#cellDots * (font === "A" ? 1 : FONT_B_WIDTH)) * widthFactor;
	}
}
