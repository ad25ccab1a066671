import type { Paper, PaperAlignment, PaperElement, PaperLine, PaperRun } from "../paper.ts";
import { dotsPng } from "./dots-png.ts";
import { loadCodeDrawer, type Modules } from "./modules.ts";

/** What paper looks like where a printer cannot print. */
const MARGIN_FILL = "#e8e7e2";
const PAPER_FILL = "#ffffff";
const INK = "#1a1a1a";

/** Rolls are 80 or 58 mm wide, of which 72 or 48 mm can be printed on; printers of at most so many dots take the small one. */
const SMALL_ROLL_DOTS_MAX = 432;
const ROLLS = { small: { paperMm: 58, printedMm: 48 }, wide: { paperMm: 80, printedMm: 72 } } as const;

/** Paper above the first line and below the last one. */
const EDGE_DOTS = 16;
const CUT_DOTS = 12;

/** DejaVu Sans Mono: a character's advance, and where its baseline lies in a cell twice as high as wide. */
const FONT_FAMILY = "DejaVu Sans Mono, monospace";
const ADVANCE_EM = 1233 / 2048;
const BASELINE = 0.79;

/** The text below or above a bar code: font A. */
const HRI_CELL_DOTS = 12;
const HRI_HEIGHT_DOTS = 26;

interface Piece {
	readonly svg: string;
	readonly heightDots: number;
}

