/**
 * Reads ESC/POS back into what would come out on paper. Strict: it knows the commands of devices.md section 4 with every
 * parameter's range, and calls anything else a violation, also what the model it plays has not got. It shares no table of
 * commands with the encoder.
 */
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import { type EncodingName, encodingTable } from "../text/code-page.ts";
import type { Command } from "./command.ts";
import { LineBuffer } from "./line-buffer.ts";
import { nextCommand } from "./next-command.ts";
import { type BarcodeData, barcodeModules, type PaperElement, type PaperProfile, paperWidthDots } from "./paper.ts";
import { POWER_ON, type PrinterMode, type Setting, withSetting } from "./printer-mode.ts";

/** What the printer was told, in order: what came out on paper, and what else it does. */
export type PrinterAct =
	| PaperElement
	| { readonly act: "pulse"; readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number }
	| { readonly act: "initialised" }
	| { readonly act: "automaticStatus"; readonly mask: number }
	| { readonly act: "transmitStatus"; readonly question: number }
	| { readonly act: "transmitId"; readonly question: number }
	| { readonly act: "processId"; readonly id: string }
	| { readonly act: "violation"; readonly offset: number; readonly detail: string };

/** A printer begins, and begins again at ESC @, with PC437 (Epson: page 0). */
const DEFAULT_SLOT = 0;
const DEFAULT_ENCODING: EncodingName = "cp437";

const DLE = 0x10;
const REAL_TIME: readonly number[] = [0x04, 0x05, 0x14];

/** Whether a printer would take part of these bytes for a real-time command, on which it acts wherever it stands. */
const holdsRealTime = (bytes: Uint8Array): boolean =>
	bytes.some((byte, at) => byte === DLE && REAL_TIME.includes(bytes[at + 1] ?? 0));

/** An incremental interpreter: feed it bytes however they are cut. */
export class EscposInterpreter {
	readonly #profile: PaperProfile;
	readonly #line: LineBuffer;
	#pending: Buffer = Buffer.alloc(0);
	#offset = 0;
	#encoding: EncodingName | null;
	#mode: PrinterMode = POWER_ON;
	/** NULs since the last other byte: lawful only as filler before ESC @. */
	#filler = 0;

	constructor(profile: PaperProfile) {
		this.#profile = profile;
		this.#line = new LineBuffer(Math.floor(paperWidthDots(profile) / profile.recLineChars), profile.recLineChars);
		this.#encoding = this.#encodingOf(DEFAULT_SLOT);
	}

