import type { POSPrinter } from "../../src/devices/contract/devices.ts";
import type { DriverServices, LineHost, PulseHost } from "../../src/devices/contract/driver.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import { EscposPrinter } from "../escpos/escpos-printer.ts";
import type { PrinterAct } from "../paper/escpos-interpreter.ts";
import type { Paper } from "../paper/paper.ts";
import { elementText } from "../paper/paper-text.ts";
import { paperOf } from "../paper/read-paper.ts";
import { LivePort } from "../transport/live-port.ts";
import { EmulatedPrinter } from "./emulated-printer.ts";
import type { PrinterCondition } from "./printer-condition.ts";
import { VirtualLine } from "./virtual-line.ts";

/** Fewer bytes than this are a question or a pulse, no paper. */
const PAPER_BYTES_MIN = 200;

/** Papers kept; older ones are forgotten so that a long run does not grow. */
const PAPERS_MAX = 100;

/** What a virtual printer does in the world. */
export interface PrinterEvents {
	/** A paper was cut off: its lines as plain text, codes in brackets; and the paper itself, which can be drawn. */
	readonly onPaper: (printerId: string, lines: readonly string[], paper: Paper) => void;
	/** The solenoid of a drawer was pulsed. */
	readonly onPulse: (printerId: string, pin: 2 | 5) => void;
	/** A command that the strict interpreter does not know: a fault of the encoder. */
	readonly onViolation: (printerId: string, detail: string) => void;
}

/**
 * A receipt printer without hardware: the real driver encodes to bytes, and an emulated printer interprets them. What it
 * prints is therefore what a printer of that profile would.
 */
export class VirtualPrinter {
	/** What hangs on the till. */
	readonly device: POSPrinter & PulseHost & LineHost;
	readonly #papers: (readonly string[])[] = [];
	readonly #line: VirtualLine;
	readonly #printer: EmulatedPrinter;
	readonly #profile: PrinterProfile;
	#acts: PrinterAct[] = [];
	#isToBreak = false;

	constructor(
		options: { readonly id: string; readonly profile: PrinterProfile },
		services: DriverServices,
		events: PrinterEvents,
	) {
		const { id, profile } = options;
		this.#profile = profile;
		this.#printer = new EmulatedPrinter(profile, (act) => this.#acted(id, act, events));
		this.#line = new VirtualLine(id, (bytes) => this.#receive(bytes));
		this.#printer.reply = (bytes) => this.#line.send(bytes);
		const connector = this.#line.connector();
		this.device = new EscposPrinter(options, (listener) => new LivePort(connector, listener, services), services);
	}

	/** The papers cut off so far, oldest first; the last {@link PAPERS_MAX}. */
	get papers(): readonly (readonly string[])[] {
		return this.#papers;
	}

	/** Takes paper out, opens the cover or the drawer, and so on. */
	set(change: Partial<PrinterCondition>): void {
		this.#printer.set(change);
	}

	/** Pulls the cable. */
	unplug(): void {
		this.#line.unplug();
	}

	/** Pulls the cable when half of the next paper has come. */
	unplugInTheMiddle(): void {
		this.#isToBreak = true;
	}

	/** Puts the cable back. */
	plug(): void {
		this.#line.plug();
	}

	#receive(bytes: Uint8Array): void {
		const isBreaking = this.#isToBreak && bytes.length >= PAPER_BYTES_MIN;
		this.#printer.receive(isBreaking ? bytes.subarray(0, bytes.length / 2) : bytes);
		if (!isBreaking) return;
		this.#isToBreak = false;
		this.unplug();
	}

	#acted(id: string, act: PrinterAct, events: PrinterEvents): void {
		if (act.act === "pulse") events.onPulse(id, act.pin);
		if (act.act === "violation") events.onViolation(id, `${act.detail} at byte ${act.offset}`);
		// A printer without a cutter ends its paper where the next job begins.
		if (act.act === "initialised") this.#tearOff(id, events);
		else this.#acts.push(act);
		if (act.act === "cut") this.#tearOff(id, events);
	}

	#tearOff(id: string, events: PrinterEvents): void {
		const paper = paperOf(this.#acts, this.#profile);
		this.#acts = [];
		const lines = paper.elements.flatMap((element) => elementText(element) ?? []);
		if (lines.length === 0) return;
		this.#papers.push(lines);
		if (this.#papers.length > PAPERS_MAX) this.#papers.shift();
		events.onPaper(id, lines, paper);
	}
}
