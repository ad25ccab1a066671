const CR = 0x0d;
const LF = 0x0a;
const NUL = 0x00;

/** Half a read: what came of it, or that it is already too long and dropped to its end. */
export interface SplitterState {
	readonly bytes: readonly number[];
	readonly tooLong: boolean;
}

/** Between two reads. */
export const SPLITTER_EMPTY: SplitterState = { bytes: [], tooLong: false };

/** What a stretch of bytes held: the reads it ended, how many were dropped for their length, and the begun one. */
export interface Split {
	readonly reads: readonly string[];
	readonly droppedCount: number;
	readonly state: SplitterState;
}

/**
 * Cuts a scanner's bytes into reads. CR, LF or both end one (a delimiter of CR LF would never see the end of a read from a
 * scanner that sends CR); NUL is filler; the text is Latin-1, so that GS (0x1D) and high bytes survive (devices.md section
 * 6). Longer than `lengthMax`: dropped to its end, because half a code is another code. Pure.
 */
export const splitReads = (state: SplitterState, chunk: Uint8Array, lengthMax: number): Split => {
	const reads: string[] = [];
	let droppedCount = 0;
	let bytes = [...state.bytes];
	let { tooLong } = state;
	for (const byte of chunk) {
		if (byte === NUL) continue;
		if (byte === CR || byte === LF) {
			if (tooLong) droppedCount += 1;
			else if (bytes.length > 0) reads.push(Buffer.from(bytes).toString("latin1"));
			bytes = [];
			tooLong = false;
		} else if (!tooLong) {
			bytes.push(byte);
			if (bytes.length > lengthMax) {
				bytes = [];
				tooLong = true;
			}
		}
	}
	return { reads, droppedCount, state: { bytes, tooLong } };
};
