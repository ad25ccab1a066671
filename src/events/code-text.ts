/** What a code says: its cause, and what to do about it. Read aloud over the telephone, so both are plain sentences. */
export interface CodeText {
	readonly cause: string;
	readonly remedy: string;
}
