import { EscposInterpreter, type PrinterAct } from "../paper/escpos-interpreter.ts";
import type { PaperProfile } from "../paper/paper.ts";

/** What can be wrong with an emulated printer. */
export interface PrinterCondition {
	readonly coverOpen: boolean;
	readonly recEmpty: boolean;
	readonly recNearEnd: boolean;
	readonly drawerOpen: boolean;
}

const WELL: PrinterCondition = { coverOpen: false, recEmpty: false, recNearEnd: false, drawerOpen: false };

const DLE = 0x10;
const EOT = 0x04;

/**
 * The far end of an ESC/POS line: executes what comes, through the strict interpreter, and answers as Epson's printers
 * do. Without paper or with an open cover it takes bytes in and executes nothing but real-time questions, so that what it
 * holds comes out when it is well again. `reply` is set by whoever carries its bytes.
 */
export class EmulatedPrinter {
	/** Takes what it sends back. Replies of a silent or unconnected one are lost. */
	reply: (bytes: Uint8Array) => void = () => undefined;
	/** What it says it is (GS I): by question, 65 firmware, 66 maker, 67 model. One that is not there is not answered. */
	identity: Readonly<Record<number, string>> = {};
	/** Takes in and prints but never answers: a one-way cable. */
	silent = false;
	readonly #interpreter: EscposInterpreter;
	readonly #onAct: (act: PrinterAct) => void;
	#condition = WELL;
	#mask = 0;
	#held: Buffer[] = [];
	#realTime: number[] = [];

	constructor(profile: PaperProfile, onAct: (act: PrinterAct) => void) {
		this.#interpreter = new EscposInterpreter(profile);
		this.#onAct = onAct;
	}

	/** Something changes at the printer; it reports by itself when it was asked to. */
	set(change: Partial<PrinterCondition>): void {
		this.#condition = { ...this.#condition, ...change };
		if (this.#mask !== 0) this.#send(this.#automaticStatus());
		if (this.#isOffline()) return;
		const held = this.#held;
		this.#held = [];
		for (const bytes of held) this.#execute(bytes);
	}

	/** Bytes from the till. */
	receive(bytes: Uint8Array): void {
		const ordered = this.#takeRealTime(bytes);
		if (this.#isOffline()) this.#held.push(ordered);
		else this.#execute(ordered);
	}

	/** Answers the real-time questions, which are executed on arrival; the rest waits its turn. */
	#takeRealTime(bytes: Uint8Array): Buffer {
		const rest: number[] = [];
		for (const byte of bytes) {
			const begun = this.#realTime;
			if ((begun.length === 0 && byte === DLE) || (begun.length === 1 && byte === EOT)) {
				begun.push(byte);
			} else if (begun.length === 2 && byte >= 1 && byte <= 4) {
				this.#realTime = [];
				this.#send(Buffer.of(this.#realTimeStatus(byte)));
			} else {
				rest.push(...begun, byte);
				this.#realTime = [];
			}
		}
		return Buffer.from(rest);
	}

	#isOffline(): boolean {
		return this.#condition.coverOpen || this.#condition.recEmpty;
	}

	#execute(bytes: Buffer): void {
		for (const act of this.#interpreter.next(bytes)) {
			if (act.act === "initialised") this.#mask = 0;
			if (act.act === "automaticStatus") {
				this.#mask = act.mask;
				if (act.mask !== 0) this.#send(this.#automaticStatus());
			}
			this.#onAct(act);
			if (act.act === "processId") this.#send(Buffer.from(`\x37\x22${act.id}\x00`, "latin1"));
			if (act.act === "transmitId") this.#sayWhoItIs(act.question);
			if (act.act === "transmitStatus") this.#send(Buffer.of(this.#transmitted(act.question)));
		}
	}

	#sayWhoItIs(question: number): void {
		const text = this.identity[question];
		if (text !== undefined) this.#send(Buffer.from(`\x5f${text}\x00`, "latin1"));
	}

	#send(bytes: Buffer): void {
		if (!this.silent) this.reply(bytes);
	}

	#automaticStatus(): Buffer {
		const { coverOpen, recEmpty, recNearEnd, drawerOpen } = this.#condition;
		const offline = this.#isOffline();
		return Buffer.of(
			0x10 | (drawerOpen ? 0x04 : 0) | (offline ? 0x08 : 0) | (coverOpen ? 0x20 : 0),
			0x00,
			(recNearEnd ? 0x03 : 0) | (recEmpty ? 0x0c : 0),
			0x0f, // reserved bits, as a TM-T90 sets them
		);
	}

	#realTimeStatus(question: number): number {
		const { coverOpen, recEmpty, recNearEnd, drawerOpen } = this.#condition;
		switch (question) {
			case 1:
				return 0x12 | (drawerOpen ? 0x04 : 0) | (this.#isOffline() ? 0x08 : 0);
			case 2:
				return 0x12 | (coverOpen ? 0x04 : 0) | (recEmpty ? 0x20 : 0);
			case 4:
				return 0x12 | (recNearEnd ? 0x0c : 0) | (recEmpty ? 0x60 : 0);
			default:
				return 0x12;
		}
	}

	#transmitted(question: number): number {
		const { recNearEnd, drawerOpen } = this.#condition;
		if (question === 1) return recNearEnd ? 0x03 : 0;
		return drawerOpen ? 1 : 0;
	}
}
