import type { PrintElement, RasterImage, TextLine } from "../../src/devices/contract/devices.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import type { CodePage } from "../text/code-page.ts";
import { encodeText } from "../text/encode-text.ts";
import { printable } from "../text/printable.ts";
import { barcode } from "./barcode.ts";
import { ByteWriter } from "./byte-writer.ts";
import { ALIGN_CENTRE, ALIGN_LEFT, ASB_ON, BOLD_OFF, BOLD_ON, CUT_FULL_OLD, CUT_PARTIAL_OLD } from "./commands.ts";
import { qrCode } from "./qr-code.ts";
import { fitsPaper, raster } from "./raster.ts";
import { recLineWidthOf } from "./rec-line-width.ts";

const LINE_FEED = Buffer.of(0x0a);

/** What of a profile decides the bytes of a job. */
export type EncodingProfile = Pick<
	PrinterProfile,
	"barCodeSymbologies" | "capabilities" | "codePages" | "cut" | "recLineChars" | "recLineWidth" | "status"
>;

type Symbology = PrinterProfile["barCodeSymbologies"][number];

/** A line feed above and below: 30 dots, the quiet zone of four modules of at most 6 (ISO/IEC 18004). */
const quiet = (code: Buffer | null): Buffer | null =>
	code === null ? null : Buffer.concat([LINE_FEED, code, LINE_FEED]);

/** One job being written: the writer and the code page in force. */
class JobWriter {
	readonly #out = new ByteWriter();
	readonly #profile: EncodingProfile;
	#page: CodePage;

	constructor(profile: EncodingProfile) {
		this.#profile = profile;
		const [first] = profile.codePages;
		if (first === undefined) throw new RangeError("a printer profile without a code page");
		this.#page = first;
		this.#out.initialise();
		if (profile.status.asb) this.#out.raw(ASB_ON);
		this.#out.codeTable(first.slot);
	}

	add(element: PrintElement): void {
		switch (element.kind) {
			case "text":
				this.#styled(element);
				return;
			case "feed":
				if (element.lines > 0) this.#out.feed(element.lines);
				return;
			case "barcode":
				this.#code(element.symbology, element.data, (dots) => barcode(element.symbology, element.data, dots));
				return;
			case "qr":
				this.#code("QRCode", element.data, (dots) => quiet(qrCode(printable(element.data), dots)));
				return;
			case "image":
				this.#image(element);
				return;
			case "cut":
				this.#cut();
		}
	}

	finish(): Buffer {
		return this.#out.finish();
	}

	#styled({ text, bold, double, slot }: TextLine): void {
		const { CapRecBold, CapRecDhigh, CapRecDwide } = this.#profile.capabilities;
		const isBold = bold === true && CapRecBold;
		const isSized = double === true && (CapRecDhigh || CapRecDwide);
		if (isBold) this.#out.raw(BOLD_ON);
		if (isSized) this.#out.size(CapRecDwide ? 2 : 1, CapRecDhigh ? 2 : 1);
		this.#line(text, slot === undefined ? undefined : this.#profile.codePages.find((page) => page.slot === slot));
		if (isSized) this.#out.size(1, 1);
		if (isBold) this.#out.raw(BOLD_OFF);
	}

	#line(text: string, only?: CodePage): void {
		const pages = only === undefined ? this.#profile.codePages : [only];
		for (const { page, bytes } of encodeText(text, pages, only ?? this.#page)) {
			if (page !== this.#page) this.#out.codeTable(page.slot);
			this.#page = page;
			this.#out.raw(bytes);
		}
		this.#out.raw(LINE_FEED);
	}

	/** A code in the middle of the paper, or its data as text where the printer cannot draw it. */
	#code(symbology: Symbology, data: string, draw: (widthDots: number) => Buffer | null): void {
		const { barCodeSymbologies, capabilities } = this.#profile;
		const canDraw = capabilities.CapRecBarCode && barCodeSymbologies.includes(symbology);
		const bytes = canDraw ? draw(recLineWidthOf(this.#profile)) : null;
		if (bytes === null) this.#line(data);
		else this.#centred(bytes);
	}

	/** A picture in the middle of the paper. Where the printer cannot print it nothing is: no law asks for a picture. */
	#image(image: RasterImage): void {
		const canDraw = this.#profile.capabilities.CapRecBitmap && fitsPaper(image, recLineWidthOf(this.#profile));
		if (canDraw) this.#centred(raster(image));
	}

	#centred(bytes: Buffer): void {
		this.#out.raw(ALIGN_CENTRE);
		this.#out.raw(bytes);
		this.#out.raw(ALIGN_LEFT);
	}

	#cut(): void {
		const { capabilities, cut } = this.#profile;
		const cuts = capabilities.CapRecPapercut && cut.mode !== "none";
		const partial = cut.mode === "partial";
		if (cuts && cut.command === "GS V") {
			this.#out.cut(partial, cut.feedLines);
			return;
		}
		if (cut.feedLines > 0) this.#out.feed(cut.feedLines);
		if (cuts) this.#out.raw(partial ? CUT_PARTIAL_OLD : CUT_FULL_OLD);
	}
}

/**
 * The bytes of a print job for one printer model: initialised, status back turned on again (ESC @ turns it off), the
 * first code page chosen, then the elements. What confirms the job is not part of it.
 */
export const encodeJob = (elements: readonly PrintElement[], profile: EncodingProfile): Buffer => {
	const writer = new JobWriter(profile);
	for (const element of elements) writer.add(element);
	return writer.finish();
};
