import { EscposInterpreter, type PrinterAct } from "./escpos-interpreter.ts";
import { type Paper, type PaperElement, type PaperProfile, paperWidthDots } from "./paper.ts";

type PaperRaster = Extract<PaperElement, { act: "raster" }>;

/** Whether an act left something on the paper. */
const isOnPaper = (act: PrinterAct): act is PaperElement => {
	switch (act.act) {
		case "line":
		case "feed":
		case "barcode":
		case "qr":
		case "raster":
		case "cut":
			return true;
		default:
			return false;
	}
};

/** Bands of one picture come out without a gap between them. */
const continues = (above: PaperElement | undefined, band: PaperRaster): above is PaperRaster =>
	above?.act === "raster" && above.widthDots === band.widthDots && above.alignment === band.alignment;

/** What stands on the paper after these acts. The bands of a picture are one picture. */
export const paperOf = (acts: readonly PrinterAct[], profile: PaperProfile): Paper => {
	const elements: PaperElement[] = [];
	for (const act of acts) {
		if (!isOnPaper(act)) continue;
		const above = elements.at(-1);
		if (act.act !== "raster" || !continues(above, act)) {
			elements.push(act);
			continue;
		}
		const bits = Buffer.concat([above.bits, act.bits]);
		elements.splice(-1, 1, { ...above, rows: above.rows + act.rows, bits });
	}
	return { widthDots: paperWidthDots(profile), lineChars: profile.recLineChars, elements };
};

/** What a job's bytes make of paper, and what a printer of that profile would not have understood. */
export const readPaper = (
	bytes: Uint8Array,
	profile: PaperProfile,
): { readonly paper: Paper; readonly violations: readonly string[] } => {
	const interpreter = new EscposInterpreter(profile);
	const acts = interpreter.next(bytes);
	const violations = acts.flatMap((act) => (act.act === "violation" ? [`${act.detail} at byte ${act.offset}`] : []));
	const { incompleteBytes } = interpreter;
	return {
		paper: paperOf(acts, profile),
		violations:
			incompleteBytes === 0 ? violations : [...violations, `${incompleteBytes} bytes of a command without its end`],
	};
};
