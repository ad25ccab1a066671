/**
 * Tells apart what a printer sends back, by the fixed bits of each kind (Epson ESC/POS application notes, appendix D;
 * devices.md section 4, "Telling replies apart"). Pure: bytes in, replies and the next state out.
 */
export type Reply =
	/** Automatic status back, four bytes. */
	| { readonly kind: "asb"; readonly bytes: readonly [number, number, number, number] }
	/** The one byte that answers DLE EOT; which question it answers only the asker knows. */
	| { readonly kind: "realTime"; readonly byte: number }
	/** The one byte that answers GS r or GS I. */
	| { readonly kind: "transmitted"; readonly byte: number }
	/** 37 22 id 00: the printing up to GS ( H with this id has finished. */
	| { readonly kind: "processId"; readonly id: string }
	/** Another block: header 5F or 37, text up to NUL. */
	| { readonly kind: "block"; readonly header: number; readonly text: string }
	/** A byte that is none of these. */
	| { readonly kind: "unexpected"; readonly byte: number };

/** What is half read. */
export type ReaderState =
	| { readonly at: "idle" }
	| { readonly at: "asb"; readonly bytes: readonly number[] }
	| { readonly at: "block"; readonly header: number; readonly bytes: readonly number[] };

/** Nothing half read. */
export const READER_IDLE: ReaderState = { at: "idle" };

/** A block longer than this is noise. */
const BLOCK_LENGTH_MAX = 128;

const XON = 0x11;
const XOFF = 0x13;
const BLOCK_HEADERS: readonly number[] = [0x37, 0x5f];

const isAsbHead = (byte: number): boolean => (byte & 0x93) === 0x10;
const isAsbTail = (byte: number): boolean => (byte & 0x90) === 0;
const isRealTime = (byte: number): boolean => (byte & 0x93) === 0x12;
const isTransmitted = (byte: number): boolean => (byte & 0x90) === 0;

interface Step {
	readonly state: ReaderState;
	readonly replies: readonly Reply[];
}

const first = (byte: number): Step => {
	if (byte === XON || byte === XOFF) return { state: READER_IDLE, replies: [] };
	if (BLOCK_HEADERS.includes(byte)) return { state: { at: "block", header: byte, bytes: [] }, replies: [] };
	if (isAsbHead(byte)) return { state: { at: "asb", bytes: [byte] }, replies: [] };
	if (isRealTime(byte)) return { state: READER_IDLE, replies: [{ kind: "realTime", byte }] };
	if (isTransmitted(byte)) return { state: READER_IDLE, replies: [{ kind: "transmitted", byte }] };
	return { state: READER_IDLE, replies: [{ kind: "unexpected", byte }] };
};

const inAsb = (bytes: readonly number[], byte: number): Step => {
	if (byte === XON || byte === XOFF) return { state: { at: "asb", bytes }, replies: [] };
	if (!isAsbTail(byte)) {
		const again = first(byte);
		const lost = bytes.map((dropped): Reply => ({ kind: "unexpected", byte: dropped }));
		return { state: again.state, replies: [...lost, ...again.replies] };
	}
	const [one, two, three] = bytes;
	if (one === undefined || two === undefined || three === undefined) {
		return { state: { at: "asb", bytes: [...bytes, byte] }, replies: [] };
	}
	return { state: READER_IDLE, replies: [{ kind: "asb", bytes: [one, two, three, byte] }] };
};

/** A block is text: another control byte shows that its end was lost, and begins something itself. */
const inBlock = (header: number, bytes: readonly number[], byte: number): Step => {
	if (byte === XON || byte === XOFF) return { state: { at: "block", header, bytes }, replies: [] };
	if (byte !== 0 && byte < 0x20) {
		const again = first(byte);
		return { state: again.state, replies: [{ kind: "unexpected", byte: header }, ...again.replies] };
	}
	if (byte !== 0) {
		if (bytes.length < BLOCK_LENGTH_MAX)
			return { state: { at: "block", header, bytes: [...bytes, byte] }, replies: [] };
		return { state: READER_IDLE, replies: [{ kind: "unexpected", byte: header }] };
	}
	const text = String.fromCharCode(...bytes);
	const id = header === 0x37 && text.startsWith("\x22") ? text.slice(1) : null;
	const reply: Reply = id === null ? { kind: "block", header, text } : { kind: "processId", id };
	return { state: READER_IDLE, replies: [reply] };
};

const step = (state: ReaderState, byte: number): Step => {
	switch (state.at) {
		case "idle":
			return first(byte);
		case "asb":
			return inAsb(state.bytes, byte);
		case "block":
			return inBlock(state.header, state.bytes, byte);
	}
};

/** Takes bytes in; answers the complete replies among them and what is left half read. */
export const readReplies = (state: ReaderState, bytes: Uint8Array): Step => {
	let current = state;
	const replies: Reply[] = [];
	for (const byte of bytes) {
		const next = step(current, byte);
		current = next.state;
		replies.push(...next.replies);
	}
	return { state: current, replies };
};
