import { encodeJob } from "../../drivers/escpos/encode-job.ts";
import { EscposInterpreter, type PrinterAct } from "../../drivers/paper/escpos-interpreter.ts";
import type { PaperRun } from "../../drivers/paper/paper.ts";
import type { PrintElement } from "../../src/devices/contract/devices.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import { writes } from "./code-page-rules.ts";

/** What every receipt must be able to say, and no code page has by accident. */
const TEST_LINE = "Ærlig blåbærsyltetøy à 24,90 €";

/** Bytes of a row of the hex dump. */
const HEX_ROW = 64;

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

const styleOf = ({ bold, widthFactor, heightFactor }: PaperRun): string =>
	[...(bold ? ["bold"] : []), ...(widthFactor * heightFactor > 1 ? [`${widthFactor}x${heightFactor}`] : [])].join(" ");

/** What a printer did, for the golden files: lines behind a bar, their style behind them; all else as JSON. */
const goldenPaper = (acts: readonly PrinterAct[]): string =>
	acts
		.map((act) => {
			if (act.act !== "line") return JSON.stringify(act);
			const style = [...new Set(act.runs.map(styleOf))].join(", ");
			return `|${act.text}${style === "" ? "" : ` <${style}>`}`;
		})
		.join("\n");

/** What bytes do on a printer of that profile, and what is wrong with them. */
const readBack = (
	bytes: Uint8Array,
	profile: PrinterProfile,
): { readonly acts: readonly PrinterAct[]; readonly problems: readonly string[] } => {
	const interpreter = new EscposInterpreter(profile);
	const acts = interpreter.next(bytes);
	const violations = acts.flatMap((act) =>
		act.act === "violation" ? [`receipt: byte ${act.offset}: ${act.detail}`] : [],
	);
	const rest = interpreter.incompleteBytes;
	return {
		acts,
		problems: rest === 0 ? violations : [...violations, `receipt: ${rest} bytes of an incomplete command`],
	};
};

/**
 * The sample receipt on paper of that profile: the lines and acts as the strict interpreter reads them back, then the
 * bytes as hex; and what is wrong with it.
 */
export const goldenReceipt = (
	profile: PrinterProfile,
): { readonly text: string; readonly problems: readonly string[] } => {
	const bytes = encodeJob(sampleReceipt(profile.recLineChars), profile);
	const { acts, problems } = readBack(bytes, profile);
	const hex = bytes.toString("hex").replace(new RegExp(`(.{${HEX_ROW}})`, "g"), "$1\n");
	return { text: `${goldenPaper(acts)}\n\n${hex}\n`, problems: [...problems, ...testLineProblems(profile)] };
};

/** A line with every letter that goes wrong comes out as it is, the euro as EUR where no page has it. */
const testLineProblems = (profile: PrinterProfile): readonly string[] => {
	const { acts } = readBack(encodeJob([{ kind: "text", text: TEST_LINE }], profile), profile);
	const printed = acts.flatMap((act) => (act.act === "line" ? [act.text] : [])).join("");
	const expected = writes(profile, "€") ? TEST_LINE : TEST_LINE.replace("€", "EUR");
	return printed === expected ? [] : [`receipt: "${TEST_LINE}" comes out as "${printed}"`];
};
