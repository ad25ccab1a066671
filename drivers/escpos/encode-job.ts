import type { PrintElement } from "../../src/devices/contract/devices.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import type { CodePage } from "../text/code-page.ts";
import { encodeText } from "../text/encode-text.ts";
import { printable } from "../text/printable.ts";
import { barcode } from "./barcode.ts";
import { ByteWriter } from "./byte-writer.ts";
import { ALIGN_CENTRE, ALIGN_LEFT, ASB_ON, BOLD_OFF, BOLD_ON } from "./commands.ts";
import { qrCode } from "./qr-code.ts";

/** Width of font A: 42 columns on 512 dots, 48 on 576, 32 on 384 (devices.md section 3). */
const FONT_A_DOTS = 12;
const LINE_FEED = Buffer.of(0x0a);

/** What of a profile decides the bytes of a job. */
export type EncodingProfile = Pick<PrinterProfile, "capabilities" | "codePages" | "cut" | "recLineChars" | "status">;

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
				this.#styled(element.text, element.bold === true, element.double === true);
				return;
			case "feed":
				if (element.lines > 0) this.#out.feed(element.lines);
				return;
			case "barcode":
				this.#graphic(element.data, (dots) => barcode(element.symbology, element.data, dots));
				return;
			case "qr":
				this.#graphic(element.data, (dots) => qrCode(printable(element.data), dots));
				return;
			case "cut":
				this.#cut();
		}
	}

	finish(): Buffer {
		return this.#out.finish();
	}

	#styled(text: string, bold: boolean, double: boolean): void {
		const { CapRecBold, CapRecDhigh } = this.#profile.capabilities;
		if (bold && CapRecBold) this.#out.raw(BOLD_ON);
		if (double && CapRecDhigh) this.#out.double(true);
		this.#line(text);
		if (double && CapRecDhigh) this.#out.double(false);
		if (bold && CapRecBold) this.#out.raw(BOLD_OFF);
	}

	#line(text: string): void {
		for (const { page, bytes } of encodeText(text, this.#profile.codePages, this.#page)) {
			if (page !== this.#page) this.#out.codeTable(page.slot);
			this.#page = page;
			this.#out.raw(bytes);
		}
		this.#out.raw(LINE_FEED);
	}

	/** A code in the middle of the paper, or its data as text where the printer cannot draw it. */
	#graphic(data: string, draw: (widthDots: number) => Buffer | null): void {
		const { capabilities, recLineChars } = this.#profile;
		const bytes = capabilities.CapRecBarCode ? draw(recLineChars * FONT_A_DOTS) : null;
		if (bytes === null) {
			this.#line(data);
			return;
		}
		this.#out.raw(ALIGN_CENTRE);
		this.#out.raw(bytes);
		this.#out.raw(ALIGN_LEFT);
	}

	#cut(): void {
		const { capabilities, cut } = this.#profile;
		if (capabilities.CapRecPapercut && cut.mode !== "none") this.#out.cut(cut.mode === "partial", cut.feedLines);
		else if (cut.feedLines > 0) this.#out.feed(cut.feedLines);
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
