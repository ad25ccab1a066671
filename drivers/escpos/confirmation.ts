import type { PrinterProfile } from "../../src/devices/contract/profile.ts";
import { processIdRequest, TRANSMIT_PAPER_STATUS } from "./commands.ts";
import type { Reply } from "./reply-reader.ts";

/** How far a printer's word on a job can go. */
export type ConfirmationLevel = PrinterProfile["status"]["confirmation"];

/** Ids are four digits and ascend, because a printer with several pending may answer the latest only. */
const ID_DIGITS = 4;
const ID_COUNT = 10 ** ID_DIGITS;

/** So many bytes that no printer sends make a line one that is not believed; fewer come of a plug that is pushed in. */
const NOISE_MIN = 4;

/** More is not remembered: each job forgives half, so that a line that is quiet again comes right. */
const NOISE_MAX = 2 * NOISE_MIN;

/**
 * Which reply confirms the job under way. A process id names its job. GS r's answer does not: answers come in the order
 * of the questions, so one that an earlier job is still owed is not taken for this one's. Nor is it believed on a line that
 * brings noise, as with a wrong baud rate: a quarter of all bytes look like it. Both err towards "unknown".
 */
export class Confirmation {
	readonly level: ConfirmationLevel;
	#lastId: number;
	#owed = 0;
	#answeredEarlier = false;
	#pending: "none" | "waiting" | "confirmed" = "none";
	#noise = 0;

	/** @param seed Any integer: where the ids begin, so that a late answer to an earlier run of the program names no job of this one. */
	constructor(level: ConfirmationLevel, seed: number) {
		this.level = level;
		this.#lastId = seed % ID_COUNT;
	}

	/** The id of the job begun last, as a process id names it. */
	get lastId(): string {
		return this.#lastId.toString().padStart(ID_DIGITS, "0");
	}

	/** Begins a job: the bytes to send behind it. */
	begin(): Buffer {
		this.#pending = "waiting";
		this.#answeredEarlier = false;
		this.#noise = Math.floor(this.#noise / 2);
		switch (this.level) {
			case "processId":
				this.#lastId = (this.#lastId + 1) % ID_COUNT;
				return processIdRequest(this.#lastId);
			case "gsr":
				return TRANSMIT_PAPER_STATUS;
			case "written":
				return Buffer.alloc(0);
		}
	}

	/** Takes a reply in; whether it confirmed the job under way. */
	take(reply: Reply): boolean {
		if (this.level === "processId" && reply.kind === "processId") {
			if (this.#pending !== "waiting" || Number(reply.id) !== this.#lastId) return false;
			this.#pending = "confirmed";
			return true;
		}
		if (reply.kind === "unexpected") this.#noise = Math.min(this.#noise + 1, NOISE_MAX);
		if (this.level !== "gsr" || reply.kind !== "transmitted" || this.#noise >= NOISE_MIN) return false;
		if (this.#owed > 0) {
			this.#owed -= 1;
			this.#answeredEarlier = true;
			return false;
		}
		if (this.#pending !== "waiting") return false;
		this.#pending = "confirmed";
		return true;
	}

	/** Ends the job. One that was asked and not answered leaves its answer owed, unless this shows that an earlier one was lost. */
	end(): void {
		if (this.#pending === "waiting") this.#owed = this.#answeredEarlier ? 0 : this.#owed + 1;
		this.#pending = "none";
	}

	/** Not one byte of the job was sent after all. */
	withdraw(): void {
		this.#pending = "none";
	}

	/** A new connection owes nothing, and neither does a printer that was switched on. */
	forget(): void {
		this.#owed = 0;
		this.#noise = 0;
		this.#pending = "none";
	}
}
