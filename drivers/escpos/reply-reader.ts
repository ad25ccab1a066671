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
	/** 3B 31 00: the printer was switched on just now (Epson's power-on notice; GS ( E, TM-T88III manual p 578). */
	| { readonly kind: "poweredOn" }
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
const POWER_ON_HEADER = 0x3b;
const BLOCK_HEADERS: readonly number[] = [0x37, 0x5f, POWER_ON_HEADER];

/** The text of a process id's block; after noise that looked like a header, its own header stands in the text. */
const PROCESS_ID = /^\x22([\x20-\x7e]{4})$|7\x22([\x20-\x7e]{4})$/;

const isAsbHead = (byte: number): boolean => (byte & 0x93) === 0x10;
const isAsbTail = (byte: number): boolean => (byte & 0x90) === 0;
const isRealTime = (byte: number): boolean => (byte & 0x93) === 0x12;
const isText = (byte: number): boolean => byte >= 0x20 && byte <= 0x7e;
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

const blockOf = (header: number, text: string): Reply => {
	if (header === POWER_ON_HEADER) return { kind: "poweredOn" };
	const [, own, behindNoise] = PROCESS_ID.exec(text) ?? [];
	const id = header === 0x37 && own !== undefined ? own : behindNoise;
	return id === undefined ? { kind: "block", header, text } : { kind: "processId", id };
};

const inBlock = (header: number, bytes: readonly number[], byte: number): Step => {
	if (byte === XON || byte === XOFF) return { state: { at: "block", header, bytes }, replies: [] };
	if (byte === 0) return { state: READER_IDLE, replies: [blockOf(header, String.fromCharCode(...bytes))] };
	if (isText(byte) && bytes.length < BLOCK_LENGTH_MAX) {
		return { state: { at: "block", header, bytes: [...bytes, byte] }, replies: [] };
	}
	const again = first(byte);
	return { state: again.state, replies: [{ kind: "unexpected", byte: header }, ...again.replies] };
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
