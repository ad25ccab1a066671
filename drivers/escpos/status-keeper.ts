import type { DriverServices } from "../../src/devices/contract/driver.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import { ASB_ON, type RealTimeQuestion, realTimeStatus } from "./commands.ts";
import { type PrinterStatus, STATUS_UNKNOWN, statusOfAsb, withRealTime } from "./printer-status.ts";
import { READER_IDLE, type ReaderState, type Reply, readReplies } from "./reply-reader.ts";

/** How often a printer is asked how it is. */
export const STATUS_PERIOD_MS = 5_000;

const NOTHING = Buffer.alloc(0);

const NEXT_QUESTION: Readonly<Record<RealTimeQuestion, RealTimeQuestion | null>> = { 1: 2, 2: 3, 3: 4, 4: null };

/**
 * What one connection to a printer has said, and what to ask it next. One question of DLE EOT at a time, because its
 * answers do not say which question they answer: a question that was asked again is left only when all its answers are in.
 */
export class StatusKeeper {
	readonly #profile: PrinterProfile["status"];
	readonly #clock: DriverServices["clock"];
	#status: PrinterStatus = STATUS_UNKNOWN;
	#reader: ReaderState = READER_IDLE;
	#question: RealTimeQuestion = 1;
	/** Answers to the question that are still to come, when it was asked last, and whether one has come since. */
	#awaited = 0;
	#lastAskedMs = 0;
	#isAnswered = false;
	#askedAtMs: number | null = null;
	#heard = false;

	constructor(profile: PrinterProfile["status"], clock: DriverServices["clock"]) {
		this.#profile = profile;
		this.#clock = clock;
	}

	/** Whether this model can be asked at all. */
	get canAsk(): boolean {
		return this.#profile.asb || this.#profile.dleEot;
	}

	get status(): PrinterStatus {
		return this.#status;
	}

	/** Whether this connection has brought a reply yet; noise is none. */
	get heard(): boolean {
		return this.#heard;
	}

	/** Whether a question has waited longer than a healthy printer takes. */
	isSilent(): boolean {
		return (
			this.#askedAtMs !== null && this.#clock.stamp().monotonicMs - this.#askedAtMs >= this.#profile.confirmTimeoutMs
		);
	}

	/**
	 * The bytes that begin a round of questions, or ask once more what nothing came back to. Empty when the model cannot be
	 * asked, and while a slow one is still answering. `inOrder`: what is executed in order may be sent, too. Automatic status
	 * is then turned on each time: a printer that was switched off and on has forgotten it, and on a serial line nobody
	 * notices. Within a command that was cut off it would be taken for the command's length or data.
	 */
	ask(inOrder: boolean): Buffer {
		if (!this.canAsk || !(inOrder || this.#profile.dleEot)) return NOTHING;
		const nowMs = this.#clock.stamp().monotonicMs;
		const { asb, dleEot, confirmTimeoutMs } = this.#profile;
		if (dleEot) {
			const isAnswering = this.#awaited > 0 && this.#isAnswered;
			if (isAnswering && nowMs - this.#lastAskedMs < confirmTimeoutMs) return NOTHING;
			if (isAnswering) this.#awaited = 0;
			if (this.#awaited === 0) this.#question = 1;
		}
		this.#askedAtMs ??= nowMs;
		return Buffer.concat([asb && inOrder ? ASB_ON : NOTHING, dleEot ? this.#put(nowMs) : NOTHING]);
	}

	#put(nowMs: number): Buffer {
		this.#awaited += 1;
		this.#lastAskedMs = nowMs;
		this.#isAnswered = false;
		return realTimeStatus(this.#question);
	}

	/** Takes bytes in: the replies among them, and the next question to send, if any. */
	take(bytes: Uint8Array): { readonly replies: readonly Reply[]; readonly next: Buffer | null } {
		const { state, replies } = readReplies(this.#reader, bytes);
		this.#reader = state;
		if (replies.some(({ kind }) => kind !== "unexpected")) {
			this.#askedAtMs = null;
			this.#heard = true;
		}
		let next: Buffer | null = null;
		for (const reply of replies) {
			if (reply.kind === "asb") this.#status = statusOfAsb(reply.bytes);
			if (reply.kind === "realTime") next = this.#answered(reply.byte);
		}
		return { replies, next };
	}

	/** The line is gone, or the printer was switched on: what was said holds no more. */
	forget(): void {
		this.#status = STATUS_UNKNOWN;
		this.#reader = READER_IDLE;
		this.#awaited = 0;
		this.#askedAtMs = null;
		this.#heard = false;
	}

	#answered(byte: number): Buffer | null {
		if (this.#awaited === 0) return null;
		this.#status = withRealTime(this.#status, this.#question, byte);
		this.#awaited -= 1;
		this.#isAnswered = true;
		const next = NEXT_QUESTION[this.#question];
		if (this.#awaited > 0 || next === null) return null;
		this.#question = next;
		return this.#put(this.#clock.stamp().monotonicMs);
	}
}
