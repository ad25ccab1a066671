import { EscposInterpreter, type PrinterAct } from "../../../drivers/paper/escpos-interpreter.ts";
import type { PaperProfile } from "../../../drivers/paper/paper.ts";

/** What bytes do on a printer of that profile. */
export const interpret = (bytes: Uint8Array, profile: PaperProfile): readonly PrinterAct[] => {
	const interpreter = new EscposInterpreter(profile);
	const acts = interpreter.next(bytes);
	if (interpreter.incompleteBytes > 0) throw new Error(`${interpreter.incompleteBytes} bytes of an incomplete command`);
	return acts;
};

/** The lines of text that came out. */
export const printedLines = (acts: readonly PrinterAct[]): string[] =>
	acts.flatMap((act) => (act.act === "line" ? [act.text] : []));
