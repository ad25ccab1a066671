import type { NotPrinted } from "../../till/state.ts";
import type { DoubtView, TillView } from "../../till/view.ts";

/** What is typed for an answer, which differs between `tillctl` and the terminal of `npm start`. */
export interface Answers {
	/** The paper is there. */
	readonly itCameOut: (doubt: DoubtView) => string;
	/** It is not: print it once more, marked as a copy. */
	readonly copyPrinted: (doubt: DoubtView) => string;
	/** The drawer was looked at. */
	readonly drawerChecked: (doubt: DoubtView) => string;
	/** Prints what did not come out. */
	readonly print: (paper: NotPrinted) => string;
}

/** What is typed at a shell. */
const TILLCTL_ANSWERS: Answers = {
	itCameOut: ({ jobId }) => `tillctl doubt settle ${jobId} itCameOut`,
	copyPrinted: ({ jobId }) => `tillctl doubt settle ${jobId} copyPrinted`,
	drawerChecked: ({ jobId }) => `tillctl doubt settle ${jobId} drawerChecked`,
	print: ({ paper, number }) =>
		paper === "zReport" ? `tillctl day report ${number}` : `tillctl receipt copy ${number}`,
};

/** A paper by its name: "Receipt 7", "The copy of receipt 7", "Z report 3". */
const paperName = (paper: DoubtView["paper"], number: number | null): string => {
	const named = number === null ? "" : ` ${number}`;
	if (paper === "zReport") return `Z report${named}`;
	return paper === "copy" ? `The copy of receipt${named}` : `Receipt${named}`;
};

const doubtLines = (doubt: DoubtView, answers: Answers): string[] =>
	doubt.what === "drawer"
		? ["? The drawer may not have opened. Look at it, then:", `    seen to:       ${answers.drawerChecked(doubt)}`]
		: [
				`? ${paperName(doubt.paper, doubt.number)} may not have come out. Look at the printer, then:`,
				`    it is there:   ${answers.itCameOut(doubt)}`,
				`    it is not:     ${answers.copyPrinted(doubt)}   (prints it marked as a copy)`,
			];

const notPrintedLine = (paper: NotPrinted, answers: Answers): string =>
	`! ${paperName(paper.paper, paper.number)} was not printed. When the printer is well: ${answers.print(paper)}`;

/** What nobody knows, each with its question and the answers to it; and what did not come out, with its remedy. */
export const questionsText = (view: TillView, answers: Answers = TILLCTL_ANSWERS): string[] => [
	...view.doubts.flatMap((doubt) => doubtLines(doubt, answers)),
	...view.notPrinted.map((paper) => notPrintedLine(paper, answers)),
];
