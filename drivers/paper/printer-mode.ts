import type { Command } from "./command.ts";
import type { ErrorCorrection, HriPosition, PaperAlignment, TextStyle } from "./paper.ts";

/** What is in force until another command changes it. */
export interface PrinterMode {
	readonly style: TextStyle;
	readonly alignment: PaperAlignment;
	readonly lineSpacingDots: number;
	readonly barcodeHeightDots: number;
	readonly barcodeModuleDots: number;
	readonly hri: HriPosition;
	readonly qrModuleDots: number;
	readonly qrErrorCorrection: ErrorCorrection;
	/** Data stored for the next QR code; empty without. */
	readonly qrData: string;
}

/** After power on and after ESC @ (devices.md section 4; line spacing: ESC 2, 1/6 inch). */
export const POWER_ON: PrinterMode = {
	style: { font: "A", bold: false, underline: false, reverse: false, widthFactor: 1, heightFactor: 1 },
	alignment: "left",
	lineSpacingDots: 30,
	barcodeHeightDots: 162,
	barcodeModuleDots: 3,
	hri: "none",
	qrModuleDots: 3,
	qrErrorCorrection: "L",
	qrData: "",
};

/** A command that only changes what is in force. */
export type Setting = Extract<
	Command,
	{
		readonly name:
			| "set"
			| "align"
			| "lineSpacing"
			| "barcodeHeight"
			| "barcodeModule"
			| "barcodeText"
			| "qrModule"
			| "qrErrorCorrection"
			| "qrStore";
	}
>;

/** What is in force after a setting. */
export const withSetting = (mode: PrinterMode, setting: Setting): PrinterMode => {
	switch (setting.name) {
		case "set":
			return { ...mode, style: { ...mode.style, ...setting.change } };
		case "align":
			return { ...mode, alignment: setting.alignment };
		case "lineSpacing":
			return { ...mode, lineSpacingDots: setting.dots };
		case "barcodeHeight":
			return { ...mode, barcodeHeightDots: setting.dots };
		case "barcodeModule":
			return { ...mode, barcodeModuleDots: setting.dots };
		case "barcodeText":
			return { ...mode, hri: setting.position };
		case "qrModule":
			return { ...mode, qrModuleDots: setting.dots };
		case "qrErrorCorrection":
			return { ...mode, qrErrorCorrection: setting.level };
		case "qrStore":
			return { ...mode, qrData: setting.data };
	}
};
