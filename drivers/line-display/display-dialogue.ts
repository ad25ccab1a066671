import type { Timers } from "../../src/runtime/contract/clock.ts";
import type { Port } from "../transport/port.ts";
import type { DisplayAnswers, DisplayStep } from "./display-protocol.ts";

/** How often a refused command is sent altogether. */
const TRIES_MAX = 3;

/** A display that has not answered by then is not there: the command is 6 bytes, and the answer one. */
const ANSWER_TIMEOUT_MS = 1_000;

/** What became of steps: `refused` after {@link TRIES_MAX} times, `silent` without an answer, `failed` with the line. */
export type Said = "written" | "refused" | "silent" | "failed";

type Answer = "ack" | "nak" | "silent" | "lost";

const SAID: Readonly<Record<Exclude<Answer, "nak">, Said>> = { ack: "written", silent: "silent", lost: "failed" };

/** Sends a display's steps one after the other, and waits for the answers of those that have one. One sender at a time. */
export class DisplayDialogue {
	readonly #port: Pick<Port, "name" | "write">;
	readonly #answers: DisplayAnswers | null;
	readonly #timers: Timers;
	#hear: ((answer: Answer) => void) | null = null;

	constructor(port: Pick<Port, "name" | "write">, answers: DisplayAnswers | null, timers: Timers) {
		this.#port = port;
		this.#answers = answers;
		this.#timers = timers;
	}

	/** Ends at the first step that does not come through. */
	async send(steps: readonly DisplayStep[]): Promise<Said> {
		for (const step of steps) {
			const said = step.isAnswered && this.#answers !== null ? await this.#ask(step) : await this.#write(step);
			if (said !== "written") return said;
		}
		return "written";
	}

	/** Bytes of the display; what is no answer, or comes when none is waited for, says nothing. */
	heard(bytes: Uint8Array): void {
		for (const byte of bytes) {
			if (byte === this.#answers?.ack) this.#hear?.("ack");
			else if (byte === this.#answers?.nak) this.#hear?.("nak");
		}
	}

	/** The line is gone; no answer will come. */
	lost(): void {
		this.#hear?.("lost");
	}

	async #write(step: DisplayStep): Promise<Said> {
		const { outcome } = await this.#port.write(step.bytes);
		return outcome === "written" ? "written" : "failed";
	}

	async #ask(step: DisplayStep): Promise<Said> {
		for (let tries = 0; tries < TRIES_MAX; tries += 1) {
			// Listened for before it is written: a near display answers while the line is still being drained.
			const answer = new Promise<Answer>((resolve) => {
				this.#hear = resolve;
			});
			const said = await this.#write(step);
			const cancel = this.#timers.after(`${this.#port.name} answer`, ANSWER_TIMEOUT_MS, () => this.#hear?.("silent"));
			if (said !== "written") this.#hear?.("lost");
			const heard = await answer;
			this.#hear = null;
			cancel();
			if (heard !== "nak") return SAID[heard];
		}
		return "refused";
	}
}
