/** What a command's exit code says; part of the command's interface. */
export const EXIT_CODES = {
	ok: 0,
	/** Something is wrong with the box, a file or the program; the message carries a code. */
	fault: 1,
	/** The command line is not understood. */
	usage: 2,
	/** The till says no; nothing changed. */
	refused: 3,
	/** The service does not answer. */
	noService: 4,
	/** A check found something wrong (journal verify). */
	findings: 5,
} as const;

/** One of {@link EXIT_CODES}. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