const escapeXml = (text: string): string =>
	text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`).replaceAll(" ", "\u00a0");

const indent = (alignment: PaperAlignment, dots: number, widthDots: number): number => {
	if (alignment === "right") return Math.max(0, widthDots - dots);
	return alignment === "centre" ? Math.max(0, Math.floor((widthDots - dots) / 2)) : 0;
};

/** Characters one a cell, whatever the font on the reader's machine is. */
const cells = (text: string, cellDots: number): string => {
	const xs = [...text].map((_, at) => at * cellDots).join(" ");
	return `<text x="${xs}" font-size="${(cellDots / ADVANCE_EM).toFixed(2)}">${escapeXml(text)}</text>`;
};

const runSvg = (run: PaperRun, x: number, y: number, bottom: number): string => {
	const cell = run.cellDots / run.widthFactor;
	const height = cell * 2 * run.heightFactor;
	const top = y + bottom - height;
	const width = run.cellDots * [...run.text].length;
	const block = `x="${x}" width="${width}"`;
	const baseline = (top + height * BASELINE).toFixed(1);
	const ink = run.reverse ? ` fill="${PAPER_FILL}"` : "";
	const weight = run.bold ? ' font-weight="bold"' : "";
	return [
		run.reverse ? `<rect ${block} y="${top}" height="${height}"/>` : "",
		`<g transform="translate(${x} ${baseline}) scale(${run.widthFactor} ${run.heightFactor})"${ink}${weight}>${cells(run.text, cell)}</g>`,
		run.underline ? `<rect ${block} y="${top + height - 2}" height="2"/>` : "",
	].join("");
};

const lineSvg = (line: PaperLine, y: number, widthDots: number): Piece => {
	const last = line.runs.at(-1);
	const lineDots = last === undefined ? 0 : last.xDots + last.cellDots * [...last.text].length;
	const left = indent(line.alignment, lineDots, widthDots);
	const tallest = Math.max(0, ...line.runs.map((run) => (run.cellDots / run.widthFactor) * 2 * run.heightFactor));
	const svg = line.runs.map((run) => runSvg(run, left + run.xDots, y, tallest)).join("");
	return { svg, heightDots: line.heightDots };
};

/** Black modules of one row, side by side, as one rectangle. */
const modulesSvg = (modules: Modules, x: number, y: number, width: number, height: number): string => {
	const path = modules.flatMap((row, at) => {
		const runs: string[] = [];
		for (let from = 0; from < row.length; from += 1) {
			if (row[from] !== true) continue;
			const end = row.indexOf(false, from);
			const to = end === -1 ? row.length : end;
			runs.push(`M${x + from * width} ${y + at * height}h${(to - from) * width}v${height}h${(from - to) * width}z`);
			from = to;
		}
		return runs;
	});
	return `<path d="${path.join("")}" shape-rendering="crispEdges"/>`;
};

type PaperCode = Extract<PaperElement, { act: "barcode" | "qr" }>;

const codeSvg = (code: PaperCode, modules: Modules, y: number, widthDots: number): Piece => {
	const codeDots = (modules[0]?.length ?? 0) * code.moduleDots;
	const x = indent(code.alignment, codeDots, widthDots);
	if (code.act === "qr") {
		return {
			svg: modulesSvg(modules, x, y, code.moduleDots, code.moduleDots),
			heightDots: modules.length * code.moduleDots,
		};
	}
	const above = code.hri === "above" || code.hri === "both" ? HRI_HEIGHT_DOTS : 0;
	const below = code.hri === "below" || code.hri === "both" ? HRI_HEIGHT_DOTS : 0;
	const textX = x + Math.floor((codeDots - code.data.length * HRI_CELL_DOTS) / 2);
	const text = (top: number): string =>
		`<g transform="translate(${textX} ${top + HRI_HEIGHT_DOTS * BASELINE})">${cells(code.data, HRI_CELL_DOTS)}</g>`;
	return {
		svg: [
			above > 0 ? text(y) : "",
			modulesSvg(modules, x, y + above, code.moduleDots, code.heightDots),
			below > 0 ? text(y + above + code.heightDots) : "",
		].join(""),
		heightDots: above + code.heightDots + below,
	};
};

const rasterSvg = (raster: Extract<PaperElement, { act: "raster" }>, y: number, widthDots: number): Piece => {
	const x = indent(raster.alignment, raster.widthDots, widthDots);
	const data = dotsPng(raster).toString("base64");
	return {
		svg: `<image x="${x}" y="${y}" width="${raster.widthDots}" height="${raster.rows}" image-rendering="optimizeSpeed" href="data:image/png;base64,${data}"/>`,
		heightDots: raster.rows,
	};
};

const cutSvg = (partial: boolean, y: number, marginDots: number, widthDots: number): Piece => {
	const [left, right] = [-marginDots, widthDots + marginDots];
	const middle = y + CUT_DOTS / 2;
	const bridge = widthDots / 2;
	const path = partial
		? `M${left} ${middle}H${bridge - 12}M${bridge + 12} ${middle}H${right}`
		: `M${left} ${middle}H${right}`;
	return {
		svg: `<path d="${path}" stroke="#b00020" stroke-width="2" stroke-dasharray="10 5" fill="none"/>`,
		heightDots: CUT_DOTS,
	};
};

/**
 * The paper as a drawing of its real size: one unit a dot of the printer, codes drawn, margins that cannot be printed on
 * dimmed, a cut as a red dashed line (with a gap in the middle where a partial cut leaves the paper whole).
 */
export const paperSvg = async ({ elements, widthDots }: Paper): Promise<string> => {
	const roll = widthDots <= SMALL_ROLL_DOTS_MAX ? ROLLS.small : ROLLS.wide;
	const marginDots = Math.round((widthDots * (roll.paperMm - roll.printedMm)) / roll.printedMm / 2);
	const drawsCodes = elements.some(({ act }) => act === "barcode" || act === "qr");
	const drawer = drawsCodes ? await loadCodeDrawer() : null;
	const piece = (element: PaperElement, y: number): Piece => {
		switch (element.act) {
			case "line":
				return lineSvg(element, y, widthDots);
			case "feed":
				return { svg: "", heightDots: element.dots };
			case "raster":
				return rasterSvg(element, y, widthDots);
			case "cut":
				return cutSvg(element.partial, y, marginDots, widthDots);
			case "barcode":
				return codeSvg(element, drawer?.barcode(element) ?? [], y, widthDots);
			case "qr":
				return codeSvg(element, drawer?.qr(element.data, element.errorCorrection) ?? [], y, widthDots);
		}
	};
	let y = EDGE_DOTS;
	const pieces = elements.map((element) => {
		const { svg, heightDots } = piece(element, y);
		y += heightDots;
		return svg;
	});
	const [width, height] = [widthDots + 2 * marginDots, y + EDGE_DOTS];
	const heightMm = ((height * roll.paperMm) / width).toFixed(2);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${roll.paperMm}mm" height="${heightMm}mm" viewBox="${-marginDots} 0 ${width} ${height}">`,
		`<rect x="${-marginDots}" width="${width}" height="${height}" fill="${MARGIN_FILL}"/>`,
		`<rect width="${widthDots}" height="${height}" fill="${PAPER_FILL}"/>`,
		`<g fill="${INK}" font-family="${FONT_FAMILY}">`,
		...pieces.filter((svg) => svg !== ""),
		"</g>",
		"</svg>",
		"",
	].join("\n");
};
