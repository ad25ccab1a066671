import type { DisplayProfile } from "../../../src/devices/contract/profile.ts";
import { encodingTable } from "../../text/code-page.ts";

/** What a display's interpreter must know of its model. */
export type ScreenProfile = Pick<
	DisplayProfile,
	"driver" | "codePages" | "deviceRows" | "deviceColumns" | "internationalSet" | "utcMode" | "capabilities"
>;

/** The letters of each national variant by their bytes (ISO 646; the tables of Epson's ESC R). */
const NATIONAL: Readonly<Record<NonNullable<DisplayProfile["internationalSet"]>, Readonly<Record<number, string>>>> = {
	DenmarkI: { 91: "Æ", 92: "Ø", 93: "Å", 123: "æ", 124: "ø", 125: "å" },
	DenmarkII: {
		64: "É",
		91: "Æ",
		92: "Ø",
		93: "Å",
		94: "Ü",
		96: "é",
		123: "æ",
		124: "ø",
		125: "å",
		126: "ü",
	},
	Norway: {
		36: "¤",
		64: "É",
		91: "Æ",
		92: "Ø",
		93: "Å",
		94: "Ü",
		96: "é",
		123: "æ",
		124: "ø",
		125: "å",
		126: "ü",
	},
	Sweden: {
		36: "¤",
		64: "É",
		91: "Ä",
		92: "Ö",
		93: "Å",
		94: "Ü",
		96: "é",
		123: "ä",
		124: "ö",
		125: "å",
		126: "ü",
	},
};

/** What a code page that nobody chose shows. */
const UNKNOWN_LETTER = "?";

/**
 * The glass of a display: cells, a cursor, letters, and what happens behind the last cell. Nothing is forgiven: a letter
 * or a cell it has not is a violation.
 */
export class DisplayScreen {
	readonly profile: ScreenProfile;
	readonly #violations: string[] = [];
	#cells: string[] = [];
	#at = 0;
	#slot: number | null = null;
	#national: DisplayProfile["internationalSet"];
	#isScrolling = false;
	#scrollCount = 0;
	/** Percent as the command's steps of a quarter; null as at power on. */
	brightness: number | null = null;

	constructor(profile: ScreenProfile) {
		this.profile = profile;
		this.clear();
	}

	/** What it shows, row by row, each as wide as the display. */
	get rows(): readonly string[] {
		const { deviceRows, deviceColumns } = this.profile;
		return Array.from({ length: deviceRows }, (_, row) =>
			this.#cells.slice(row * deviceColumns, (row + 1) * deviceColumns).join(""),
		);
	}

	/** What it did not understand, or has not. */
	get violations(): readonly string[] {
		return this.#violations;
	}

	/** How often its text moved up. */
	get scrollCount(): number {
		return this.#scrollCount;
	}

	violation(detail: string): void {
		this.#violations.push(detail);
	}

	clear(): void {
		this.#cells = Array.from({ length: this.profile.deviceRows * this.profile.deviceColumns }, () => " ");
		this.#at = 0;
	}

	clearRow(row: number): void {
		this.#cells.fill(" ", row * this.profile.deviceColumns, (row + 1) * this.profile.deviceColumns);
		this.moveTo(0, row);
	}

	/** Whether the last cell scrolls. */
	setScrolling(isScrolling: boolean): void {
		this.#isScrolling = isScrolling;
	}

	/** Letters as at power on, or by command. */
	setLetters(slot: number | null, national: DisplayProfile["internationalSet"]): void {
		this.setCodePage(slot);
		this.#national = national;
	}

	setCodePage(slot: number | null): void {
		const known = slot === null || this.profile.codePages.some((page) => page.slot === slot);
		if (!known) this.violation(`no code page in slot ${slot}`);
		this.#slot = known ? slot : null;
	}

	setNational(national: DisplayProfile["internationalSet"]): void {
		if (national === undefined) this.violation("no such international set");
		this.#national = national;
	}

	/** Column and row, counted from 0. What is not on the display is ignored, as a real one does. */
	moveTo(column: number, row: number): void {
		const { deviceRows, deviceColumns } = this.profile;
		if (column < 0 || column >= deviceColumns || row < 0 || row >= deviceRows) {
			this.violation(`no cell ${column + 1} ${row + 1}`);
		} else this.#at = row * deviceColumns + column;
	}

	/** Cells counted from 0 over all rows. */
	moveToCell(cell: number): void {
		this.moveTo(cell % this.profile.deviceColumns, Math.floor(cell / this.profile.deviceColumns));
	}

	/** One character at the cursor, which goes on. */
	write(byte: number): void {
		this.#cells[this.#at] = this.#letter(byte);
		this.#at += 1;
		if (this.#at < this.#cells.length) return;
		this.#at = 0;
		if (this.#isScrolling) this.#scroll();
	}

	#scroll(): void {
		const { deviceRows, deviceColumns } = this.profile;
		this.#scrollCount += 1;
		this.#cells = [...this.#cells.slice(deviceColumns), ...Array.from({ length: deviceColumns }, () => " ")];
		this.#at = (deviceRows - 1) * deviceColumns;
	}

	#letter(byte: number): string {
		const national = this.#national === undefined ? undefined : NATIONAL[this.#national][byte];
		if (national !== undefined) return national;
		const page = this.profile.codePages.find(({ slot }) => slot === this.#slot);
		const encoding = page?.encoding ?? "ascii";
		const letter = encodingTable(encoding).charOf[byte] ?? "";
		if (letter === "") this.violation(`no letter ${byte.toString(16)} in ${encoding}`);
		return letter === "" ? UNKNOWN_LETTER : letter;
	}
}
