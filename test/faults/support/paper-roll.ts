import type { PrinterAct } from "../../../drivers/paper/escpos-interpreter.ts";

/** A piece of paper as it lies before the printer. */
export interface Piece {
	/** Its lines without the blanks between columns; empty ones left out. */
	readonly lines: readonly string[];
	/** Cut off by the printer; otherwise the roll ended. */
	readonly isCut: boolean;
}

/** Blanks that only make columns are one blank, so that a test reads as the paper does. */
const read = (line: string): string => line.trim().replace(/ +/g, " ");

/** What comes out of a printer, piece by piece, by the strict interpreter. What was not cut off hangs on the next paper. */
export class PaperRoll {
	readonly pieces: Piece[] = [];
	readonly violations: string[] = [];
	#lines: string[] = [];

	take(act: PrinterAct): void {
		if (act.act === "line" && read(act.text) !== "") this.#lines.push(read(act.text));
		if (act.act === "violation") this.violations.push(`${act.detail} at byte ${act.offset}`);
		if (act.act === "cut") this.#end(true);
	}

	/** The roll ends here. */
	tear(): void {
		this.#end(false);
	}

	#end(isCut: boolean): void {
		const lines = this.#lines;
		this.#lines = [];
		if (lines.length > 0) this.pieces.push({ lines, isCut });
	}
}
