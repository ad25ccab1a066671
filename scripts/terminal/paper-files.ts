import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Paper } from "../../drivers/paper/paper.ts";
import { paperSvg } from "../../drivers/paper/picture/paper-svg.ts";

/** Drawings kept, so that a long run does not fill the disk. */
const PAPERS_MAX = 100;

/**
 * Draws each paper that comes out into a file of its own, 0001.svg and so on; those of an earlier run are gone. `onTrouble` is
 * told what was not drawn: nothing else is stopped by it.
 */
export const paperFiles = (directory: string, onTrouble: (thrown: unknown) => void): ((paper: Paper) => void) => {
	const file = (number: number): string => join(directory, `${number.toString().padStart(4, "0")}.svg`);
	let count = 0;
	const draw = async (paper: Paper, number: number): Promise<void> => {
		if (number === 1) rmSync(directory, { recursive: true, force: true });
		mkdirSync(directory, { recursive: true });
		writeFileSync(file(number), await paperSvg(paper));
		rmSync(file(number - PAPERS_MAX), { force: true });
	};
	return (paper) => {
		count += 1;
		draw(paper, count).catch(onTrouble);
	};
};
