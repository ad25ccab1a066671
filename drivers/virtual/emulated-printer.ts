import type { Timers } from "../../src/runtime/contract/clock.ts";
import { EscposInterpreter, type PrinterAct } from "../paper/escpos-interpreter.ts";
import type { PaperProfile } from "../paper/paper.ts";
import {
	automaticStatus,
	changedBits,
	isOffline,
	type PrinterCondition,
	realTimeStatus,
	transmittedStatus,
	WELL,
} from "./printer-condition.ts";

/** What can happen to a printer in the middle of a job. The last four are ways of answering. */
export type PrinterFault =
	| "paperOut"
	| "coverOpen"
	| "cutterError"
	| "headHot"
	| "powerOff"
	| "unplug"
	| "silence"
	| "garbage"
	| "xonXoff"
	| "slow";

/** How its answers come: as they should, not at all, as noise, with flow control in between, or late. */
export type Manner = "normal" | "silence" | "garbage" | "xonXoff" | "slow";

/** How long a slow printer takes for what it answers in order. */
export const SLOW_MS = 8_000;

const DLE = 0x10;
const EOT = 0x04;

/** Bytes that no printer sends: with bit 7 or in no order, as with a wrong baud rate. */
const GARBAGE = Buffer.of(0xfd, 0x80, 0xb7, 0x9f, 0xe1, 0xff, 0x81);

/** The power-on notice, where memory switch 1-1 asks for it (GS ( E; TM-T88III manual p 578). */
const POWER_ON_NOTICE = Buffer.of(0x3b, 0x31, 0x00);

const XOFF_XON = Buffer.of(0x13, 0x11);

/**
 * The far end of an ESC/POS line: executes what comes, through the strict interpreter, and answers as Epson's printers
 * do. While something is wrong it takes bytes in and executes nothing but real-time questions, so that what it holds comes
 * out when it is well again; switched off it forgets everything. `reply` and `unplugged` are set by whoever carries its bytes.
 */
export class EmulatedPrinter {
	/** Takes what it sends back. */
	reply: (bytes: Uint8Array) => void = () => undefined;
	/** Its cable is pulled, or as good as pulled: a network or USB printer that is switched off. */
	unplugged: (why: "unplug" | "powerOff") => void = () => undefined;
	/** What it says it is (GS I): by question, 65 firmware, 66 maker, 67 model. One that is not there is not answered. */
	identity: Readonly<Record<number, string>> = {};
	manner: Manner = "normal";
	/** Whether it says when it was switched on. */
	powerOnNotice = false;
	readonly #profile: PaperProfile;
	readonly #onAct: (act: PrinterAct) => void;
	readonly #timers: Timers | null;
	#interpreter: EscposInterpreter;
	#condition = WELL;
	#isOn = true;
	#isPlugged = true;
	#mask = 0;
	/** Bytes that wait until it is well. */
	#held: Buffer[] = [];
	/** Acts that wait until a slow one is done. */
	#acts: PrinterAct[] = [];
	#cancelSlow: (() => void) | null = null;
	#realTime: number[] = [];
	#plan: { readonly fault: PrinterFault; bytesLeft: number } | null = null;

	/** @param timers Needed to be slow. */
	constructor(profile: PaperProfile, onAct: (act: PrinterAct) => void, timers: Timers | null = null) {
		this.#profile = profile;
		this.#interpreter = new EscposInterpreter(profile);
		this.#onAct = onAct;
		this.#timers = timers;
	}

	/** Takes in and prints but never answers: a one-way cable. */
	get silent(): boolean {
		return this.manner === "silence";
	}

	set silent(silent: boolean) {
		this.manner = silent ? "silence" : "normal";
	}