	/** Takes bytes in; answers what they made the printer do. A command that is not complete waits for the rest. */
	next(bytes: Uint8Array): readonly PrinterAct[] {
		this.#pending = Buffer.concat([this.#pending, bytes]);
		const acts: PrinterAct[] = [];
		for (let command = nextCommand(this.#pending); command !== null; command = nextCommand(this.#pending)) {
			const hidden = command.length > 1 && holdsRealTime(this.#pending.subarray(0, command.length));
			if (hidden) acts.push(this.#violation("a real-time command inside a command"));
			acts.push(...this.#execute(command));
			this.#pending = this.#pending.subarray(command.length);
			this.#offset += command.length;
		}
		return acts;
	}

	/** Bytes of a command whose end has not come. */
	get incompleteBytes(): number {
		return this.#pending.length;
	}

	#encodingOf(slot: number): EncodingName | null {
		const page = this.#profile.codePages.find((candidate) => candidate.slot === slot);
		return page?.encoding ?? (slot === DEFAULT_SLOT ? DEFAULT_ENCODING : null);
	}

	#violation(detail: string): PrinterAct {
		return { act: "violation", offset: this.#offset, detail };
	}

	/** A violation when something does not hold. */
	#unless(holds: boolean, detail: string): readonly PrinterAct[] {
		return holds ? [] : [this.#violation(detail)];
	}

	#atLineStart(what: string): readonly PrinterAct[] {
		return this.#unless(this.#line.isEmpty, `${what} in the middle of a line`);
	}

	#execute(command: Command): readonly PrinterAct[] {
		if (command.name === "filler") {
			this.#filler += 1;
			return [];
		}
		const stray = this.#filler > 0 && command.name !== "initialise" ? [this.#violation("NUL in the text")] : [];
		this.#filler = 0;
		return [...stray, ...this.#known(command)];
	}

	#known(command: Command): readonly PrinterAct[] {
		switch (command.name) {
			case "filler":
			case "accepted":
				return [];
			case "character":
				return this.#character(command.byte);
			case "lineFeed":
				return [this.#endLine()];
			case "feedLines":
				return Array.from({ length: command.lines }, () => this.#endLine());
			case "feedDots":
				return [...this.#flush(), { act: "feed", dots: command.dots }];
			case "initialise":
				this.#line.clear();
				this.#mode = POWER_ON;
				this.#encoding = this.#encodingOf(DEFAULT_SLOT);
				return [{ act: "initialised" }];
			case "codeTable":
				this.#encoding = this.#encodingOf(command.slot);
				return this.#unless(this.#encoding !== null, `no code page in slot ${command.slot}`);
			case "position":
				return this.#position(command.from === "here" ? this.#line.xDots + command.dots : command.dots);
			case "areaWidth":
				return this.#areaWidth(command.dots);
			case "align":
				return [...this.#atLineStart("an alignment"), ...this.#change(command)];
			case "set":
			case "lineSpacing":
			case "barcodeHeight":
			case "barcodeModule":
			case "barcodeText":
			case "qrModule":
			case "qrErrorCorrection":
			case "qrStore":
				return this.#change(command);
			case "cut":
				return this.#cut(command);
			case "barcode":
				return this.#barcode(command.code);
			case "qrPrint":
				return this.#qr();
			case "raster":
				return this.#raster(command);
			case "pulse":
				return [{ act: "pulse", pin: command.pin, onMs: command.onMs, offMs: command.offMs }];
			case "automaticStatus":
				return [{ act: "automaticStatus", mask: command.mask }];
			case "transmitStatus":
				return [{ act: "transmitStatus", question: command.question }];
			case "transmitId":
				return [{ act: "transmitId", question: command.question }];
			case "processId":
				return [{ act: "processId", id: command.id }];
			case "unknown":
				return [this.#violation(command.detail)];
		}
	}

	#position(dots: number): readonly PrinterAct[] {
		return this.#unless(this.#line.moveTo(dots), `no place ${dots} on this line`);
	}

	/** A narrower area would need lines of its own width; nobody here asks for one. */
	#areaWidth(dots: number): readonly PrinterAct[] {
		const holdsAll = dots >= this.#line.widthDots && dots <= paperWidthDots(this.#profile);
		return this.#unless(holdsAll, `lines of ${dots} dots`);
	}

	#change(setting: Setting): readonly PrinterAct[] {
		this.#mode = withSetting(this.#mode, setting);
		return [];
	}

	#character(byte: number): readonly PrinterAct[] {
		const { style } = this.#mode;
		const char = this.#encoding === null ? "" : (encodingTable(this.#encoding).charOf[byte] ?? "");
		const wrapped = this.#line.hasRoomFor(style) ? [] : [this.#endLine()];
		this.#line.add(char, style);
		const hex = byte.toString(16).padStart(2, "0");
		return [...wrapped, ...this.#unless(char !== "", `no character ${hex} in this code page`)];
	}

	#endLine(): PrinterAct {
		return this.#line.take(this.#mode.alignment, this.#mode.lineSpacingDots);
	}

	/** What was collected comes out before the paper moves by dots. */
	#flush(): readonly PrinterAct[] {
		return this.#line.isEmpty ? [] : [this.#line.take(this.#mode.alignment, 0)];
	}

	#cut({ partial, command, feedDots }: Extract<Command, { name: "cut" }>): readonly PrinterAct[] {
		const { capabilities, cut } = this.#profile;
		return [
			...this.#atLineStart("a cut"),
			...this.#unless(capabilities.CapRecPapercut, "a cut on a printer without a cutter"),
			...this.#unless(command === cut.command, `a cut by ${command} where the model wants ${cut.command}`),
			...(feedDots > 0 ? [{ act: "feed" as const, dots: feedDots }] : []),
			{ act: "cut", partial },
		];
	}

	#canDraw(symbology: PrinterProfile["barCodeSymbologies"][number]): readonly PrinterAct[] {
		const { barCodeSymbologies, capabilities } = this.#profile;
		const can = capabilities.CapRecBarCode && barCodeSymbologies.includes(symbology);
		return this.#unless(can, `the model draws no ${symbology}`);
	}

	#barcode(code: BarcodeData): readonly PrinterAct[] {
		const { barcodeModuleDots: moduleDots, barcodeHeightDots: heightDots, hri, alignment } = this.#mode;
		const fits = barcodeModules(code) * moduleDots <= paperWidthDots(this.#profile);
		return [
			...this.#atLineStart("a bar code"),
			...this.#canDraw(code.symbology),
			...this.#unless(fits, "a bar code wider than the paper"),
			{ act: "barcode", ...code, moduleDots, heightDots, hri, alignment },
		];
	}

	#qr(): readonly PrinterAct[] {
		const { qrData: data, qrModuleDots: moduleDots, qrErrorCorrection: errorCorrection, alignment } = this.#mode;
		if (data === "") return [this.#violation("a QR code without data")];
		return [
			...this.#atLineStart("a QR code"),
			...this.#canDraw("QRCode"),
			{ act: "qr", data, moduleDots, errorCorrection, alignment },
		];
	}

	#raster({ widthDots, rows, bits }: Extract<Command, { name: "raster" }>): readonly PrinterAct[] {
		// The last byte of a row may reach over the edge with dots that are white anyway.
		const fits = widthDots - 7 <= paperWidthDots(this.#profile);
		return [
			...this.#atLineStart("a picture"),
			...this.#unless(this.#profile.capabilities.CapRecBitmap, "the model prints no pictures"),
			...this.#unless(fits, "a picture wider than the paper"),
			{ act: "raster", widthDots, rows, bits, alignment: this.#mode.alignment },
		];
	}
}
