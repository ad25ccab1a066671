import { writeFileSync } from "node:fs";
import { encodeJob } from "../../../../drivers/escpos/encode-job.ts";
import type { Paper } from "../../../../drivers/paper/paper.ts";
import { paperSvg } from "../../../../drivers/paper/picture/paper-svg.ts";
import { svgPng } from "../../../../drivers/paper/picture/svg-png.ts";
import { readPaper } from "../../../../drivers/paper/read-paper.ts";
import type { PrintElement } from "../../../devices/contract/devices.ts";
import type { PrinterProfile } from "../../../devices/contract/profile.ts";
import { Fault, messageOf } from "../../../runtime/contract/fault.ts";

/**
 * What a printer of that profile makes of a job: encoded as for the real one, and read back strictly.
 * @throws Fault TILL-0901 when the bytes hold what such a printer would not understand, which is a fault of the program.
 */
export const printToPaper = (elements: readonly PrintElement[], profile: PrinterProfile): Paper => {
	const { paper, violations } = readPaper(encodeJob(elements, profile), profile);
	if (violations.length === 0) return paper;
	throw new Fault("TILL-0901", "the printer would not understand the job", { problems: violations });
};

const writePicture = (file: string, picture: string | Uint8Array): void => {
	try {
		writeFileSync(file, picture);
	} catch (thrown) {
		throw new Fault("TILL-0704", `${file} was not written: ${messageOf(thrown)}`);
	}
};

/**
 * Writes the paper as pictures, where files are named.
 * @throws Fault TILL-0704 when one cannot be written.
 */
export const writePictures = async (
	paper: Paper,
	files: { readonly svg?: string; readonly png?: string },
): Promise<void> => {
	if (files.svg === undefined && files.png === undefined) return;
	const svg = await paperSvg(paper);
	if (files.svg !== undefined) writePicture(files.svg, svg);
	if (files.png !== undefined) writePicture(files.png, await svgPng(svg));
};
