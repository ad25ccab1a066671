const ESC = 0x1b;
const SELECT = 0x3d;
const DLE = 0x10;

/** Bytes behind each DLE command of a printer: EOT n, ENQ n; DC4 is not used. */
const REAL_TIME: readonly number[] = [0x04, 0x05];

/** Who is spoken to: 1 printer, 2 display, 3 both. */
type Selected = 1 | 2 | 3;

/**
 * A display in a printer's line (DM-D110 specification p 12, 41): takes what is its own, passes on the rest. ESC = n says
 * which; a display that was switched on has itself selected. Real-time commands are passed on whoever is selected.
 */
export class PassThrough {
	readonly #display: (bytes: Uint8Array) => void;
	readonly #printer: (bytes: Uint8Array) => void;
	#selected: Selected = 2;
	#command: number[] = [];

	constructor(display: (bytes: Uint8Array) => void, printer: (bytes: Uint8Array) => void) {
		this.#display = display;
		this.#printer = printer;
	}

	/** Its power was off for a moment. */
	powerCycle(): void {
		this.#selected = 2;
		this.#command = [];
	}

	next(bytes: Uint8Array): void {
		for (const byte of bytes) this.#take(byte);
	}

	#take(byte: number): void {
		const [first] = this.#command;
		this.#command.push(byte);
		if (first === undefined && (byte === ESC || byte === DLE)) return;
		if (this.#command.length === 2 && (first === ESC ? byte === SELECT : REAL_TIME.includes(byte))) return;
		const command = Uint8Array.from(this.#command);
		this.#command = [];
		const isWhole = command.length === 3;
		if (isWhole && first === ESC && (byte === 1 || byte === 2 || byte === 3)) this.#selected = byte;
		else if (isWhole && first === DLE) this.#printer(command);
		else {
			if (this.#selected !== 1) this.#display(command);
			if (this.#selected !== 2) this.#printer(command);
		}
	}
}
