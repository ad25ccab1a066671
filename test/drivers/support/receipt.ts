import { EscposInterpreter, type PrinterAct } from "../../../drivers/paper/escpos-interpreter.ts";
import type { PaperProfile, PaperRun } from "../../../drivers/paper/paper.ts";
import type { PrintElement } from "../../../src/devices/contract/devices.ts";

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

const styleOf = ({ bold, widthFactor, heightFactor }: PaperRun): string =>
	[...(bold ? ["bold"] : []), ...(widthFactor * heightFactor > 1 ? [`${widthFactor}x${heightFactor}`] : [])].join(" ");

/** What a printer did, for the golden files: lines behind a bar, their style behind them; all else as JSON. */
export const goldenPaper = (acts: readonly PrinterAct[]): string =>
	acts
		.map((act) => {
			if (act.act !== "line") return JSON.stringify(act);
			const style = [...new Set(act.runs.map(styleOf))].join(", ");
			return `|${act.text}${style === "" ? "" : ` <${style}>`}`;
		})
		.join("\n");

/** A Norwegian receipt with everything a job can hold, laid out for so many columns. */
export const sampleReceipt = (columns: number): readonly PrintElement[] => {
	const line = (left: string, right: string): PrintElement => ({
		kind: "text",
		text: left + right.padStart(columns - left.length),
	});
	return [
		{ kind: "image", widthDots: 16, rows: 2, bits: Uint8Array.of(0xf0, 0x0f, 0x10, 0x14) },
		{ kind: "text", text: "Salgskvittering", double: true },
		{ kind: "text", text: "Blåbær & Sønner AS, Ålesund", bold: true },
		{ kind: "text", text: "Org.nr 923 456 783 MVA" },
		{ kind: "feed", lines: 1 },
		line("Ærlig blåbærsyltetøy", "24,90"),
		line("Crème fraîche à 2 €", "49,80"),
		line("½ Brød “Østfold”", "19,00"),
		{ kind: "text", text: "-".repeat(columns) },
		line("Å BETALE", "93,70"),
		{ kind: "feed", lines: 2 },
		{ kind: "barcode", symbology: "EAN13", data: "7038010001659" },
		{ kind: "barcode", symbology: "Code128", data: "OSLO1-1-000123" },
		{ kind: "qr", data: "https://kvittering.example/Ø?n=123" },
		{ kind: "cut" },
	];
};
