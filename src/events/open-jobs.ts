/** A paper of a ticket or a day. */
export interface PaperName {
	readonly paper: "receipt" | "copy" | "zReport";
	/** The receipt number or Z. */
	readonly number: number;
}

/** Something physical that was begun and of which nobody knows the end (DESIGN section 4, rule 6). */
export interface OpenJob {
	readonly jobId: string;
	readonly what: "print" | "drawer";
	/** What is printed; null for a pulse, and for a test page, which is in doubt only until it has ended. */
	readonly paper: PaperName["paper"] | null;
	/** The receipt number or Z the job was for; null for a pulse. */
	readonly number: number | null;
	/** started: no outcome yet. unknown: the outcome is that nobody can say. */
	readonly since: "started" | "unknown";
	/** The drawer's switch has said that this pulse opened it: whatever the outcome, there is nothing to doubt. */
	readonly hasOpened?: true;
}

/** What a month begins with of jobs: those under way or asked about, and papers that did not come out. */
export interface CarriedJobs {
	readonly doubts: readonly OpenJob[];
	readonly notPrinted: readonly PaperName[];
}
