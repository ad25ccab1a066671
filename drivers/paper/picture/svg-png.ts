import { fileURLToPath } from "node:url";

/** Pixels a dot, so that text is read without effort. */
const ZOOM = 2;

/** The font of the drawings, which is in no box's system fonts. */
const FONT_FILES: readonly string[] = ["DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"];

const fontFile = (name: string): string => fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}`));

/** A drawing of paper as a PNG file, {@link ZOOM} pixels a dot of its view box; resvg is loaded on first use. */
export const svgPng = async (svg: string): Promise<Buffer> => {
	const { Resvg } = await import("@resvg/resvg-js");
	const viewWidth = Number(/viewBox="\S+ \S+ (\d+)/.exec(svg)?.[1] ?? 0);
	const resvg = new Resvg(svg, {
		font: { loadSystemFonts: false, fontFiles: FONT_FILES.map(fontFile), defaultFontFamily: "DejaVu Sans Mono" },
		fitTo: { mode: "width", value: viewWidth * ZOOM },
	});
	return resvg.render().asPng();
};