	/** Something changes at the printer; it reports by itself what it was asked to report. */
	set(change: Partial<PrinterCondition>): void {
		const before = this.#condition;
		this.#condition = { ...before, ...change };
		if (!this.#isOn) return;
		if ((changedBits(before, this.#condition) & this.#mask) !== 0) this.#send(automaticStatus(this.#condition));
		this.#goOn();
	}

	/** Switches it off: what it holds and what it was told is gone, and so is what comes now. */
	powerOff(): void {
		this.#isOn = false;
		this.#interpreter = new EscposInterpreter(this.#profile);
		this.#mask = 0;
		this.#held = [];
		this.#acts = [];
		this.#realTime = [];
		this.#cancelSlow?.();
		this.#cancelSlow = null;
		this.unplugged("powerOff");
	}

	powerOn(): void {
		this.#isOn = true;
		if (this.powerOnNotice) this.#send(POWER_ON_NOTICE);
	}

	/** Its cable is in again, after `unplugged`. */
	reconnected(): void {
		this.#isPlugged = true;
	}

	get isOn(): boolean {
		return this.#isOn;
	}

	/** Something happens when so many more bytes have come, real-time commands not counted. */
	failAt(bytesLeft: number, fault: PrinterFault): void {
		this.#plan = { fault, bytesLeft };
	}

	/** Whether what `failAt` asked for is still to happen. */
	get isFaultDue(): boolean {
		return this.#plan !== null;
	}

	/** Bytes from the till. */
	receive(bytes: Uint8Array): void {
		if (!this.#isOn || !this.#isPlugged) return;
		const ordered = this.#takeRealTime(bytes);
		const plan = this.#plan;
		if (plan === null || plan.bytesLeft > ordered.length) {
			if (plan !== null) plan.bytesLeft -= ordered.length;
			this.#take(ordered);
			return;
		}
		this.#plan = null;
		this.#take(ordered.subarray(0, plan.bytesLeft));
		this.#fail(plan.fault);
		if (this.#isOn && this.#isPlugged) this.#take(ordered.subarray(plan.bytesLeft));
	}

	#fail(fault: PrinterFault): void {
		switch (fault) {
			case "paperOut":
				this.set({ recEmpty: true });
				return;
			case "coverOpen":
			case "cutterError":
			case "headHot":
				this.set({ [fault]: true });
				return;
			case "powerOff":
				this.powerOff();
				return;
			case "unplug":
				this.#isPlugged = false;
				this.unplugged("unplug");
				return;
			default:
				this.manner = fault;
		}
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
				this.#send(Buffer.of(realTimeStatus(this.#condition, byte)));
			} else {
				rest.push(...begun, byte);
				this.#realTime = [];
			}
		}
		return Buffer.from(rest);
	}

	#take(ordered: Buffer): void {
		if (ordered.length > 0) this.#held.push(ordered);
		this.#goOn();
	}

	/** Executes what it holds, as far as it can. */
	#goOn(): void {
		while (this.#cancelSlow === null && !isOffline(this.#condition)) {
			const act = this.#acts.shift();
			if (act !== undefined) {
				this.#execute(act);
				continue;
			}
			const bytes = this.#held.shift();
			if (bytes === undefined) return;
			this.#acts.push(...this.#interpreter.next(bytes));
		}
	}

	#execute(act: PrinterAct): void {
		if (act.act === "initialised") this.#mask = 0;
		if (act.act === "automaticStatus") {
			this.#mask = act.mask;
			if (act.mask !== 0) this.#send(automaticStatus(this.#condition));
		}
		this.#onAct(act);
		if (act.act === "processId") this.#answer(() => Buffer.from(`\x37\x22${act.id}\x00`, "latin1"));
		if (act.act === "transmitId") this.#sayWhoItIs(act.question);
		if (act.act === "transmitStatus") {
			this.#answer(() => Buffer.of(transmittedStatus(this.#condition, act.question)));
		}
	}

	/** Answers in order; a slow printer comes to that, and to all behind it, later. */
	#answer(bytes: () => Buffer): void {
		if (this.manner !== "slow" || this.#timers === null) {
			this.#send(bytes());
			return;
		}
		this.#cancelSlow = this.#timers.after("emulated printer", SLOW_MS, () => {
			this.#cancelSlow = null;
			this.#send(bytes());
			this.#goOn();
		});
	}

	#sayWhoItIs(question: number): void {
		const text = this.identity[question];
		if (text !== undefined) this.#answer(() => Buffer.from(`\x5f${text}\x00`, "latin1"));
	}

	#send(bytes: Buffer): void {
		if (this.manner === "silence" || !this.#isOn || !this.#isPlugged) return;
		if (this.manner === "garbage") this.reply(GARBAGE);
		else if (this.manner === "xonXoff")
			this.reply(Buffer.concat([...bytes].map((byte) => Buffer.of(byte, ...XOFF_XON))));
		else this.reply(bytes);
	}
}
