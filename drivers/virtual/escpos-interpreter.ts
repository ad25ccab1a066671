/**
 * Reads ESC/POS back into what would come out on paper. Strict: it knows the commands that this program sends, with every
 * parameter's range, and calls anything else a violation. It shares no table of commands with the encoder.
 */
import { type CodePage, type EncodingName, encodingTable } from "../text/code-page.ts";
import { type Command, nextCommand } from "./escpos-commands.ts";

/** What the printer was told, in order. */
export type PrinterAct =
	| { readonly act: "line"; readonly text: string; readonly bold: boolean; readonly double: boolean }
	| { readonly act: "barcode"; readonly symbology: "EAN13" | "Code128"; readonly data: string }
	| { readonly act: "qr"; readonly data: string }
	| { readonly act: "cut"; readonly partial: boolean }
	| { readonly act: "pulse"; readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number }
	| { readonly act: "initialised" }
	| { readonly act: "automaticStatus"; readonly mask: number }
	| { readonly act: "transmitStatus"; readonly question: number }
	| { readonly act: "processId"; readonly id: string }
	| { readonly act: "violation"; readonly offset: number; readonly detail: string };

/** What an interpreter must know of the printer it plays. */
export interface PaperProfile {
	readonly codePages: readonly CodePage[];
	readonly recLineChars: number;
}

/** A printer begins, and begins again at ESC @, with PC437 (Epson: page 0). */
const DEFAULT_SLOT = 0;
const DEFAULT_ENCODING: EncodingName = "cp437";

/** An incremental interpreter: feed it bytes however they are cut. */
export class EscposInterpreter {
	readonly #profile: PaperProfile;
	#pending: Buffer = Buffer.alloc(0);
	#offset = 0;
	#encoding: EncodingName | null = DEFAULT_ENCODING;
	#text = "";
	#columns = 0;
	#bold = false;
	#double = false;
	#qr = "";
	/** NULs since the last other byte: lawful only as filler before ESC @. */
	#filler = 0;

	constructor(profile: PaperProfile) {
		this.#profile = profile;
		this.#encoding = this.#encodingOf(DEFAULT_SLOT);
	}

	/** Takes bytes in; answers what they made the printer do. A command that is not complete waits for the rest. */
	next(bytes: Uint8Array): readonly PrinterAct[] {
		this.#pending = Buffer.concat([this.#pending, bytes]);
		const acts: PrinterAct[] = [];
		for (let command = nextCommand(this.#pending); command !== null; command = nextCommand(this.#pending)) {
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
				return [];
			case "character":
				return this.#character(command.byte);
			case "lineFeed":
				return this.#endLine(1);
			case "feedLines":
				return this.#endLine(command.lines);
			case "initialise":
				this.#text = "";
				this.#columns = 0;
				this.#bold = false;
				this.#double = false;
				this.#encoding = this.#encodingOf(DEFAULT_SLOT);
				return [{ act: "initialised" }];
			case "codeTable":
				this.#encoding = this.#encodingOf(command.slot);
				return this.#encoding === null ? [this.#violation(`no code page in slot ${command.slot}`)] : [];
			case "bold":
				this.#bold = command.on;
				return [];
			case "size":
				this.#double = command.double;
				return [];
			case "style":
				return [];
			case "lineStartOnly":
				return this.#text === "" ? [] : [this.#violation(`${command.what} in the middle of a line`)];
			case "cut":
				return [...this.#atLineStart("a cut"), { act: "cut", partial: command.partial }];
			case "barcode":
				return [
					...this.#atLineStart("a bar code"),
					{ act: "barcode", symbology: command.symbology, data: command.data },
				];
			case "qrStore":
				this.#qr = command.data;
				return [];
			case "qrPrint":
				if (this.#qr === "") return [this.#violation("a QR code without data")];
				return [...this.#atLineStart("a QR code"), { act: "qr", data: this.#qr }];
			case "pulse":
				return [{ act: "pulse", pin: command.pin, onMs: command.onMs, offMs: command.offMs }];
			case "automaticStatus":
				return [{ act: "automaticStatus", mask: command.mask }];
			case "transmitStatus":
				return [{ act: "transmitStatus", question: command.question }];
			case "processId":
				return [{ act: "processId", id: command.id }];
			case "unknown":
				return [this.#violation(command.detail)];
		}
	}

	#atLineStart(what: string): readonly PrinterAct[] {
		return this.#text === "" ? [] : [this.#violation(`${what} in the middle of a line`)];
	}

	#character(byte: number): readonly PrinterAct[] {
		const char = this.#encoding === null ? "" : (encodingTable(this.#encoding).charOf[byte] ?? "");
		const wrapped = this.#columns + this.#width() > this.#profile.recLineChars ? this.#endLine(1) : [];
		this.#text += char;
		this.#columns += this.#width();
		const hex = byte.toString(16).padStart(2, "0");
		return char === "" ? [...wrapped, this.#violation(`no character ${hex} in this code page`)] : wrapped;
	}

	#width(): number {
		return this.#double ? 2 : 1;
	}

	#endLine(lines: number): readonly PrinterAct[] {
		const acts: PrinterAct[] = [{ act: "line", text: this.#text, bold: this.#bold, double: this.#double }];
		for (let empty = 1; empty < lines; empty += 1) acts.push({ act: "line", text: "", bold: false, double: false });
		this.#text = "";
		this.#columns = 0;
		return acts;
	}
}
