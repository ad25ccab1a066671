/** Whether an error is the disk's or the file's, as against data that the tables or the program refuse: all writing fails then. */
export const isLedgerTrouble = (error: unknown): boolean =>
	error instanceof Error && "code" in error && /^SQLITE_(?!CONSTRAINT)/.test(String(error.code));
