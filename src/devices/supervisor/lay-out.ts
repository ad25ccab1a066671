import { salesReceipt } from "../../receipt/sales-receipt.ts";
import type { Seller } from "../../receipt/seller.ts";
import type { Texts } from "../../receipt/texts/texts.ts";
import { zReportPaper } from "../../receipt/z-report-paper.ts";
import type { PrintElement, RasterImage } from "../contract/devices.ts";
import type { PrintContent } from "../contract/effect.ts";

/** What every paper of a till is made with. */
export interface PaperStyle {
	readonly texts: Texts;
	readonly seller: Seller;
	/** Stands at the head of receipts; null without one. */
	readonly logo: RasterImage | null;
}

/**
 * A paper laid out for so many columns: the elements of its print job. Reports have no logo. A test page is the model's
 * matter and not the till's.
 */
export const layOut = (
	content: Exclude<PrintContent, { kind: "test" }>,
	style: PaperStyle,
	columns: number,
): readonly PrintElement[] => {
	const { logo, ...words } = style;
	if (content.kind === "zReport") return zReportPaper(content.report, { columns, ...words }, content.copy);
	const lines = salesReceipt(content.document, { columns, ...words }, content.copy);
	return logo === null ? lines : [logo, { kind: "feed", lines: 1 }, ...lines];
};
