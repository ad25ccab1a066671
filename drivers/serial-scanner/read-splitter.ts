import type { ScannerProfile } from "../../src/devices/contract/profile.ts";
import { withoutEnd, withoutPrefix } from "../scan-data/read-end.ts";
import { hasIdentifier, mayHoldLineEnds } from "../scan-data/symbology.ts";

const NUL = 0x00;

/** Bits of a byte that a line of 7 data bits carries; the eighth is parity or noise. */
const SEVEN_BITS = 0x7f;

/** The longest AIM prefix and end beside the data of a read. */
const FRAME_LENGTH_MAX = 3 + 2;

/** How the reads of a scanner look on the line. */
export interface ReadFormat {
	readonly prefix: string;
	readonly suffix: ScannerProfile["suffix"];
	readonly aimPrefix: boolean;
	readonly dataBits: 7 | 8;
	/** Bytes of the data of one read. */
	readonly dataLengthMax: number;
}

/** Characters that are gathered, or that there were too many and all are dropped. */
interface Gathered {
	readonly text: string;
	readonly tooLong: boolean;
}

/** What was begun: characters since the last end, and a two-dimensional read whose end may have been data. */
export interface SplitterState {
	readonly begun: Gathered;
	readonly held: Gathered | null;
}

const NOTHING: Gathered = { text: "", tooLong: false };

/** Between two reads. */
export const SPLITTER_EMPTY: SplitterState = { begun: NOTHING, held: null };

/** What a stretch of bytes held: the reads that are whole, how many were dropped, and what is begun. */
export interface Split {
	readonly reads: readonly string[];
	/** Longer than the limit: half a code is another code. */
	readonly tooLongCount: number;
	/** Without the prefix that every read of this scanner begins with. */
	readonly noPrefixCount: number;
	readonly state: SplitterState;
}

const endsRead = (suffix: ReadFormat["suffix"], text: string): boolean => {
	switch (suffix) {
		case "any":
			return text.endsWith("\r") || text.endsWith("\n");
		case "cr":
			return text.endsWith("\r");
		case "lf":
			return text.endsWith("\n");
		case "crlf":
			return text.endsWith("\r\n");
		case "tab":
			return text.endsWith("\t");
		case "etx":
			return text.endsWith("\x03");
		case "none":
			return false;
	}
};

/** Whether an end may be data: an AIM prefix says what was read, and ETX stands in no label. */
const holds = ({ aimPrefix, suffix }: ReadFormat): boolean => aimPrefix && suffix !== "etx" && suffix !== "none";

/** Takes characters of one stretch in; one use, then its result. */
class Splitting {
	readonly reads: string[] = [];
	tooLongCount = 0;
	noPrefixCount = 0;
	readonly #format: ReadFormat;
	#begun: Gathered;
	#held: Gathered | null;

	constructor(state: SplitterState, format: ReadFormat) {
		this.#format = format;
		this.#begun = state.begun;
		this.#held = state.held;
	}

	result(): Split {
		const { reads, tooLongCount, noPrefixCount } = this;
		return { reads, tooLongCount, noPrefixCount, state: { begun: this.#begun, held: this.#held } };
	}

	take(character: string): void {
		const { suffix } = this.#format;
		// The LF of CR LF belongs to the end before it.
		if (suffix === "cr" && character === "\n" && this.#begun.text === "" && !this.#begun.tooLong) {
			if (this.#held !== null) this.#held = this.#joined(this.#held, character);
			return;
		}
		this.#begun = this.#joined(this.#begun, character);
		if (endsRead(suffix, this.#begun.text)) this.end();
	}

	/** What is begun ends here. */
	end(): void {
		const piece = this.#begun;
		this.#begun = NOTHING;
		if (this.#held !== null && !this.#beginsRead(piece)) {
			const { text, tooLong } = this.#joined(this.#held, piece.text);
			this.#held = { text, tooLong: tooLong || piece.tooLong };
			return;
		}
		this.release();
		if (
			!piece.tooLong &&
			holds(this.#format) &&
			mayHoldLineEnds(withoutPrefix(this.#format.prefix, piece.text) ?? "")
		) {
			this.#held = piece;
		} else this.#give(piece);
	}

	/** What is held ends here. */
	release(): void {
		if (this.#held !== null) this.#give(this.#held);
		this.#held = null;
	}

	#joined({ text, tooLong }: Gathered, more: string): Gathered {
		const joined = text + more;
		// Of what is dropped only the end is kept, by which its end is known.
		if (tooLong) return { text: joined.slice(-2), tooLong };
		const lengthMax = this.#format.dataLengthMax + this.#format.prefix.length + FRAME_LENGTH_MAX;
		return joined.length > lengthMax ? { text: joined.slice(-2), tooLong: true } : { text: joined, tooLong };
	}

	#beginsRead({ text, tooLong }: Gathered): boolean {
		return !tooLong && hasIdentifier(withoutPrefix(this.#format.prefix, text) ?? "");
	}

	#give({ text, tooLong }: Gathered): void {
		if (tooLong) {
			this.tooLongCount += 1;
			return;
		}
		const read = withoutEnd(this.#format.suffix, text);
		if (read === "") return;
		const label = withoutPrefix(this.#format.prefix, read);
		if (label === null) this.noPrefixCount += 1;
		else if (label !== "") this.reads.push(label);
	}
}

/**
 * Cuts a scanner's bytes into reads, whatever chunks they come in. NUL is filler; the text is Latin-1, so that GS (0x1D) and
 * high bytes survive (devices.md section 6). Where AIM prefixes are sent, a two-dimensional read of free text is held at its
 * suffix, because the suffix may be data (CR in a QR code): it is whole when the next thing begins with an AIM prefix, or
 * when {@link endPause} says so. Pure.
 */
export const splitReads = (state: SplitterState, chunk: Uint8Array, format: ReadFormat): Split => {
	const splitting = new Splitting(state, format);
	for (const byte of chunk) {
		const code = format.dataBits === 7 ? byte & SEVEN_BITS : byte;
		if (code !== NUL) splitting.take(String.fromCharCode(code));
	}
	return splitting.result();
};

/** A pause after which what is begun and what is held are whole. Pure. */
export const endPause = (state: SplitterState, format: ReadFormat): Split => {
	const splitting = new Splitting(state, format);
	splitting.end();
	splitting.release();
	return splitting.result();
};
