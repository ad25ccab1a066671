import type { FaultCode } from "../../runtime/contract/fault.ts";

/** One thing that is wrong with a journal on disk; its code's cause and remedy are in `events/codes.ts`. */
export interface Finding {
	readonly code: FaultCode;
	readonly journalId: string;
	/** Business month of the file; null when it is about the journal as a whole. */
	readonly month: string | null;
	/** Number of the record or message; null when it is about a file. */
	readonly seq: number | null;
	readonly text: string;
}

/** Findings kept of one journal: a file full of damage needs no longer list. */
const FINDINGS_MAX = 200;

/** What was found so far in one journal. */
export class Findings {
	readonly #journalId: string;
	readonly #found: Finding[] = [];

	constructor(journalId: string) {
		this.#journalId = journalId;
	}

	add(code: FaultCode, month: string | null, seq: number | null, text: string): void {
		if (this.#found.length < FINDINGS_MAX) this.#found.push({ code, journalId: this.#journalId, month, seq, text });
	}

	all(): readonly Finding[] {
		return this.#found;
	}
}
