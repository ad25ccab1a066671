import type { DisplayProfile } from "../../src/devices/contract/profile.ts";
import { type EncodingName, encodingTable } from "../text/code-page.ts";

const ESC = 0x1b;
const US = 0x1f;
const CLEAR = 0x0c;
const CR = 0x0d;

const hex = (bytes: readonly number[]): string => Buffer.from(bytes).toString("hex");

/**
 * A customer display as its cells, from the bytes of Epson's DM-D language or of CD5220 (devices.md section 5). Strict:
 * what it does not know, or a cell that the display has not, is a violation.
 */
export class DisplayInterpreter {
	readonly #profile: Pick<DisplayProfile, "codePages" | "deviceRows" | "deviceColumns">;
	readonly #violations: string[] = [];
	#cells: string[];
	#at = 0;
	#encoding: EncodingName | null = null;
	#command: number[] = [];
	/** CD5220's string mode: only ESC Q and CLR are taken. */
	#stringMode = false;

	constructor(profile: Pick<DisplayProfile, "codePages" | "deviceRows" | "deviceColumns">) {
		this.#profile = profile;
		this.#cells = this.#empty();
	}

	/** What it shows. */
	get rows(): readonly string[] {
		const { deviceRows, deviceColumns } = this.#profile;
		return Array.from({ length: deviceRows }, (_, row) =>
			this.#cells.slice(row * deviceColumns, (row + 1) * deviceColumns).join(""),
		);
	}

	/** What it did not understand. */
	get violations(): readonly string[] {
		return this.#violations;
	}

	next(bytes: Uint8Array): void {
		for (const byte of bytes) this.#take(byte);
	}

	#empty(): string[] {
		return Array.from({ length: this.#profile.deviceRows * this.#profile.deviceColumns }, () => " ");
	}

	#clear(): void {
		this.#cells = this.#empty();
		this.#at = 0;
		this.#stringMode = false;
	}

	#violation(detail: string): void {
		this.#violations.push(detail);
	}

	#take(byte: number): void {
		if (this.#command.length > 0 || byte === ESC || byte === US) {
			this.#command.push(byte);
			if (this.#execute(this.#command)) this.#command = [];
		} else if (byte === CLEAR) this.#clear();
		else if (byte < 0x20 || byte === 0x7f || this.#stringMode) this.#violation(`unknown byte ${hex([byte])}`);
		else this.#write(byte);
	}

	/** Executes a command if it is complete; whether it was, or is none. */
	#execute(command: readonly number[]): boolean {
		const [lead, name, first, second] = command;
		if (name === undefined) return false;
		if (lead === ESC && name === 0x51) return this.#string(command);
		if (this.#stringMode) this.#violation(`${hex(command)} in string mode`);
		if (lead === ESC && name === 0x40) {
			this.#clear();
			return true;
		}
		if ((lead === ESC && name === 0x11) || (lead === US && name === 0x01)) return true;
		if (lead === ESC && name === 0x74) return first === undefined ? false : this.#codeTable(first);
		if (lead === US && name === 0x24) {
			return first === undefined || second === undefined ? false : this.#cursor(first, second);
		}
		this.#violation(`unknown command ${hex(command)}`);
		return true;
	}

	#codeTable(slot: number): boolean {
		const page = this.#profile.codePages.find((candidate) => candidate.slot === slot);
		if (page === undefined) this.#violation(`no code page in slot ${slot}`);
		this.#encoding = page?.encoding ?? null;
		return true;
	}

	#cursor(column: number, row: number): boolean {
		const { deviceRows, deviceColumns } = this.#profile;
		if (column < 1 || column > deviceColumns || row < 1 || row > deviceRows)
			this.#violation(`no cell ${column} ${row}`);
		else this.#at = (row - 1) * deviceColumns + column - 1;
		return true;
	}

	/** ESC Q A|B, one row, CR. */
	#string(command: readonly number[]): boolean {
		const { deviceColumns } = this.#profile;
		if (command.length < 4 + deviceColumns) return false;
		this.#stringMode = true;
		const row = (command[2] ?? 0) - 0x41;
		if (row < 0 || row > 1 || command[3 + deviceColumns] !== CR) this.#violation(`no string ${hex(command)}`);
		this.#at = row * deviceColumns;
		for (const byte of command.slice(3, 3 + deviceColumns)) this.#write(byte);
		return true;
	}

	#write(byte: number): void {
		const char = this.#encoding === null ? "" : (encodingTable(this.#encoding).charOf[byte] ?? "");
		if (char === "") this.#violation(`no character ${hex([byte])} in this code page`);
		this.#cells[this.#at] = char === "" ? "?" : char;
		this.#at = (this.#at + 1) % this.#cells.length;
	}
}
